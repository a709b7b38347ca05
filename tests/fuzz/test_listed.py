# SPDX-License-Identifier: GPL-2.0-or-later
"""A list of topics says what the list of pairs says that it was made of."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.topic.topic import short_id

ID = st.text("ab2", min_size=1, max_size=12)
PAIRS = st.lists(st.tuples(ID, st.sampled_from(("me", "author", "nobody"))), max_size=40)


@given(PAIRS)
def test_it_is_the_pairs(pairs: list[tuple[str, str]]) -> None:
    found = Listed(pairs)
    assert list(found) == pairs == [found[at] for at in range(len(found))]
    assert found == pairs
    assert list(found[1:3]) == pairs[1:3]
    assert [turn for turn, count in found.groups for _ in range(count)] == [t for _, t in pairs]
    assert list(found.of_turn("me")) == [one for one in pairs if one[1] == "me"]
    assert found.count_of("me") == len(found.of_turn("me"))


@given(PAIRS, ID)
def test_an_id_is_where_it_was(pairs: list[tuple[str, str]], wanted: str) -> None:
    # Also where one begins in the middle of another.
    ids = [one for one, _ in pairs]
    found = Listed(pairs).ids
    assert list(found) == ids == found[:]
    for one in {*ids, wanted}:
        assert found.find(one) == (ids.index(one) if one in ids else -1)
        assert (one in found) == (one in ids)
    assert found.find("") == found.find("a\nb") == -1


def test_it_takes_little() -> None:
    found = Listed((short_id(str(at)), "me") for at in range(20_000))
    held = [getattr(found.ids, one) for one in type(found.ids).__slots__]
    assert sum(map(sys.getsizeof, held)) < 20 * 20_000
