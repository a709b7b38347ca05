# SPDX-License-Identifier: GPL-2.0-or-later
"""Activity in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.render.sparkline import DAY, counted, lifetime, sparkline


@pytest.mark.parametrize(
    ("counts", "plain", "told"),
    [
        ([], False, ""),
        ([0, 0], False, "\u00b7\u00b7"),
        ([0, 1, 8], False, "\u00b7\u2581\u2588"),
        ([1, 1], False, "\u2588\u2588"),
        ([0, 1, 4, 8], True, ".:+@"),
        ([1, 1000], True, ":@"),
    ],
)
def test_signs(counts: list[int], plain: bool, told: str) -> None:
    assert sparkline(counts, plain=plain) == told


def test_dates_fall_into_stretches_the_newest_last() -> None:
    dates = [10 * DAY, 10 * DAY - 1, 9 * DAY, 8 * DAY + 1, 1, 99 * DAY]
    assert counted(dates, 10 * DAY, DAY, 3) == [0, 2, 3]


def test_a_life_is_spread_over_what_there_is_room_for() -> None:
    assert lifetime([100 * DAY, 101 * DAY], 101 * DAY, 24) == ([1, 1], 1)
    counts, step = lifetime([1 * DAY, 100 * DAY], 100 * DAY, 24)
    assert (len(counts), step) == (20, 5)
    assert counts[0] == counts[-1] == 1
    assert lifetime([], 100 * DAY, 24) == ([0], 1)


@given(st.lists(st.integers(-(10**12), 10**12), max_size=50), st.integers(1, 10**11))
def test_any_dates_are_drawn(dates: list[int], now: int) -> None:
    counts, step = lifetime(dates, now, 24)
    assert 1 <= len(counts) <= 24
    assert step >= 1
    assert sum(counts) == sum(date > 0 for date in dates)
    assert len(sparkline(counts)) == len(counts)
