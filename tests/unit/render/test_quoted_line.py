# SPDX-License-Identifier: GPL-2.0-or-later
"""Quoted lines with a caret below what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.render.cells import cell_width
from maintainer_kit.render.quoted_line import quoted

BIDI = "\u202e"
ACUTE = "\u0301"
KANJI = "\u6f22\u5b57"


@pytest.mark.parametrize(
    ("text", "span", "shown", "carets"),
    [
        ("net: fix it.", (11, 12), "net: fix it.", " " * 11 + "^"),
        ("net: fix it.", (0, 0), "net: fix it.", ""),
        ("+\tint a; ", (8, 9), "+       int a; ", " " * 14 + "^"),
        ("+\ta\tb", (3, 4), "+       a       b", " " * 9 + "^" * 7),
        (f"{KANJI} x", (0, 2), f"{KANJI} x", "^^^^"),
        (f"{KANJI} x", (3, 4), f"{KANJI} x", "     ^"),
        (f"e{ACUTE}x", (2, 3), f"e{ACUTE}x", " ^"),
        (f"e{ACUTE}x", (1, 2), f"e{ACUTE}x", " ^"),
        ("a\x1bb", (1, 2), "a\u241bb", " ^"),
        (f"a{BIDI}b", (1, 2), "a<U+202E>b", " ^^^^^^^^"),
        ("a\udcffb", (2, 3), "a\ufffdb", "  ^"),
        ("end", (3, 9), "end", ""),
    ],
)
def test_the_caret_stands_below(text: str, span: tuple[int, int], shown: str, carets: str) -> None:
    assert quoted(text, *span, 60) == (shown, carets)


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    text = "a" * 1000 + "HERE" + "b" * 1000
    shown, carets = quoted(text, 1000, 1004, 60)
    assert cell_width(shown) <= 60
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "HERE"
    assert shown.startswith("\u2026")
    assert shown.endswith("\u2026")


def test_a_long_line_keeps_its_beginning_where_nothing_else_is_meant() -> None:
    shown, carets = quoted("a" * 1000, 0, 0, 60)
    assert shown == "a" * 59 + "\u2026"
    assert carets == ""


def test_what_is_meant_may_be_longer_than_the_line() -> None:
    shown, carets = quoted("a" * 1000, 2, 900, 60)
    assert cell_width(shown) <= 60
    assert 30 < len(carets) <= 60
    assert carets.startswith("  ^") or shown.startswith("\u2026")


def test_a_line_of_megabytes_is_not_gone_through() -> None:
    assert quoted("\t" * 10_000_000, 0, 9_999_999, 60)[0].startswith(" ")


@given(
    st.text(alphabet=st.characters(), max_size=200),
    st.integers(0, 220),
    st.integers(0, 220),
    st.integers(36, 120),
)
def test_nothing_moves_the_cursor(text: str, start: int, length: int, width: int) -> None:
    shown, carets = quoted(text, start, start + length, width)
    assert cell_width(shown) <= width
    assert len(carets) <= max(width, 1)
    assert all(ord(char) >= 0x20 for char in shown)
    assert not set(shown) & set("\x7f\x9b\u202e\u2066\u200b")
    shown.encode()
    if carets:
        assert set(carets) <= {" ", "^"}
        assert carets.endswith("^")
