# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes into the queue: rules as they are written, and what they say of a topic."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.decision.event import Decisions, Event, EventKind, Group, Origin, decide
from maintainer_kit.model.queue.intake import BUILT_IN, KEPT, Intake, Lists, ignored_by
from maintainer_kit.model.queue.intake_rules import read_intake
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.policy import Policy
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.taking_in import intake_of
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.model.topic.topic import Topic
from tests.build import ADA, BO, LIST, ME, ROBIN, edit, mail, patch, reply, topic

USUAL = Lists(are_usual=True)
ALONE = "p@x.example"


def policy(*lines: str, lists: Lists = USUAL) -> Policy:
    return Policy(intake=read_intake(lines), lists=lists)


def alone(*more: bytes, to: str = ROBIN, sender: str = ADA, cc: str = "") -> Topic:
    """A patch that went to no list, and what was said to it."""
    one = patch("[PATCH] foo", message_id=ALONE, to=to, sender=sender, headers={"Cc": cc})
    return topic(one, *more)


def said(found: Topic, *lines: str, lists: Lists = USUAL) -> str:
    """The rule that keeps a topic out."""
    return ignored_by(intake_of(found, ME, policy(*lines, lists=lists)), lists)


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("", "begins with neither ignore nor queue", "git config"),
        ("ignroe list=none", "begins with neither", "did you mean ignore?"),
        ("list=none", "begins with neither", "git config"),
        ("ignore", "has no condition", "git config"),
        ("ignore when=away", "when=, which is no condition", "one of: path="),
        ("ignore kind=patches", "has 'kind=patches'", "patch, report, pull"),
        ("ignore from=jane", "no address", "from=@DOMAIN"),
        ("ignore 'list=none", "cannot be read", "quotes"),
        ("queue subject=", "without a value", "git config"),
        ("queue something", "where a condition should be", "subject="),
    ],
)
def test_what_cannot_be_understood(line: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_intake((line,))
    assert "mkit.intake" in caught.value.message
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_rules_as_they_are_told() -> None:
    rules = read_intake(("queue to=Robin@Lumen.Example", "ignore list=none 'subject=* x'"))
    assert [one.name for one in rules] == [
        "rule 1: queue to=Robin@Lumen.Example",
        "rule 2: ignore list=none 'subject=* x'",
    ]
    assert [one.ignores for one in rules] == [False, True]
    assert [one.asks_for_none for one in rules] == [False, True]


def test_a_patch_to_no_list_is_ignored_where_lists_are_usual() -> None:
    assert said(alone()) == BUILT_IN
    assert said(alone(), lists=Lists()) == ""
    assert said(alone(cc=LIST)) == ""
    assert said(topic(patch("[PATCH] foo", to=ROBIN, headers={"List-Id": "<a.b.example>"}))) == ""
    assert said(topic(mail("Why does it hang?", "It does.\n", to=ROBIN))) == ""
    assert said(topic(mail("[BUG] oops", "It does.\n", to=ROBIN))) == ""


def test_an_address_that_is_known_to_be_a_list() -> None:
    found = alone(to="talk@pebble.example")
    assert said(found) == BUILT_IN
    assert said(found, lists=Lists(frozenset({"talk.pebble.example"}), are_usual=True)) == ""


def test_a_list_anywhere_in_the_topic_is_enough() -> None:
    resent = patch(
        "[PATCH v2] foo", message_id="v2@x", to=ROBIN, parents=[ALONE], minutes=9, sender=ADA
    )
    first = patch("[PATCH] foo", message_id=ALONE, to=LIST)
    assert said(topic(first, resent)) == ""


def test_mine_stays() -> None:
    assert said(alone(sender=ROBIN, to=BO)) == ""
    assert said(alone(sender=ROBIN, to=BO), "ignore to=@shale.example") == ""
    answer = reply(ALONE, "Why?\n", sender=ROBIN, minutes=5)
    assert said(alone(answer), "ignore from=@quarry.example") == ""


def test_an_answer_of_anybody_stops_the_built_in_rule_alone() -> None:
    own, other = (
        mail("Re: [PATCH] foo", "Ping?\n", sender=who, to=ROBIN, parents=[ALONE], minutes=5)
        for who in (ADA, BO)
    )
    assert said(alone(own)) == BUILT_IN
    assert said(alone(other)) == ""
    assert said(alone(other), "ignore list=none") == "rule 1: ignore list=none"


def test_what_is_handled_in_private_on_purpose() -> None:
    assert said(alone(cc="security@pebble.example")) == ""


def test_the_first_rule_that_holds_speaks() -> None:
    lines = ("queue to=robin@lumen.example", "ignore from=ada@quarry.example")
    assert said(alone(), *lines) == ""
    assert said(alone(), *reversed(lines)) == "rule 1: ignore from=ada@quarry.example"
    assert said(alone(to=BO), *lines) == "rule 2: ignore from=ada@quarry.example"
    assert said(alone(to=BO), "queue path=mm/") == BUILT_IN


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("kind=patch", True),
        ("kind=series", True),
        ("kind=report", False),
        ("kind=pull kind=patch", True),
        ("'subject=[PATCH*] foo'", True),
        ("subject=*FOO", True),
        ("subject=foo", False),
        ("'subject=[patch] fo?'", True),
        ("path=fs/pebble/", True),
        ("path=mm/", False),
        (f"list={LIST}", True),
        ("list=pebblefs.lists.lumen.example", True),
        ("list=none", False),
        (f"list=none list={LIST}", True),
        (f"list=none kind=patch from={'ada@quarry.example'}", False),
    ],
)
def test_conditions(condition: str, expected: bool) -> None:
    found = topic(patch("[PATCH] foo", edit("fs/pebble/inode.c"), message_id=ALONE))
    assert bool(said(found, f"ignore {condition}")) is expected


