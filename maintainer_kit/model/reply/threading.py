# SPDX-License-Identifier: GPL-2.0-or-later
"""By what a reply is known for one: its subject and its References (RFC 5322, 3.6.4 and 3.6.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from maintainer_kit.model.mail.text import storable, visible_line

_RE = re.compile(
    r"\s{0,4}(?:re|aw|sv|vs|antw|\u56de\u590d|\u7b54\u590d)(?:\[\d{1,3}\])?\s{0,2}[:\uff1a]\s{0,4}",
    re.IGNORECASE,
)
_ID = re.compile(r"[!-;=?-~]{3,250}")
_DERIVED = "notmuch-sha1-"
_LONGEST = 400
_MOST_OF_LINE = 900
"""git send-email unfolds References, and a line of a mail has at most 998 characters."""


def reply_subject(subject: str) -> str:
    """``Re:`` before a subject, once, in whatever language it was there."""
    shown = clean_subject(subject)
    while found := _RE.match(shown):
        shown = shown[found.end() :]
    return f"Re: {shown}" if shown else "Re:"


def clean_subject(subject: str) -> str:
    """A subject as one line without anything that a header or a terminal would obey."""
    return " ".join(storable(visible_line(subject)).split())[:_LONGEST]


def references(parents: Sequence[str], answered: str) -> tuple[str, ...]:
    """The ids of a reply's References, the root first and ``answered`` last: of a long thread the
    root and the nearest. Ids that no header can hold are left out; nothing can refer to a mail
    that has none of its own."""
    if not _can_refer(answered):
        return ()
    above = [one for one in dict.fromkeys(parents) if _can_refer(one) and one != answered]
    room = _MOST_OF_LINE - len(answered) - sum(map(_size, above[:1]))
    near: list[str] = []
    for one in reversed(above[1:]):
        room -= _size(one)
        if room < 0:
            break
        near.append(one)
    return (*above[:1], *reversed(near), answered)


def _size(message_id: str) -> int:
    return len(message_id) + len("<> ")


def _can_refer(message_id: str) -> bool:
    return bool(_ID.fullmatch(message_id)) and not message_id.startswith(_DERIVED)


def new_message_id(time: int, process: int, number: str, address: str) -> str:
    """A Message-ID as git makes them: of the time (microseconds since the epoch), the process, a
    number within it, and the sender's address."""
    stamp = datetime.fromtimestamp(time // 1_000_000, UTC).strftime("%Y%m%d%H%M%S")
    return f"{stamp}.{process}-{number}-{address}"
