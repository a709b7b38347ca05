# SPDX-License-Identifier: GPL-2.0-or-later
"""A unified diff inside the text of a mail: files, counts, and where it is damaged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from maintainer_kit.model.patch.hunk import Lines, hunk_counts, lines_of, whole_hunk

_GIT_HEADER = re.compile(r'^diff --git (?:("?a/.+?"?) ("?b/.+"?)|(\S+) (\S+))$')
# git takes an empty line for a context line whose space a mailer cut off.
_BODY = re.compile(r"[-+ \\\n]*")
_START = re.compile(r"[d-]")
_MAX_PATH = 4096  # Linux takes no longer one
_OCTAL = re.compile(r"\\([0-7]{3}|[abtnvfr\"\\])")
_ESCAPES = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a diff does to one file."""

    path: str
    """The path after the change; before it for a deleted file."""
    old_path: str
    """The path before, where it differs (a rename or a copy); else empty."""
    change: str
    """modified, added, deleted, renamed, copied, mode or binary."""
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Diff:
    """All that one mail changes."""

    files: tuple[FileChange, ...]
    first_line: int
    """Where the diff begins in the text, counted from 1."""
    damage: str
    """Why git would call it corrupt, with the line in the text; empty when it is whole."""
    damage_line: int

    @property
    def added(self) -> int:
        return sum(file.added for file in self.files)

    @property
    def removed(self) -> int:
        return sum(file.removed for file in self.files)


@dataclass(slots=True)
class _File:
    path: str = ""
    old_path: str = ""
    change: str = "modified"
    added: int = 0
    removed: int = 0
    named: bool = False
    """Its ``---`` and ``+++`` lines are there."""

    def freeze(self) -> FileChange:
        old = self.old_path if self.old_path != self.path else ""
        return FileChange(self.path, old, self.change, self.added, self.removed)


@dataclass(slots=True)
class _Reader:
    text: Lines
    lines: Sequence[str]
    at: int = 0
    files: list[_File] = field(default_factory=list)
    damage: str = ""
    damage_line: int = 0

    def fail(self, reason: str, at: int | None = None) -> None:
        if not self.damage:
            self.damage_line = (self.at if at is None else at) + 1
            self.damage = reason


def unquote_path(path: str) -> str:
    """A path as git quotes it in diffs (core.quotePath) back to what it names."""
    path = path.partition("\t")[0].rstrip()
    if len(path) < 2 or path[0] != '"' or path[-1] != '"':
        return path
    raw = bytearray()
    inner = path[1:-1]
    at = 0
    for found in _OCTAL.finditer(inner):
        raw += inner[at : found.start()].encode("utf-8", "surrogateescape")
        code = found[1]
        if len(code) == 3:
            raw.append(int(code, 8) & 0xFF)
        else:
            raw += _ESCAPES.get(code, code).encode()
        at = found.end()
    raw += inner[at:].encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "replace")


def _strip_prefix(path: str) -> str:
    return _read_path(path[:_MAX_PATH])


@lru_cache(maxsize=512)
def _read_path(path: str) -> str:
    """A diff names each path up to four times."""
    path = unquote_path(path)
    if path == "/dev/null":
        return ""
    return path[2:] if path[1:2] == "/" and path[0] in "abiwco" else path


def starts_diff(lines: Sequence[str], at: int) -> bool:
    """Whether the line begins a file's diff, with or without git's own header."""
    line = lines[at]
    if line.startswith("diff --git "):
        return True
    return (
        line.startswith("--- ")
        and at + 2 < len(lines)
        and lines[at + 1].startswith("+++ ")
        and lines[at + 2].startswith("@@ -")
    )


def _find_diff(text: Lines) -> int:
    """Index of the line where the first diff begins, -1 when there is none."""
    found = (one.start() for one in _START.finditer(text.margin))
    return next((at for at in found if starts_diff(text.lines, at)), -1)