def test_no_list_of_what_is_no_patch() -> None:
    talk = topic(mail("Lunch?", "Today?\n", to=ROBIN))
    assert said(talk, "ignore list=none kind=discussion") != ""
    assert said(talk, "ignore list=none kind=report") == ""
    lists = Lists(frozenset({"robin.lumen.example"}))
    assert said(talk, "ignore list=none", lists=lists) == ""


def test_a_condition_on_no_list_in_a_rule_that_is_passed_over() -> None:
    found = intake_of(alone(), ME, policy("queue list=none from=@shale.example"))
    assert found == Intake(True, ("robin.lumen.example",), "", "")
    found = intake_of(alone(sender=BO), ME, policy("queue list=none from=@shale.example"))
    assert (found.listed, found.unlisted) == ("", KEPT)


def test_a_subject_cannot_take_long() -> None:
    start = time.process_time()
    found = topic(mail("a" * 5000, "x\n"))
    assert not said(found, "ignore subject=" + "*a" * 200 + "b")
    assert time.process_time() - start < 2


def row(found: Topic, decisions: Decisions | None = None, *lines: str) -> TopicRow:
    return make_row(found, ME, decisions or {}, policy(*lines))


def decided(kind: EventKind, value: str) -> Decisions:
    event = Event(kind, ALONE, value)
    return decide([Group("g", 1, "me", Origin.CLI, "", (event,))])


def test_what_is_ignored_is_nobodys_turn_and_says_why() -> None:
    found = row(alone())
    assert found.by_mail.turn is Turn.ME
    assert found.standing.ignored == BUILT_IN
    assert found.standing.verdict.turn is Turn.NOBODY
    assert found.standing.verdict.reason == f"ignored by {BUILT_IN}"


@pytest.mark.parametrize(
    ("kind", "value", "stays"),
    [
        (EventKind.ATTENTION, "watch", True),
        (EventKind.ATTENTION, "mute", False),
        (EventKind.STAR, "yes", True),
        (EventKind.STAR, "no", False),
        (EventKind.STATE, "under-review", True),
        (EventKind.DELEGATE, "me@x.example", True),
        (EventKind.DELEGATE, "", False),
        (EventKind.NOTE, "look", True),
        (EventKind.ARCHIVE, "no", False),
    ],
)
def test_whoever_decides_about_it_wants_it(kind: EventKind, value: str, stays: bool) -> None:
    found = row(alone(), decided(kind, value))
    assert (found.standing.verdict.turn is not Turn.NOBODY) is stays
    assert not (stays and found.standing.ignored)


def test_what_would_be_nobodys_turn_is_not_called_ignored() -> None:
    assert row(alone(), decided(EventKind.STATE, "accepted")).standing.ignored == ""
    assert row(alone(), decided(EventKind.ATTENTION, "mute")).standing.ignored == ""


def test_the_order_of_arrival_does_not_matter() -> None:
    mails = [
        patch("[PATCH] foo", message_id=ALONE, to=ROBIN),
        patch("[PATCH v2] foo", message_id="v2@x", to=BO, parents=[ALONE], minutes=9),
        reply("v2@x", "Ping?\n", sender=ADA, minutes=15),
    ]
    expected = row(topic(*mails)).intake
    for seed in range(6):
        random.Random(seed).shuffle(mails)
        assert row(topic(*mails)).intake == expected


def test_a_mail_to_thousands() -> None:
    crowd = ", ".join(f"a{at}@x.example" for at in range(3000))
    found = row(alone(cc=crowd))
    assert len(found.intake.addresses) == 500
    assert row(alone(to="")).intake.addresses == ("",)
    assert replace(found.intake, addresses=()) == Intake(weighs=True)
