# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce commits, as evidence: believed as far as git agrees."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.queue.claims import Seen
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.workflow.decide import decide
from maintainer_kit.workflow.landing.claims import refuted
from maintainer_kit.workflow.landing.judge import plan_judged, undecided
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.reading import detail_now
from tests.build import ADA, BO, edit, part_id, posting
from tests.memory.desk import Desk
from tests.memory.evidence import MemoryReach, evidence
from tests.unit.model.queue.test_claims import announcement, item, summary
from tests.unit.workflow.test_landing import A, B, C, commit, desk, land, ref, verdicts

FIRST = part_id("foo", 1)
ONE = posting("foo", 1)
_MORE = "two_1();\n+\tmore_of_it();\n+\tand_still_more"
EDITED = edit("fs/foo/1.c", new=_MORE).replace("-7,3 +7,3", "-7,3 +7,5")
"""The maintainer added to it: a third of the lines is the patch's."""


def claims(made: Desk) -> list[tuple[str, Seen]]:
    row = made.rows()[0]
    return [(one.commit, seen) for one, seen in detail_now(made.stores, row).claims.get(FIRST, ())]


def git(diff: str = EDITED, title: str = "foo: quite another title", author: str = BO) -> Evidence:
    return evidence(
        [commit(A, title, diff, author=author), commit(B, "x: y", edit("fs/q.c"))],
        {ref(tip=B): {A, B}},
        MemoryReach(ids=[A, B]),
    )


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("order", ["patch first", "announcement first", "together"])
def test_an_announcement_is_proof_where_content_agrees(order: str, whole: bool) -> None:
    """Another committed it, with more lines, under its title; no commit names the mail."""
    mine = git(title="foo: step 1", author=BO)
    told = announcement(A, link=FIRST) if whole else summary(item("1/1", "foo: step 1", A[:12]))
    plain = desk(*ONE)
    land(plain, mine)
    assert plain.rows()[0].landed == 0, "by content alone it is not"
    raws = {"patch first": [ONE, [told]], "announcement first": [[told], ONE]}
    made = Desk()
    for some in raws.get(order, [[*ONE, told]]):
        made.deliver(*some)
        made.sync()
        land(made, mine)
    (found,) = made.catalogue.landings()[FIRST]
    mail = "commit-aaaa@x" if whole else "sum@x"
    assert (found.commit, found.tier, found.is_sure) == (A, "message-id", True)
    assert f"says so in {mail}" in found.why
    assert verdicts(made)[0] == (Turn.NOBODY, "landed in mainline as aaaaaaaaaaaa, by message-id")
    assert claims(made) == [(A if whole else A[:12], Seen.PROVEN)]


def test_what_git_does_not_know_stays_a_claim() -> None:
    made = desk(*ONE, announcement(C, link=FIRST))
    before = verdicts(made)
    assert claims(made) == [(C, Seen.UNSEEN)], "before anybody has looked"
    land(made, git())
    assert claims(made) == [(C, Seen.UNSEEN)]
    assert verdicts(made) == before
    assert made.catalogue.landings() == {}


def test_a_lie_is_named_and_proves_nothing() -> None:
    """It names a commit that is there, and is another change."""
    made = desk(*ONE, announcement(B, link=FIRST))
    land(made, git())
    assert made.rows()[0].landed == 0
    assert list(undecided(made.stores)) == []
    assert claims(made) == [(B, Seen.REFUTED)]
    (found,) = refuted(made.catalogue)
    assert (found.message_id, found.commit) == (FIRST, B)
    assert found.why.endswith("says so in commit-bbbb@x")
    decide(made.stores, plan_judged(made.stores, FIRST, B, True).events, Origin.CLI, "")
    assert made.rows()[0].landed == 1, "who knows better says so"
    assert claims(made) == [(B, Seen.PROVEN)]


OTHER_LINES = edit("fs/foo/1.c", old="three", new="four_and_more")


@pytest.mark.parametrize(
    "mine",
    [
        git(diff=edit("fs/z.c", old="three", new="four"), title="foo: step 1"),
        git(diff=OTHER_LINES, author=ADA),
        git(diff=EDITED),
    ],
    ids=["the title", "author and file", "lines"],
)
def test_what_agrees_in_part_only_is_asked_about(mine: Evidence) -> None:
    made = desk(*ONE, announcement(A, link=FIRST))
    land(made, mine)
    assert made.rows()[0].landed == 0
    (found,) = undecided(made.stores)
    assert found.landing.commit == A
    assert claims(made) == [(A, Seen.UNPROVEN)]
    land(made, evidence([], {}))
    assert list(undecided(made.stores)) == []


def test_title_and_author_are_no_content() -> None:
    """As of an older revision, which somebody passes off as this one."""
    made = desk(*ONE, announcement(A, link=FIRST))
    land(made, git(diff=OTHER_LINES, title="foo: step 1", author=ADA))
    assert made.rows()[0].landed == 0
    assert claims(made) == [(A, Seen.UNPROVEN)]


def test_content_only_believes_no_mail() -> None:
    made = desk(*ONE, announcement(A, link=FIRST), announcement(B, link=FIRST))
    mine = git(title="foo: step 1")
    land(made, mine, content_only=True)
    assert all(one.tier != "message-id" for s in made.catalogue.landings().values() for one in s)
    assert list(refuted(made.catalogue)) == []


def test_what_nobody_announced_is_found_anyway() -> None:
    made = desk(*posting("foo", 2), announcement(A, link=FIRST))
    both = [
        commit(A, "foo: step 1", edit("fs/foo/1.c", new="two_1")),
        commit(B, "foo: step 2", edit("fs/foo/2.c", new="two_2")),
    ]
    land(made, evidence(both, {ref(tip=B): {A, B}}))
    assert made.rows()[0].landed == 2
