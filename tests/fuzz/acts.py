# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions of every kind as plain data, and how a verb carries each out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from maintainer_kit.cli.deciding import on_patches, on_topics
from maintainer_kit.model.decision.event import MUTE, NO, WATCH, YES, EventKind, Group, Origin
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.workflow.away import come_back, go_away
from maintainer_kit.workflow.decide import Plan, decide, plan_each, plan_state, redo, undo
from maintainer_kit.workflow.delegating import plan_delegate
from maintainer_kit.workflow.landing.judge import plan_judged
from maintainer_kit.workflow.mend import link, unlink
from maintainer_kit.workflow.remembering import plan_note, plan_snooze, until_value
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target, resolve_all, resolve_topic
from tests.fuzz.git import COMMITS
from tests.fuzz.mails import FIRST, HOT, IDS
from tests.fuzz.simple import PROGRESS

DAY = 86400
JANE, KIM = "Jane Doe <jane@x.example>", "kim@y.example"
TAGS = ("v6.13", "v6.14")


@dataclass(frozen=True)
class Act:
    """One decision: what, about which messages (or, ``whole``, the topics they are in)."""

    kind: str
    value: str = ""
    targets: tuple[str, ...] = ()
    whole: bool = False


Planner = Callable[[Stores, Sequence[Target], str], Plan]


def _plan_snooze(stores: Stores, found: Sequence[Target], value: str) -> Plan:
    words = value.split()
    days = next((int(one) for one in words if one.lstrip("-").isdecimal()), None)
    until = 0 if days is None else stores.clock() // 1_000_000 + days * DAY
    tag = next((one for one in words if one in TAGS), "")
    return plan_snooze(stores, found, until=until, mail="mail" in words, tag=tag)


def _plan_delegate(stores: Stores, found: Sequence[Target], value: str) -> Plan:
    people = {"rule": None, "nobody": NOBODY, JANE: Person("Jane Doe", "jane@x.example")}
    return plan_delegate(people.get(value, Person("", value)), found)


def _plan_hidden(stores: Stores, found: Sequence[Target], value: str) -> Plan:
    if value == "until":
        value = until_value(stores.clock() // 1_000_000 + 9 * DAY)
    return plan_each(EventKind.CONFIDENTIAL, value, on_topics(found))


def _plan_landing(stores: Stores, found: Sequence[Target], value: str) -> Plan:
    word, _, commit = value.partition(":")
    plans = [plan_judged(stores, one, commit, word == YES) for one in on_patches(found)]
    return Plan(tuple(event for one in plans for event in one.events))


PLANNERS: dict[str, Planner] = {
    "state": lambda stores, found, value: plan_state(stores, value, on_patches(found)),
    "archive": lambda _, found, value: plan_each(EventKind.ARCHIVE, value, on_patches(found)),
    "snooze": _plan_snooze,
    "delegate": _plan_delegate,
    "star": lambda _, found, value: plan_each(EventKind.STAR, value, on_topics(found)),
    "attention": lambda _, found, value: plan_each(EventKind.ATTENTION, value, on_topics(found)),
    "note": plan_note,
    "landing": _plan_landing,
    "confidential": _plan_hidden,
}


def plan(stores: Stores, act: Act) -> Plan:
    """What a verb makes of its targets; raises Refused and NotFound as that does."""
    return PLANNERS[act.kind](stores, targets(stores, act), act.value)


def targets(stores: Stores, act: Act) -> list[Target]:
    there = stores.catalogue.topic_ids(act.targets)
    words = tuple(one for one in act.targets if one in there) or act.targets
    if act.whole:
        words = tuple(resolve_topic(stores, one).id for one in words)
    return resolve_all(stores, words)


def perform(stores: Stores, act: Act, origin: Origin = Origin.CLI) -> Group | None:
    """Carry a decision out; the group, where its verb tells which."""
    if act.kind in PLANNERS:
        made = plan(stores, act)
        return decide(stores, made.events, origin, "so", forced=made.forced)
    if act.kind in ("undo", "redo"):
        return (undo if act.kind == "undo" else redo)(stores, origin)
    if act.kind == "away":
        return _away(stores, act.value, origin)
    found = targets(stores, act)
    if act.kind == "unlink":
        return unlink(stores, found, origin)
    return link(stores, found[0], found[-1], origin)


def _away(stores: Stores, value: str, origin: Origin) -> Group:
    if not value:
        return come_back(stores, origin)
    deputy = JANE if value == "deputy" else ""
    return go_away(stores, stores.clock() // 1_000_000 + 5 * DAY, origin, delegate=deputy)


SOME_ID = st.one_of(*[st.sampled_from(HOT)] * 3, st.sampled_from([*FIRST, *IDS]))
_SOME = st.lists(SOME_ID, min_size=1, max_size=2, unique=True).map(tuple)


def _of(kind: str, *values: str) -> st.SearchStrategy[Act]:
    return st.builds(Act, st.just(kind), st.sampled_from(values), _SOME, st.booleans())


DECISIONS = st.one_of(
    _of("state", *PROGRESS),
    _of("state", "accepted", "under-review", "new"),
    _of("archive", YES, NO),
    _of("snooze", "5", "mail", "v6.13", "v6.14 2 mail", ""),
    _of("delegate", JANE, KIM, "rule", "nobody"),
    _of("star", YES, NO),
    _of("attention", WATCH, MUTE, ""),
    _of("note", "first word", "word", ""),
    _of("confidential", YES, NO, "until"),
    _of("landing", *(f"{word}:{one}" for word in (YES, NO) for one in COMMITS)),
    st.builds(Act, st.just("link"), st.just(""), st.tuples(SOME_ID, SOME_ID), st.booleans()),
    _of("unlink", ""),
    st.builds(Act, st.just("away"), st.sampled_from(["deputy", "alone", ""])),
)
BACK = st.builds(Act, st.sampled_from(["undo", "undo", "redo"]))
