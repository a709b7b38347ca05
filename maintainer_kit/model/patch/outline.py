# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the files and hunks of a diff stand in the text of a mail, gone through once.

Whoever reads a patch (its facts, its patch-id, its sketch, the words around it) starts from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.patch.change import Diff
from maintainer_kit.model.patch.file_header import FileLines, read_header, starts_diff
from maintainer_kit.model.patch.hunk import Lines, hunk_counts, lines_of, whole_hunk

_GIT = "\ndiff --git "
_PLAIN = lazy_pattern(r"(?m)--- (?<=^--- ).*\n\+\+\+ .*\n@@ -")
_BODY = lazy_pattern(r"[-+ \\]*")
# git takes an empty line for a context line whose space a mailer cut off.
_LOOSE_BODY = lazy_pattern(r"[-+ \\\n]*")
_NEXT = lazy_pattern(r"[-@d]")
_BLANKS = b" \t\r"


@dataclass
class Outline:
    """A diff by the lines where its parts stand, counted from 0 in ``lines``."""

    diff: Diff
    lines: Lines
    """From the first line of the diff to the end of the text."""
    files: list[FileLines]
    prose: str
    """The text above the diff, and the lines that belong to no file."""
    start: int
    """Where in the text the diff begins."""
    is_usual: bool
    """Each file has git's header and hunks that are as their headers say, with nothing between."""

    @cached_property
    def bodies(self) -> list[bytes]:
        """For each file its hunks without their headers, without remarks and blanks, for all who
        compare patches. Of a damaged diff all that stands below the header of the file."""
        return [
            "\n".join(self._body(number))
            .encode("utf-8", "surrogateescape")
            .translate(None, _BLANKS)
            for number in range(len(self.files))
        ]

    def _body(self, number: int) -> Sequence[str]:
        lines = self.lines.lines
        file = self.files[number]
        if self.diff.damage:
            is_last = number + 1 == len(self.files)
            return lines[file.body : None if is_last else self.files[number + 1].start]
        body = list(chain.from_iterable([lines[first:end] for first, end in file.hunks]))
        if any("\\" in self.lines.margin[first:end] for first, end in file.hunks):
            return [line for line in body if not line.startswith("\\")]
        return body


@lru_cache(maxsize=2)
def outline_of(text: str) -> Outline | None:
    """The outline of the first diff of ``text``; None without one. Kept for whoever asks next."""
    start = _find_start(text)
    return _Reader(lines_of(text[start:])).read(text[:start]) if start >= 0 else None


def prose_of(text: str) -> str:
    """The words of a text that may hold a diff: what may stand at the beginning of a line in them
    stands in no hunk."""
    outline = outline_of(text)
    return outline.prose if outline else text


def _find_start(text: str) -> int:
    """Where the first diff begins, -1 when there is none."""
    if text.startswith(_GIT[1:]):
        return 0
    git = text.find(_GIT)
    end = git + 1 if git >= 0 else len(text)
    if (text.startswith("--- ") or text.find("\n--- ", 0, end) >= 0) and (
        plain := _PLAIN.search(text, 0, end)
    ):
        return plain.start()
    return git + 1 if git >= 0 else -1


@dataclass(slots=True)
class _Reader:
    text: Lines
    at: int = 0
    files: list[FileLines] = field(default_factory=list)
    damage: str = ""
    damage_line: int = 0
    idle: list[str] = field(default_factory=list)
    """Lines that belong to no file."""
    is_usual: bool = True

    def read(self, above: str) -> Outline:
        """Read to the end of the text, of which ``above`` stands above the diff."""
        lines, margin = self.text.lines, self.text.margin
        while self.at < len(lines):
            first = margin[self.at]
            if first == "@" and (counts := hunk_counts(lines[self.at])):
                self._read_hunks(counts)
            elif first in "d-" and starts_diff(lines, self.at):
                self._read_file()
            else:
                found = _NEXT.search(margin, self.at + 1)
                end = found.start() if found else len(lines)
                self.idle += lines[self.at : end]
                self.at = end
        skipped = above.count("\n")
        diff = Diff(
            tuple([file.freeze() for file in self.files]),
            skipped + 1,
            self.damage,
            skipped + self.damage_line if self.damage else 0,
        )
        prose = above + "\n".join(self.idle)
        is_usual = self.is_usual and not self.damage
        return Outline(diff, self.text, self.files, prose, len(above), is_usual)

    def fail(self, reason: str, at: int) -> None:
        if not self.damage:
            self.damage, self.damage_line = reason, at + 1

    def _read_file(self) -> None:
        file = read_header(self.text, self.at)
        if self.idle or not (file.has_git_header and file.named):
            self.is_usual = False
        self.files.append(file)
        self.idle += self.text.lines[file.end : file.body]
        self.at = file.body
        if not file.named:
            return
        if self.at < len(self.text.lines) and (counts := hunk_counts(self.text.lines[self.at])):
            self._read_hunks(counts)
        else:
            self.fail("no hunk after the names of the file", self.at)

    def _read_hunks(self, counts: tuple[int, int] | None) -> None:
        """Read hunks that follow one another, by their counts; each as a block where they are
        right."""
        file, text, at = self.files[-1], self.text, self.at
        if not file.named:
            self.fail("a hunk without the names of its file", at)
        if self.idle:
            self.is_usual = False
        while counts:
            first = at + 1
            whole = whole_hunk(text, first, counts, _BODY)
            if whole is None:
                self.is_usual = False
                whole = whole_hunk(text, first, counts, _LOOSE_BODY)
            at, added, removed = whole or self._read_lines(first, counts)
            file.hunks.append((first, at))
            file.added += added
            file.removed += removed
            counts = hunk_counts(text.lines[at]) if text.margin[at : at + 1] == "@" else None
        self.at = at

    def _read_lines(self, at: int, counts: tuple[int, int]) -> tuple[int, int, int]:
        """Read a hunk line by line; a line that cannot be in it is where the patch breaks."""
        old, new = counts
        added = removed = 0
        margin, end = self.text.margin, self.text.end
        while (old > 0 or new > 0) and at < end:
            first = margin[at]
            if first == "+":
                new -= 1
                added += 1
            elif first == "-":
                old -= 1
                removed += 1
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
            self.fail(reason, at)
        return at, added, removed
