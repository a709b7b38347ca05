# SPDX-License-Identifier: GPL-2.0-or-later
"""Perl's expressions in Python, and the words that they need."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.maintainers.perl_regex import compile_perl
from maintainer_kit.model.maintainers.regex_words import needed_words


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        ("(?i)cart", "a CART", True),
        ("a(?i)b|c", "aB", True),
        ("a(?i)b|c", "AB", False),
        ("a(?i)b|c", "C", True),
        ("(x(?i)y)z", "xYz", True),
        ("(x(?i)y)z", "xYZ", False),
        ("(?:(?i)x)y", "Xy", True),
        (r"\b(?i:rust)\b", "in Rust.", True),
        ("a b # why", "ab", True),
        (r"a\ b", "a b", True),
        ("[[:digit:]]+x", "12x", True),
        ("[^[:alpha:]_]x", "_x", False),
        ("[a[]x", "[x", True),
        ("[--a]x", "Bx", True),
        ("a{", "a{", True),
        ("(?<name>a)", "a", True),
        (r"a\z", "a\n", False),
        (r"a\Z", "a\n", True),
        (r"\x{61}b", "ab", True),
        (r"a\hb", "a\tb", True),
        (r"\w", "\u00e9", False),
    ],
)
def test_what_matches(pattern: str, text: str, wanted: bool) -> None:
    made = compile_perl(pattern)
    assert made is not None
    assert bool(made.search(text)) is wanted


@pytest.mark.parametrize("pattern", ["a(b", "[a", "*a", "a)", r"\x{zz}", "(?R)", "(" * 3000])
def test_what_cannot_be_read(pattern: str) -> None:
    assert compile_perl(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("cart", {"cart"}),
        ("Cart|WHEEL", {"cart", "wheel"}),
        (r"\b(ABS|SYN)_MT_", {"_mt_"}),
        ("(devm_)?wheel_(un)?mount(|_all)", {"wheel_"}),
        ("colou?r", {"colo"}),
        ("carts*", {"cart"}),
        ("(?:cart){0,2}ab", {"ab"}),
        ("(?:cart){1,2}ab", {"cart"}),
        ("(?!cart)ab", {"ab"}),
        (r"of_[a-z]+\.cart", {".cart"}),
        ("cart|.", None),
        ("c", None),
        ("cart # wheel", None),
        ("(?(1)a|b)cart", None),
    ],
)
def test_words_that_are_needed(pattern: str, words: set[str] | None) -> None:
    assert needed_words(pattern) == words


@given(
    st.text(alphabet="abC|()?*+[].", min_size=1, max_size=12),
    st.text(alphabet="abcAC", max_size=12),
)
def test_nothing_matches_without_them(pattern: str, text: str) -> None:
    made, words = compile_perl(pattern), needed_words(pattern)
    if made is not None and words is not None and made.search(text):
        assert any(word in text.lower() for word in words)


@given(st.text(alphabet="aB|()?*+[]{}^-&~!:<=>.\\#i01,", max_size=16))
def test_no_expression_is_too_bad(pattern: str) -> None:
    words = needed_words(pattern)
    assert words is None or all(len(word) > 1 for word in words)
    made = compile_perl(pattern)
    assert made is None or made.flags & re.VERBOSE
