# SPDX-License-Identifier: GPL-2.0-or-later
"""A mail as bytes (RFC 5322, MIME), read into headers and text. Never fails on hostile bytes."""

from __future__ import annotations

import re

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.charset import decode, decode_words, is_plain, lookup
from maintainer_kit.model.mail.flowed import unflow
from maintainer_kit.model.mail.form import Form
from maintainer_kit.model.mail.mime import Leaf, read_tree

_PATCH_TYPES = frozenset(
    {"text/x-patch", "text/x-diff", "application/x-patch", "text/x-diff-patch"}
)
_PATCH_NAME = lazy_pattern(r"(?i)\.(?:patch|diff)$")
_HAS_DIFF = lazy_pattern(r"^(?:diff --git |--- \S.*\n\+\+\+ \S)", re.MULTILINE)


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
    tree = read_tree(raw)
    oddities = [tree.oddity] if tree.oddity else []
    parts = [part for leaf in tree.leaves if (part := _read_part(leaf, oddities))]
    body = _choose_body(parts, oddities)
    if body and body.is_patch_file:
        oddities.append("patch in an attachment")
    text, unjoined = (body.text, "") if body else ("", "")
    if body and "format=flowed" in oddities:
        unjoined = unflow(text, join=False)
        text = unflow(text, join=True, delete_space="delsp=yes" in oddities)
    rest = tuple(part for part in parts if part is not body)
    return Mail(tree.headers, text, unjoined, rest, tuple(dict.fromkeys(oddities)))


def _read_part(leaf: Leaf, oddities: list[str]) -> Part | None:
    form = leaf.form
    if form.content_type == "application/pgp-signature":
        oddities.append("signed with PGP/MIME")
        return None
    is_text = form.content_type.startswith("text/") or form.content_type in _PATCH_TYPES
    if not is_text and not _PATCH_NAME.search(form.filename):
        return None
    if not form.is_attachment:
        _note_form(form, oddities)
    text, good = decode(leaf.data(), form.charset)
    if not good and not form.is_attachment and (is_plain(form.charset) or lookup(form.charset)):
        oddities.append("bytes that its charset does not allow")
    return Part(form.content_type, form.filename, _plain_newlines(text), form.is_attachment)


def _plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n") if "\r" in text else text


def _note_form(form: Form, oddities: list[str]) -> None:
    if form.encoding in ("base64", "quoted-printable"):
        oddities.append(form.encoding)
    if form.is_flowed:
        oddities.append("format=flowed")
        if form.deletes_space:
            oddities.append("delsp=yes")
    if not is_plain(form.charset):
        known = lookup(form.charset) is not None
        oddities.append(
            f"charset {form.charset}" if known else f"unknown charset {form.charset[:40]}"
        )


def _choose_body(parts: list[Part], oddities: list[str]) -> Part | None:
    """The part a person reads; text/html only where there is nothing else."""
    plain = [p for p in parts if p.content_type == "text/plain" and not p.is_attachment]
    html = [p for p in parts if p.content_type == "text/html" and not p.is_attachment]
    if html:
        oddities.append("HTML beside the text" if plain else "HTML without plain text")
    if plain:
        # A list may put its footer, a mailer its greeting, into a part of its own.
        more = len(plain) > 1
        return next((p for p in plain if more and p.has_diff), plain[0])
    inline = [p for p in parts if not p.is_attachment and p.content_type != "text/html"]
    return inline[0] if inline else None
