# SPDX-License-Identifier: GPL-2.0-or-later
"""Changes that a reviewer suggests: diffs within fences, below the lines that they are about.

They stand as plain lines, so that ``git apply`` takes the reply as it is: what is quoted, and the
fences, are no part of a diff to it. One after the other they make the change as a whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.patch.file_header import FileLines
from maintainer_kit.model.patch.hunk import hunk_counts
from maintainer_kit.model.patch.outline import outline_of
from maintainer_kit.model.patch.places import NEW, Place, read_places
from maintainer_kit.model.reply.draft import Note

OPENS = "~~~ suggested change"
CLOSES = "~~~"
_HUNK = lazy_pattern(r"@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@(.*)")


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A hunk of a suggested diff."""

    old: int
    """Where it begins in the file as the patch leaves it, from 1."""
    new: int
    """Where it begins after all suggestions."""
    counts: tuple[int, int]
    tail: str
    """What stands behind ``@@``."""
    lines: Sequence[str]

    @property
    def spot(self) -> int:
        """The last line that it takes away; where it takes none, the one that it stands below."""
        found = below = self.old - 1
        for line in self.lines:
            if line[:1] in ("-", " ", ""):
                below += 1
            if line[:1] == "-" or (line[:1] == "+" and found < below):
                found = below
        return max(found, 1)

    def text(self, after: int) -> Iterator[str]:
        """The hunk, for a file to which ``after`` lines were added above it already."""
        yield f"@@ -{_range(self.old + after, self.counts[0])} " + (
            f"+{_range(self.new, self.counts[1])} @@{self.tail}"
        )
        yield from self.lines


def suggested_notes(text: str, diff: str) -> list[Note]:
    """Notes on lines of a patch mail's ``text``, in their order, that make up a diff on top of the
    patch. A file that the patch does not show is spoken of below the first words of the mail."""
    places = read_places(text.split("\n"))
    outline = outline_of(diff)
    found: dict[int, list[str]] = {}
    for file in outline.files if outline else ():
        assert outline is not None
        for line, piece in _pieces(outline.lines.lines, file, _Shown(places, file.path)):
            found.setdefault(line, []).extend(piece)
    top = _top(text)
    return [Note(line or top, fenced(piece)) for line, piece in sorted(found.items())]


class _Shown:
    """Lines of one file that a patch mail shows."""

    def __init__(self, places: Sequence[Place], path: str) -> None:
        self._at: dict[int, int] = {
            one.line: one.at
            for one in places
            if one.hunk and one.path == path and one.side == NEW and one.line
        }
        self._lines = sorted(self._at)

    def nearest(self, line: int) -> int:
        """The line of the mail that shows a line of the file, or what is nearest to it; 0 where
        the mail shows nothing of it."""
        at = bisect_left(self._lines, line)
        around = self._lines[max(0, at - 1) : at + 1]
        near = min(around, key=lambda one: (abs(one - line), one), default=0)
        return self._at.get(near, 0)


def _pieces(
    lines: Sequence[str], file: FileLines, shown: _Shown
) -> Iterator[tuple[int, Sequence[str]]]:
    """The file's diff in parts, each with the line of the mail that it stands below."""
    head = [line for line in lines[file.start : file.end] if not line.startswith("index ")]
    hunks = list(_hunks(lines, file))
    if not hunks or file.change != "modified":
        ends = [_end(lines, end) for _, end in file.hunks]
        yield 0, lines[file.start : max([file.body, *ends])]
        return
    by_line: dict[int, list[_Hunk]] = {}
    for one in hunks:
        at = max(shown.nearest(one.spot), max(by_line, default=0))
        by_line.setdefault(at, []).append(one)
    names = head[-2:]
    for count, (at, group) in enumerate(sorted(by_line.items())):
        after = group[0].new - group[0].old
        # What changes besides lines (a mode) is said once.
        above = head if not count else [head[0], *names]
        yield at, [*above, *(line for one in group for line in one.text(after))]


def _hunks(lines: Sequence[str], file: FileLines) -> Iterator[_Hunk]:
    for first, end in file.hunks:
        found = _HUNK.match(lines[first - 1])
        counts = hunk_counts(lines[first - 1])
        if found and counts:
            hunk = lines[first : _end(lines, end)]
            yield _Hunk(int(found[1]), int(found[2]), counts, found[3], hunk)


def _end(lines: Sequence[str], end: int) -> int:
    """That there is no newline at the end of a file belongs to the line above it."""
    while end < len(lines) and lines[end].startswith("\\"):
        end += 1
    return end


def _range(start: int, count: int) -> str:
    return str(start) if count == 1 else f"{start},{count}"


def _top(text: str) -> int:
    """The last line of the first paragraph."""
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if line.strip()), 0)
    while at + 1 < len(lines) and lines[at + 1].strip():
        at += 1
    return at + 1


def fenced(diff: Sequence[str]) -> str:
    """A diff between its fences."""
    return "\n".join([OPENS, *diff, CLOSES])


def split_fences(text: str) -> tuple[str, list[str]]:
    """A text without its suggestions, and the diffs of these; what is quoted holds none."""
    left: list[str] = []
    diffs: list[str] = []
    inside: list[str] | None = None
    for line in text.split("\n"):
        bare = line.rstrip()
        if inside is None and bare == OPENS:
            inside = []
        elif inside is None:
            left.append(line)
        elif bare == CLOSES:
            diffs.append("\n".join([*inside, ""]))
            inside = None
        else:
            inside.append(line)
    if inside is not None:  # a fence that was never closed is somebody's words
        return text, diffs
    return "\n".join(left).strip("\n"), diffs


def joined(words: Mapping[int, str], more: Sequence[Note]) -> tuple[Note, ...]:
    """Comments by their lines, and suggestions below these."""
    found = {line: text for line, text in words.items() if text.strip()}
    for one in more:
        above = found.get(one.line, "")
        found[one.line] = f"{above}\n\n{one.text}" if above else one.text
    return tuple(Note(line, text) for line, text in sorted(found.items()))
