# SPDX-License-Identifier: GPL-2.0-or-later
"""A Subject field as git format-patch writes it (RFC 2047 where it is not ASCII)."""

from __future__ import annotations

from email.charset import QP, Charset
from email.header import Header

from maintainer_kit.model.message.subject import parse_subject

_FOLD = 78
_MOST = 998
_UTF8 = Charset("utf-8")
_UTF8.header_encoding = QP


def subject_lines(subject: str, *, is_folded: bool = True) -> list[str]:
    """The lines of the field; ``is_folded`` keeps them within 78 columns."""
    clean = " ".join(subject.split())
    if not clean.isascii() or "=?" in clean:
        return _encoded(clean)
    line = f"Subject: {clean}"
    return _folded(line) if is_folded or len(line) > _MOST else [line]


def prefix_of(subject: str) -> str:
    """What stands in front of the title: ``[PATCH v2 1/3] ``."""
    title = parse_subject(subject).title
    return subject[: len(subject) - len(title)] if subject.endswith(title) else ""


def _encoded(subject: str) -> list[str]:
    """The prefix stays readable, as filters and people look for it."""
    prefix = prefix_of(subject).rstrip()
    is_plain = bool(prefix) and prefix.isascii()
    header = Header(maxlinelen=_FOLD - 2, header_name="Subject")
    if is_plain:
        header.append(prefix, "us-ascii")
    header.append(subject[len(prefix) :].lstrip() if is_plain else subject, _UTF8)
    return f"Subject: {header.encode()}".split("\n")


def _folded(line: str) -> list[str]:
    found: list[str] = []
    while len(line) > _FOLD and (cut := line.rfind(" ", 9, _FOLD + 1)) > 0:
        found.append(line[:cut])
        line = f" {line[cut + 1 :]}"
        if not line.rfind(" ", 1) > 0 and len(line) > _FOLD:
            break
    return [*found, line]
