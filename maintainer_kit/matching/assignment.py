# SPDX-License-Identifier: GPL-2.0-or-later
"""The best way to give each of some patches one of some commits.

This is the assignment problem, solved with potentials and shortest augmenting paths (Kuhn 1955,
Munkres 1957; in the form of Jonker and Volgenant 1987). Taking the best pair first, again and
again, can leave two patches crossed that fit better the other way round; and scipy, which has this
too, is larger than all that mkit depends on.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST = 60
"""So many patches and commits are assigned at most: the work grows with the third power."""


def assign(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs of row and column with the highest sum of gains, each used once, by row.

    A gain of 0 or less means that the two do not go together. Of more than ``MOST`` rows or columns
    the first are looked at.
    """
    rows = [list(row[:MOST]) for row in gains[:MOST]]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return []
    size = max(len(rows), width)
    top = max(0.0, *(max(row, default=0.0) for row in rows))
    costs = [[top - max(0.0, gain) for gain in row] + [top] * (size - len(row)) for row in rows]
    costs += [[top] * size for _ in range(size - len(rows))]
    owner = _owners(costs)
    pairs = [(row, column) for column, row in enumerate(owner) if row < len(rows)]
    return sorted(
        (row, column) for row, column in pairs if column < len(rows[row]) and rows[row][column] > 0
    )


def _owners(costs: list[list[float]]) -> list[int]:
    """By column the row that it is given to, at the lowest sum of costs."""
    size = len(costs)
    of_row, of_column = [0.0] * size, [0.0] * size
    owner = [-1] * size
    for row in range(size):
        _augment(row, costs, of_row, of_column, owner)
    return owner


def _augment(
    start: int,
    costs: list[list[float]],
    of_row: list[float],
    of_column: list[float],
    owner: list[int],
) -> None:
    """Give one more row a column, along the cheapest path of columns that change hands."""
    size = len(costs)
    least = [float("inf")] * size
    before = [-1] * size
    visited: list[int] = []
    is_open = [True] * size
    row, column = start, -1
    while True:
        for other in range(size):
            if is_open[other]:
                cost = costs[row][other] - of_row[row] - of_column[other]
                if cost < least[other]:
                    least[other], before[other] = cost, column
        following = min((one for one in range(size) if is_open[one]), key=least.__getitem__)
        step = least[following]
        of_row[start] += step
        for one in visited:
            of_row[owner[one]] += step
            of_column[one] -= step
        for one in range(size):
            if is_open[one]:
                least[one] -= step
        is_open[following] = False
        column = following
        if owner[column] < 0:
            break
        visited.append(column)
        row = owner[column]
    while column >= 0:
        previous = before[column]
        owner[column] = start if previous < 0 else owner[previous]
        column = previous
