# SPDX-License-Identifier: GPL-2.0-or-later
"""The bytes of a mail as headers and the leaves of its MIME tree, by the standard library's parser.

That parser looks at each line of a body, which is half of the time of reading a mail. Nearly all
mail takes a short way to the same result; anything unusual in a head, or in how parts are parted,
sends it the long way.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as MimeMessage
from email.parser import BytesHeaderParser
from email.policy import Compat32
from itertools import chain
from typing import TypeGuard

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.form import MAX_FIELD, Form, form_of

_FIELD = lazy_pattern(r"([!-9;-~]+):([^\n]*(?:\n[ \t][^\n]*)*)\n")
_AS_IS = frozenset({"", "7bit", "8bit", "binary"})
_MAX_PARTS = 200
_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part without parts of its own."""

    form: Form
    payload: MimeMessage | bytes

    def data(self) -> bytes:
        """The bytes of the part, its transfer encoding undone."""
        if isinstance(self.payload, bytes):
            return self.payload
        decoded = self.payload.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else b""


@dataclass(frozen=True, slots=True)
class Tree:
    """A mail taken apart."""

    headers: dict[str, list[str]]
    """Raw values by lower-case name, in order; 8-bit bytes as lone surrogates."""
    leaves: tuple[Leaf, ...]
    oddity: str = ""
    """Why its parts were left as one text, in words."""


def read_tree(raw: bytes) -> Tree:
    """Take the bytes of a mail apart; never fails."""
    return _read_usual(raw) or _read_any(raw)


def _read_usual(raw: bytes, depth: int = 0) -> Tree | None:
    """The short way; None for a mail in a mail, and where a head is not plain header lines."""
    end = raw.find(b"\n\n")
    # The parser takes a lone carriage return for the end of a line.
    if end < 0 or raw.find(b"\r", 0, end) >= 0:
        return None
    headers = _read_head(raw[: end + 1].decode("ascii", "surrogateescape"))
    if headers is None:
        return None
    form = form_of(headers)
    if form.content_type.startswith("message/"):
        return None
    if form.content_type.startswith("multipart/"):
        leaves = _read_parts(raw[end + 1 :], form, depth)
        return Tree(headers, leaves) if leaves else None
    body = raw[end + 2 :]
    if form.encoding in _AS_IS:
        return Tree(headers, (Leaf(form, body),))
    part: MimeMessage = MimeMessage()
    part.set_raw("Content-Transfer-Encoding", headers["content-transfer-encoding"][0])
    part.set_payload(body.decode("ascii", "surrogateescape"))
    return Tree(headers, (Leaf(form, part),))


def _read_parts(body: bytes, form: Form, depth: int) -> tuple[Leaf, ...]:
    """The leaves of a multipart whose lines between parts are all as RFC 2046 writes them; none
    for any other. ``body`` begins with the newline above its first line."""
    mark = form.boundary
    # The parts of a digest are mails in a mail.
    if not mark.isascii() or not mark or form.content_type == "multipart/digest" or b"\r" in body:
        return ()
    pieces = body.split(b"\n--" + mark.encode())
    end = pieces[-1]
    if end[:2] != b"--" or end[2:3] not in (b"", b"\n"):
        return ()
    if depth == _MAX_DEPTH or len(pieces) > _MAX_PARTS:
        return ()
    leaves: list[Leaf] = []
    for part in pieces[1:-1]:
        tree = _read_usual(part[1:], depth + 1) if part[:1] == b"\n" else None
        if tree is None:
            return ()
        leaves += tree.leaves
    return tuple(leaves) if len(leaves) <= _MAX_PARTS else ()


def _read_head(head: str) -> dict[str, list[str]] | None:
    fields = _FIELD.findall(head)
    if sum(map(len, chain.from_iterable(fields))) + 2 * len(fields) != len(head):
        return None  # something between them is no field
    headers: dict[str, list[str]] = {}
    for name, rest in fields:
        value = rest.lstrip(" \t")
        # What is left of a value that begins with a fold depends on the version of Python.
        if value[:1] == "\n":
            return None
        headers.setdefault(name.lower(), []).append(value)
    return headers


class _Bounded(Compat32):
    """The usual policy, with an end to the parameters of a part."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_FIELD] if name.lower() == "content-type" else value


_POLICY = _Bounded()


def _read_any(raw: bytes) -> Tree:
    oddity = ""
    try:
        mime = message_from_bytes(raw, policy=_POLICY)
    except (RecursionError, ValueError) as error:
        # The parser goes down one call a level, and nobody nests hundreds of them in good faith;
        # and it asks Python for whatever charset a boundary says that it is written in.
        is_deep = isinstance(error, RecursionError)
        oddity = "MIME parts nested too deeply" if is_deep else "a MIME boundary in no charset"
        mime = BytesHeaderParser(policy=_POLICY).parsebytes(raw)
        del mime["Content-Type"]
    leaves = tuple(Leaf(form_of(_raw_headers(part)), part) for part in _leaves(mime))
    return Tree(_raw_headers(mime), leaves, oddity)


def _raw_headers(mime: MimeMessage) -> dict[str, list[str]]:
    headers: dict[str, list[str]] = {}
    for name, value in mime.raw_items():
        headers.setdefault(name.lower(), []).append(value)
    return headers


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
