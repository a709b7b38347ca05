# SPDX-License-Identifier: GPL-2.0-or-later
"""The best assignment, against trying them all."""

from __future__ import annotations

import time
from itertools import permutations
from random import Random

from maintainer_kit.matching.assignment import MOST, assign


def _best(gains: list[list[float]]) -> float:
    width = len(gains[0])
    choices = [*range(width), *[-1] * len(gains)]
    sums: list[float] = [
        sum(gains[row][column] for row, column in enumerate(chosen) if column >= 0)
        for chosen in set(permutations(choices, len(gains)))
    ]
    return max(sums)


def test_it_is_the_best() -> None:
    random = Random(1)
    for _ in range(60):
        rows, columns = random.randint(1, 4), random.randint(1, 4)
        gains = [[max(0.0, random.uniform(-0.5, 1)) for _ in range(columns)] for _ in range(rows)]
        pairs = assign(gains)
        assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
        found = sum(gains[row][column] for row, column in pairs)
        assert abs(found - _best(gains)) < 1e-9


def test_crossed_pairs_are_put_right() -> None:
    """The best single pair would leave the other two with nothing."""
    assert assign([[0.9, 0.8], [0.8, 0.0]]) == [(0, 1), (1, 0)]


def test_what_does_not_go_together() -> None:
    assert assign([]) == []
    assert assign([[]]) == []
    assert assign([[0.0, -1.0]]) == []
    assert assign([[0.0, 0.5], [0.0, 0.4]]) == [(0, 1)]


def test_it_is_bounded() -> None:
    random = Random(2)
    gains = [[random.random() for _ in range(500)] for _ in range(500)]
    start = time.perf_counter()
    assert len(assign(gains)) == MOST
    assert time.perf_counter() - start < 10
