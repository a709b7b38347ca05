# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries of archives, read as public-inbox reads them, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.errors import Refused
from maintainer_kit.workflow.serving.expression import (
    MAX_TERMS,
    And,
    Not,
    Or,
    Term,
    read_lore_query,
)

A, B, C = Term("", "a"), Term("", "b"), Term("", "c")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a NOT b", And((A, Not(B)))),
        ("-a b", And((Not(A), B))),
        ("a -(b OR c)", And((A, Not(Or((B, C)))))),
        ("+a b", And((A, B))),
        ("and or", And((Term("", "and"), Term("", "or")))),
        ('s:"a b" f:c', And((Term("s", "a b", True), Term("f", "c")))),
        ('"a AND b"', Term("", "a AND b", True)),
        ("d:20240101..20240201", Term("d", "20240101..20240201")),
        ("http://a/b", Term("", "http://a/b")),
        ("m:x+y@z", Term("m", "x+y@z")),
    ],
)
def test_what_a_query_means(text: str, means: object) -> None:
    assert read_lore_query(text) == means


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "(",
        ")",
        "a )",
        "(a",
        "a OR",
        "OR a",
        "NOT",
        'a "b',
        "a XOR b",
        "a NEAR/3 b",
        "a\0",
    ],
)
def test_what_is_no_query(text: str) -> None:
    with pytest.raises(Refused):
        read_lore_query(text)


@pytest.mark.parametrize("text", ["a " * (MAX_TERMS + 1), "(" * 30 + "a" + ")" * 30, "a" * 20000])
def test_what_is_too_much(text: str) -> None:
    with pytest.raises(Refused):
        read_lore_query(text)


@given(st.text(alphabet='ab:"()-+ \tANDORT*.@', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_lore_query(text)
    except Refused as error:
        assert error.hint
