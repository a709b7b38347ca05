# SPDX-License-Identifier: GPL-2.0-or-later
"""Text in terminal cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.render.cells import cell_width, fit


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("plain", 5),
        ("\u6797\u6885", 4),
        ("e\u0301", 1),
        ("\u05d9\u05e2\u05dc", 3),
        ("zero\u200dwidth", 9),
        ("\uff21", 2),
    ],
)
def test_cell_width(text: str, cells: int) -> None:
    assert cell_width(text) == cells


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("abc", 5, "abc  "),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab\u2026"),
        ("abc", 1, "\u2026"),
        ("abc", 0, ""),
        ("", 2, "  "),
        ("\u6797\u6885", 5, "\u6797\u6885 "),
        ("\u6797\u6885", 4, "\u6797\u6885"),
        ("\u6797\u6885", 3, "\u6797\u2026"),
        ("\u6797\u6885", 2, "\u2026 "),
        ("\u6797\u6885", 0, ""),
        ("a\tb\nc", 6, "a\u2409b\u240ac "),
        ("\x1b[31m", 6, "\u241b[31m "),
        ("\u202egpj", 12, "<U+202E>gpj "),
    ],
)
def test_fit(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(st.text(max_size=40), st.integers(0, 30))
def test_columns_hold(text: str, width: int) -> None:
    assert cell_width(fit(text, width)) == width
