# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers, with the headers that each of them has."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]
_GZIP_WINDOW = 31
"""What zlib calls gzip's own form."""
_LEVEL = 1
"""A third of the usual level's time, for a fourth more of bytes."""

TEXT = "text/plain; charset=UTF-8"
HTML = "text/html; charset=UTF-8"
ATOM = "application/atom+xml"
GZIP = "application/gzip"
_ALWAYS: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-cache"),
)


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; a body of one part has a length, others are sent as they are made."""

    status: str
    content_type: str
    body: Iterable[bytes]
    more: Headers = ()

    @property
    def headers(self) -> list[tuple[str, str]]:
        found = [("Content-Type", self.content_type), *_ALWAYS, *self.more]
        if isinstance(self.body, tuple):
            found.append(("Content-Length", str(sum(map(len, self.body)))))
        return found


def ok(content_type: str, body: bytes) -> Response:
    return Response("200 OK", content_type, (body,))


def plain(status: str, words: str, *more: tuple[str, str]) -> Response:
    """A line of text."""
    return Response(status, TEXT, (words.encode("utf-8", "replace") + b"\n",), more)


def gzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    """One gzip stream of all parts."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()
