# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch file of git format-patch as the mail that goes out: git's bytes, with an envelope."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

from maintainer_kit.model.mail.person import Person
from maintainer_kit.render.mail_head import MIME, fields, head_end, without
from maintainer_kit.render.reply_mail import address_text
from maintainer_kit.render.subject_header import subject_lines
from maintainer_kit.workflow.posting.ports import Envelope

_SEPARATOR = b"From "
_BASE = b"base-commit: "
_SIGNATURE = b"-- "


def posting_mail(raw: bytes, envelope: Envelope) -> bytes:
    """The text stays as it is, but for a change-id at its end; of the header all but its date."""
    lines = raw.split(b"\n")
    if lines[0].startswith(_SEPARATOR):
        del lines[0]
    end = head_end(lines)
    body = lines[end + 1 :]
    if envelope.change_id:
        body = _with_change_id(body, f"change-id: {envelope.change_id}".encode("ascii"))
    gone = {b"date", b"subject"} if envelope.title else {b"date"}
    head = without(lines, gone)
    if envelope.title:
        head += _subject(lines, envelope.title)
    names = {name for name, _, _ in fields([*head, b""])}
    if b"content-type" not in names and not all(line.isascii() for line in body):
        head += MIME
    return b"\n".join((*head, *_envelope(envelope), b"", *body))


def _subject(lines: list[bytes], title: str) -> list[bytes]:
    """The subject of a cover letter, which git leaves unencoded; its prefix is git's."""
    found = next((first, end) for name, first, end in fields(lines) if name == b"subject")
    given = b" ".join(line.strip() for line in lines[slice(*found)]).partition(b":")[2].strip()
    prefix = given.partition(b"] ")[0].decode("utf-8", "replace")
    return [one.encode("ascii") for one in subject_lines(f"{prefix}] {title}")]


def _envelope(envelope: Envelope) -> list[bytes]:
    date = format_datetime(datetime.fromtimestamp(envelope.date, UTC))
    lines = [
        *_listed("To", envelope.to),
        *_listed("Cc", envelope.cc),
        f"Date: {date}",
        f"Message-ID: <{envelope.message_id}>",
    ]
    if envelope.parents:
        ids = "\n ".join(f"<{one}>" for one in envelope.parents)
        lines += [f"In-Reply-To: <{envelope.parents[-1]}>", f"References: {ids}"]
    return [one.encode("ascii") for one in lines]


def _listed(name: str, people: tuple[Person, ...]) -> list[str]:
    lines = ",\n ".join(map(address_text, people))
    return [f"{name}: {lines}"] if people else []


def _with_change_id(body: list[bytes], line: bytes) -> list[bytes]:
    """Below the base, as b4 has it; else above the signature."""
    for at in range(len(body) - 1, -1, -1):
        if body[at].startswith(_BASE):
            return [*body[: at + 1], line, *body[at + 1 :]]
    at = next((at for at in range(len(body) - 1, -1, -1) if body[at] == _SIGNATURE), len(body))
    return [*body[:at], line, *body[at:]]
