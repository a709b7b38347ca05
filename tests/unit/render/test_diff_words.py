# SPDX-License-Identifier: GPL-2.0-or-later
"""Words that changed within a line."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.render.diff_words import Span, changed_words, pair_lines


def _marked(line: str, spans: list[Span]) -> str:
    for start, end in reversed(spans):
        line = f"{line[:start]}[{line[start:end]}]{line[end:]}"
    return line


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("if (a)", "if (b)", "if ([a])", "if ([b])"),
        ("for (n; n; n++)", "for (n; n != 0; n++)", "for (n; n; n++)", "for (n; n [!= 0]; n++)"),
        ("return foo;", "return foo;", "return foo;", "return foo;"),
        ("int one, two, three;", "int three;", "int [one, two,] three;", "int three;"),
        ("one();", "completely different words", "one();", "completely different words"),
        ("", "", "", ""),
    ],
)
def test_marked_words(old: str, new: str, left: str, right: str) -> None:
    mine, theirs = changed_words(old, new)
    assert (_marked(old, mine), _marked(new, theirs)) == (left, right)


def test_of_long_lines_the_ends_are_compared() -> None:
    old, new = "a" * 300 + "OLD" + "b" * 300, "a" * 300 + "NEW!" + "b" * 300
    assert changed_words(old, new) == ([(300, 303)], [(300, 304)])
    assert changed_words("a" * 500, "b" * 500) == ([], [])


TEXT = st.text(alphabet="ab (){};\t\u4f50=", max_size=60)


@given(TEXT, TEXT)
def test_what_is_not_marked_is_the_same(old: str, new: str) -> None:
    mine, theirs = changed_words(old, new)
    if mine or theirs:
        rest = [_without(old, mine), _without(new, theirs)]
        # A blank between two words that changed is marked with them.
        assert "".join(rest[0].split()) == "".join(rest[1].split())
    for line, spans in ((old, mine), (new, theirs)):
        ends = [at for span in spans for at in span]
        assert ends == sorted(ends)
        assert all(0 <= at <= len(line) for at in ends)


def _without(line: str, spans: list[Span]) -> str:
    for start, end in reversed(spans):
        line = line[:start] + line[end:]
    return line


@given(st.lists(TEXT, max_size=9), st.lists(TEXT, max_size=9))
def test_pairs_never_cross(old: list[str], new: list[str]) -> None:
    pairs = pair_lines(old, new)
    for (one, other), (after, below) in pairwise(pairs):
        assert one < after
        assert other < below
    assert all(at < len(old) and there < len(new) for at, there in pairs)


def test_lines_are_paired_by_what_they_say() -> None:
    old = ["a = read(b);", "return x;"]
    new = ["int count;", "a = read(c);", "count++;", "return x + 1;"]
    assert pair_lines(old, new) == [(0, 1), (1, 3)]
    assert pair_lines(["one", "two"], ["x", "y"]) == [(0, 0), (1, 1)]


@pytest.mark.parametrize("unit", ["a b ", "(", "ab", "a;", "\u4f50 "])
def test_hostile_lines_take_no_time(unit: str) -> None:
    start = time.process_time()
    for length in (100, 400, 5000):
        line = (unit * length)[:length]
        changed_words(line, f"x{line}y")
        changed_words(line, line[::-1])
        pair_lines([line] * 8, [line[1:]] * 7)
    assert time.process_time() - start < 2
