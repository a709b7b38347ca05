# SPDX-License-Identifier: GPL-2.0-or-later
"""A diff file by file, so that no other program needs to be told by the mail what to write to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.patch.file_header import FileLines
from maintainer_kit.model.patch.outline import Outline, outline_of

_IN_PLACE = frozenset({"modified", "mode", "renamed", "copied"})
_NOT_OF_CONTENT = lazy_pattern(r"(?:index|similarity|dissimilarity) ")
_LINK = lazy_pattern(r"(?:old |new |new file |deleted file )mode 120000$|index \S+ 120000$")
_NAMES = "--- a\n+++ b\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a diff does to one file."""

    path: str
    """After the change; before it for a deleted file."""
    old_path: str
    """Before it, where it differs; else empty."""
    whole: bytes
    """As git takes it."""
    head: bytes
    """Only what is no content (a rename, a mode), as git takes it; empty where there is none."""
    hunks: bytes
    """Only what is content, under names that say nothing; empty where there is none, and of a
    file that comes or goes."""
    is_link: bool
    """A symbolic link before or after it."""

    @property
    def paths(self) -> list[str]:
        return [one for one in (self.old_path, self.path) if one]


def pieces_of(diff: Path) -> list[Piece]:
    """The files of a diff; none where it is damaged."""
    outline = outline_of(diff.read_bytes().decode("utf-8", "surrogateescape"))
    if outline is None or outline.diff.damage:
        return []
    ends = [*(one.start for one in outline.files[1:]), outline.lines.end]
    return [_piece(outline, one, end) for one, end in zip(outline.files, ends, strict=True)]


def _piece(outline: Outline, file: FileLines, end: int) -> Piece:
    lines = outline.lines.lines
    header = lines[file.start : file.end]
    change = file.freeze()
    is_in_place = bool(file.hunks) and change.change in _IN_PLACE
    hunks = [line for first, last in file.hunks for line in lines[first - 1 : last]]
    return Piece(
        change.path,
        change.old_path,
        _raw(lines[file.start : end]),
        _raw(_without_content(file, header)) if is_in_place else b"",
        _NAMES.encode() + _raw(hunks) if is_in_place else b"",
        any(_LINK.match(line) for line in header),
    )


def _without_content(file: FileLines, header: Sequence[str]) -> Sequence[str]:
    """The lines of a header, if there are any but those that name the file."""
    more = header[1:-2] if file.has_git_header and file.named else ()
    kept = [line for line in more if not _NOT_OF_CONTENT.match(line)]
    return [header[0], *kept] if kept else ()


def _raw(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
