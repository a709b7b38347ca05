# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody who sees the screens for the first time should know, on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from maintainer_kit.tui.actions import ALL, Action
from maintainer_kit.tui.parts.box import Box
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.text_screen import PageView
from maintainer_kit.tui.work.session import Session

_ONLY_CLOSING = frozenset({"enter", "space", "escape", "q"})
"""Keys by which one leaves such a page; any other does what it does in the queue."""
_KEYS = 16
"""Cells before the words."""

_WORDS = """
= Each row is a series with all its revisions, not a mail.
= What waits for you is on top, and of that what has waited longest.

down up | move; the row stays put when new mail comes in
open | open it: patches, replies, diffs; q comes back
preview | a look at each beside the list

accept changes state | decide: nothing is sent to anybody by it
undo | take the last decision back, and the one before
mark | mark several, then decide about all of them at once
snooze delegate note | put off, hand over, remember

filter search | fewer rows: by words as you type, or by a query
view-1 view-2 everything | what needs action, what waits for you, all there is

help | every key, and what the signs mean
palette | every action by its name

= Signs: ! regression  f fix  ~ incomplete  + newcomer  A1 R2 acked, reviewed
"""


class TourScreen(Box[None]):
    """Over the queue, until a key is pressed."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = (
        "TourScreen > Vertical { width: 80; max-height: 100%; border-subtitle-color: $foreground; }"
    )

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._look = session.look
        self._page = PageView(session.look, list(_lines(session)))
        self._page.can_focus = False

    def compose(self) -> ComposeResult:
        with Vertical(classes=self._look.frame) as box:
            box.styles.height = len(_WORDS.splitlines()) + 1
            box.border_title = "mkit: whose turn is it?"
            box.border_subtitle = "any key begins; mkit tui --tour shows this again"
            yield self._page

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss()
        if event.key not in _ONLY_CLOSING:
            self.app.simulate_key(event.key)

    def on_click(self) -> None:
        self.dismiss()


def _lines(session: Session) -> Iterator[list[Piece]]:
    palette = session.look.palette
    known = {one.name: one for one in reversed(ALL)}
    for text in _WORDS.strip("\n").splitlines():
        names, bar, words = text.partition(" | ")
        if not bar:
            yield [(f" {text.removeprefix('=')}", palette.soft)]
            continue
        keys = " ".join(_first_key(known[name], session) for name in names.split())
        yield [(f"  {keys:<{_KEYS}}", palette.key), (words, palette.text)]


def _first_key(action: Action, session: Session) -> str:
    return action.shown_keys(session.keymap).partition(" ")[0]
