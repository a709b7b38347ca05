# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidates that somebody looks at: what yes and no do, to everything that reads landings."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.decision.event import NO, YES, Event, EventKind, Origin
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.workflow.decide import changes_of, decide, describe, undo
from maintainer_kit.workflow.landing.judge import candidates, plan_judged, undecided
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.landing.land import land_report
from maintainer_kit.workflow.landing.match import Asked
from maintainer_kit.workflow.landing.prune import landed_topics, plan_answers
from maintainer_kit.workflow.reading import detail_now
from maintainer_kit.workflow.storing import rebuild
from tests.build import BO, edit, part_id, posting
from tests.memory.desk import Desk
from tests.memory.evidence import evidence
from tests.unit.workflow.test_landing import A, B, C, commit, desk, land, ref, verdicts

FIRST = part_id("foo", 1)
THEIRS = commit(A, "fs: same as others", edit("fs/foo/1.c", new="two_1"), author=BO)
AWAY = commit(B, "x: y", edit("fs/q.c"), author=BO)
PICKED = commit(C, "fs: same as others", edit("fs/foo/1.c", new="two_1"), author=BO, minutes=90)
GIT = evidence([THEIRS, AWAY], {ref(tip=B): {A, B}})


def looked() -> Desk:
    made = desk(*posting("foo", 1))
    land(made, GIT)
    return made


def say(made: Desk, name: str, is_it: bool) -> None:
    plan = plan_judged(made.stores, FIRST, name, is_it)
    decide(made.stores, plan.events, Origin.CLI, "seen")


def test_yes_is_proof() -> None:
    made = looked()
    say(made, A, True)
    assert verdicts(made) == [(Turn.NOBODY, "landed in mainline as aaaaaaaaaaaa, by hand")]
    row = made.rows()[0]
    assert row.landed == 1
    assert len(landed_topics(made.stores)) == 1
    assert list(undecided(made.stores)) == []
    (found,) = land_report(made.stores, GIT, Asked()).sure
    assert (found.tier, found.why) == (
        "by-hand",
        "other-author (1.00): the same patch-id, another author",
    )
    (shown,) = detail_now(made.stores, row).landings[FIRST]
    assert shown == found
    undo(made.stores, Origin.CLI)
    assert made.rows()[0].landed == 0
    assert len(list(candidates(made.stores))) == 1


def test_no_holds_for_ever() -> None:
    made = looked()
    before = made.export()
    say(made, A, False)
    for again in (False, True):
        land(made, GIT, again=again)
        assert list(undecided(made.stores)) == []
        assert land_report(made.stores, GIT, Asked()).landings == []
    rebuild(made.stores)
    land(made, GIT)
    assert known_landings(made.catalogue) == {}
    assert made.export() == before
    say(made, A, True)
    assert made.rows()[0].landed == 1, "the last word holds"


def test_it_is_named_by_a_few_digits_or_by_its_copy() -> None:
    made = desk(*posting("foo", 1))
    refs = {ref(tip=B): {A, B}, ref(Role.STABLE, "linux-6.1.y", C, 2): {C}}
    land(made, evidence([THEIRS, AWAY, PICKED], refs))
    (one,) = undecided(made.stores)
    named = {place.commit for place in one.landing.places}
    assert named == {A, C}
    for name in (A[:7], A, C, C[:12].upper()):
        (event,) = plan_judged(made.stores, FIRST, name, True).events
        assert event.value == f"yes:{one.landing.commit}"
    for wrong in (B[:12], "", "master", A[:6], "--help"):
        with pytest.raises(Refused):
            plan_judged(made.stores, FIRST, wrong, True)
    with pytest.raises(NotFound):
        plan_judged(made.stores, part_id("foo", 0), A, True)


def test_a_commit_that_nothing_else_finds() -> None:
    made = looked()
    say(made, B, True)
    assert made.rows()[0].landed == 0, "nobody has looked where it is"
    assert land(made, GIT).patches == 1
    assert verdicts(made) == [(Turn.NOBODY, "landed in mainline as bbbbbbbbbbbb, by hand")]
    assert land(made, GIT) == Asked()
    land(made, GIT, again=True)
    assert made.rows()[0].landed == 1
    undo(made.stores, Origin.CLI)
    assert made.rows()[0].landed == 0
    assert [one.landing.commit for one in undecided(made.stores)] == [A]


def test_the_answers_of_one_round_are_one_group() -> None:
    made = desk(*posting("foo", 2))
    other = commit(C, "fs: as well", edit("fs/foo/2.c", new="two_2"), author=BO)
    land(made, evidence([THEIRS, other], {ref(tip=C): {A, C}}))
    first, second = candidates(made.stores)
    plan = plan_answers(made.stores, [first], [second])
    group = decide(made.stores, plan.events, Origin.CLI, "")
    told = {(one.message_id, one.kind.value, one.value) for one in group.events}
    assert told == {
        (FIRST, "landing", f"yes:{A}"),
        (FIRST, "state", "accepted"),
        (FIRST, "archive", YES),
        (part_id("foo", 2), "landing", f"no:{C}"),
    }
    assert "landed as aaaaaaaaaaaa on 1 message" in describe(group)
    assert "not landed as cccccccccccc on 1 message" in describe(group)
    assert plan_answers(made.stores, [first], [second]).events == (), "it is recorded once"
    assert made.rows()[0].landed == 1


def test_a_look_before_tells_what_held_of_the_same_commit() -> None:
    made = looked()
    say(made, A, False)
    say(made, B, True)
    events = [Event(EventKind.LANDING, FIRST, f"{word}:{A}") for word in (YES, NO)]
    changes = changes_of(made.stores, events)
    assert [(one.before, one.is_one) for one in changes] == [
        (f"no:{A}", True),
        (f"no:{A}", False),
    ]
