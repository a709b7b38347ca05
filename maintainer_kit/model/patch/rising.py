# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in the same order on two sides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, sorted by their first numbers, in which the second ones rise."""
    ends: list[int] = []
    which: list[int] = []
    before: list[int] = []
    for at, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(which[length - 1] if length else -1)
        ends[length : length + 1] = [there]
        which[length : length + 1] = [at]
    found: list[tuple[int, int]] = []
    at = which[-1] if which else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
