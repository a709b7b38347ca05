# SPDX-License-Identifier: GPL-2.0-or-later
"""Two texts brought level, line by line, in time that grows with their length and no faster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from maintainer_kit.model.patch.rising import rising

_SMALL = 120
"""Lines of a gap, on either side, that are compared each with each."""
_BUDGET = 400_000
"""Comparisons of that kind in all; what comes after is put side by side as it stands."""


class Level(NamedTuple):
    """Lines that stand beside each other, by their numbers from 0."""

    left: int | None
    right: int | None
    is_same: bool


def align(left: Sequence[str], right: Sequence[str]) -> list[Level]:
    """Each line of both once, in order. Lines that both have once are held to be the same, unless
    they changed places; between them the longest runs are looked for."""
    return list(_Aligning(left, right).whole())


class _Aligning:
    def __init__(self, left: Sequence[str], right: Sequence[str]) -> None:
        self._left, self._right = left, right
        self._budget = _BUDGET

    def whole(self) -> Iterator[Level]:
        one = other = 0
        for at, there in (*self._anchors(), (len(self._left), len(self._right))):
            yield from self._gap(one, at, other, there)
            if at < len(self._left):
                yield Level(at, there, True)
            one, other = at + 1, there + 1

    def _anchors(self) -> list[tuple[int, int]]:
        """Lines that each side has once, the most that are in one order on both."""
        counts = Counter(self._left), Counter(self._right)
        places = {line: at for at, line in enumerate(self._right) if counts[1][line] == 1}
        pairs = [
            (at, places[line])
            for at, line in enumerate(self._left)
            if line in places and counts[0][line] == 1
        ]
        return rising(pairs)

    def _gap(self, one: int, end: int, other: int, last: int) -> Iterator[Level]:
        """What is equal at both ends, and the middle."""
        left, right = self._left, self._right
        while one < end and other < last and left[one] == right[other]:
            yield Level(one, other, True)
            one, other = one + 1, other + 1
        tail = 0
        while (
            end - tail > one
            and last - tail > other
            and left[end - tail - 1] == right[last - tail - 1]
        ):
            tail += 1
        yield from self._middle(one, end - tail, other, last - tail)
        for back in range(tail, 0, -1):
            yield Level(end - back, last - back, True)

    def _middle(self, one: int, end: int, other: int, last: int) -> Iterator[Level]:
        rows, columns = end - one, last - other
        if rows and columns and max(rows, columns) <= _SMALL and rows * columns <= self._budget:
            self._budget -= rows * columns
            first, begin = one, other
            for a, b in _common(self._left[first:end], self._right[begin:last]):
                at, there = first + a, begin + b
                yield from _unlike(one, at, other, there)
                yield Level(at, there, True)
                one, other = at + 1, there + 1
        yield from _unlike(one, end, other, last)


def _unlike(one: int, end: int, other: int, last: int) -> Iterator[Level]:
    for pair in zip_longest(range(one, end), range(other, last)):
        yield Level(*pair, False)


def _common(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest sequence of lines that both have."""
    rest = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for at in range(len(left) - 1, -1, -1):
        for there in range(len(right) - 1, -1, -1):
            same = left[at] == right[there]
            rest[at][there] = (
                rest[at + 1][there + 1] + 1
                if same
                else max(rest[at + 1][there], rest[at][there + 1])
            )
    at = there = 0
    while at < len(left) and there < len(right):
        if left[at] == right[there]:
            yield at, there
            at, there = at + 1, there + 1
        elif rest[at + 1][there] >= rest[at][there + 1]:
            at += 1
        else:
            there += 1
