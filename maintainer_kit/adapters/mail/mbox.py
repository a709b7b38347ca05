# SPDX-License-Identifier: GPL-2.0-or-later
"""Split an mbox of any dialect into its mails.

There are four (see mbox(5) and the Library of Congress' fdd000383 ff.): mboxo and mboxrd put a
``>`` before lines that begin with ``From ``, mboxcl and mboxcl2 say each mail's Content-Length,
the last without quoting anything. The standard library's mailbox splits at every such line and
takes no quoting back.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass

Data = bytes | mmap.mmap

_SEPARATOR = re.compile(rb"^From [^\n]*$", re.MULTILINE)
_DATED = re.compile(rb"^From \S* ?.*\d{1,2}:\d{2}(?::\d{2})?\b.*\d{4}")
_SENDER = re.compile(rb"^From \S+@\S+\s*$")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,9})\s*$", re.MULTILINE | re.IGNORECASE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_NEEDED = re.compile(rb"^(?:From|To|Subject)[ \t]*:", re.MULTILINE | re.IGNORECASE)
MAX_SIZE = 256 << 20
_MAX_HEADERS = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One mail in an mbox, or something there that is none."""

    offset: int
    """Of its separator line, or of its first byte."""
    end: int
    raw: bytes
    broken: str
    """Why it is no mail; empty for a mail."""


def header_end(data: Data, start: int, end: int) -> int:
    """Where the header of the mail at ``start`` ends: behind its last line."""
    stop = min(end, start + _MAX_HEADERS)
    places = [at + 1 for at in (data.find(b"\n\n", start, stop),) if at >= 0]
    crlf = data.find(b"\r\n\r\n", start, stop)
    if crlf >= 0:
        places.append(crlf + 2)
    return min(places, default=stop)


def why_no_mail(data: Data, start: int, end: int) -> str:
    """Why the bytes cannot be a mail that an index would take; empty when they can."""
    if end - start > MAX_SIZE:
        return f"larger than {MAX_SIZE >> 20} MiB"
    if not data[start:end].strip(b"\0 \t\r\n") if end - start < 4096 else False:
        return "empty"
    if not _HEADER.match(data, start):
        return "it does not begin with a header"
    header = data[start : header_end(data, start, end)]
    if not _NEEDED.search(header):
        return "no From, To or Subject in its header"
    return ""


def is_mbox(data: Data) -> bool:
    """Whether a file begins as an mbox does."""
    return data[:5] == b"From " and _is_separator(data, 0, _line_end(data, 0))


def split_mbox(data: Data) -> Iterator[Piece]:
    """The mails of an mbox, in order; damaged stretches are given as broken, and passed over."""
    size = len(data)
    at = 0
    while at < size:
        start = _line_end(data, at) + 1
        if start >= size:
            yield Piece(at, size, b"", "it ends within its first line")
            return
        end, unquote = _mail_end(data, start)
        yield _piece(data, at, start, end, unquote)
        at = end


def read_single(data: Data) -> Piece:
    """A file that holds one mail; some tools put an mbox separator before it."""
    size = len(data)
    return _piece(data, 0, 0, size, unquote=False)


def _piece(data: Data, offset: int, start: int, end: int, unquote: bool) -> Piece:
    reason = why_no_mail(data, start, end)
    if reason:
        return Piece(offset, end, b"", reason)
    raw = data[start:end]
    # The empty line before the next separator belongs to the mbox.
    if raw.endswith(b"\n\n"):
        raw = raw[:-1]
    elif raw.endswith(b"\r\n\r\n"):
        raw = raw[:-2]
    if unquote and b"\n>" in raw:
        raw = _QUOTED.sub(rb"\1", raw)
    return Piece(offset, end, raw, "")


def _line_end(data: Data, at: int) -> int:
    found = data.find(b"\n", at)
    return found if found >= 0 else len(data)


def _is_separator(data: Data, at: int, line_end: int) -> bool:
    """Whether a line that begins with ``From `` begins a mail."""
    line = data[at : min(line_end, at + 300)]
    follows_header = _HEADER.match(data, line_end + 1) is not None
    after_blank = at == 0 or data[max(0, at - 2) : at] == b"\n\n"
    after_blank = after_blank or data[max(0, at - 4) : at] == b"\r\n\r\n"
    if _DATED.match(line):
        return follows_header or after_blank
    return bool(_SENDER.match(line)) and follows_header and after_blank


def _next_separator(data: Data, start: int) -> int:
    for found in _SEPARATOR.finditer(data, start):
        if _is_separator(data, found.start(), found.end()):
            return found.start()
    return len(data)


def _mail_end(data: Data, start: int) -> tuple[int, bool]:
    """Where the mail at ``start`` ends, and whether quoting is to be taken back in it.

    A Content-Length is believed when what follows is a separator or the end; a wrong one (mail
    that was edited, or converted from another dialect) is common.
    """
    end = _next_separator(data, start)
    body = header_end(data, start, end)
    found = _LENGTH.search(data[start:body])
    if not found:
        return end, True
    for gap in (b"\n", b"\r\n"):
        if data[body : body + len(gap)] == gap:
            body += len(gap)
            break
    by_length = body + int(found[1])
    for skip in (0, 1, 2):
        at = by_length + skip
        if at == len(data) or (data[at : at + 5] == b"From " and data[at - 1 : at] == b"\n"):
            # Lines that look like separators inside: mboxcl2, where nothing is quoted.
            return at, at <= end
    return end, True
