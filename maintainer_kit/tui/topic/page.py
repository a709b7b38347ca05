# SPDX-License-Identifier: GPL-2.0-or-later
"""One mail to read: its lines, and where each line of its diff stands in the files."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.patch.file_header import read_header
from maintainer_kit.model.patch.hunk import Lines
from maintainer_kit.render.code_words import CodeSpan
from maintainer_kit.render.diff_words import Span
from maintainer_kit.tui.topic.document import Line, LineKind, attached_lines, text_lines

_HUNK = re.compile(r"^@@ -(\d{1,9})(?:,\d+)? \+(\d{1,9})")
_IN_HUNK = frozenset((LineKind.ADDED, LineKind.REMOVED, LineKind.CONTEXT))
_LONGEST = 400
_NAMES = 12
"""Lines above the hunks of a file that say what it is; of a binary file its bytes follow."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a file that a diff shows."""

    path: str
    old: int
    """Its number before the change, from 1; 0 for an added line, and above the hunks."""
    new: int
    """Its number after it; 0 for a removed line, and above the hunks."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """What a diff does to one file: lines ``start`` to ``end`` of the page."""

    start: int
    end: int
    path: str
    change: str
    added: int
    removed: int


class Page:
    """A mail's lines with what is looked up in them."""

    def __init__(self, lines: Sequence[Line], own: int | None = None) -> None:
        """The first ``own`` lines are the text of the mail, the others its attachments."""
        self.lines = lines
        self.own = len(lines) if own is None else own
        self.margin = "".join([kind for kind, _ in lines])
        """The kinds of the lines, a letter each."""
        self.words: dict[int, Sequence[Span]] = {}
        self.code: dict[int, Sequence[CodeSpan]] = {}
        """What was found in some of the lines: see ``DiffLook``."""

    @cached_property
    def files(self) -> Sequence[FilePart]:
        """The files of its diff, in order."""
        margin = self.margin
        starts = [at for at, kind in enumerate(margin) if kind == LineKind.BEGIN]
        return [self._file(*pair) for pair in pairwise([*starts, len(margin)])]

    def _file(self, start: int, end: int) -> FilePart:
        names = [text for _, text in self.lines[start : min(end, start + _NAMES)]]
        first = "".join(name[:1] or "\n" for name in names)
        header = read_header(Lines(names, first, len(names)), 0)
        count = self.margin.count
        added = count(LineKind.ADDED, start, end)
        removed = count(LineKind.REMOVED, start, end)
        return FilePart(start, end, header.path, header.change, added, removed)

    def file_at(self, at: int) -> FilePart | None:
        """The file whose diff a line belongs to."""
        number = bisect_right(self.files, at, key=lambda one: one.start) - 1
        if number < 0 or not 0 <= at < len(self.margin):
            return None
        is_diff = self.margin[at] in "df@+- \\"
        return self.files[number] if is_diff else None

    def spot(self, at: int) -> Spot | None:
        """Where a line of the diff stands; None outside of it."""
        file = self.file_at(at)
        if file is None:
            return None
        kind = self.margin[at]
        head = self.margin.rfind(LineKind.HUNK, file.start, at)
        found = _HUNK.match(self.lines[head][1]) if head >= 0 else None
        if kind not in _IN_HUNK or found is None:
            return Spot(file.path, 0, 0)
        added, removed, kept = (
            self.margin.count(one, head, at)
            for one in (LineKind.ADDED, LineKind.REMOVED, LineKind.CONTEXT)
        )
        old, new = int(found[1]) + kept + removed, int(found[2]) + kept + added
        return Spot(
            file.path,
            0 if kind == LineKind.ADDED else old,
            0 if kind == LineKind.REMOVED else new,
        )

    def find(self, path: str, number: int, *, old: bool) -> int | None:
        """The line that shows line ``number`` of a file; of number 0 where its diff begins."""
        file = next((one for one in self.files if one.path == path), None)
        if file is None or not number:
            return file.start if file else None
        head = self.margin.find(LineKind.HUNK, file.start, file.end)
        while head >= 0:
            end = self.margin.find(LineKind.HUNK, head + 1, file.end)
            at = self._find_in(head, file.end if end < 0 else end, number, old)
            if at is not None:
                return at
            head = end
        return None

    def _find_in(self, head: int, end: int, number: int, old: bool) -> int | None:
        """The same in one hunk."""
        found = _HUNK.match(self.lines[head][1])
        first = int(found[1 if old else 2]) if found else number + 1
        shown = f" {LineKind.REMOVED if old else LineKind.ADDED}"
        if not first <= number < first + end - head:
            return None
        for at in range(head + 1, end):
            if self.margin[at] in shown:
                if first == number:
                    return at
                first += 1
        return None

    def text_line(self, at: int) -> int:
        """Which line of the mail's own text it is, from 1; 0 for a line of an attachment."""
        return at + 1 if 0 <= at < self.own else 0


NO_PAGE = Page(())


def page_of(mail: Mail) -> Page:
    """A mail as a page: the text that a person reads, then the other parts."""
    own = text_lines(mail.text)
    return Page([*own, *attached_lines(mail)], len(own))


def spot_words(spot: Spot | None, width: int) -> str:
    """``fs/a.c -7 +9`` in so many cells, of a long path its end; empty outside of a diff."""
    if spot is None:
        return ""
    sides = (f" -{spot.old}" if spot.old else "") + (f" +{spot.new}" if spot.new else "")
    room = width - len(sides)
    path = visible_line(spot.path[-_LONGEST:])
    return (path if len(path) <= room else f"...{path[3 - room :]}") + sides
