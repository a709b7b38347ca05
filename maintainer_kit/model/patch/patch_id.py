# SPDX-License-Identifier: GPL-2.0-or-later
"""``git patch-id --stable``, without a process a patch.

The rules are those of git-patch-id(1) and of what it does with each line: white space and line
numbers do not count, each file is hashed alone and the hashes are added, so that the order of
files does not matter either.
"""

from __future__ import annotations

import re
from hashlib import sha1

_SPACE = b" \t\n\r"  # git's own isspace() knows no form feed and no vertical tab
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_INDEX = re.compile(rb"index ([^. ]+)\.\.([^ ]+)")
_OID = re.compile(rb"(?:commit |From )?([0-9a-f]{40}(?:[0-9a-f]{24})?)(?![0-9a-f])")


class _Sum:
    """Sum of SHA-1 values, added as little-endian numbers of 20 bytes."""

    def __init__(self) -> None:
        self.total = 0
        self.lines: list[bytes] = []
        self.length = 0

    def add(self, line: bytes) -> None:
        self.lines.append(line)

    def flush(self) -> None:
        data = b"".join(self.lines).translate(None, _SPACE)
        self.length += len(data)
        self.total += int.from_bytes(sha1(data, usedforsecurity=False).digest(), "little")
        self.lines = []

    def hex(self) -> str:
        return (self.total % (1 << 160)).to_bytes(20, "little").hex()


def patch_id(text: str) -> str | None:
    """The stable patch-id of the first patch in ``text``; None where git gives none.

    ``text`` is the body of a mail, or a diff.
    """
    start = 0 if text.startswith("diff ") else text.find("\ndiff ") + 1
    if start == 0 and not text.startswith("diff "):
        return None
    total = _Sum()
    data = text[start:].encode("utf-8", "surrogateescape").removesuffix(b"\n")
    _feed(total, [line + b"\n" for line in data.split(b"\n")])
    total.flush()
    return total.hex() if total.length else None


def _feed(total: _Sum, lines: list[bytes]) -> None:
    """Hash the lines of one patch; -1 in before/after stands for "in a file's header"."""
    before = after = -1
    binary = False
    old = new = b""
    for line in lines:
        first = line[:1]
        if first == b"\\" and len(line) > 12 and line[1:2] == b" ":
            continue
        if first in b"cF0123456789abdef" and _OID.match(line):
            return
        if before == -1:
            if line.startswith((b"GIT binary patch", b"Binary files")):
                binary = True
                before = 0
                total.add(old + new)
                total.flush()
                continue
            if line.startswith(b"index "):
                if found := _INDEX.match(line.rstrip()):
                    old, new = found[1], found[2]
                continue
            if line.startswith(b"--- "):
                before = after = 1
            elif not first.isalpha():
                return
        if binary:
            # git does not hash the line that ends a binary file.
            if line.startswith(b"diff "):
                binary = False
                before = -1
            continue
        if before == 0 and after == 0:
            if line.startswith(b"@@ -"):
                if found := _HUNK.match(line):
                    before = int(found[1] or 1)
                    after = int(found[2] or 1)
                continue
            if not line.startswith(b"diff "):
                return
            total.flush()
            before = after = -1
        if first in (b"-", b" "):
            before -= 1
        if first in (b"+", b" "):
            after -= 1
        total.add(line)
