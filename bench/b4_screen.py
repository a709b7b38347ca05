# SPDX-License-Identifier: GPL-2.0-or-later
"""Somebody before the screen of ``b4 review tui``, who knows its shortest ways."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from bench.tmux import Tmux

NEW = "s:new"
_CHANGE = re.compile(r"^ Change-ID: +(\S+)", re.MULTILINE)
_MAIL = re.compile(r"\u2502 +\S* *\d\d [A-Z][a-z]{2} ")
_THREAD, _OPENED, _MENU = "Enter view  |", "r reply  |", "Select action"
_STILL = 3.0
"""Seconds without a change after which a cursor is taken to have stopped."""


@dataclass(slots=True)
class Effort:
    """What something took in all."""

    keys: int = 0
    seconds: float = 0.0


class B4Screen:
    """The list of series, limited to new ones: only so a decision leaves the cursor near what is
    left, namely on the first row."""

    def __init__(self, screen: Tmux, listed: Sequence[str]) -> None:
        """``listed`` are the change-ids from the top."""
        self._screen = screen
        self._listed = list(listed)
        self._snoozed = False
        self.slips = 0
        """How often the cursor had left the series that was read by the time of its menu."""
        self.efforts: dict[str, Effort] = {}
        """By what they were for."""
        self._seen(lambda text: _shown(text) == listed[0], "the list")

    @property
    def processor(self) -> float:
        """Seconds of b4 alone, from its start."""
        return self._screen.spent()

    @contextmanager
    def counted(self, what: str) -> Iterator[None]:
        """Count the keys and the time of a block."""
        keys, start = self._screen.keys, time.perf_counter()
        yield
        effort = self.efforts.setdefault(what, Effort())
        effort.keys += self._screen.keys - keys
        effort.seconds += time.perf_counter() - start

    def limit(self, pattern: str) -> None:
        """Show only some series; all by an empty pattern. No key is pressed before the form shows
        the one before: it would be lost."""
        self._ask("l", "Enter apply")
        if not pattern:
            self._ask("C-u", "substring to match")
        self._screen.press(*pattern)
        self._seen(lambda text: f"\u258a  {pattern}" in text, "the pattern")
        self._screen.press("Enter")
        self._seen(lambda text: "Enter apply" not in text, "the end of the form")
        self._seen(lambda text: ("(limit:" in text) == bool(pattern), "the limit")

    def go_to(self, change: str) -> None:
        """Move the cursor; keys that come while the list is made anew are lost."""
        while (now := self._await_listed()) != change:
            step = self._listed.index(change) - self._listed.index(now)
            self._screen.press(*["j" if step > 0 else "k"] * abs(step))
            self._until(lambda shown: shown == change)

    def read(self, *keys: str) -> None:
        """Read on by a page in the first mail of the thread, press some keys there, and return."""
        self._screen.press("e")
        self._seen(lambda text: bool(_MAIL.search(text)), "the thread")
        self._ask("Enter", _OPENED)
        self._screen.press("Space", *keys, "q")
        self._seen(lambda text: _THREAD in text and _OPENED not in text, "the thread")
        self._screen.press("q")
        self._seen(lambda text: _THREAD not in text, "the list")

    def wait(self, change: str) -> None:
        """Mark as waiting on a new revision."""
        self._menu(change, self.go_to)
        self._leave("w", change=change)

    def abandon(self, change: str) -> None:
        self._menu(change, self.go_to)
        self._ask("A", "Are you sure?")
        self._leave("y", change=change)

    def snooze(self, change: str) -> None:
        """For two weeks; the form remembers what it was told last."""
        self._menu(change, self.go_to)
        self._ask("s", "Snooze for duration")
        self._leave(*(() if self._snoozed else ("2", "w")), "C-y", change=change)
        self._snoozed = True

    def archive(self, change: str) -> None:
        """Which the menu of a new series lacks: only what waits can be archived."""
        self.limit("")
        self._menu(change, self._walk_to)
        self._screen.press("w")
        self._seen(lambda text: _shown(text) == change and _is_waiting(text), "it to wait")
        self._menu(change, self._walk_to)
        self._ask("x", "Are you sure?")
        self._leave("y", change=change)
        self.limit(NEW)

    def _menu(self, change: str, find: Callable[[str], None]) -> None:
        """Open the menu of a series. It names none, and acts on what the cursor is on by then: when
        its database has changed b4 makes the list anew, and may put the cursor on the first row."""
        self._ask("a", _MENU)
        while _shown(self._screen.text()) != change:
            self.slips += 1
            self._screen.press("Escape")
            self._seen(lambda text: _MENU not in text, "the list")
            if not self._until(lambda shown: shown == change):
                find(change)
            self._ask("a", _MENU)

    def _walk_to(self, change: str) -> None:
        """In a list of which nothing is known: down to its end, and then up."""
        for key in ("j", "k"):
            while (now := _shown(self._screen.text())) != change:
                self._screen.press(key)
                if not self._until(partial(_is_other, now)):
                    break

    def _await_listed(self) -> str:
        """Which series the cursor is on, once the list has settled after the last decision."""
        return _shown(
            self._seen(lambda text: _shown(text) in self._listed, "a series that is left")
        )

    def _leave(self, *keys: str, change: str) -> None:
        """Press what takes a series from the list, and wait until it is gone."""
        self._screen.press(*keys)
        self._seen(lambda text: _shown(text) != change and "Tracked Series" in text, "the next")
        self._listed.remove(change)

    def _ask(self, key: str, words: str) -> None:
        self._screen.press(key)
        self._seen(lambda text: words in text, words)

    def _seen(self, holds: Callable[[str], bool], what: str) -> str:
        return self._screen.seen(holds, what, 120.0)

    def _until(self, holds: Callable[[str], bool]) -> bool:
        """Whether something comes to hold of the series under the cursor before it stops."""
        last, since = "", time.monotonic()
        while time.monotonic() - since < _STILL:
            now = _shown(self._screen.text())
            if holds(now):
                return True
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.01)
        return False


def _shown(text: str) -> str:
    """The change-id of the series under the cursor; empty while none is shown."""
    found = _CHANGE.search(text)
    return found[1] if found else ""


def _is_waiting(text: str) -> bool:
    return bool(re.search(r"^ Status: +\S+ +waiting", text, re.MULTILINE))


def _is_other(before: str, shown: str) -> bool:
    return shown not in ("", before)
