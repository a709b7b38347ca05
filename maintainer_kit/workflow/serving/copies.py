# SPDX-License-Identifier: GPL-2.0-or-later
"""Which copy of a mail an archive would have: the one that came through its list, and first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from maintainer_kit.model.mail.date import read_date
from maintainer_kit.model.mail.lists import list_from_id
from maintainer_kit.model.mail.mail import Mail, read_mail

_RECEIVED = re.compile(rb"^Received:([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE | re.IGNORECASE)
_MAX_HEAD = 1 << 16


def first_copy(raws: Sequence[bytes], name: str = "") -> bytes:
    """Of copies with one Message-ID the one for the list of that List-Id, or for all lists."""
    if len(raws) == 1:
        return raws[0]
    return min(raws, key=lambda raw: _order(raw, read_mail(raw), name))


def _order(raw: bytes, mail: Mail, name: str) -> tuple[bool, bool, int, bytes]:
    lists = {list_from_id(value) for value in mail.headers.get("list-id", ())} - {None}
    return name not in lists, not lists, _received(mail), sha256(raw).digest()


def _received(mail: Mail) -> int:
    found = received(mail.headers.get("received", ()))
    # Else its sender's own copy, or one that was written by a tool.
    return 1 << 62 if found is None else found


def received(values: Iterable[str]) -> int | None:
    """When a mail came to whoever stored it, by its Received headers, in seconds; the topmost
    that tells counts."""
    for value in values:
        found = read_date(value.rpartition(";")[2])
        if found is not None:
            return found
    return None


def received_at(raw: bytes) -> int | None:
    """The same of a mail's bytes, which need not be read as a whole for that."""
    head = raw[: min(raw.find(b"\n\n") + 1 or _MAX_HEAD, _MAX_HEAD)]
    lower = head.lower()
    start = 0 if lower.startswith(b"received:") else lower.find(b"\nreceived:")
    if start < 0:
        return None
    values = (match[1].decode("latin-1") for match in _RECEIVED.finditer(head, start))
    return received(" ".join(value.split()) for value in values)
