# SPDX-License-Identifier: GPL-2.0-or-later
"""Several homes share their decisions in any order, and end equal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.model.decision.event_codec import dump_group
from maintainer_kit.workflow.decide import decide, set_state, undo
from maintainer_kit.workflow.sharing.share import ShareReport, share
from tests.build import part_id, posting
from tests.memory.desk import Desk, stepping_clock
from tests.memory.share import Hub, MemoryExchange, MemoryLines

PATCHES = [part_id("foo", 1), part_id("foo", 2)]
STATES = ("accepted", "rejected", "under-review")


def everything(group: Group) -> bool:
    return True


class Home:
    """A desk with its end of a hub."""

    def __init__(self, hub: Hub, name: str, start: int = 1_770_000_000_000_000) -> None:
        self.desk = Desk(clock=stepping_clock(start))
        self.desk.deliver(*posting("foo", 2))
        self.desk.sync()
        self.lines = MemoryLines(self.desk.journal)
        self.exchange = MemoryExchange(hub, name)

    def set(self, state: str, *patches: str) -> Group:
        return set_state(self.desk.stores, state, patches or PATCHES, Origin.CLI)

    def share(self) -> ShareReport:
        return share(self.desk.stores, self.lines, self.exchange, everything)

    def said(self) -> dict[str, Any]:
        """All that has to be equal."""
        return {
            "log": [dump_group(one) for one in self.desk.catalogue.groups()],
            "export": self.desk.export(),
            "tags": {one: self.desk.tags(one) for one in PATCHES},
        }


def homes(*names: str) -> tuple[Hub, list[Home]]:
    hub = Hub()
    return hub, [Home(hub, one) for one in names]


def until_all_know(made: Iterable[Home]) -> None:
    """One round publishes everything, another brings it everywhere."""
    for _ in range(2):
        for one in made:
            assert one.share().failure is None


STEP = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["share", "share", "undo", "cut", "mend", *STATES]),
    st.integers(0, 1),
)


@given(st.lists(STEP, max_size=25))
@settings(max_examples=60)
def test_in_any_order_all_end_equal(steps: list[tuple[int, str, int]]) -> None:
    hub, made = homes("one", "two", "three")
    decided: set[str] = set()
    for at, act, patch in steps:
        home = made[at]
        if act == "share":
            assert (home.share().failure is None) == hub.online
        elif act == "undo" and home.desk.catalogue.groups():
            decided.add(take_back(home))
        elif act in ("cut", "mend"):
            hub.online = act == "mend"
        elif act in STATES:
            decided.add(home.set(act, PATCHES[patch]).id)
    hub.online = True
    until_all_know(made)
    said = [home.said() for home in made]
    assert said[0] == said[1] == said[2]
    assert {one["group"] for one in said[0]["log"]} == decided - {""}
    # Nothing is published twice, by whomever.
    ids = [json.loads(line)["group"] for has in hub.refs.values() for line, _ in has]
    assert len(ids) == len(set(ids)) == len(said[0]["log"])


def take_back(home: Home) -> str:
    """The id of the undo; empty where there was nothing left to take back."""
    known = {one.id for one in home.desk.catalogue.groups()}
    if all(one.undoes for one in home.desk.catalogue.groups()):
        return ""
    try:
        undo(home.desk.stores, Origin.CLI)
    except Refused:
        return ""
    (new,) = {one.id for one in home.desk.catalogue.groups()} - known
    return new


def test_decisions_that_did_not_know_of_each_other_conflict_on_both_sides() -> None:
    hub, (one, two) = homes("one", "two")
    one.set("accepted")
    two.desk.stores.clock()
    two.set("rejected", PATCHES[1])
    assert one.share().conflicts == []
    (told,) = two.share().conflicts
    assert (told.message_id, told.kind, told.machine) == (PATCHES[1], EventKind.STATE, "one")
    assert (told.here.value, told.there.value, told.holds) == ("rejected", "accepted", "rejected")
    (told,) = one.share().conflicts
    assert (told.here.value, told.there.value, told.holds) == ("accepted", "rejected", "rejected")
    assert one.said() == two.said()
    assert [home.share().conflicts for home in (one, two)] == [[], []]
    assert hub.refs.keys() == {"one", "two"}


def test_who_knew_the_other_decision_overrules_it() -> None:
    _, (one, two) = homes("one", "two")
    one.set("under-review")
    one.share()
    two.share()
    two.set("accepted")
    two.share()
    assert one.share().conflicts == []
    assert "mkit/accepted" in one.desk.tags(PATCHES[0])


def test_equal_decisions_and_those_that_were_taken_back_are_no_conflict() -> None:
    _, (one, two) = homes("one", "two")
    one.set("accepted")
    two.set("accepted")
    two.set("rejected")
    undo(two.desk.stores, Origin.CLI)
    one.share()
    assert two.share().conflicts == []
    assert one.share().conflicts == []


def test_notes_add_up() -> None:
    _, (one, two) = homes("one", "two")
    for home, words in ((one, "first"), (two, "second")):
        decide(home.desk.stores, [Event(EventKind.NOTE, PATCHES[0], words)], Origin.CLI, "")
    one.share()
    assert two.share().conflicts == []
    assert one.share().conflicts == []
    assert one.said() == two.said()


def test_what_holds_over_three_machines() -> None:
    _, (one, two, three) = homes("one", "two", "three")
    one.set("accepted")
    for _ in range(3):
        two.desk.stores.clock()
        three.desk.stores.clock()
    two.set("rejected")
    for _ in range(3):
        three.desk.stores.clock()
    three.set("under-review")
    for home in (one, two, three):
        home.share()
    holds = {each.holds for each in one.share().conflicts}
    assert holds == {"under-review"}


def test_an_end_that_is_away_costs_nothing() -> None:
    hub, (one, two) = homes("one", "two")
    hub.online = False
    one.set("accepted")
    report = one.share()
    assert report.failure and report.failure.hint
    assert (report.published, report.waiting) == (0, 1)
    assert one.share().waiting == 1
    hub.online = True
    report = one.share()
    assert (report.failure, report.published, report.waiting) == (None, 1, 0)
    assert two.share().received == {"one": 1}
    assert one.share().published == 0


def test_a_copied_home_takes_a_new_name_and_nothing_is_lost() -> None:
    hub, (one, two) = homes("one", "two")
    one.set("accepted", PATCHES[0])
    one.share()
    copy = Home(hub, "copy")
    copy.lines.append_all(one.lines.lines())
    copy.exchange = one.exchange.copy()
    copy.set("rejected", PATCHES[1])
    one.set("under-review", PATCHES[0])
    assert copy.share().formerly == ""
    report = one.share()
    assert (report.formerly, report.machine) == ("one", "one-too")
    assert (report.published, report.received) == (1, {"one": 1})
    until_all_know((one, two, copy))
    assert one.said() == two.said() == copy.said()
    ids = [json.loads(line)["group"] for has in hub.refs.values() for line, _ in has]
    assert len(ids) == len(set(ids)) == 3


def test_a_journal_that_lost_decisions_gets_them_back() -> None:
    _, (one, two) = homes("one", "two")
    kept = one.set("accepted", PATCHES[0])
    one.set("rejected", PATCHES[1])
    one.share()
    two.share()
    one.desk.journal.lines = [one.desk.journal.lines[0]]
    assert one.desk.journal.read().groups == (kept,)
    # Till then the tag was somebody else's, which is a decision too.
    assert one.share().received == {"one": 1}
    until_all_know((one, two))
    assert one.said() == two.said()
    assert [entry["origin"] for entry in one.said()["log"]] == ["cli", "cli", "tag"]


def test_what_is_not_to_be_shared_stays_with_its_undo() -> None:
    _, (one, two) = homes("one", "two")
    one.set("accepted", PATCHES[0])
    secret = one.set("rejected", PATCHES[1])
    undo(one.desk.stores, Origin.CLI)

    def allowed(group: Group) -> bool:
        return group.id != secret.id

    stores, lines, exchange = one.desk.stores, one.lines, one.exchange
    report = share(stores, lines, exchange, allowed)
    assert (report.published, report.confidential) == (1, 2)
    assert two.share().received == {"one": 1}
    report = share(stores, lines, exchange, everything)
    assert (report.published, report.confidential) == (2, 0)
    two.share()
    assert one.said() == two.said()


def line(name: str, **more: Any) -> bytes:
    """A line of a journal, with some of it replaced."""
    events = [{"kind": "state", "message_id": PATCHES[0], "value": "accepted"}]
    entry = {"group": name, "time": "2026-02-01T10:00:00.000000Z", "who": "x", "origin": "cli"}
    return json.dumps({**entry, "why": "", "events": events, **more}).encode()


def published(hub: Hub, machine: str, *lines: bytes) -> None:
    """Somebody else's program publishes."""
    hub.refs[machine] = (*hub.refs.get(machine, ()), *((one, ()) for one in lines))


