# SPDX-License-Identifier: GPL-2.0-or-later
"""A page of findings, each with the line that it is about; Enter leads to its mail."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from maintainer_kit.checks.finding import Severity
from maintainer_kit.tui.acting.checking import Examined, FoundLine
from maintainer_kit.tui.acting.draft_screen import DraftScreen
from maintainer_kit.tui.actions import CURSOR, FINDINGS, bindings
from maintainer_kit.tui.parts.box import Box
from maintainer_kit.tui.parts.cells import line
from maintainer_kit.tui.parts.hints import Hints
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.status import StatusLine
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.work.session import Session

_HINTS = "open draft back"


class FindingsView(CursorView):
    """The lines; the cursor stands where a finding begins."""

    def __init__(self, look: Look, made: Examined) -> None:
        super().__init__(look, "findings")
        self._lines = made.lines
        palette = look.palette
        self._styles = {
            "title": palette.strong,
            "quiet": palette.faint,
            Severity.ERROR.value: palette.bad,
            Severity.WARNING.value: palette.warn,
        }

    def on_mount(self) -> None:
        self.set_lines(len(self._lines))
        self.put_cursor(0)

    @property
    def current(self) -> FoundLine | None:
        """What is under the cursor, where that leads to a mail."""
        found = self._lines[self.cursor] if self.can_stand(self.cursor) else None
        return found if found and found.message_id else None

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self._lines) and self._lines[number].is_head

    def body_at(self, number: int, width: int) -> Strip:
        one = self._lines[number]
        return line([(f" {one.text}", self._styles.get(one.style, self.look.palette.text))], width)


class FindingsScreen(Box[FoundLine | None]):
    """Gives the finding whose mail is to be shown, or None."""

    BINDINGS = bindings(FINDINGS)
    DEFAULT_CSS = """
    FindingsScreen > Vertical { width: 104; }
    FindingsScreen > .round { border: round $panel; }
    FindingsScreen > .ascii { border: ascii $panel; }
    """

    def __init__(self, session: Session, made: Examined) -> None:
        super().__init__()
        self._session = session
        self._made = made
        self.findings = FindingsView(session.look, made)
        self.status = StatusLine(session.look)

    def compose(self) -> ComposeResult:
        session = self._session
        with Vertical(classes=session.look.frame) as box:
            # The frame, the status and the hints.
            box.styles.height = len(self._made.lines) + 4
            box.border_title = self._made.title
            yield self.findings
            yield self.status
            yield Hints(session.look, session.keymap, CURSOR + FINDINGS, _HINTS)

    def on_mount(self) -> None:
        self.findings.focus()

    @on(CursorView.Chosen)
    def _open(self) -> None:
        if self.findings.current:
            self.dismiss(self.findings.current)

    def action_draft(self) -> None:
        """The mail to the author, as text."""
        if self._made.reply:
            self.app.push_screen(DraftScreen(self._session.look, self._made.reply))
        else:
            self.status.say(self._made.no_reply)

    def action_back(self) -> None:
        self.dismiss(None)
