# SPDX-License-Identifier: GPL-2.0-or-later
"""Who writes for the first time."""

from __future__ import annotations

from maintainer_kit.workflow.newcomers import newcomers
from tests.build import BO, DAY, ROBIN, mail, part_id, patch, posting, reply
from tests.memory.desk import Desk

EVE = "Eve New <eve@new.example>"


def _new(desk: Desk, *message_ids: str) -> list[bool]:
    desk.sync()
    topics = desk.catalogue.topic_ids(message_ids)
    rows = desk.catalogue.rows(list(topics.values()))
    found = newcomers(desk.stores, rows)
    return [topics[one] in found for one in message_ids]


def test_the_first_series_of_an_author_and_no_later_one() -> None:
    desk = Desk()
    desk.deliver(
        patch("[PATCH] b: second", sender=EVE, message_id="b@x", minutes=2 * DAY),
        patch("[PATCH] a: first", sender=EVE, message_id="a@x", minutes=DAY),
        *posting("foo", 2, sender=BO),
    )
    assert _new(desk, "a@x", "b@x", part_id("foo", 0)) == [True, False, True]


def test_who_talked_before_is_known() -> None:
    desk = Desk()
    desk.deliver(
        *posting("foo", 1, sender=BO),
        reply(part_id("foo", 0), "Hm?\n", sender=EVE, minutes=DAY),
        patch("[PATCH] a: first", sender=EVE.lower(), message_id="a@x", minutes=2 * DAY),
    )
    assert _new(desk, "a@x") == [False]


def test_what_is_said_later_elsewhere_does_not_count() -> None:
    desk = Desk()
    desk.deliver(
        *posting("foo", 1, sender=BO),
        patch("[PATCH] a: first", sender=EVE, message_id="a@x", minutes=DAY),
        reply(part_id("foo", 0), "Hm?\n", sender=EVE, minutes=2 * DAY),
    )
    assert _new(desk, "a@x") == [True]


def test_neither_the_reader_nor_a_question_is_marked() -> None:
    desk = Desk()
    desk.deliver(
        patch("[PATCH] a: first", sender=ROBIN, message_id="a@x"),
        mail("How?", "How?\n", sender=EVE, message_id="b@x"),
    )
    assert _new(desk, "a@x", "b@x") == [False, False]


def test_who_wrote_much_is_no_newcomer() -> None:
    desk = Desk()
    desk.deliver(
        *(
            patch(f"[PATCH] part {at}: x", sender=EVE, message_id=f"{at}@x", minutes=at * DAY)
            for at in range(22)
        )
    )
    assert _new(desk, "0@x") == [False]
