# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies as they will be sent, before they are."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.render.reply_text import exposed_words
from maintainer_kit.tui.actions import LETTER, MAIL, bindings
from maintainer_kit.tui.parts.box import Box
from maintainer_kit.tui.parts.cells import Piece, line
from maintainer_kit.tui.parts.hints import Hints
from maintainer_kit.tui.parts.lines import LineView
from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.status import StatusLine
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.replying.letter_lines import letter_lines
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.replying.previewing import Letter

_HINTS = "send-letter edit-letter keep-draft drop-draft"
_FRAME = 4
"""Lines that are no text: the frame, the status and the hints."""
_WIDEST = 2000


class LetterWish(StrEnum):
    """What becomes of the replies."""

    SEND = "send"
    EDIT = "edit"
    DROP = "drop"
    KEEP = "keep"


class Answer(NamedTuple):
    """What the screen gives."""

    wish: LetterWish
    is_public: bool = False
    """Those are meant by whom a confidential topic becomes known."""


class LetterView(LineView):
    """The lines."""

    BINDINGS = bindings(MAIL)
    DEFAULT_CSS = "LetterView { overflow-x: auto; }"

    def __init__(self, look: Look, page: Sequence[list[Piece]]) -> None:
        super().__init__(look, "letter")
        self._page = page

    def on_mount(self) -> None:
        widest = max((sum(cell_len(text) for text, _ in one) for one in self._page), default=1)
        self.set_lines(len(self._page), min(widest, _WIDEST))

    def strip_at(self, number: int, width: int) -> Strip:
        return line(self._page[number], width)


class LetterScreen(Box[Answer]):
    """Shows them; nothing is sent that was not seen here."""

    BINDINGS = bindings(LETTER)
    DEFAULT_CSS = "LetterScreen > Vertical { width: 104; max-height: 100%; }"

    def __init__(self, session: Session, letters: Sequence[Letter]) -> None:
        """``letters``: at least one."""
        super().__init__()
        self._session = session
        self._letters = letters
        self._page = list(letter_lines(letters, session.look))
        self.status = StatusLine(session.look)

    def compose(self) -> ComposeResult:
        session = self._session
        with Vertical(classes=session.look.frame) as box:
            box.styles.height = len(self._page) + _FRAME
            box.border_title = f"{count_of(len(self._letters), 'reply')}, as it will be sent"
            yield LetterView(session.look, self._page)
            yield self.status
            yield Hints(session.look, session.keymap, LETTER, _HINTS)

    def on_mount(self) -> None:
        self.query_one(LetterView).focus()
        self.status.say(next((one.lack for one in self._letters if one.lack), ""))

    def action_send(self) -> None:
        """Where a confidential topic would become known, only once that is meant."""
        lacking = next((one.lack for one in self._letters if one.lack), "")
        exposing = [one for one in self._letters if one.exposed]
        if lacking:
            self.status.say(f"{lacking}: it cannot be sent")
        elif exposing:
            self.app.push_screen(_exposing_menu(self._session.look), self._send_public)
            self.status.say("; ".join(exposed_words(one) for one in exposing))
        else:
            self.dismiss(Answer(LetterWish.SEND))

    def _send_public(self, answer: str | None) -> None:
        if answer == LetterWish.SEND:
            self.dismiss(Answer(LetterWish.SEND, is_public=True))

    def action_edit(self) -> None:
        if len(self._letters) == 1:
            self.dismiss(Answer(LetterWish.EDIT))
        else:
            self.status.say("these are several; each can be edited from the list of drafts")

    def action_drop(self) -> None:
        def answer(value: str | None) -> None:
            if value == LetterWish.DROP:
                self.dismiss(Answer(LetterWish.DROP))

        self.app.push_screen(drop_menu(self._session.look, len(self._letters)), answer)

    def action_back(self) -> None:
        self.dismiss(Answer(LetterWish.KEEP))


def _exposing_menu(look: Look) -> Menu:
    """Gives SEND where those are meant."""
    choices = (
        Choice("n", "keep it as a draft", ""),
        Choice("s", "send it to them", LetterWish.SEND, "they are meant to know"),
    )
    return Menu(look, "confidential: it would become known", choices, width=54)


def drop_menu(look: Look, count: int) -> Menu:
    """Gives DROP where that is meant."""
    choices = (Choice("n", "keep", ""), Choice("x", "throw away", LetterWish.DROP, "for good"))
    return Menu(look, f"drop {count_of(count, 'draft')}?", choices, width=42)
