# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of a mail laid out for a width: long quotes folded, long prose broken, diffs left whole,
what reviewers say below the lines that they speak of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import itemgetter

from rich.cells import cell_len

from maintainer_kit.tui.topic.document import Line, LineKind

_KEPT = 6
"""Quoted lines that stay: those right above the answer."""
_LONG = 12
_PROSE = re.compile(r"[^-+ @df\\]+")
_QUOTES = re.compile(rf">{{{_LONG + 1},}}")
_CHANGED = re.compile(r"(-+)\\?(\++)\\?")
_INDENT = 3
"""Cells that stand in front of what is said of a line."""
_WIDEST = 2000
"""Cells to which one can scroll sideways."""

Said = Mapping[int, Sequence[Line]]
"""What stands below a line, by its number."""
NOTHING_SAID: Said = {}


@dataclass(frozen=True, slots=True)
class Layout:
    """What the screen shows of a mail, row by row."""

    lines: Sequence[Line]
    origins: Sequence[int]
    """For each row the line of the mail that it is made of."""
    mates: Mapping[int, int]
    """By row of an added line, the removed one that it stands beside."""
    margin: str
    """The kinds of the rows, a letter each."""
    width: int
    """Cells of the widest line of a diff."""
    folded: int
    """Lines that are not shown."""

    def row_of(self, origin: int) -> int:
        """The first row of a line of the mail, else of what follows it."""
        origins = self.origins
        if not self.mates:
            return bisect_left(origins, origin)
        return next((row for row, one in enumerate(origins) if one >= origin), len(origins))

    def rows_of(self, origin: int) -> range:
        """The rows of a line of the mail, with those that speak of it; at least one."""
        first = end = self.row_of(origin)
        while end < len(self.origins) and self.origins[end] == origin:
            end += 1
        return range(first, max(end, first + 1))


EMPTY = Layout((), (), {}, "", 1, 0)


def lay_out(
    lines: Sequence[Line],
    width: int,
    *,
    fold: bool,
    said: Said = NOTHING_SAID,
    beside: bool = False,
) -> Layout:
    """Lay a mail out for ``width`` cells; ``beside`` puts removed lines beside the added ones."""
    return _Laying(lines, max(20, width), fold, said, beside).whole()


class _Laying:
    """Rows that are made one after the other; a diff of 100,000 lines in slices."""

    def __init__(
        self, lines: Sequence[Line], width: int, fold: bool, said: Said, beside: bool
    ) -> None:
        self._source = lines
        self._width = width
        self._fold = fold
        self._said = said
        self._places = sorted(said)
        self._beside = beside
        self._lines: list[Line] = []
        self._origins: list[int] = []
        self._mates: dict[int, int] = {}
        self._widest = 0
        self._folded = 0

    def whole(self) -> Layout:
        source = self._source
        margin = "".join([kind for kind, _ in source])
        at = 0
        for found in _PROSE.finditer(margin):
            self._diff(at, found.start(), margin)
            self._prose(found.start(), found.end(), margin)
            at = found.end()
        self._diff(at, len(source), margin)
        shown = "".join([kind for kind, _ in self._lines])
        width = min(max(self._widest, 1), _WIDEST)
        return Layout(self._lines, self._origins, self._mates, shown, width, self._folded)

    # diffs

    def _diff(self, start: int, end: int, margin: str) -> None:
        if start < end:
            widest = max(map(len, map(itemgetter(1), self._source[start:end])))
            self._widest = max(self._widest, widest)
            self._with_said(start, end, self._pairs(margin) if self._beside else self._plain)

    def _plain(self, start: int, end: int) -> None:
        self._lines += self._source[start:end]
        self._origins += range(start, end)

    def _with_said(self, start: int, end: int, put: Callable[[int, int], None]) -> None:
        """Lines with what was said about them; what is paired is not parted by it."""
        first = bisect_left(self._places, start)
        for place in self._places[first : bisect_left(self._places, end)]:
            after = self._end_of_pairs(place + 1, end) if self._beside else place + 1
            if start < after:
                put(start, after)
                start = after
            self._tell(place)
        if start < end:
            put(start, end)

    def _end_of_pairs(self, at: int, end: int) -> int:
        """Behind the changed lines that line ``at - 1`` belongs to."""
        source = self._source
        while at < end and source[at][0] in "-+\\" and source[at - 1][0] in "-+\\":
            at += 1
        return at

    def _pairs(self, margin: str) -> Callable[[int, int], None]:
        def put(start: int, end: int) -> None:
            for found in _CHANGED.finditer(margin, start, end):
                self._plain(start, found.start())
                self._pair(range(*found.span(1)), range(*found.span(2)))
                start = found.end()
            self._plain(start, end)

        return put

    def _pair(self, removed: range, added: range) -> None:
        for old, new in zip_longest(removed, added):
            at = old if new is None else new
            if new is not None and old is not None:
                self._mates[len(self._lines)] = old
            self._lines.append(self._source[at])
            self._origins.append(at)

    # prose

    def _prose(self, start: int, end: int, margin: str) -> None:
        for found in _QUOTES.finditer(margin, start, end) if self._fold else ():
            hidden = found.end() - found.start() - _KEPT
            self._text(start, found.start())
            note = (LineKind.NOTE, f"{hidden} quoted lines (z shows them)")
            self._broken(note, found.start())
            self._folded += hidden - 1
            start = found.end() - _KEPT
        self._text(start, end)

    def _text(self, start: int, end: int) -> None:
        for at in range(start, end):
            self._broken(self._source[at], at)
            self._tell(at)

    def _tell(self, at: int) -> None:
        for line in self._said.get(at, ()):
            self._broken(line, at, _INDENT)

    def _broken(self, line: Line, origin: int, indent: int = 0) -> None:
        kind, text = line
        width = self._width - indent
        if len(text) * 2 <= width or _fits(text, width):
            self._lines.append(line)
            self._origins.append(origin)
            return
        for piece in _pieces(text, width):
            self._lines.append((kind, piece))
            self._origins.append(origin)
            # Of a comment only its first line is one to go to.
            kind = LineKind.REMARK_ON if kind is LineKind.REMARK else kind


def _fits(text: str, width: int) -> bool:
    return len(text) <= width if text.isascii() else cell_len(text) <= width


def _pieces(text: str, width: int) -> Iterator[str]:
    """Break at spaces where there are any; a line of a megabyte is broken as it comes."""
    start = 0
    while start < len(text):
        end = start + _room(text, start, width)
        if end < len(text):
            space = text.rfind(" ", start + (end - start) // 2, end + 1)
            end = space if space > start else end
        yield text[start:end]
        start = end + 1 if text[end : end + 1] == " " else end


def _room(text: str, start: int, width: int) -> int:
    """How many characters fit into ``width`` cells."""
    piece = text[start : start + width]
    if piece.isascii():
        return width
    used = 0
    for at, char in enumerate(piece):
        used += cell_len(char)
        if used > width:
            return max(1, at)
    return width
