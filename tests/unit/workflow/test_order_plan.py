# SPDX-License-Identifier: GPL-2.0-or-later
"""What orders come to, and what they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.message.orders import read_orders
from maintainer_kit.workflow.orders.plan import plan_orders
from maintainer_kit.workflow.orders.target import OrderTarget, find_target
from tests.build import ADA, part_id, posting, reply
from tests.memory.desk import SETTINGS, Desk

STATES = replace(SETTINGS, state=("needs-ack after=under-review action=yes",))
COVER, FIRST, SECOND = (part_id("stone", number) for number in range(3))


@pytest.fixture
def desk() -> Desk:
    made = Desk(STATES)
    made.deliver(*posting("stone", 2), reply(FIRST, "Why?\n", message_id="why@x.example"))
    made.sync()
    return made


def plan(desk: Desk, text: str, parent: str = COVER) -> tuple[Event, ...]:
    return plan_orders(desk.stores, read_orders(text), find_target(desk.stores, parent))


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("accept", "accepted"),
        ("au", "awaiting-upstream"),
        ("Awaiting Upstream", "awaiting-upstream"),
        ("cr", "changes-requested"),
        ("changes_requested", "changes-requested"),
        ("defer", "deferred"),
        ("nac", "needs-ack"),
        ("need-ack", "needs-ack"),
        ("needs_ack", "needs-ack"),
        ("nap", "not-applicable"),
        ("new", "new"),
        ("reject", "rejected"),
        ("rfc", "rfc"),
        ("ur", "under-review"),
    ],
)
def test_words_for_states(word: str, state: str, desk: Desk) -> None:
    wanted = tuple(Event(EventKind.STATE, one, state) for one in (FIRST, SECOND))
    assert plan(desk, f"pw-bot: {word}\n") == wanted
    assert plan(desk, f"#mkit state {word}\npw-bot: {word}\n") == wanted


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("#mkit delegate Ada Author <ada@quarry.example>", EventKind.DELEGATE, ADA),
        ("#mkit delegate nobody", EventKind.DELEGATE, "nobody"),
        ("#mkit note  two   words", EventKind.NOTE, "two words"),
    ],
)
def test_about_the_topic(text: str, kind: EventKind, value: str, desk: Desk) -> None:
    assert plan(desk, f"{text}\n") == (Event(kind, COVER, value),)


@pytest.mark.parametrize(
    "text",
    [
        "#mkit delegate bo",
        "#mkit delegate a@x.example, b@x.example",
        "#mkit undo it",
        "pw-bot: nothing",
        "pw-bot: superseded",
        "#mkit delegate a@x.example\n#mkit delegate b@x.example",
        "pw-bot: accepted\n#mkit state rejected",
    ],
)
def test_what_means_nothing(text: str, desk: Desk) -> None:
    with pytest.raises(Refused):
        plan(desk, f"{text}\n")


@pytest.mark.parametrize(
    ("parent", "about"),
    [(COVER, {FIRST, SECOND}), (SECOND, {SECOND}), ("why@x.example", {FIRST})],
)
def test_the_nearest_above_is_meant(parent: str, about: set[str], desk: Desk) -> None:
    assert {event.message_id for event in plan(desk, "pw-bot: cr\n", parent)} == about


def test_what_tells_who_may(desk: Desk) -> None:
    found: OrderTarget = find_target(desk.stores, COVER)
    assert found.paths == ("fs/stone/1.c", "fs/stone/2.c")
    assert found.authors == (frozenset({"ada@quarry.example"}),) * 2
    assert found.present == {"new"}
    assert found.about == {COVER, FIRST, SECOND, "why@x.example"}


def test_a_thread_without_patches(desk: Desk) -> None:
    desk.deliver(reply("gone@x.example", "Hello?\n", message_id="talk@x.example", subject="hello"))
    desk.sync()
    found = find_target(desk.stores, "talk@x.example")
    assert (found.head, found.paths, found.target.message_ids) == (None, (), ("talk@x.example",))


def test_what_is_answered_is_not_here(desk: Desk) -> None:
    with pytest.raises(NotFound, match="not here"):
        find_target(desk.stores, "gone@x.example")


def test_answers_that_go_in_a_circle(desk: Desk) -> None:
    one, two = "one@x.example", "two@x.example"
    desk.deliver(reply(two, "x\n", message_id=one), reply(one, "y\n", message_id=two))
    desk.sync()
    assert find_target(desk.stores, one).head is None
