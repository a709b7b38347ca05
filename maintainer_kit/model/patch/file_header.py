# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines above the hunks of one file: its names, and what git says of it."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.patch.change import FileChange
from maintainer_kit.model.patch.hunk import Lines
from maintainer_kit.model.patch.paths import strip_prefix, unquote_path

_GIT = "diff --git "
_GIT_HEADER = lazy_pattern(r'^diff --git (?:("?a/.+?"?) ("?b/.+"?)|(\S+) (\S+))$')


@dataclass(slots=True)
class FileLines:
    """One file of a diff: what it changes, and where; lines are counted from 0."""

    start: int
    end: int = 0
    """Behind the last line of its header."""
    body: int = 0
    """Where its hunks begin; other than ``end`` below what git says of a binary file."""
    path: str = ""
    old_path: str = ""
    change: str = "modified"
    added: int = 0
    removed: int = 0
    has_git_header: bool = False
    named: bool = False
    """Its ``---`` and ``+++`` lines are there."""
    hunks: list[tuple[int, int]] = field(default_factory=list)
    """Of each hunk the first line below its header, and the line behind its last."""

    def freeze(self) -> FileChange:
        old = self.old_path if self.old_path != self.path else ""
        return FileChange(self.path, old, self.change, self.added, self.removed)


def starts_diff(lines: Sequence[str], at: int) -> bool:
    """Whether the line begins a file's diff, with or without git's own header."""
    line = lines[at]
    if line.startswith(_GIT):
        return True
    return (
        line.startswith("--- ")
        and at + 2 < len(lines)
        and lines[at + 1].startswith("+++ ")
        and lines[at + 2].startswith("@@ -")
    )


def read_header(text: Lines, at: int) -> FileLines:
    """Read the header of the file that begins in line ``at``, up to its hunks."""
    lines = text.lines
    file = FileLines(at)
    first = lines[at]
    file.has_git_header = first.startswith(_GIT)
    if file.has_git_header:
        at = _read_extended(text, at + 1, file)
    file.end = file.body = at
    if file.change == "binary":
        file.body = _skip_binary(text, at)
        _read_git_header(first, file)
    elif _at_names(lines, at):
        _read_names(first, lines[at][4:], lines[at + 1][4:], file)
        file.end = file.body = at + 2
    elif file.has_git_header:
        _read_git_header(first, file)
    return file


def _at_names(lines: Sequence[str], at: int) -> bool:
    return at + 1 < len(lines) and lines[at].startswith("--- ") and lines[at + 1].startswith("+++ ")


def _read_names(first: str, old_name: str, new_name: str, file: FileLines) -> None:
    """Take the names of ``---`` and ``+++``; those of git's header, where they say no other."""
    old, new = strip_prefix(old_name), strip_prefix(new_name)
    file.named = True
    if file.has_git_header and (old != new or first != f"{_GIT}{old_name} {new_name}"):
        _read_git_header(first, file)
    file.path = new or old
    if file.change == "modified":
        file.change = "added" if not old else "deleted" if not new else "modified"


def _read_git_header(line: str, file: FileLines) -> None:
    """The paths of ``diff --git``, where no line below it named them."""
    if found := _GIT_HEADER.match(line):
        file.old_path = file.old_path or strip_prefix(found[1] or found[3] or "")
        file.path = file.path or strip_prefix(found[2] or found[4] or "")


def _read_extended(text: Lines, at: int, file: FileLines) -> int:
    """git's extended header lines, between ``diff --git`` and ``---``; where they end."""
    lines = text.lines
    while at < len(lines):
        line = lines[at]
        word = line.split(" ", 1)[0]
        if word == "new":
            file.change = "added" if line.startswith("new file") else "mode"
        elif word == "deleted":
            file.change = "deleted"
        elif word in ("rename", "copy"):
            _read_rename(line, file)
        elif word == "GIT" or line.startswith("Binary files "):
            file.change = "binary"
            return at
        elif word not in ("index", "old", "similarity", "dissimilarity"):
            return at
        at += 1
    return at


def _read_rename(line: str, file: FileLines) -> None:
    verb, _, rest = line.partition(" ")
    side, _, path = rest.partition(" ")
    file.change = "renamed" if verb == "rename" else "copied"
    if side == "from":
        file.old_path = unquote_path(path)
    elif side == "to":
        file.path = unquote_path(path)


def _skip_binary(text: Lines, at: int) -> int:
    lines = text.lines
    at += 1
    while at < len(lines) and not lines[at].startswith((_GIT, "-- ")):
        at += 1
    return at
