# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of prose that changed, with the words that did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from maintainer_kit.render.aligned import align
from maintainer_kit.render.diff_words import Span, changed_words


@dataclass(frozen=True, slots=True)
class WordPair:
    """An old line and the one that stands there now; None where there is none."""

    old: str | None
    new: str | None
    old_spans: tuple[Span, ...] = ()
    """What of the old line went, in columns from 0; empty where the two are too unlike."""
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
    gone, come = changed_words(old, new)
    return WordPair(old, new, tuple(gone), tuple(come))
