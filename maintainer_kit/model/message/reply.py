# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply gone through once: what its writer says, what he quotes, what he merely brings along.

All who read replies start from here: for questions, claims, trailers and greetings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from maintainer_kit.model.mail.quoting import begins_mail, is_attribution, is_signature

DIFF = "diff --git "
"""What stands for a diff in the lines of a passage."""
_DIFF = re.compile(r"diff --git |--- [\w./]|@@ -\d")
_DIFF_MARGIN = "-+ @\\\t"
_DIFF_WORDS = re.compile(
    r"diff --git |index [0-9a-f]|(?:new|old|deleted) (?:file )?mode |similarity index |rename |"
    r"copy |Binary files |GIT binary"
)
_PATCHED = re.compile(r"^(?:diff --git |@@ -\d|---$|Signed-off-by: )")
_MARKS = ">|\uff1e"
_QUOTED = _MARKS + " \t\xa0"
# "Ada> why?", as some mailers quote; and "inode->i_size", as C has it.
_NAMED = re.compile(r"[\w.-]{1,12}>")
_STARTS = frozenset("d-@_*=FVD\u53d1\u5bc4")
"""How lines begin that may start a diff, a signature or another mail."""
_COLONS = ":\uff1a"
_ORIGINAL = "-----Original Message-----"
_MAX_LINES = 20_000
_MAX_LENGTH = 1000


@dataclass(slots=True)
class Passage:
    """Lines of one kind in a row."""

    is_quote: bool
    raw: list[str]
    """Quoted ones with their marks, which few need to be freed of; an empty one where a paragraph
    ends."""


@dataclass(slots=True)
class Reply:
    """What a reply consists of, in order."""

    passages: list[Passage]
    """What the writer said and what he quoted, in turns; without attributions and signature. A
    diff is one line, ``DIFF``."""
    own: list[str]
    """The lines in which he may give a trailer, as they stand; an empty one where something else
    stood, so that what stands on both sides of a quote is never taken for neighbours. Other than
    in passages, doubtful quotes and doubtful diffs are left out, and a signature without its space
    does not end them."""

    @property
    def said(self) -> list[list[str]]:
        """The lines of the passages that are the writer's."""
        return [one.raw for one in self.passages if not one.is_quote]


def unmarked(line: str) -> str:
    """A quoted line without marks and surrounding space."""
    return line.lstrip(_QUOTED)[:_MAX_LENGTH].rstrip()


@lru_cache(maxsize=1)
def read_reply(text: str) -> Reply:
    """Go through the first 20,000 lines of a reply. Kept for the next who asks about the same."""
    return _Walk(text.split("\n", _MAX_LINES)[:_MAX_LINES]).read()


class _Walk:
    """What is known while the lines are gone through."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.marked = [line[:1] == ">" for line in lines]
        self.current: list[str] = []
        self.is_quote = self.in_diff = False
        self.passages = [Passage(False, self.current)]
        self.own: list[str] = []
        # What is returned; where one of them ends before the mail, lines go to a list of nobody's.
        self.talk, self.given = self.passages, self.own

    def read(self) -> Reply:
        """Go through all lines, of which most are marked as quoted."""
        at, lines, marked = 0, self.lines, self.marked
        while at < len(lines):
            if marked[at]:
                at = self._quote(at)
                continue
            if not lines[at]:
                self.current.append("")
                self.own.append("")
            elif self._is_end(at):
                break
            at += 1
        return Reply([one for one in self.talk if one.raw], self.given)

    def _quote(self, at: int) -> int:
        """Take the marked lines from ``at`` on as they are; where they end."""
        try:
            end = self.marked.index(False, at)
        except ValueError:
            end = len(self.lines)
        self._turn(True)
        self.current += self.lines[at:end]
        self.own.append("")
        self.in_diff = False
        return end

    def _is_end(self, at: int) -> bool:
        """Take a line that is not marked; whether nothing of the writer's follows."""
        line = self.lines[at]
        words = line.strip() if len(line) <= _MAX_LENGTH else line[:_MAX_LENGTH].strip()
        if not words:
            self.current.append("")
            self.own.append("")
            return False
        first = line[0]
        if self.in_diff:
            if line != "-- " and (first in _DIFF_MARGIN or _DIFF_WORDS.match(line)):
                return False
            self.in_diff = False
        if words[0] in _MARKS:
            self._turn(True)
            self.current.append(line)
            self.own.append("")
        elif first in "d-@" and _DIFF.match(line):
            self.in_diff = True
            self._say(DIFF, "")
        elif first in _STARTS and self._is_over(at):
            return True
        elif (words[-1] in _COLONS or words.startswith("On ")) and is_attribution(self.lines, at):
            self.own.append("")
            if self._is_unmarked(at):
                # He may answer in between, but which trailer is his nobody knows.
                self.own = []
        else:
            is_doubtful = first in "+-" or (">" in line[:13] and _NAMED.match(line))
            self._say(words, "" if is_doubtful else line)
        return False

    def _turn(self, is_quote: bool) -> None:
        if is_quote is not self.is_quote:
            self.is_quote = is_quote
            self.current = []
            self.passages.append(Passage(is_quote, self.current))

    def _say(self, words: str, line: str) -> None:
        if self.is_quote:
            self._turn(False)
        self.current.append(words)
        self.own.append(line)

    def _is_over(self, at: int) -> bool:
        line = self.lines[at]
        if is_signature(line) or line.startswith(_ORIGINAL):
            # What follows is no talk, but may be a trailer where the line was not meant for an end.
            self.passages, self.current = [], []
            return line == "-- " or begins_mail(self.lines, at)
        return begins_mail(self.lines, at)

    def _is_unmarked(self, at: int) -> bool:
        """Whether below the first attribution under all quotes a patch is quoted without marks."""
        if at < self._open_from:
            return False
        self._open_from = len(self.lines)
        return any(map(_PATCHED.match, self.lines[at + 1 :]))

    @cached_property
    def _open_from(self) -> int:
        """The line behind the last marked one; the end once what is below was looked at."""
        marked = self.marked
        return next((at for at in range(len(marked), 0, -1) if marked[at - 1]), 0)
