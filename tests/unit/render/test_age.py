# SPDX-License-Identifier: GPL-2.0-or-later
"""Times for people."""

from __future__ import annotations

import pytest

from maintainer_kit.render.age import age

NOW = 2_000_000_000
MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (0, "0s"),
        (-500, "0s"),
        (59, "59s"),
        (MINUTE, "1m"),
        (59 * MINUTE + 59, "59m"),
        (HOUR, "1h"),
        (23 * HOUR, "23h"),
        (DAY, "1d"),
        (6 * DAY, "6d"),
        (7 * DAY, "1w"),
        (364 * DAY, "52w"),
        (103 * 7 * DAY, "103w"),
        (104 * 7 * DAY, "2y"),
        (3660 * DAY, "10y"),
    ],
)
def test_age(before: int, text: str) -> None:
    assert age(NOW - before, NOW) == text


def test_no_date() -> None:
    assert age(0, NOW) == "?"
