# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics given to people, and what rules come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers
from maintainer_kit.model.queue.delegation_rules import read_rules
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.workflow.decide import decide
from maintainer_kit.workflow.delegating import plan_delegate, remarks, spoken
from maintainer_kit.workflow.targets import resolve_all
from tests.build import part_id, posting
from tests.memory.desk import SETTINGS, Desk

JANE = Person("Jane Doe", "jane@x.example")
FOO, BAR = part_id("foo", 0), part_id("bar", 0)
RULES = ("Jane Doe <jane@x.example> path=fs/foo/", "nobody path=fs/baz/", "a@x.example from=@no.y")


def desk() -> Desk:
    """Three series of different people, so that mail joins none."""
    made = Desk(replace(SETTINGS, delegate=RULES))
    for at, stem in enumerate(("foo", "bar", "baz")):
        sender = f"{stem.title()} Author <{stem}@{stem}.example>"
        made.deliver(*posting(stem, 2, sender=sender, change=stem, minutes=at * 9000))
    made.sync()
    return made


def test_each_topic_once_on_what_was_named() -> None:
    made = desk()
    row = made.row(FOO)
    targets = resolve_all(made.stores, [part_id("foo", 2), row.id, BAR])
    plan = plan_delegate(JANE, targets)
    assert plan.events == (
        Event(EventKind.DELEGATE, part_id("foo", 2), "Jane Doe <jane@x.example>"),
        Event(EventKind.DELEGATE, BAR, "Jane Doe <jane@x.example>"),
    )
    assert [one.value for one in plan_delegate(NOBODY, targets[:1]).events] == ["nobody"]
    assert [one.value for one in plan_delegate(None, targets[:1]).events] == [""]


def test_what_rules_and_hands_come_to() -> None:
    made = desk()
    found = spoken(made.stores)
    assert [(rule.number, count) for rule, count in found.rules] == [(1, 1), (2, 1), (3, 0)]
    assert (found.by_hand, found.by_nobody) == (0, 1)
    plan = plan_delegate(JANE, resolve_all(made.stores, [BAR, FOO]))
    decide(made.stores, plan.events, Origin.CLI, "")
    assert made.row(BAR).standing.verdict.turn is Turn.DELEGATE
    found = spoken(made.stores)
    assert [count for _, count in found.rules] == [0, 1, 0]
    assert (found.by_hand, found.by_nobody) == (2, 0)


def test_what_is_to_be_said_of_a_rule() -> None:
    known = read_maintainers({"MAINTAINERS": "PEBBLE\nM:\tBo <bo@x.example>\nF:\tfs/\n"})
    asked: list[int] = []

    def read(found: Iterable[Maintainers]) -> Iterable[Maintainers]:
        asked.append(1)
        return found

    plain, away, good, bad = read_rules(
        (
            "a@x.example path=x",
            "a@x.example path=x when=away",
            "a@x.example section=Pebble",
            "a@x.example any-section=Pebbles section=Wick",
        )
    )
    assert remarks(plain, lambda: read([known])) == ()
    assert remarks(away, lambda: read([known])) == ("only while you are away",)
    assert not asked
    assert remarks(good, lambda: read([known])) == ()
    assert remarks(bad, lambda: read([known])) == (
        "MAINTAINERS has no section 'wick'",
        "MAINTAINERS has no section 'pebbles'",
    )
    assert remarks(good, lambda: read([])) == (
        "no repository of mkit.repository has a MAINTAINERS",
    )
