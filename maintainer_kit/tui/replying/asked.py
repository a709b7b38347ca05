# SPDX-License-Identifier: GPL-2.0-or-later
"""What the list of drafts asks the app for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:  # not before somebody replies
    from maintainer_kit.model.reply.draft import Draft


class LettersAsked(Message):
    """Drafts are to be shown as they would be sent."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self.drafts = drafts


class DroppingAsked(Message):
    """Drafts are to be thrown away; the user was asked."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self.drafts = drafts


class FateTold(Message):
    """The user knows what became of a mail that was handed over."""

    def __init__(self, draft: Draft, went_out: bool) -> None:
        super().__init__()
        self.draft = draft
        self.went_out = went_out
