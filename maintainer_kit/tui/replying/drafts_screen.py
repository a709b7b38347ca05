# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of one's own drafts: read, sent, dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from maintainer_kit.model.reply.draft import Draft, Stage
from maintainer_kit.tui.actions import CURSOR, DRAFTS, bindings
from maintainer_kit.tui.parts.box import Box
from maintainer_kit.tui.parts.hints import Hints
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.status import StatusLine
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.replying.asked import DroppingAsked, FateTold, LettersAsked
from maintainer_kit.tui.replying.drafts_view import DraftsView
from maintainer_kit.tui.replying.jobs import Listed
from maintainer_kit.tui.replying.letter_screen import drop_menu
from maintainer_kit.tui.work.session import Session

_HINTS = "open mark send-drafts drop-draft back"
_FRAME = 4
"""Lines that are no draft: the frame, the status and the hints."""
_WENT_OUT, _NOT_SENT = "out", "not"


class DraftsScreen(Box[None]):
    """What is done with drafts is told to the app, which has it done."""

    BINDINGS = bindings(DRAFTS)
    DEFAULT_CSS = "DraftsScreen > Vertical { width: 104; height: 5; max-height: 100%; }"

    def __init__(self, session: Session, reasons: Mapping[str, str]) -> None:
        super().__init__()
        self._session = session
        self.drafts = DraftsView(session.look, session.now(), reasons)
        self.status = StatusLine(session.look)

    def compose(self) -> ComposeResult:
        session = self._session
        with Vertical(classes=session.look.frame) as box:
            box.border_title = "my drafts"
            yield self.drafts
            yield self.status
            yield Hints(session.look, session.keymap, CURSOR + DRAFTS, _HINTS)

    def on_mount(self) -> None:
        self.drafts.focus()

    def show(self, listed: Sequence[Listed]) -> None:
        """What is kept now; nothing, once the screen was left."""
        if self.is_attached:
            self.query_one(Vertical).styles.height = max(1, len(listed)) + _FRAME
            self.drafts.show(listed)

    @on(CursorView.Chosen)
    def _open(self, event: CursorView.Chosen) -> None:
        event.stop()
        one = self.drafts.current
        if one is None:
            return
        if one.is_uncertain:
            self._ask_fate(one.draft)
        elif one.draft.stage is Stage.OPEN:
            self.post_message(LettersAsked([one.draft]))
        else:
            self.status.say("it is on its way")

    def _ask_fate(self, draft: Draft) -> None:
        def answer(value: str | None) -> None:
            if value is not None:
                self.post_message(FateTold(draft, value == _WENT_OUT))

        self.app.push_screen(_fate_menu(self._session.look), answer)

    def action_mark(self) -> None:
        self.drafts.mark()

    def action_send(self) -> None:
        if drafts := self._open_ones():
            self.post_message(LettersAsked(drafts))

    def action_drop(self) -> None:
        drafts = self._open_ones()

        def answer(value: str | None) -> None:
            if value:
                self.post_message(DroppingAsked(drafts))

        if drafts:
            self.app.push_screen(drop_menu(self._session.look, len(drafts)), answer)

    def _open_ones(self) -> list[Draft]:
        chosen = self.drafts.chosen
        found = [one for one in chosen if one.stage is Stage.OPEN]
        self.status.say("" if found or not chosen else "it is on its way")
        return found

    def action_back(self) -> None:
        self.dismiss()


def _fate_menu(look: Look) -> Menu:
    """Gives what became of a mail of which mkit does not know."""
    choices = (
        Choice("o", "it went out", _WENT_OUT, "it is never sent again"),
        Choice("n", "it did not", _NOT_SENT, "it is a draft again"),
    )
    return Menu(look, "mkit ended while it sent this", choices, width=50)
