# SPDX-License-Identifier: GPL-2.0-or-later
"""Which lines of a mail are quoted for comments on some of them: hunks with their headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.model.patch.places import Place

_JOINED = 3
"""Lines left out between two stretches for which a mark would take as much room."""


@dataclass(frozen=True)
class Source:
    """The text of a mail by lines, each with its place; lines are counted from 0."""

    lines: Sequence[str]
    places: Sequence[Place]

    @cached_property
    def file_starts(self) -> list[int]:
        """For each line where the header of its file begins; -1 outside of files."""
        found: list[int] = []
        start = -1
        for at, place in enumerate(self.places):
            if not place.path:
                start = -1
            elif self._begins_file(at):
                start = at
            found.append(start)
        return found

    @cached_property
    def hunk_starts(self) -> list[int]:
        """For each line where its hunk begins; -1 outside of hunks."""
        found: list[int] = []
        start = -1
        for at, place in enumerate(self.places):
            if not place.hunk:
                start = -1
            elif self.is_hunk_header(at):
                start = at
            found.append(start)
        return found

    def is_hunk_header(self, at: int) -> bool:
        """Whether a hunk begins at a line; one of its lines may look like its header, behind a
        space or a sign."""
        return bool(self.places[at].hunk) and self.lines[at].startswith("@@ -")

    def _begins_file(self, at: int) -> bool:
        if self.places[at].hunk:
            return at == 0 or not self.places[at - 1].path
        above = self.places[at - 1] if at else None
        if above is None or not above.path or above.hunk:
            return True
        return self.lines[at].startswith("diff --git ")

    def file_header(self, at: int) -> range:
        """The lines above the first hunk of the file that a line is in."""
        start = self.file_starts[at]
        if start < 0:
            return range(0)
        end = start
        while end < len(self.places) and self.places[end].path and not self.places[end].hunk:
            if end > start and self._begins_file(end):
                break
            end += 1
        return range(start, end)


def shown_lines(source: Source, wanted: Sequence[int], above: int) -> list[int]:
    """The lines that are quoted so that those ``wanted`` (ascending) are understood: ``above`` of
    the lines before each, with the headers of file and hunk."""
    found: set[int] = set()
    for at in wanted:
        found.update(_needed(source, at, above))
    listed = sorted(found)
    filled: list[int] = []
    for at in listed:
        if (
            filled
            and 1 < at - filled[-1] <= _JOINED + 1
            and not _is_between(source, filled[-1], at)
        ):
            filled.extend(range(filled[-1] + 1, at))
        filled.append(at)
    return filled


def _needed(source: Source, at: int, above: int) -> Iterator[int]:
    """Of a comment on a diff: the headers, and lines of the hunk; of one on the message: lines of
    its paragraph."""
    place = source.places[at]
    if not place.path:
        first = at
        while first and at - first < above and source.lines[first - 1].strip():
            first -= 1
        yield from range(first, at + 1)
        return
    header = source.file_header(at)
    if not place.hunk:
        yield from range(header.start if at in header else at, at + 1)
        return
    yield from header
    start = source.hunk_starts[at]
    if start >= 0:
        yield start
    yield from range(max(start, at - above), at + 1)


def _is_between(source: Source, above: int, below: int) -> bool:
    """Whether a hunk or a file begins between two lines: what is in between belongs to another."""
    return source.hunk_starts[above] != source.hunk_starts[below]


def is_gap(source: Source, above: int, below: int) -> bool:
    """Whether what is left out between two quoted lines is to be marked: between the header of a
    file and a hunk of it the numbers of the hunk tell it."""
    if below == above + 1:
        return False
    is_headers = above in source.file_header(below) and source.is_hunk_header(below)
    return not is_headers
