# SPDX-License-Identifier: GPL-2.0-or-later
"""Several files under one Message-ID: which of them speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maintainer_kit.model.mail.fingerprint import CONTENT_DIGITS
from maintainer_kit.model.mail.person import NOBODY
from maintainer_kit.model.message.message import Kind, Message, bare_message
from maintainer_kit.model.message.subject import parse_subject

_NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Copy:
    """One readable file of a message."""

    message: Message
    fingerprint: str


def choose_speaker(copies: Sequence[Copy]) -> Message:
    """The facts of a message that several files hold: the earliest Date, then the lowest
    fingerprint, speaks; its lists are those of all copies."""
    speaker = min(copies, key=lambda one: (one.message.date or _NEVER, one.fingerprint)).message
    lists = {name for copy in copies for name in copy.message.lists}
    contents = len({copy.fingerprint[:CONTENT_DIGITS] for copy in copies})
    oddities = speaker.oddities
    if contents > 1:
        oddities = (*oddities, f"{contents} different mails under this Message-ID")
    return replace(speaker, lists=tuple(sorted(lists)), oddities=oddities)


def unreadable(message_id: str, reason: str) -> Message:
    """What stands for a message whose files cannot be read."""
    odd = (f"cannot be read: {reason}",)
    nothing = parse_subject("")
    return bare_message(message_id, Kind.UNREADABLE, nothing, "", (NOBODY, NOBODY), 0, oddities=odd)
