# SPDX-License-Identifier: GPL-2.0-or-later
"""A unified diff inside the text of a mail: files, counts, and where it is damaged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_GIT_HEADER = re.compile(r'^diff --git (?:("?a/.+?"?) ("?b/.+"?)|(\S+) (\S+))$')
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
    hunks: int = 0
    named: bool = False
    """Its ``---`` and ``+++`` lines are there."""

    def freeze(self) -> FileChange:
        old = self.old_path if self.old_path != self.path else ""
        return FileChange(self.path, old, self.change, self.added, self.removed)


@dataclass(slots=True)
class _Reader:
    lines: list[str]
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
    path = path.split("\t")[0].rstrip()
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
    path = unquote_path(path)
    if path == "/dev/null":
        return ""
    return path[2:] if path[1:2] == "/" and path[0] in "abiwco" else path


def starts_diff(lines: list[str], at: int) -> bool:
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


def find_diff(lines: list[str]) -> int:
    """Index of the line where the first diff begins, -1 when there is none."""
    for at, line in enumerate(lines):
        if line[:4] in ("diff", "--- ") and starts_diff(lines, at):
            return at
    return -1


def parse_diff(text: str) -> Diff | None:
    """Read the first diff of ``text``, from its first file to the end; None without one.

    Lines that belong to no file (signatures, list footers) are passed over, as git does.
    """
    if "\ndiff --git " not in text and "\n--- " not in text and text[:4] not in ("diff", "--- "):
        return None
    lines = text.split("\n")
    start = find_diff(lines)
    if start < 0:
        return None
    reader = _Reader(lines, start)
    while reader.at < len(lines):
        line = lines[reader.at]
        if line[:4] in ("diff", "--- ") and starts_diff(lines, reader.at):
            _read_file(reader)
        elif line.startswith("@@ -") and reader.files and _HUNK.match(line):
            if not reader.files[-1].named:
                reader.fail("a hunk without the names of its file")
            _read_hunk(reader)
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
    if reader.at >= len(reader.lines) or not _HUNK.match(reader.lines[reader.at]):
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


def _read_hunk(reader: _Reader) -> None:
    """Read one hunk by its counts; a line that cannot be in it is where the patch breaks."""
    header = reader.at
    found = _HUNK.match(reader.lines[header])
    if found is None:
        return
    old, new = int(found[2] or 1), int(found[4] or 1)
    file = reader.files[-1]
    file.hunks += 1
    lines = reader.lines
    at = header + 1
    # What split() gives behind the last newline is no line.
    end = len(lines) - (not lines[-1])
    while (old > 0 or new > 0) and at < end:
        first = lines[at][:1]
        if first == "+":
            new -= 1
            file.added += 1
        elif first == "-":
            old -= 1
            file.removed += 1
        elif first in (" ", ""):
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
