# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of prose that changed, with the words that did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from maintainer_kit.render.aligned import align

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 2000
"""Characters of a line whose words are compared."""

Span = tuple[int, int]
"""Columns from 0: the first, and the one behind the last."""


@dataclass(frozen=True, slots=True)
class WordPair:
    """An old line and the one that stands there now; None where there is none."""

    old: str | None
    new: str | None
    old_spans: tuple[Span, ...] = ()
    """What of the old line went; empty where the line has no counterpart."""
    new_spans: tuple[Span, ...] = ()
    """What of the new line came."""


def word_pairs(old: Sequence[str], new: Sequence[str]) -> list[WordPair]:
    """The lines that differ, in order; nothing where none does."""
    found: list[WordPair] = []
    for is_same, group in groupby(align(old, new), key=lambda one: one.is_same):
        if is_same:
            continue
        some = list(group)
        gone = [old[one.left] for one in some if one.left is not None]
        come = [new[one.right] for one in some if one.right is not None]
        found += [_pair(one, other) for one, other in zip_longest(gone, come)]
    return found


def _pair(old: str | None, new: str | None) -> WordPair:
    if old is None or new is None:
        return WordPair(old, new)
    mine, theirs = _WORD.findall(old[:_LONGEST]), _WORD.findall(new[:_LONGEST])
    levels = align(mine, theirs)
    left = {one.left for one in levels if not one.is_same}
    right = {one.right for one in levels if not one.is_same}
    return WordPair(old, new, tuple(_spans(mine, left)), tuple(_spans(theirs, right)))


def _spans(words: Sequence[str], wanted: set[int | None]) -> Iterator[Span]:
    """Where the wanted words stand, those side by side as one."""
    start, at = None, 0
    for number, word in enumerate(words):
        if number in wanted and start is None:
            start = at
        elif number not in wanted and start is not None:
            yield start, at
            start = None
        at += len(word)
    if start is not None:
        yield start, at
