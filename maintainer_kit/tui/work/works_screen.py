# SPDX-License-Identifier: GPL-2.0-or-later
"""The small list of what runs at the moment; Escape ends what is under the cursor."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import WORKS, bindings
from maintainer_kit.tui.parts.box import Box
from maintainer_kit.tui.parts.cells import fit, line
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.work.works import Running

_TICK = 0.5
"""Seconds between two looks at how far all is."""
_NAME = 34
_NOTHING = "nothing runs"
_FOOT = "Esc stops it   q closes"


class _Running(CursorView):
    DEFAULT_CSS = "_Running { height: auto; }"

    def __init__(self, look: Look, listed: Callable[[], Sequence[Running]]) -> None:
        super().__init__(look, "works")
        self._listed = listed
        self.listed: Sequence[Running] = ()

    def on_mount(self) -> None:
        self.look_again()
        self.set_interval(_TICK, self.look_again)

    def look_again(self) -> None:
        before = len(self.listed)
        self.listed = self._listed()
        self.set_lines(max(1, len(self.listed)) + 1)
        if len(self.listed) != before:
            self.put_cursor(self.cursor)
            self.refresh(layout=True)

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self.listed)

    def body_at(self, number: int, width: int) -> Strip:
        palette = self.look.palette
        if not self.can_stand(number):
            words = _FOOT if number else _NOTHING
            return line([(f" {words}", palette.faint)], width)
        one = self.listed[number]
        since = f"{time.monotonic() - one.begun:.0f} s"
        name = fit(one.name, min(_NAME, max(1, width - 12)), self.look.signs.ellipsis)
        return line(
            [
                (f" {name} ", palette.text),
                (f"{since:>6}  ", palette.faint),
                (visible_line(one.words), palette.soft),
            ],
            width,
        )


class WorksScreen(Box[None]):
    """What runs, how far it is, and since when."""

    BINDINGS = bindings(WORKS)
    DEFAULT_CSS = "WorksScreen > Vertical { width: 72; height: auto; }"

    def __init__(self, look: Look, listed: Callable[[], Sequence[Running]]) -> None:
        """``listed`` is asked again and again."""
        super().__init__()
        self._look = look
        self.running = _Running(look, listed)

    def compose(self) -> ComposeResult:
        with Vertical(classes=self._look.frame) as box:
            box.border_title = "what runs"
            yield self.running

    def on_mount(self) -> None:
        self.running.focus()

    def action_stop(self) -> None:
        """End what is under the cursor; with nothing there, leave."""
        listed = self.running.listed
        if self.running.can_stand(self.running.cursor):
            listed[self.running.cursor].stop()
            self.running.look_again()
        else:
            self.dismiss()

    def action_close(self) -> None:
        self.dismiss()

    @on(CursorView.Chosen)
    def _leave(self) -> None:
        self.dismiss()
