# SPDX-License-Identifier: GPL-2.0-or-later
"""The header of a mail as those read it who sign it: field by field, and nothing doubtful in it.

Readers of mail forgive much, each in its own way. What is to be believed because of a signature
must read the same to all of them, so a mail that could be read in two ways is read in none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.model.mail.person import parse_people

_FIELD = re.compile(rb"([!-9;-~]+):(.*)", re.DOTALL)
# RFC 5322, 3.6: at most one of each; and those of MIME.
_ONCE = frozenset(
    {
        *("from", "sender", "reply-to", "to", "cc", "date", "subject", "message-id"),
        *("in-reply-to", "references", "mime-version"),
        *("content-type", "content-transfer-encoding"),
    }
)
_ADDRESS = re.compile(r"[!#-'*+/-9=?A-Z^-~.-]{1,64}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)")
_MAX_FIELDS = 1000
MAX_SIZE = 1 << 20
"""Bytes of a mail that are looked at: orders are short."""


class Doubtful(ValueError):
    """Why a mail is not to be believed, whatever signs it; in words."""


@dataclass(frozen=True, slots=True)
class StrictMail:
    """A mail with only LF at the ends of lines."""

    raw: bytes
    fields: tuple[tuple[str, bytes], ...]
    """Name in small letters, and value with its folds, in order."""
    body: bytes
    sender: str
    """The address in From, in small letters."""

    def values(self, name: str) -> list[bytes]:
        return [value for one, value in self.fields if one == name]

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2]


def read_strict(raw: bytes) -> StrictMail:
    """Take a mail apart. Raises Doubtful."""
    if len(raw) > MAX_SIZE:
        raise Doubtful("the mail is too big for one with orders")
    raw = raw.replace(b"\r\n", b"\n")
    if raw.startswith(b"From "):
        raw = raw.partition(b"\n")[2]
    head, gap, body = raw.partition(b"\n\n")
    if not gap:
        raise Doubtful("the mail has no text")
    if b"\r" in head or b"\0" in head:
        raise Doubtful("its header has control characters")
    fields = _fields(head)
    names = [name for name, _ in fields]
    twice = sorted(name for name in _ONCE if names.count(name) > 1)
    if twice:
        raise Doubtful(f"it has several {', '.join(twice)} fields")
    values = [value for name, value in fields if name == "from"]
    return StrictMail(raw, fields, body, _sender(values[0] if values else b""))


def _fields(head: bytes) -> tuple[tuple[str, bytes], ...]:
    fields: list[tuple[str, bytes]] = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and fields:
            name, value = fields[-1]
            fields[-1] = (name, value + b"\n" + line)
            continue
        found = _FIELD.fullmatch(line)
        if found is None:
            raise Doubtful("its header has a line that is no field")
        fields.append((found[1].decode("ascii").lower(), found[2]))
        if len(fields) > _MAX_FIELDS:
            raise Doubtful(f"its header has more than {_MAX_FIELDS} fields")
    return tuple(fields)


def _sender(value: bytes) -> str:
    """The one address of From. Encoded words are not decoded before: one could hold another."""
    people = parse_people(" ".join(value.decode("utf-8", "surrogateescape").split()))
    if len(people) != 1 or not _ADDRESS.fullmatch(people[0].address):
        raise Doubtful("its From is not one plain address")
    return people[0].key
