# SPDX-License-Identifier: GPL-2.0-or-later
"""The head of a mail as lines of bytes: fields found, replaced, added; all others stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

MIME = (
    b"MIME-Version: 1.0",
    b"Content-Type: text/plain; charset=UTF-8",
    b"Content-Transfer-Encoding: 8bit",
)
"""What git format-patch adds to a patch that is not ASCII."""
MIME_NAMES = frozenset(
    {
        b"mime-version",
        b"content-type",
        b"content-transfer-encoding",
        b"content-disposition",
        b"content-language",
        b"content-id",
        b"content-description",
    }
)
_LENGTH = re.compile(rb"(content-length:[ \t]*)(\d{1,12})(\s*)$", re.IGNORECASE)
_COUNT = re.compile(rb"(lines:[ \t]*)(\d{1,9})(\s*)$", re.IGNORECASE)


def head_end(lines: list[bytes]) -> int:
    """Index of the empty line below the head, or behind the last line."""
    return next((at for at, line in enumerate(lines) if line in (b"", b"\r")), len(lines))


def fields(lines: list[bytes]) -> Iterator[tuple[bytes, int, int]]:
    """Each field of the head: its name in lower case, its first line, and the one behind its last;
    the separator line of an mbox has no name."""
    at, end = 0, head_end(lines)
    while at < end:
        after = at + 1
        while after < end and lines[after][:1] in (b" ", b"\t"):
            after += 1
        name, colon, _ = lines[at].partition(b":")
        is_name = bool(colon) and b" " not in name.rstrip()
        yield (name.strip().lower() if is_name else b""), at, after
        at = after


def without(lines: list[bytes], names: Collection[bytes]) -> list[bytes]:
    """The head without some fields and without carriage returns; no empty line below it."""
    found: list[bytes] = []
    for name, first, after in fields(lines):
        if name not in names:
            found.extend(line.rstrip(b"\r") for line in lines[first:after])
    return found


def mend_lengths(lines: list[bytes], old_body: bytes) -> None:
    """Make Content-Length and Lines, by which some mboxes are cut into mails, right again where
    they are there; ``old_body`` is what was below the head before."""
    end = head_end(lines)
    body = lines[end + 1 :]
    size = sum(map(len, body)) + max(0, len(body) - 1)
    for _, at, _ in fields(lines):
        if found := _LENGTH.match(lines[at]):
            wanted = int(found[2]) + size - len(old_body)
            lines[at] = b"%s%d%s" % (found[1], max(0, wanted), found[3])
        elif found := _COUNT.match(lines[at]):
            wanted = int(found[2]) + len(body) - 1 - old_body.count(b"\n")
            lines[at] = b"%s%d%s" % (found[1], max(0, wanted), found[3])
