# SPDX-License-Identifier: GPL-2.0-or-later
"""Two texts brought level: each line once, in order, and in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.render.aligned import align

_TEXTS = st.lists(st.sampled_from("abcdef"), max_size=40)


@given(_TEXTS, _TEXTS)
def test_each_line_stands_once_and_in_order(left: list[str], right: list[str]) -> None:
    found = align(left, right)
    assert [one.left for one in found if one.left is not None] == list(range(len(left)))
    assert [one.right for one in found if one.right is not None] == list(range(len(right)))
    for one in found:
        if one.is_same:
            assert one.left is not None and one.right is not None
            assert left[one.left] == right[one.right]


@given(_TEXTS)
def test_a_text_is_level_with_itself(lines: list[str]) -> None:
    assert [tuple(one) for one in align(lines, lines)] == [
        (at, at, True) for at in range(len(lines))
    ]


def test_a_line_more_moves_nothing_else() -> None:
    left = ["+a", " x", "+b", " x", "+c"]
    right = ["+a", " x", "+new", "+b", " x", "+c"]
    found = align(left, right)
    assert [one for one in found if not one.is_same] == [(None, 2, False)]


def test_among_equal_lines_the_most_are_found() -> None:
    found = align([*"xyxyx"], [*"yxyxyx"])
    assert sum(one.is_same for one in found) == 5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["+x"] * 100_000, ["+y"] * 100_000),
        (["a", "b"] * 50_000, ["b", "a", "a"] * 33_000),
        ([str(n) for n in range(100_000)], [str(n) for n in range(100_000, 0, -1)]),
        (
            [f"u{n}" if n % 100 == 0 else "ab"[n % 2] for n in range(100_000)],
            [f"u{n}" if n % 100 == 0 else "ab"[n % 3 % 2] for n in range(100_000)],
        ),
    ],
)
def test_long_and_unlike_texts_take_no_long_time(left: list[str], right: list[str]) -> None:
    start = time.process_time()
    found = align(left, right)
    assert time.process_time() - start < 10
    assert len(found) <= len(left) + len(right)
