# SPDX-License-Identifier: GPL-2.0-or-later
"""Ages and numbers of terms."""

from __future__ import annotations

import pytest

from maintainer_kit.model.query.values import DAY, Span, read_age, read_numbers


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (">30d", 30 * DAY + 1, None),
        (">=30d", 30 * DAY, None),
        ("<2w", None, 14 * DAY - 1),
        ("<=2w", None, 14 * DAY),
        ("30d..90d", 30 * DAY, 90 * DAY),
        ("1m..", 30 * DAY, None),
        ("..1y", None, 365 * DAY),
        ("12h", 12 * 3600, None),
    ],
)
def test_ages(text: str, low: int | None, high: int | None) -> None:
    assert read_age(text) == Span(low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2", 2, 2),
        (">2", 3, None),
        (">=2", 2, None),
        ("<3", None, 2),
        ("2..3", 2, 3),
        ("2..", 2, None),
    ],
)
def test_numbers(text: str, low: int | None, high: int | None) -> None:
    assert read_numbers(text) == Span(low, high)


@pytest.mark.parametrize(
    "text", ["", "d", "30", ">", ">d", "30x", "3d..x", "..", "1d..2d..3d", "-3d", "1234567d", "²d"]
)
def test_no_ages(text: str) -> None:
    assert read_age(text) is None


@pytest.mark.parametrize("text", ["", "x", ">", "..", "2..x", "1e3", "-1", "1234567", "²"])
def test_no_numbers(text: str) -> None:
    assert read_numbers(text) is None


def test_what_a_span_holds() -> None:
    span = Span(2, 4)
    assert [number for number in range(7) if number in span] == [2, 3, 4]
    assert 10**9 in Span(2, None)
    assert -(10**9) in Span(None, 4)
    assert 0 in Span()
