# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions about confidential topics stay at home."""

from __future__ import annotations

from maintainer_kit.config import Settings
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.workflow.decide import decide
from maintainer_kit.workflow.sharing.allowed import allowed_by
from maintainer_kit.workflow.sharing.labels import label_messages
from tests.build import mail, part_id, posting
from tests.memory.desk import SETTINGS, Desk

OPEN, SECRET = part_id("open", 1), part_id("secret", 1)


def about(*message_ids: str, kind: EventKind = EventKind.STATE, value: str = "accepted") -> Group:
    events = tuple(Event(kind, one, value) for one in message_ids)
    return Group("g", 1, "me", Origin.CLI, "", events)


def desk(settings: Settings = SETTINGS) -> Desk:
    made = Desk(settings)
    made.deliver(*posting("open", 2), *posting("secret", 2))
    made.sync()
    return made


def keep(made: Desk, message_id: str, value: str = "yes") -> None:
    event = Event(EventKind.CONFIDENTIAL, message_id, value)
    decide(made.stores, [event], Origin.CLI, "")


def is_allowed(made: Desk, group: Group) -> bool:
    return allowed_by(made.catalogue)(group)


def test_by_hand_on_any_message_of_the_topic() -> None:
    made = desk()
    assert is_allowed(made, about(SECRET))
    keep(made, part_id("secret", 0))
    assert not is_allowed(made, about(SECRET))
    assert not is_allowed(made, about(part_id("secret", 2)))
    assert is_allowed(made, about(OPEN))
    assert not is_allowed(made, about(OPEN, SECRET))


def test_an_embargo_and_its_end() -> None:
    made = desk()
    keep(made, SECRET, "until:2026-12-01T00:00:00Z")
    assert not is_allowed(made, about(SECRET))
    keep(made, SECRET, "no")
    assert is_allowed(made, about(SECRET))


def test_by_the_list_it_came_through() -> None:
    settings = Settings(me=SETTINGS.me, confidential=("pebblefs@lists.lumen.example",))
    assert not is_allowed(desk(settings), about(OPEN))


def test_a_link_names_the_other_topic_too() -> None:
    made = desk()
    keep(made, SECRET)
    assert not is_allowed(made, about(OPEN, kind=EventKind.UNLINK, value=f"x@y {SECRET}"))


def test_a_message_that_is_gone() -> None:
    made = desk()
    keep(made, SECRET)
    made.index.remove(SECRET)
    made.sync()
    assert not is_allowed(made, about(SECRET))
    assert is_allowed(made, about("never@seen.example"))


def test_what_is_about_no_message() -> None:
    assert is_allowed(desk(), about("", kind=EventKind.AWAY, value=""))


def test_labels() -> None:
    made = desk()
    (question,) = made.deliver(mail("What is this?"))
    made.sync()
    labels = label_messages(made.catalogue, [OPEN, question, "never@seen.example"])
    assert labels.keys() == {OPEN, question}
    topics = made.catalogue.topic_ids([OPEN, question])
    assert labels[OPEN] == f"{topics[OPEN][:6]} v1 1/2"
    assert labels[question] == topics[question][:6]
