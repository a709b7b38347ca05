# SPDX-License-Identifier: GPL-2.0-or-later
"""From the text of MAINTAINERS files to their sections, and the lines that fit nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from maintainer_kit.model.maintainers.section import LETTERS, Entry, Section

_ENTRY = re.compile(r"([A-Z]):[ \t]*(.*)")
_UNDERLINE = re.compile("-{3,}|={3,}")


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot mean what it was written for."""

    source: str
    line: int
    text: str
    reason: str


@dataclass(slots=True)
class _Reader:
    sections: list[Section] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    source: str = ""
    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    place: int = 0
    after_entry: bool = False
    """The line above is an entry."""

    def read(self, line: str, number: int) -> None:
        found = _ENTRY.match(line)
        if found:
            self.take(Entry(found[1], found[2].rstrip(), number, self.place), line)
        elif not line or line.isspace() or line.lstrip()[0] == "#":
            self.after_entry = False
            return
        else:
            if self.after_entry:
                self.fail(line, number, "is no entry, and so begins another section")
            title = self.title if _UNDERLINE.fullmatch(line.strip()) else line.strip()
            self.finish()
            self.title = title
        self.place += 1

    def take(self, entry: Entry, line: str) -> None:
        self.after_entry = True
        self.entries.append(entry)
        if entry.letter not in LETTERS:
            self.fail(line, entry.line, f"nobody knows what {entry.letter}: means")
        elif not entry.value:
            self.fail(line, entry.line, f"{entry.letter}: says nothing")
        elif not self.title:
            self.fail(line, entry.line, "belongs to no section: there is no title above")

    def fail(self, line: str, number: int, reason: str) -> None:
        self.problems.append(Problem(self.source, number, line, reason))

    def finish(self) -> None:
        """End the section that is being read, if one is."""
        if self.entries:
            first = self.entries[0].line
            made = Section(self.title, self.source, first, len(self.sections), tuple(self.entries))
            self.sections.append(made)
        self.title, self.entries, self.after_entry = "", [], False


def read_sections(files: Mapping[str, str]) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections of all files, named by their paths, and the lines that are not understood.

    A section is what stands between two lines that are no entries, the upper one of which is its
    title: an empty line does not end it.
    """
    reader = _Reader()
    for source, text in files.items():
        reader.source = source
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
            reader.read(line, number)
        reader.finish()
    return tuple(reader.sections), tuple(reader.problems)
