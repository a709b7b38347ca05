# SPDX-License-Identifier: GPL-2.0-or-later
"""How a query that is being typed may go on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.query.completing import complete, known_values
from maintainer_kit.model.query.expression import Problem
from maintainer_kit.model.query.fields import FIELDS
from maintainer_kit.model.query.parsing import parse

VALUES = {
    **known_values(views=("mine", "net")),
    "tag": ["unread", "to do"],
    "list": ["Net.example.org"],
}


def _words(text: str) -> tuple[str, ...]:
    return complete(text, len(text), VALUES).words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tu", ("turn:",)),
        ("TU", ("turn:",)),
        ("turn:a", ("turn:author",)),
        ("state:new and -turn:m", ("turn:me",)),
        ("(turn:m", ("turn:me",)),
        ("view:", ("view:mine", "view:net")),
        ("mkit:st", ("mkit:starred", "mkit:stale")),
        ("tag:", ("tag:unread", 'tag:"to do"')),
        ('tag:"to', ('tag:"to do"',)),
        ("list:net", ("list:Net.example.org",)),
        ("delegate:n", ("delegate:nobody",)),
        ("fro", ("from:",)),
        ("nothing-is-called-so", ()),
        ("nosuch:", ()),
        ("subject:x", ()),
    ],
)
def test_what_may_follow(text: str, words: tuple[str, ...]) -> None:
    assert _words(text) == words


def test_nothing_typed_offers_fields_ours_first() -> None:
    assert _words("")[: len(FIELDS)] == tuple(f"{name}:" for name in FIELDS)


def test_the_place_is_that_of_the_word_at_the_cursor() -> None:
    found = complete("state:new tur rest", len("state:new tur"), VALUES)
    assert (found.start, found.words) == (len("state:new "), ("turn:",))


def test_whatever_is_offered_as_a_value_can_be_read() -> None:
    for name in VALUES:
        for word in _words(f"{name}:"):
            assert not isinstance(parse(word), Problem), word


@given(st.text(max_size=60), st.integers(0, 60))
def test_any_text_can_be_gone_on_from(text: str, at: int) -> None:
    at = min(at, len(text))
    found = complete(text, at, VALUES)
    assert 0 <= found.start <= at
