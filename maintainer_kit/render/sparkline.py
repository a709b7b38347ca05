# SPDX-License-Identifier: GPL-2.0-or-later
"""Activity over time in one line: a column for each stretch, as high as much was written in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

DAY = 86_400
WEEK = 7 * DAY

_BLOCKS = "\u00b7\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
_LETTERS = ".:-=+*%#@"
"""Where a terminal has letters only, or a reader is read to."""


def sparkline(counts: Sequence[int], *, plain: bool = False) -> str:
    """A sign for each number: a dot for nothing, the highest for the greatest."""
    signs = _LETTERS if plain else _BLOCKS
    most = max(counts, default=0)
    steps = len(signs) - 1
    return "".join(signs[-(-max(0, count) * steps // most) if most else 0] for count in counts)


def counted(dates: Iterable[int], end: int, step: int, number: int) -> list[int]:
    """How many of the dates fall into each of ``number`` stretches of ``step`` seconds up to
    ``end``; the last one is the newest. A date of the future counts as one of today."""
    counts = [0] * number
    for date in dates:
        back = max(0, end - date) // step
        if back < number:
            counts[number - 1 - back] += 1
    return counts


def lifetime(dates: Sequence[int], now: int, most: int) -> tuple[list[int], int]:
    """All dates in up to ``most`` stretches of the same number of days; and that number."""
    known = [date for date in dates if date > 0]
    first = min(known, default=now)
    days = max(1, (now - first) // DAY + 1)
    step = -(-days // most)
    return counted(known, now, step * DAY, max(1, -(-days // step))), step
