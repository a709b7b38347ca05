# SPDX-License-Identifier: GPL-2.0-or-later
"""What the code after some patches differs from the code after others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.workflow.comparing.common_base import BaseLine, common_base
from maintainer_kit.workflow.comparing.series_file import Contents, SeriesFile, SeriesFiles
from maintainer_kit.workflow.comparing.sparse import SparseFile

_AROUND = 8
"""Lines around a change that are looked at."""
_FAR = 400
"""Lines above that are looked through for a function."""
_FUNCTION = re.compile(r"[A-Za-z_$]")

Named = tuple[str, Patch]
"""A patch, and what it is called in words."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that follow one another in a file, after the old patches and after the new."""

    old_at: int
    """The number of its first line, from 1."""
    new_at: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    function: str = ""
    """The nearest line above that begins in the first column, where nobody shows it here."""


@dataclass(frozen=True, slots=True)
class FileInterdiff:
    """A file that is other after the new patches than after the old."""

    old_path: str
    """Empty where the file is not there after the old patches."""
    new_path: str
    """Empty where it is not there after the new ones."""
    old_mode: str
    """Empty where nobody told it."""
    new_mode: str
    stretches: tuple[Stretch, ...]
    is_binary: bool = False
    """Its content differs, and cannot be shown."""


@dataclass(frozen=True, slots=True)
class Interdiff:
    """All such files."""

    files: tuple[FileInterdiff, ...]
    problems: tuple[str, ...]
    """What could not be compared, a line each."""
    by_contents: bool
    """The contents of all files are from a repository; else they are what the diffs show."""


def interdiff(old: Sequence[Named], new: Sequence[Named], contents: Contents) -> Interdiff:
    """Compare what two series of patches make, each applied to what it was made on.

    What differs below them, as after a rebase, is left out as far as it can be told.
    """
    before, after = SeriesFiles(old, contents), SeriesFiles(new, contents)
    mine = {one.origin: one for one in before.files}
    theirs = {one.origin: one for one in after.files}
    found = (_compare(mine.get(one), theirs.get(one)) for one in sorted({*mine, *theirs}))
    texts = [one for one in (*mine.values(), *theirs.values()) if not one.binary]
    return Interdiff(
        tuple(one for one in found if one),
        tuple(dict.fromkeys((*before.told, *after.told))),
        bool(texts) and all(one.text.is_whole for one in texts),
    )


def _compare(old: SeriesFile | None, new: SeriesFile | None) -> FileInterdiff | None:
    one, other = old or _untouched(new), new or _untouched(old)
    is_binary = bool(one.binary or other.binary) and one.binary != other.binary
    stretches = () if one.binary or other.binary else tuple(_stretches(one.text, other.text))
    paths = _path(one), _path(other)
    modes = one.mode or other.first_mode, other.mode or one.first_mode
    if not stretches and not is_binary and paths[0] == paths[1] and modes[0] == modes[1]:
        return None
    return FileInterdiff(*paths, *modes, stretches, is_binary)


def _path(file: SeriesFile) -> str:
    return "" if file.is_gone else file.path


def _untouched(other: SeriesFile | None) -> SeriesFile:
    """The same file as it was before the other side's patches."""
    assert other is not None
    text = SparseFile()
    text.known = dict(other.text.known)
    text.is_whole = other.text.is_whole
    return SeriesFile(other.origin, other.origin, text, is_gone=other.is_new)


def _stretches(old: SparseFile, new: SparseFile) -> Iterator[Stretch]:
    is_whole = old.is_whole and new.is_whole
    if is_same := old.known == new.known:
        lines = _same_base(old, new)
    else:
        lines = common_base(old.known, new.known, is_whole=is_whole)
    one, other = _After(old), _After(new)
    last: BaseLine | None = None
    for line in lines:
        if last and (is_same or not is_whole) and not _follows(last, line):
            one.finish(last.old)
            other.finish(last.new)
            yield from _differing(one, other, new.known)
        one.take(line.old, line.text)
        other.take(line.new, line.text)
        last = line
    one.finish()
    other.finish()
    yield from _differing(one, other, new.known)


def _same_base(old: SparseFile, new: SparseFile) -> list[BaseLine]:
    """Of a file that both began with only what is near a change."""
    known = old.known
    numbers = old.touched(_AROUND) | new.touched(_AROUND)
    return [BaseLine(at, at, known[at]) for at in sorted(numbers) if at in known]


def _follows(last: BaseLine, line: BaseLine) -> bool:
    return line.new == last.new + 1 or (last.old > 0 and line.old == last.old + 1)


def _differing(one: _After, other: _After, known: Mapping[int, str]) -> Iterator[Stretch]:
    above = other.first
    old_at, old = one.cut()
    new_at, new = other.cut()
    if old != new:
        far = range(above - 1, max(0, above - _FAR), -1)
        function = next((known[at] for at in far if _FUNCTION.match(known.get(at, ""))), "")
        yield Stretch(old_at, new_at, old, new, function)


class _After:
    """A file after a side's patches, read from its top, stretch by stretch."""

    def __init__(self, file: SparseFile) -> None:
        self._added = sorted(file.added_after().items())
        self._at = 0
        self._kept = file.kept()
        self._run = 0
        self._lines: list[str] = []
        self._start = 0
        """The number of the first of these lines; 0 before there is any."""
        self.first = 0
        """The number that it had before the patches."""
        self._shift = 0
        """By how much the numbers of lines grew so far."""

    def take(self, number: int, text: str) -> None:
        """The next line as it was before the patches; with number 0 one that only the other side
        began with, and that counts as there."""
        if not number:
            self._lines.append(text)
            return
        self.finish(number - 1)
        self._start = self._start or number + self._shift
        self.first = self.first or number
        if self._is_kept(number):
            self._lines.append(text)
        else:
            self._shift -= 1

    def finish(self, number: int | None = None) -> None:
        """Take what was added below lines up to this one; without one, all that is left."""
        while self._at < len(self._added):
            above, lines = self._added[self._at]
            if number is not None and above > number:
                return
            self._start = self._start or above + 1 + self._shift
            self._lines += lines
            self._shift += len(lines)
            self._at += 1

    def cut(self) -> tuple[int, tuple[str, ...]]:
        """The lines since the last time, and the number of the first."""
        found = max(1, self._start), tuple(self._lines)
        self._lines, self._start, self.first = [], 0, 0
        return found

    def _is_kept(self, number: int) -> bool:
        while self._run < len(self._kept) and self._kept[self._run][1] <= number:
            self._run += 1
        return self._run < len(self._kept) and self._kept[self._run][0] <= number
