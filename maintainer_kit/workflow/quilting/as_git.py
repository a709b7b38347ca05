# SPDX-License-Identifier: GPL-2.0-or-later
"""The diff of a patch file as git writes it, whatever made it: quilt, diff -u, ``-p0``, CRLF.

Works on bytes: what a file holds is of no charset that is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.model.patch.file_header import FileLines
from maintainer_kit.model.patch.outline import outline_of

_NOWHERE = "/dev/null"
_USUAL = 1
_EPOCH = re.compile(r"(?:1970-01-0[12]|1969-12-31|Thu Jan +1 .*1970|Wed Dec 31 .*1969)")
"""What diff(1) says that a file is from that is not there."""
_MOVES = ("rename from ", "rename to ", "copy from ", "copy to ")
_GIT = "diff --git "


def has_dos_ends(data: bytes) -> bool:
    """Whether all lines end in CRLF: an editor or a mailer did that, not the author."""
    ends = data.count(b"\n")
    return ends > 0 and data.count(b"\r\n") == ends


def as_git(data: bytes, strip: int = _USUAL) -> bytes:
    """The file with headers of git's above each hunk, for ``git apply -p1``; lines that are no
    headers stay byte for byte. ``strip`` folders are taken off the paths that it has."""
    # Each byte is a character, so that positions and bytes stay what they are.
    text = data.decode("latin-1")
    outline = outline_of(text)
    if outline is None or (strip == _USUAL and all(one.has_git_header for one in outline.files)):
        return data
    lines = outline.lines.lines
    made = _without_index(text[: outline.start].split("\n"))
    made.pop()  # the beginning of the line that the diff begins in
    done = 0
    for file in outline.files:
        made += _without_index([*lines[done : file.start]])
        made += _header(lines[file.start : file.end], file, strip)
        done = file.end
    return "\n".join([*made, *lines[done:]]).encode("latin-1")


def _without_index(lines: list[str]) -> list[str]:
    """The lines without ``Index: FILE`` and its bar, right above a diff."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    if end and re.fullmatch(r"={20,}\s*", lines[end - 1]):
        end -= 1
        if end and lines[end - 1].startswith("Index: "):
            return [*lines[: end - 1], *lines[end + 1 :]]
    return lines


def _header(lines: Sequence[str], file: FileLines, strip: int) -> Iterator[str]:
    if not file.named:
        yield from (_moved(line, strip) for line in lines)
        return
    old, new = _named(lines[-2], "a/", strip), _named(lines[-1], "b/", strip)
    shown = [one[2:] for one in (old, new) if one != _NOWHERE]
    if not shown:
        yield from lines
        return
    yield f"{_GIT}a/{shown[0]} b/{shown[-1]}"
    if not file.has_git_header:
        yield from ("new file mode 100644",) * (old == _NOWHERE)
        yield from ("deleted file mode 100644",) * (new == _NOWHERE)
    yield from (_moved(line, strip) for line in lines[1:-2] if file.has_git_header)
    yield f"--- {old}"
    yield f"+++ {new}"


def _named(line: str, prefix: str, strip: int) -> str:
    """``--- linux.orig/fs/a.c<TAB>DATE`` as ``a/fs/a.c``."""
    path, tab, stamp = line[4:].partition("\t")
    if path == _NOWHERE or (tab and _EPOCH.match(stamp)):
        return _NOWHERE
    return prefix + _stripped(path.rstrip(), strip)


def _moved(line: str, strip: int) -> str:
    """git puts no prefix before these, and takes one folder less off them."""
    if line.startswith(_GIT):
        words = line[len(_GIT) :].split(" ")
        if len(words) == 2:
            return f"{_GIT}a/{_stripped(words[0], strip)} b/{_stripped(words[1], strip)}"
    for start in _MOVES:
        if line.startswith(start) and strip > _USUAL:
            return start + _stripped(line[len(start) :], strip - 1)
    return line


def _stripped(path: str, strip: int) -> str:
    """The path without its first folders, of which no more are taken off than there are."""
    parts = path.split("/")
    return "/".join(parts[min(strip, len(parts) - 1) :])
