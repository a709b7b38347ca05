# SPDX-License-Identifier: GPL-2.0-or-later
"""A mail as bytes (RFC 5322, MIME), read into headers and text. Never fails on hostile bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as MimeMessage
from email.parser import BytesHeaderParser
from typing import TypeGuard

from maintainer_kit.model.mail.charset import decode, decode_words, is_plain, lookup
from maintainer_kit.model.mail.flowed import unflow

_PATCH_TYPES = frozenset(
    {"text/x-patch", "text/x-diff", "application/x-patch", "text/x-diff-patch"}
)
_PATCH_NAME = re.compile(r"(?i)\.(?:patch|diff)$")
_HAS_DIFF = re.compile(r"^(?:diff --git |--- \S.*\n\+\+\+ \S)", re.MULTILINE)
_MAX_PARTS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree that holds text."""

    content_type: str
    filename: str
    text: str
    is_attachment: bool

    @property
    def has_diff(self) -> bool:
        return _HAS_DIFF.search(self.text) is not None

    @property
    def is_patch_file(self) -> bool:
        """By its own type or name a patch, not prose."""
        return self.content_type in _PATCH_TYPES or bool(_PATCH_NAME.search(self.filename))


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail read, but not yet understood."""

    headers: dict[str, list[str]]
    """Raw values by lower-case name, in order; 8-bit bytes as lone surrogates."""
    text: str
    """What a person reads: the plain text, unflowed, with newlines as ``\\n``."""
    unjoined: str
    """The same without joining flowed lines, when the mail is format=flowed; else empty."""
    attachments: tuple[Part, ...]
    """The other text parts."""
    oddities: tuple[str, ...]
    """What is unusual about the mail's form, in words."""

    def header(self, name: str) -> str:
        """The first header of that name, decoded to one line; empty when absent."""
        values = self.headers.get(name)
        return decode_words(values[0]) if values else ""

    def joined_header(self, name: str) -> str:
        """All headers of that name, each decoded, joined as one list."""
        return ", ".join(decode_words(value) for value in self.headers.get(name, ()))

    def raw_header(self, name: str) -> str:
        """All headers of that name as they came, joined by a space."""
        return " ".join(self.headers.get(name, ()))


def read_mail(raw: bytes) -> Mail:
    """Read the bytes of one mail; anything unusual becomes an oddity, never an error."""
    oddities: list[str] = []
    try:
        mime = message_from_bytes(raw)
    except RecursionError:
        # The parser goes down one call a level; nobody nests hundreds of them in good faith.
        mime = BytesHeaderParser().parsebytes(raw)
        mime.set_type("text/plain")
        oddities.append("MIME parts nested too deeply")
    headers: dict[str, list[str]] = {}
    for name, value in mime.raw_items():
        headers.setdefault(name.lower(), []).append(value)
    parts = [part for leaf in _leaves(mime) if (part := _read_part(leaf, oddities))]
    body = _choose_body(parts, oddities)
    if body and body.is_patch_file:
        oddities.append("patch in an attachment")
    text, unjoined = (body.text, "") if body else ("", "")
    if body and "format=flowed" in oddities:
        unjoined = unflow(text, join=False)
        text = unflow(text, join=True, delete_space="delsp=yes" in oddities)
    rest = tuple(part for part in parts if part is not body)
    return Mail(headers, text, unjoined, rest, tuple(dict.fromkeys(oddities)))


def _leaves(mime: MimeMessage) -> Iterator[MimeMessage]:
    """The leaves of the MIME tree in order, at most ``_MAX_PARTS``, without recursion."""
    todo = [mime]
    seen = 0
    while todo and seen < _MAX_PARTS:
        part = todo.pop()
        if part.is_multipart():
            todo.extend(reversed([one for one in part.get_payload() if _is_part(one)]))
        else:
            seen += 1
            yield part


def _is_part(one: object) -> TypeGuard[MimeMessage]:
    return isinstance(one, MimeMessage)


def _read_part(part: MimeMessage, oddities: list[str]) -> Part | None:
    content_type = part.get_content_type()
    if content_type == "application/pgp-signature":
        oddities.append("signed with PGP/MIME")
        return None
    filename = _parameter(part, "filename", "content-disposition") or _parameter(part, "name")
    is_text = content_type.startswith("text/") or content_type in _PATCH_TYPES
    if not is_text and not _PATCH_NAME.search(filename):
        return None
    attached = part.get_content_disposition() == "attachment"
    text = _decode_part(part, oddities if not attached else [])
    return Part(content_type, filename, text, attached)


def _parameter(part: MimeMessage, name: str, header: str = "content-type") -> str:
    """A MIME parameter as plain text; RFC 2231 values are decoded."""
    value = part.get_param(name, "", header)
    if isinstance(value, tuple):
        try:
            value = value[2].encode("latin-1", "replace").decode(value[0] or "ascii", "replace")
        except LookupError:
            value = value[2]
    return str(value or "")


def _decode_part(part: MimeMessage, oddities: list[str]) -> str:
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if encoding in ("base64", "quoted-printable"):
        oddities.append(encoding)
    if part.get_content_type() == "text/plain" and (_parameter(part, "format").lower() == "flowed"):
        oddities.append("format=flowed")
        if _parameter(part, "delsp").lower() == "yes":
            oddities.append("delsp=yes")
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = _parameter(part, "charset").strip("'\" \t").lower()
    text, good = decode(data, charset)
    if not is_plain(charset):
        known = lookup(charset) is not None
        oddities.append(f"charset {charset}" if known else f"unknown charset {charset[:40]}")
    if not good and (is_plain(charset) or lookup(charset)):
        oddities.append("bytes that its charset does not allow")
    return text.replace("\r\n", "\n")


def _choose_body(parts: list[Part], oddities: list[str]) -> Part | None:
    """The part a person reads; text/html only where there is nothing else."""
    plain = [p for p in parts if p.content_type == "text/plain" and not p.is_attachment]
    html = [p for p in parts if p.content_type == "text/html" and not p.is_attachment]
    if html:
        oddities.append("HTML beside the text" if plain else "HTML without plain text")
    if plain:
        # A list may put its footer, a mailer its greeting, into a part of its own.
        return next((p for p in plain if p.has_diff), plain[0])
    inline = [p for p in parts if not p.is_attachment and p.content_type != "text/html"]
    return inline[0] if inline else None
