# SPDX-License-Identifier: GPL-2.0-or-later
"""Stable reviews: which patches concern me, until when, and what can be decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.turn import Me, Turn, Verdict, mail_turn
from maintainer_kit.model.queue.turn_review import decidable_of, my_patches
from tests.build import ADA, BO, DAY, LIST, ME, ROBIN, START, STRANGER, reply, topic
from tests.reviews import CARMEN, review

UNTIL = ", answers until 2026-01-09 12:00 UTC"
ADA_ME = Me(frozenset({"ada@quarry.example"}))
MINE = "6.1.73-rc1-2@made.example"


def copied() -> list[bytes]:
    """A review of which the second patch was sent to Robin by name."""
    cover, first, second, third = review("6.1.73", [1, 2, 3])
    to = f"To: {LIST}".encode()
    return [cover, first, second.replace(to, to + b", robin@lumen.example"), third]


def signed() -> list[bytes]:
    """One of which the second patch bears a tag of Robin's."""
    cover, first, second, third = review("6.1.73", [1, 2, 3])
    tag = f"Why.\n\nReviewed-by: {ROBIN}\n".encode()
    return [cover, first, second.replace(b"Why.\n", tag), third]


def test_it_is_nobodys_turn() -> None:
    found = topic(*review("6.1.73", [1, 2, 3]))
    assert mail_turn(found, ME) == Verdict(Turn.NOBODY, f"stable review{UNTIL}")
    row = make_row(found, ME, {})
    assert (row.marks, row.trailers, row.decidable) == ((), (), (found.root.message_id,))
    assert (row.received, row.total, row.kind) == (3, 3, "stable-review")


@pytest.mark.parametrize("raws", [copied(), signed()])
def test_patches_that_concern_me_come_forward(raws: list[bytes]) -> None:
    found = topic(*raws)
    assert [one.message_id for one in my_patches(found, ME)] == [MINE]
    words = f"1 patch of yours in stable review{UNTIL}"
    assert mail_turn(found, ME) == Verdict(Turn.ME, words)
    row = make_row(found, ME, {})
    assert (row.marks, row.decidable, row.standing.states) == (("mine: 1",), (MINE,), (("new", 1),))
    assert mail_turn(found, STRANGER).turn is Turn.NOBODY


def test_my_own_patches_are_mine() -> None:
    found = topic(*review("6.1.73", [1, 2, 3]))
    assert len(decidable_of(found, ADA_ME)) == 3
    assert mail_turn(found, ADA_ME).reason.startswith("3 patches of yours")


def test_a_review_that_i_run_is_not_full_of_mine() -> None:
    assert my_patches(topic(*review("6.1.73", [1])), Me(frozenset({"carmen@lumen.example"}))) == ()


def test_whoever_answered_has_answered() -> None:
    mine = reply(MINE, "Fine.\n", sender=ROBIN, minutes=DAY, message_id="fine@x")
    words = f"you answered on 2026-01-06{UNTIL}"
    assert mail_turn(topic(*copied(), mine), ME) == Verdict(Turn.NOBODY, words)
    again = reply(MINE, "Is it?\n", sender=CARMEN, minutes=2 * DAY, message_id="is@x")
    assert mail_turn(topic(*copied(), mine, again), ME).turn is Turn.ME
    about_others = reply("6.1.73-rc1-0@made.example", "Tested here.\n", sender=BO, minutes=2 * DAY)
    assert mail_turn(topic(*copied(), mine, about_others), ME).turn is Turn.NOBODY


def test_without_cover_letter_a_review_lasts_two_days() -> None:
    found = topic(*copied()[2:3])
    assert make_row(found, ME, {}).deadline == int(START.timestamp()) + 2 * 86400
    undated = replace(found, root=replace(found.root, date=0))
    assert make_row(undated, ME, {}).deadline == 0


def test_after_the_deadline_it_is_over() -> None:
    row = make_row(topic(*copied()), ME, {})
    assert row.at(row.deadline - 1) is row
    assert row.at(row.deadline).standing.verdict == Verdict(
        Turn.NOBODY, "answers were taken until 2026-01-09"
    )
    other = make_row(topic(*review("6.1.73", [1])), ME, {})
    assert other.at(other.deadline) is other


def test_other_topics_have_no_deadline() -> None:
    row = make_row(topic(reply("lost@x", "Hm?\n", sender=ADA)), ME, {})
    assert (row.deadline, row.at(1 << 40)) == (0, row)
