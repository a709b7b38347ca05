# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the sample's tables and mboxes with nothing but the standard library."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "sample_mboxes"
Row = dict[str, str]


def table(name: str) -> list[Row]:
    """Rows of a table, by column."""
    head, *rows = (SAMPLE / name).read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [dict(zip(head.split("\t"), row.split("\t"), strict=True)) for row in rows]


def manifest() -> list[Row]:
    """All mails."""
    return table("MANIFEST.tsv")


def messages() -> Iterator[tuple[str, Message]]:
    """Each mail with the name of its list, mboxrd quoting taken off."""
    for path in sorted(SAMPLE.glob("*.mbox")):
        for raw in re.split(rb"(?:\A|(?<=\n)\n)From [^\n]*\n", path.read_bytes())[1:]:
            yield path.stem, email.message_from_bytes(re.sub(rb"(?m)^>(>*From )", rb"\1", raw))


def patch_bytes(mail: Message) -> bytes:
    """The text that holds the patch, decoded."""
    parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    patches = [part for part in parts if part.get_content_subtype() == "x-patch"]
    body = (patches or parts)[0].get_payload(decode=True)
    assert isinstance(body, bytes)
    return body
