# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits that a message names in its text: ``commit 0123456789ab ("net: fix foo")``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.prose import Kind, kinds_of
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_DIGITS = lazy_pattern(r"(?<![\w./:@=-])[0-9a-fA-F]{7,64}(?![\w@/=]|[-.:^~]\w|\.\.|[~^])['\"`]?")
_WORD = lazy_pattern(r"(?<![\w-])[Cc]ommits?\s{1,8}(?:id\s{1,4})?['\"`]?$")
_REACH = 24
"""How far in front of the digits the word may begin."""
_AFTER = lazy_pattern(r"[,:]?\s{0,8}\(")
_DATED = lazy_pattern(r"(?P<title>.{1,300}?),\s{1,8}(?P<date>\d{4}-\d\d-\d\d)\)", re.DOTALL)
_QUOTED = lazy_pattern(r"[\"\u201c]")
_CLOSES = lazy_pattern(r"[\"\u201d](?:,\s{1,8}\d{4}-\d\d-\d\d)?\s?\)")
_MOST = 400
"""How long a title can be that is looked for."""
_SPACES = lazy_pattern(r"\s+")
# What git writes itself, or its tools do; who writes it is not to be bothered with its form.
_MADE = lazy_pattern(
    r"(?i)(?:this reverts commits?|cherry[ -]?picked from commit|upstream commit|"
    r"bad commit:?|good commit:?|merge[ds]? commit|tree[: ]+|blob[: ]+|index)\s{1,4}\[?$"
)


@dataclass(frozen=True, slots=True)
class CommitName:
    """One mention of a commit."""

    digits: str
    """As written, in lower case."""
    titles: tuple[str, ...]
    """What is said to be its title, blanks joined; where its end is not clear, each reading, the
    shortest first. Empty when none is given."""
    dated: bool
    """It is written as git has it, ``(title, 2020-01-31)``."""
    has_word: bool
    """``commit`` stands in front."""
    made: bool
    """Of a line that git or another program writes, such as ``This reverts commit``."""
    before: str
    """What stands in front of it, on the same line; up to 40 characters."""
    index: int
    """The line in the body; its columns, from ``commit`` on to the end of the digits."""
    start: int
    end: int
    last: int
    """The line, and the column behind, where the title's parenthesis ends; with no title those of
    the digits."""
    last_end: int

    @property
    def title(self) -> str:
        return self.titles[0] if self.titles else ""


def commit_names(patch: Patch) -> tuple[CommitName, ...]:
    """All mentions in prose, in order; trailers, quotes, dumps and indented text left out."""
    body, kinds = patch.body, kinds_of(patch)
    # Lines that are no prose keep their place and lose their text: a title may go on over a line.
    return _names(
        tuple(line if kind is Kind.PROSE else "" for line, kind in zip(body, kinds, strict=True))
    )


@lru_cache(maxsize=8)
def _names(lines: tuple[str, ...]) -> tuple[CommitName, ...]:
    text = "\n".join(lines)
    found = [one for one in _DIGITS.finditer(text) if not one[0].isalpha() or len(one[0]) > 11]
    if not found:
        return ()
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    names = (_read(text, starts, one) for one in found)
    return tuple(one for one in names if one)


def _read(text: str, starts: Sequence[int], found: re.Match[str]) -> CommitName | None:
    digits = found[0].strip("'\"`").lower()
    word = _WORD.search(text[max(0, found.start() - _REACH) : found.start()])
    titles, dated, end = _title(text, found.end())
    if not _is_id(digits, word is not None) or not (word or titles):
        return None
    start = found.start() - (len(word[0]) if word else 0)
    index, last = (bisect_right(starts, at) - 1 for at in (start, end - 1))
    behind = found.start() + len(digits)
    led = text[max(0, found.start() - 60) : found.start()].replace("\n", " ")
    return CommitName(
        digits=digits,
        titles=titles,
        dated=dated,
        has_word=word is not None,
        made=bool(_MADE.search(led)),
        before=text[max(starts[index], start - 40) : start],
        index=index,
        start=start - starts[index],
        end=min(behind, starts[index + 1] - 1) - starts[index],
        last=last,
        last_end=end - starts[last],
    )


def _is_id(digits: str, has_word: bool) -> bool:
    """No word such as "defaced", and no date or count."""
    if digits.isalpha():
        return len(digits) >= 12
    return not digits.isdigit() or (has_word and len(digits) >= 10)


def _title(text: str, at: int) -> tuple[tuple[str, ...], bool, int]:
    """Readings of the title in parentheses behind the digits, whether a date follows it, and where
    the parenthesis ends."""
    opened = _AFTER.match(text, at)
    if not opened:
        return (), False, at
    start = opened.end()
    if quote := _QUOTED.match(text, start):
        ends = list(_CLOSES.finditer(text, start + 1, start + _MOST))[:8]
        said = [
            text[quote.end() : one.start()] for one in ends if _same_paragraph(text, start, one)
        ]
        if said:
            dated = "," in ends[0][0]
            return tuple(_SPACES.sub(" ", one).strip() for one in said), dated, ends[0].end()
        return (), False, at
    dated_title = _DATED.match(text, start)
    if dated_title and "\n\n" not in dated_title[0]:
        return (_SPACES.sub(" ", dated_title["title"]).strip(),), True, dated_title.end()
    return (), False, at


def _same_paragraph(text: str, start: int, found: re.Match[str]) -> bool:
    return text.find("\n\n", start, found.end()) < 0
