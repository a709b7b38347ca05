# SPDX-License-Identifier: GPL-2.0-or-later
"""``git patch-id --stable``, without a process a patch.

The rules are those of git-patch-id(1) and of what it does with each line: white space and line
numbers do not count, each file is hashed alone and the hashes are added, so that the order of
files does not matter either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha1

from maintainer_kit.model.patch.hunk import Lines, hunk_counts, lines_of, whole_hunk
from maintainer_kit.model.patch.outline import Outline, outline_of

_SPACE = b" \t\n\r"  # git's own isspace() knows no form feed and no vertical tab
_INDEX = re.compile(r"index ([^. ]+)\.\.([^ ]+)")
_OID = re.compile(r"(?:commit |From )?([0-9a-f]{40}(?:[0-9a-f]{24})?)(?![0-9a-f])")
# git counts no empty line, though mailers make them of context lines.
_BODY = re.compile(r"[-+ \\]*")


class _Sum:
    """Sum of SHA-1 values, added as little-endian numbers of 20 bytes."""

    def __init__(self) -> None:
        self.total = 0
        self.lines: list[str] = []
        self.length = 0

    def flush(self) -> None:
        data = "".join(self.lines).encode("utf-8", "surrogateescape").translate(None, _SPACE)
        self.length += len(data)
        self.total += int.from_bytes(sha1(data, usedforsecurity=False).digest(), "little")
        self.lines = []

    def hex(self) -> str:
        return (self.total % (1 << 160)).to_bytes(20, "little").hex()


def patch_id(text: str) -> str | None:
    """The stable patch-id of the first patch in ``text``; None where git gives none.

    ``text`` is the body of a mail, or a diff.
    """
    if not text.startswith("diff ") and "\ndiff " not in text:
        return None
    outline = outline_of(text)
    if outline and _is_plain(outline):
        return _of_outline(outline)
    lines = lines_of(text)
    start = lines.margin.find("d")
    while not lines.lines[start].startswith("diff "):
        start = lines.margin.find("d", start + 1)
    total = _Sum()
    _feed(total, lines, start)
    total.flush()
    return total.hex() if total.length else None


def _is_plain(outline: Outline) -> bool:
    """Whether git hashes all hunks of the outline, as nearly always, and nothing else."""
    prose, text = outline.prose, outline.lines
    if not outline.is_usual or prose.startswith("diff ") or "\ndiff " in prose:
        return False
    return "\\" not in text.margin or all(
        _is_remark(line) for line in text.lines if line.startswith("\\")
    )


def _of_outline(outline: Outline) -> str:
    lines, total = outline.lines.lines, 0
    for file, body in zip(outline.files, outline.bodies, strict=True):
        header = [one for one in lines[file.start : file.body] if not one.startswith("index ")]
        data = "".join(header).encode("utf-8", "surrogateescape").translate(None, _SPACE)
        digest = sha1(data + body.replace(b"\n", b""), usedforsecurity=False).digest()
        total += int.from_bytes(digest, "little")
    return (total % (1 << 160)).to_bytes(20, "little").hex()


def _is_remark(line: str) -> bool:
    r"""``\ No newline at end of file``, in whatever language; git goes by its length in bytes."""
    return line.startswith("\\ ") and len(line.encode("utf-8", "surrogateescape")) > 11


def _whole_body(text: Lines, at: int, counts: tuple[int, int]) -> tuple[int, Sequence[str]] | None:
    """Where a hunk ends that is as its header says, and the lines that git hashes of it."""
    whole = whole_hunk(text, at, counts, _BODY)
    if whole is None:
        return None
    last = whole[0]
    body = text.lines[at:last]
    if "\\" in text.margin[at:last]:
        if not all(_is_remark(line) for line in body if line.startswith("\\")):
            return None
        body = [line for line in body if not line.startswith("\\")]
    return last, body


def _feed(total: _Sum, text: Lines, at: int) -> None:
    """Hash the lines of one patch; -1 in before/after stands for "in a file's header"."""
    before = after = -1
    binary = False
    old = new = ""
    lines, margin, end = text.lines, text.margin, text.end
    at -= 1
    while (at := at + 1) < end:
        line, first = lines[at], margin[at]
        if first == "\\" and _is_remark(line):
            continue
        if first in "cF0123456789abdef" and _OID.match(line):
            return
        if before == -1:
            if line.startswith(("GIT binary patch", "Binary files")):
                binary = True
                before = 0
                total.lines.append(old + new)
                total.flush()
                continue
            if line.startswith("index "):
                if found := _INDEX.match(line.rstrip(" \t\r\v\f")):
                    old, new = found[1], found[2]
                continue
            if line.startswith("--- "):
                before = after = 1
            elif not (first.isascii() and first.isalpha()):
                return
        if binary:
            # git does not hash the line that ends a binary file.
            if line.startswith("diff "):
                binary = False
                before = -1
            continue
        if before == 0 and after == 0:
            if line.startswith("@@ -"):
                if counts := hunk_counts(line):
                    before, after = counts
                    if whole := _whole_body(text, at + 1, counts):
                        before = after = 0
                        at = whole[0] - 1
                        total.lines += whole[1]
                continue
            if not line.startswith("diff "):
                return
            total.flush()
            before = after = -1
        if first in "- ":
            before -= 1
        if first in "+ ":
            after -= 1
        total.lines.append(line)
