# SPDX-License-Identifier: GPL-2.0-or-later
"""The older posting that a posting is a reroll of, by likeness."""

from __future__ import annotations

import pytest

from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.posting import Posting
from maintainer_kit.model.topic.rerolls import How, Near, find_older
from tests.build import BO, DAY, edit, part_id, patch, posting, read


def found(*raws: bytes) -> list[Near]:
    """What the newest posting may be a reroll of, the likeliest first."""
    postings = [Posting(one) for one in collect_series([read(raw) for raw in raws])]
    return list(find_older(postings, [[] for _ in postings]))[-1][1]


def lone(number: int) -> bytes:
    change = edit(f"fs/foo/{number}.c", new=f"two_{number}")
    return patch(f"[PATCH v2] foo: step {number}", change, message_id="lone@x", minutes=DAY)


def test_nothing_older() -> None:
    assert found(*posting("foo", 2)) == []


def test_by_title_and_content() -> None:
    (near,) = found(*posting("foo", 2), *posting("foo", 2, revision=2, minutes=DAY))
    assert (near.older, near.how, near.reason, near.confidence) == (0, How.REROLL, "subject", 0.8)
    assert near.is_sure


def test_the_newest_of_several() -> None:
    older = [posting("foo", 2, revision=at, minutes=at * DAY) for at in (1, 2, 3)]
    newest = posting("foo", 2, revision=4, minutes=9 * DAY)
    near = found(*(raw for mails in older for raw in mails), *newest)
    assert [one.older for one in near] == [2, 1, 0]


def test_the_one_with_more_in_common() -> None:
    """Not the newest: a series of other patches under one of the titles came between."""
    other = [
        patch("[PATCH 1/2] foo: step 1", edit("x.c", "a_a", "b_b"), message_id="x@x", minutes=60),
        patch("[PATCH 2/2] bar: new", edit("y.c", "c_c", "d_d"), message_id="y@x", minutes=60),
    ]
    newer = posting("foo", 2, revision=2, cover=False, minutes=DAY)
    near = found(*posting("foo", 2, cover=False), *other, *newer)
    assert near[0].older == 0


def test_one_of_many_is_a_part() -> None:
    (near,) = found(*posting("foo", 4), lone(3))
    assert near.how is How.PART
    assert not near.is_sure


def test_one_of_two_is_a_reroll() -> None:
    (near,) = found(*posting("foo", 2, cover=False), lone(2))
    assert near.how is How.REROLL


def test_one_among_much_else_went_into_it() -> None:
    single = patch(
        "[PATCH] foo: step 3", edit("fs/foo/3.c", new="two_3"), message_id=part_id("old", 1)
    )
    (near,) = found(single, *posting("foo", 5, minutes=DAY))
    assert near.how is How.MERGED
    assert near.is_sure


def test_what_stopped_half_way_is_sent_again() -> None:
    mails = posting("foo", 5, cover=False)
    again = [raw.replace(b"foo-v1", b"again-v1") for raw in posting("foo", 5, cover=False)]
    again = [raw.replace(b"Mon, 05 Jan", b"Tue, 06 Jan") for raw in again]
    (near,) = found(*mails[:2], *again)
    assert near.how is How.REROLL


@pytest.mark.parametrize(("days", "count"), [(170, 1), (190, 0)])
def test_likeness_alone_fades_sooner(days: int, count: int) -> None:
    change = edit(old="pebble_first(inode, 7)", new="pebble_second(inode, 8)")
    older = patch("[PATCH] foo: fix leak", change, message_id="1@x")
    newer = patch("[PATCH v2] bar: free it", change, message_id="2@x", minutes=days * DAY)
    assert len(found(older, newer)) == count


def test_likeness_alone_of_another_person_is_nothing() -> None:
    change = edit(old="pebble_first(inode, 7)", new="pebble_second(inode, 8)")
    older = patch("[PATCH] foo: fix leak", change, message_id="1@x")
    newer = patch("[PATCH v2] bar: free", change, message_id="2@x", sender=BO, minutes=DAY)
    assert found(older, newer) == []


def test_a_lower_revision_a_week_later_is_no_reroll() -> None:
    older = posting("foo", 2, revision=3)
    assert found(*older, *posting("foo", 2, minutes=7 * DAY)) == []
    assert found(*posting("foo", 2, revision=3, prefix="RFC PATCH"), *posting("foo", 2)) != []


def test_without_a_diff_the_title_is_enough() -> None:
    """The cover letters alone came to this list."""
    older, newer = posting("foo", 3)[:1], posting("foo", 4, revision=2, minutes=DAY)[:1]
    (near,) = found(*older, *newer)
    assert near.confidence == 0.8