def test_what_is_no_decision_is_left_out_and_named() -> None:
    hub, (one, two) = homes("one", "two")
    published(hub, "odd", b"\x80\xff", b"[]", line("good"), b'{"written": ["good"], "group": "x"}')
    report = one.share()
    assert report.received == {"odd": 1}
    assert [(odd.machine, odd.words) for odd in report.oddities] == [
        ("odd", "3 lines that are no decisions, left out")
    ]
    two.share()
    assert one.said() == two.said()


def test_of_two_groups_with_one_id_the_one_that_is_held_stays() -> None:
    hub, (one, _) = homes("one", "two")
    held = one.set("accepted")
    published(hub, "odd", line(held.id, who="somebody else"))
    report = one.share()
    assert report.received == {}
    assert held.id in report.oddities[0].words
    assert one.desk.journal.read().groups == (held,)
    # The same group written another way is the same.
    published(hub, "even", json.dumps(dump_group(held), indent=None, sort_keys=True).encode())
    assert [odd.machine for odd in one.share().oddities] == ["odd"]


def test_what_only_a_newer_mkit_understands_is_kept_as_it_stands() -> None:
    hub, (one, two) = homes("one", "two")
    newer = line("new", origin="telepathy", more={"a": [1]})
    published(hub, "newer", newer)
    assert one.share().received == {"newer": 1}
    assert one.lines.unknown == [newer]
    assert one.share().received == {}
    two.share()
    assert hub.refs.keys() == {"newer"}, "it is not published by others"


def test_what_our_own_mkit_does_not_understand_waits_for_one_that_does() -> None:
    hub, (one, _) = homes("one", "two")
    one.lines.append_all([line("new", origin="telepathy"), line("undo", events=[], undoes="new")])
    report = one.share()
    assert (report.published, report.confidential) == (0, 2)
    assert hub.refs == {}


def test_a_clock_that_is_ahead_is_named() -> None:
    hub, (one, _) = homes("one", "two")
    published(hub, "ahead", line("far", time="2027-05-01T00:00:00.000000Z"))
    (odd,) = one.share().oddities
    assert (odd.machine, "2027-05-01" in odd.words) == ("ahead", True)
