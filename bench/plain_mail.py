# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails read with the standard library alone: an opinion that owes nothing to mkit's model."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import mktime_tz, parseaddr, parsedate_tz
from functools import cached_property
from pathlib import Path

_ID = re.compile(r"<([^<>\s]+)>")
_STUFFED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BRACKETS = re.compile(r"\s*((?:\[[^\]]*\]\s*)+)(.*)", re.DOTALL)
_PATCH = re.compile(r"\b(?:PATCH|RFC)", re.IGNORECASE)
_PULL = re.compile(r"\bPULL\b", re.IGNORECASE)
_REVISION = re.compile(r"(?:\b|PATCH|RFC)v(\d{1,3})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(\d{1,4})/(\d{1,4})\b")
_DIFF = re.compile(r"^(?:diff --git |--- \S+\n\+\+\+ )", re.MULTILINE)
_VIA = re.compile(r"\s+via\s.*", re.DOTALL)
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Label:
    """What the brackets before a patch's title say."""

    revision: int
    number: int
    """1 where nothing is said."""
    total: int
    title: str
    """Without brackets, in small letters, with single blanks."""


@dataclass(frozen=True)
class PlainMail:
    """One mail."""

    raw: bytes
    arrived: int
    """Seconds since the epoch; never before the mail that stands ahead of it by more than a day."""
    message_id: str
    name: str
    """Of the sender, in small letters, without what a relay adds."""
    address: str
    """In small letters; empty where only a relay's is known."""
    subject: str
    parents: tuple[str, ...]
    """Ids of those that it answers, the nearest first."""

    @cached_property
    def text(self) -> str:
        """The first part that is plain text."""
        parts = (one for one in message_from_bytes(self.raw).walk() if not one.is_multipart())
        plain = next((one for one in parts if one.get_content_type() == "text/plain"), None)
        return _decoded(plain) if plain else ""

    @cached_property
    def label(self) -> Label | None:
        """None unless it posts a patch or a cover letter."""
        found = _BRACKETS.fullmatch(self.subject)
        if not found or not _PATCH.search(found[1]) or _PULL.search(found[1]):
            return None
        revision, number = _REVISION.search(found[1]), _NUMBER.search(found[1])
        at, total = (int(number[1]), int(number[2])) if number else (1, 1)
        if at and not _DIFF.search(self.text):
            return None
        title = " ".join(found[2].lower().split())
        return Label(int(revision[1]) if revision else 1, at, total, title)

    def is_by(self, other: PlainMail) -> bool:
        """Whether the same person sent both."""
        if self.address and self.address == other.address:
            return True
        return bool(self.name) and self.name == other.name


def read_plain(paths: Sequence[Path]) -> Iterator[PlainMail]:
    """All mails of mbox files, in the order of the files, then of the mails in them."""
    before = 0
    for path in paths:
        with closing(mailbox.mbox(path, create=False)) as box:
            for key in box.iterkeys():
                mail = parse_plain(_STUFFED.sub(rb"\1", box.get_bytes(key)), before)
                before = mail.arrived
                yield mail


def parse_plain(raw: bytes, before: int = 0) -> PlainMail:
    """Read a mail that arrived after ``before``; a date far from that is not believed."""
    head = message_from_bytes(raw.partition(b"\n\n")[0] + b"\n\n")
    said = _seconds(_header(head, "Date"))
    near = not before or before - _DAY <= said <= before + 60 * _DAY
    name, address = _sender(head)
    ids = _ID.findall(_header(head, "Message-ID"))
    above = [
        *_ID.findall(_header(head, "In-Reply-To"))[:1],
        *reversed(_ID.findall(_header(head, "References"))),
    ]
    return PlainMail(
        raw,
        said if said and near else before,
        ids[0] if ids else "",
        name,
        address,
        " ".join(_header(head, "Subject").split()),
        tuple(dict.fromkeys(above)),
    )


def _sender(head: Message) -> tuple[str, str]:
    """Name and address in small letters; where a list or a relay sent it in somebody's name, the
    address to which an answer goes."""
    name, address = parseaddr(_header(head, "From"))
    if _VIA.search(name):
        address = parseaddr(_header(head, "Reply-To"))[1]
    plain = _VIA.sub("", name).lower().replace('"', "")
    return " ".join(plain.split()), address.lower()


def _header(head: Message, name: str) -> str:
    """A header's text; as it stands where it cannot be decoded."""
    raw = str(head.get(name, ""))
    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return raw


def _seconds(date: str) -> int:
    try:
        parsed = parsedate_tz(date)
        return int(mktime_tz(parsed)) if parsed else 0
    except (OverflowError, ValueError):
        return 0


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        text = raw.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = raw.decode("latin-1")
    return text.replace("\r\n", "\n")