def parse_diff(text: str) -> Diff | None:
    """Read the first diff of ``text``, from its first file to the end; None without one.

    Lines that belong to no file (signatures, list footers) are passed over, as git does.
    """
    if "\ndiff --git " not in text and "\n--- " not in text and text[:4] not in ("diff", "--- "):
        return None
    split = lines_of(text)
    start = _find_diff(split)
    if start < 0:
        return None
    reader = _Reader(split, split.lines, start)
    while reader.at < len(split.lines):
        line = split.lines[reader.at]
        if line.startswith(("diff", "--- ")) and starts_diff(split.lines, reader.at):
            _read_file(reader)
        elif line.startswith("@@ -") and reader.files and (counts := hunk_counts(line)):
            if not reader.files[-1].named:
                reader.fail("a hunk without the names of its file")
            _read_hunk(reader, counts)
        else:
            reader.at += 1
    files = tuple(file.freeze() for file in reader.files)
    return Diff(files, start + 1, reader.damage, reader.damage_line)


def _read_file(reader: _Reader) -> None:
    """Read the header of one file, up to its first hunk or its binary body."""
    file = _File()
    reader.files.append(file)
    line = reader.lines[reader.at]
    if line.startswith("diff --git "):
        if found := _GIT_HEADER.match(line):
            file.old_path = _strip_prefix(found[1] or found[3] or "")
            file.path = _strip_prefix(found[2] or found[4] or "")
        reader.at += 1
        _read_extended(reader, file)
    if not _at_names(reader):
        return
    old = _strip_prefix(reader.lines[reader.at][4:])
    new = _strip_prefix(reader.lines[reader.at + 1][4:])
    file.path = new or old
    file.named = True
    if file.change == "modified":
        file.change = "added" if not old else "deleted" if not new else "modified"
    reader.at += 2
    if reader.at >= len(reader.lines) or not hunk_counts(reader.lines[reader.at]):
        reader.fail("no hunk after the names of the file")


def _at_names(reader: _Reader) -> bool:
    at, lines = reader.at, reader.lines
    return at + 1 < len(lines) and lines[at].startswith("--- ") and lines[at + 1].startswith("+++ ")


def _read_extended(reader: _Reader, file: _File) -> None:
    """git's extended header lines, between ``diff --git`` and ``---``."""
    while reader.at < len(reader.lines):
        line = reader.lines[reader.at]
        word = line.split(" ", 1)[0]
        if word == "new":
            file.change = "added" if line.startswith("new file") else "mode"
        elif word == "deleted":
            file.change = "deleted"
        elif word in ("rename", "copy"):
            _read_rename(line, file)
        elif word == "GIT" or line.startswith("Binary files "):
            file.change = "binary"
            _skip_binary(reader)
            return
        elif word not in ("old", "index", "similarity", "dissimilarity"):
            return
        reader.at += 1


def _read_rename(line: str, file: _File) -> None:
    verb, _, rest = line.partition(" ")
    side, _, path = rest.partition(" ")
    file.change = "renamed" if verb == "rename" else "copied"
    if side == "from":
        file.old_path = unquote_path(path)
    elif side == "to":
        file.path = unquote_path(path)


def _skip_binary(reader: _Reader) -> None:
    reader.at += 1
    while reader.at < len(reader.lines):
        line = reader.lines[reader.at]
        if line.startswith(("diff --git ", "-- ")):
            return
        reader.at += 1


def _read_hunk(reader: _Reader, counts: tuple[int, int]) -> None:
    """Read one hunk by its counts, as a block where they are right."""
    reader.at += 1
    whole = whole_hunk(reader.text, reader.at, counts, _BODY)
    if whole is None:
        _read_lines(reader, counts)
        return
    file = reader.files[-1]
    reader.at, added, removed = whole
    file.added += added
    file.removed += removed


def _read_lines(reader: _Reader, counts: tuple[int, int]) -> None:
    """Read a hunk line by line; a line that cannot be in it is where the patch breaks."""
    old, new = counts
    file = reader.files[-1]
    margin, end = reader.text.margin, reader.text.end
    at = reader.at
    while (old > 0 or new > 0) and at < end:
        first = margin[at]
        if first == "+":
            new -= 1
            file.added += 1
        elif first == "-":
            old -= 1
            file.removed += 1
        elif first in " \n":
            old -= 1
            new -= 1
        elif first != "\\":
            break
        at += 1
    if old or new:
        reason = (
            "the text ends within a hunk" if at >= end else "a line that is no part of its hunk"
        )
        reader.fail(reason, at)
    reader.at = at
