# SPDX-License-Identifier: GPL-2.0-or-later
"""An announced commit to a row and back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.announced_codec import dump_announced, load_announced

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
ANNOUNCED = st.builds(
    Announced,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    st.integers(0, 9),
    st.lists(WORDS, max_size=2).map(tuple),
    WORDS,
    WORDS,
    st.just(NOBODY) | st.builds(Person, WORDS, WORDS),
    st.integers(0, 9),
)


@given(ANNOUNCED)
def test_round_trip(one: Announced) -> None:
    row = json.loads(json.dumps(dump_announced(one)))
    assert load_announced(row) == one


def test_what_is_empty_at_the_end_takes_no_room() -> None:
    assert dump_announced(Announced("12", "t", "r")) == ["12", "t", "r"]
    assert dump_announced(Announced()) == []
