# SPDX-License-Identifier: GPL-2.0-or-later
"""Which words of a line that was changed are others than before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from maintainer_kit.render.aligned import align

Span = tuple[int, int]
"""The first character, and the one behind the last."""

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 400
"""Characters; of longer lines only the ends are compared."""
_ALIKE = 0.4
"""Share of letters that two lines have in common at least: else one is not the other, changed."""
_MOST = 8
"""Lines of either side of which each is compared with each."""
_NEVER = -1.0


def changed_words(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """What of each line is not in the other one; nothing where the two are too unlike."""
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return _between_ends(old, new)
    mine, theirs = _WORD.findall(old), _WORD.findall(new)
    levels = align(mine, theirs)
    kept = (one.left for one in levels if one.is_same and one.left is not None)
    same = sum(len(mine[at].strip()) for at in kept)
    if same < _ALIKE * max(len(old.strip()), len(new.strip()), 1):
        return [], []
    others = [one for one in levels if not one.is_same]
    left = {one.left for one in others if one.left is not None}
    right = {one.right for one in others if one.right is not None}
    return _trimmed(old, _spans(mine, left)), _trimmed(new, _spans(theirs, right))


def _spans(words: Sequence[str], changed: Collection[int]) -> Iterator[Span]:
    """Words that changed as characters; those that only a blank parts are one span."""
    start = end = at = 0
    for number, word in enumerate(words):
        if number in changed:
            if start == end:
                start = at
            end = at + len(word)
        elif start < end and not word.isspace():
            yield start, end
            start = end
        at += len(word)
    if start < end:
        yield start, end


def _trimmed(line: str, spans: Iterable[Span]) -> list[Span]:
    """Spans without the blanks at their ends, unless they are nothing else."""
    found = []
    for start, end in spans:
        text = line[start:end]
        if inner := text.strip():
            start += text.index(inner[0])
            end = start + len(inner)
        found.append((start, end))
    return found


def _between_ends(old: str, new: str) -> tuple[list[Span], list[Span]]:
    shorter = min(len(old), len(new))
    front = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - front
    back = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    if front + back < _ALIKE * max(len(old), len(new)):
        return [], []
    found = [(front, len(one) - back) for one in (old, new)]
    return [one for one in found[:1] if one[0] < one[1]], [
        one for one in found[1:] if one[0] < one[1]
    ]


def pair_lines(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which removed line became which added one, in order: each with each where there are few and
    their numbers differ, else by their places."""
    if len(old) == len(new) or max(len(old), len(new)) > _MOST:
        return [(at, at) for at in range(min(len(old), len(new)))]
    words = [[Counter(_WORD.findall(one[:_LONGEST])) for one in side] for side in (old, new)]
    return _best_pairs([[_likeness(one, other) for other in words[1]] for one in words[0]])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(len(word) * count for word, count in (one & other).items() if not word.isspace())
    longer = max(sum(len(w) * n for w, n in side.items()) for side in (one, other))
    value = shared / longer if longer else 0.0
    return value if value >= _ALIKE else _NEVER


def _best_pairs(likeness: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs that do not cross, of the greatest likeness in all."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for at in range(rows - 1, -1, -1):
        for there in range(columns - 1, -1, -1):
            paired = likeness[at][there] + best[at + 1][there + 1]
            best[at][there] = max(paired, best[at + 1][there], best[at][there + 1])
    found: list[tuple[int, int]] = []
    at = there = 0
    while at < rows and there < columns:
        if best[at][there] == best[at + 1][there]:
            at += 1
        elif best[at][there] == best[at][there + 1]:
            there += 1
        else:
            found.append((at, there))
            at, there = at + 1, there + 1
    return found
