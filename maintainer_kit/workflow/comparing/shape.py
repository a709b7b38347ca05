# SPDX-License-Identifier: GPL-2.0-or-later
"""A diff as files with their hunks, whatever stood around them in a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from maintainer_kit.model.patch.file_header import FileLines
from maintainer_kit.model.patch.outline import Outline, outline_of

_HUNK = re.compile(r"@@ -(\d{1,9})\d*(?:,\d+)? \+(\d{1,9})\d*(?:,\d+)? @@ ?(.*)")
_INDEX = re.compile(r"index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})")
_MODE = re.compile(r"(?:old|new|deleted file|new file) mode (\d{6})$")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that are changed together, with their context."""

    at: int
    """The first line before the change, from 1; where nothing stands, the line above."""
    heading: str
    """What git says of the function."""
    lines: tuple[str, ...]
    """With their signs."""


@dataclass(frozen=True, slots=True)
class FileShape:
    """What a diff does to one file."""

    path: str
    old_path: str
    """The same as ``path`` but for a rename or a copy."""
    change: str
    """As ``FileChange.change`` has it."""
    blob: str
    """The blob that it was made on, abbreviated; empty where nobody says, or there was none."""
    modes: tuple[str, ...]
    """As the header names them; the mode that stays is not."""
    hunks: tuple[Hunk, ...]
    binary: tuple[str, ...] = ()
    """Of a binary file all that git says of it."""

    @property
    def is_binary(self) -> bool:
        return bool(self.binary)


@dataclass(frozen=True, slots=True)
class Shape:
    """A whole diff."""

    files: tuple[FileShape, ...]
    damage: str = ""
    """Why git would call it corrupt; what could be read is here nevertheless."""


@lru_cache(maxsize=512)
def shape_of(diff: str) -> Shape:
    """Of the first diff of a text; without files where there is none."""
    outline = outline_of(diff)
    if outline is None:
        return Shape(())
    return Shape(tuple(_file(outline, one) for one in outline.files), outline.diff.damage)


def _file(outline: Outline, file: FileLines) -> FileShape:
    lines = outline.lines.lines
    header = lines[file.start : file.body]
    found = next(filter(None, map(_INDEX.match, header)), None)
    blob = found[1] if found and found[1].strip("0") else ""
    modes = tuple(mode[1] for mode in map(_MODE.match, header) if mode)
    is_binary = any(one.startswith(("Binary files ", "GIT binary patch")) for one in header)
    return FileShape(
        file.path,
        file.old_path or file.path,
        file.change,
        blob,
        modes,
        tuple(_hunks(lines, file.hunks)),
        tuple(one for one in header[1:] if not one.startswith("diff --git")) if is_binary else (),
    )


def _hunks(lines: Sequence[str], places: Sequence[tuple[int, int]]) -> Iterator[Hunk]:
    for first, end in places:
        if found := _HUNK.match(lines[first - 1]):
            # git takes an empty line for one of context whose space a mailer cut off.
            body = lines[first:end]
            if "" in body:
                body = [line or " " for line in body]
            yield Hunk(int(found[1]), found[3], tuple(body))
