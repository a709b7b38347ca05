# SPDX-License-Identifier: GPL-2.0-or-later
"""Where each line of a patch mail stands: in which file and at which line, or in the message."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.model.patch.file_header import starts_diff
from maintainer_kit.model.patch.paths import strip_prefix, unquote_path

OLD = "old"
NEW = "new"
_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)")
_HEADING = re.compile(r"[A-Za-z_$]")
_MAX_LINES = 500_000


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a patch mail, told by what it stands for."""

    path: str
    """Empty outside of the diff."""
    line: int
    """Of the file on its side, from 1; 0 in the header of a file. Outside of the diff the line of
    the mail's text."""
    side: str
    """``old`` for a removed line, else ``new``."""
    hunk: str
    """The header of its hunk; empty outside of hunks."""
    function: str
    """What git would call the function: the last heading at or above the line in its hunk, else
    the one in the header of the hunk."""
    at: int
    """The line of the mail's text, from 1; 0 for the patch as a whole."""


WHOLE = Place("", 0, NEW, "", "", 0)
"""What speaks of no line stands here: the patch as a whole."""


@dataclass(slots=True)
class _Walk:
    """What is known while the lines are gone through once."""

    path: str = ""
    hunk: str = ""
    function: str = ""
    old: int = 0
    new: int = 0
    old_left: int = 0
    new_left: int = 0
    in_header: bool = False
    is_over: bool = False
    """A diff was there, and is at its end: the signature, the footer of a list."""

    def place(self, at: int, lines: list[str]) -> Place:
        line = lines[at]
        if line.startswith("@@ -") and self.path and (found := _HUNK.match(line)):
            return self._enter(at, line, found)
        # Hunks whose lines a mailer broke never come to the end of their counts.
        if (self.old_left > 0 or self.new_left > 0) and not line.startswith("diff --git "):
            return self._within(at, line)
        if line[:4] in ("diff", "--- ") and not self._goes_on(line) and starts_diff(lines, at):
            self._begin(line)
        if not self.in_header:
            return WHOLE if self.is_over else Place("", at + 1, NEW, "", "", at + 1)
        self._name(line)
        return Place(self.path, 0, NEW, "", "", at + 1)

    def _goes_on(self, line: str) -> bool:
        return self.in_header and line.startswith("--- ")

    def _begin(self, line: str) -> None:
        self.in_header, self.is_over = True, False
        self.hunk = self.function = ""
        self.path = strip_prefix(line.rpartition(" ")[2]) if line.startswith("diff --git ") else ""

    def _name(self, line: str) -> None:
        if line.startswith(("--- ", "+++ ")):
            self.path = strip_prefix(line[4:]) or self.path
        elif line.startswith(("rename to ", "copy to ")):
            self.path = unquote_path(line.partition(" to ")[2])
        elif not line.strip() or line.startswith("-- "):
            self.in_header = False

    def _enter(self, at: int, line: str, found: re.Match[str]) -> Place:
        # Nine digits: no file is longer, and int() refuses thousands of them.
        old, old_count, new, new_count = (int((one or "1")[:9]) for one in found.groups()[:4])
        self.old, self.old_left, self.new, self.new_left = old, old_count, new, new_count
        self.hunk, self.function, self.in_header = line, found[5].strip(), False
        self.is_over = True
        return Place(self.path, new, NEW, line, self.function, at + 1)

    def _within(self, at: int, line: str) -> Place:
        sign = line[:1]
        if sign == "-":
            self.old += 1
            self.old_left -= 1
            return Place(self.path, self.old - 1, OLD, self.hunk, self.function, at + 1)
        if sign not in ("+", " ", ""):
            # "\ No newline at end of file", or the rest of a line that a mailer broke.
            return Place(self.path, max(1, self.new - 1), NEW, self.hunk, self.function, at + 1)
        if sign != "+":
            self.old += 1
            self.old_left -= 1
        if _is_heading(line):
            self.function = line[1:].strip()
        self.new += 1
        self.new_left -= 1
        return Place(self.path, self.new - 1, NEW, self.hunk, self.function, at + 1)


def _is_heading(line: str) -> bool:
    """Whether git would name the lines below by this one: it begins in the first column, and is
    neither a label nor a statement."""
    return bool(_HEADING.match(line, 1)) and not line.rstrip().endswith((":", ";", ","))


def read_places(lines: list[str]) -> list[Place]:
    """The place of each line of a patch mail's text; what is beyond all bounds is left out."""
    walk = _Walk()
    return [walk.place(at, lines) for at in range(min(len(lines), _MAX_LINES))]
