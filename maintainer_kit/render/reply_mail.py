# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply as a mail (RFC 5322, MIME): plain text in UTF-8, never flowed, never wrapped."""

from __future__ import annotations

import re
from binascii import b2a_qp
from datetime import UTC, datetime
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.render.subject_header import subject_lines
from maintainer_kit.workflow.replying.ports import Posting

_PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_LONGEST_NAME = 100
_LONGEST_LINE = 990
"""Bytes that a line may have as it is (RFC 5322, 2.1.1)."""
_UTF8 = Charset("utf-8")
_UTF8.header_encoding = QP


def reply_mail(draft: Draft, sender: Person, text: str, time: int) -> Posting:
    """The mail; ``time`` is in seconds since the epoch."""
    author = address_text(sender)
    to, cc = (tuple(map(address_text, people)) for people in (draft.to, draft.cc))
    date = format_datetime(datetime.fromtimestamp(time, UTC))
    encoding, body = _encoded(text)
    head = [
        f"From: {author}",
        *_listed("To", to),
        *_listed("Cc", cc),
        *subject_lines(draft.subject),
        f"Date: {date}",
        f"Message-ID: <{draft.message_id}>",
        *_thread(draft.parents),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Transfer-Encoding: {encoding}",
    ]
    raw = "\n".join([*head, "", ""]).encode("ascii") + body
    return Posting(draft.message_id, author, to, cc, raw)


def address_text(person: Person) -> str:
    """An address as a header has it: the name as it is, in quotes, or encoded (RFC 2047).

    git send-email takes the first that looks like an address for one, so that a name must not.
    """
    name = " ".join(storable(visible_line(person.name)).split())[:_LONGEST_NAME].strip()
    if not name:
        return person.address
    if not name.isascii() or "=?" in name or "@" in name:
        words = Header(name, _UTF8, maxlinelen=74).encode()
        return f"{' '.join(words.split())} <{person.address}>"
    if not _PLAIN.fullmatch(name):
        name = '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    return f"{name} <{person.address}>"


def _listed(name: str, addresses: tuple[str, ...]) -> list[str]:
    """One address a line."""
    lines = ",\n ".join(addresses)
    return f"{name}: {lines}".split("\n") if addresses else []


def _thread(parents: tuple[str, ...]) -> list[str]:
    if not parents:
        return []
    ids = "\n ".join(f"<{one}>" for one in parents)
    return [f"In-Reply-To: <{parents[-1]}>", *f"References: {ids}".split("\n")]


def _encoded(text: str) -> tuple[str, bytes]:
    """As it is, wherever a line of mail may be so."""
    body = text.encode("utf-8", "replace")
    if b"\r" in body or max(map(len, body.split(b"\n"))) > _LONGEST_LINE:
        # Line by line, so that a return within one is no line end.
        lines = (b2a_qp(line, quotetabs=False, istext=False) for line in body.split(b"\n"))
        return "quoted-printable", b"\n".join(lines)
    return ("7bit" if body.isascii() else "8bit"), body
