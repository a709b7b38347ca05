# SPDX-License-Identifier: GPL-2.0-or-later
"""From branches to the queue: what is matched when, and what that makes of topics."""

from __future__ import annotations

import random
from collections.abc import Collection

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.matching.commit import commit_print
from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.workflow.decide import decide, set_state, undo
from maintainer_kit.workflow.landing.follow import (
    Wanted,
    in_their_roles,
    main_branches,
    read_ref,
    wanted_refs,
)
from maintainer_kit.workflow.landing.ladder import ladder_of, stopped_short
from maintainer_kit.workflow.landing.land import land_report
from maintainer_kit.workflow.landing.lists import not_landed, unexplained
from maintainer_kit.workflow.landing.match import Asked, match_new
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.landing.prune import candidates, landed_topics, plan_prune
from maintainer_kit.workflow.landing.why import why
from maintainer_kit.workflow.storing import rebuild
from tests.build import ADA, BO, DAY, edit, part_id, patch, posting, read, reply
from tests.memory.desk import Desk
from tests.memory.evidence import MemoryReach, MemoryRef, evidence

FIRST, SECOND, BAR = part_id("foo", 1), part_id("foo", 2), part_id("bar", 1)
POSTED = posting("foo", 2)
WHEN = read(POSTED[0]).date
A, B, C, D = (letter * 40 for letter in "abcd")


def commit(
    name: str,
    title: str,
    diff: str,
    *,
    author: str = ADA,
    minutes: int = 60,
    more: str = "",
) -> CommitPrint:
    message = f"{title}\n\n{more}\n"
    return commit_print(name, parse_person(author), WHEN + minutes * 60, message, diff.encode())


def own(name: str, number: int, change: str = "two", minutes: int = 60) -> CommitPrint:
    """What patch ``number`` of foo became."""
    diff = edit(f"fs/foo/{number}.c", new=f"{change}_{number}")
    return commit(name, f"foo: step {number}", diff, minutes=minutes)


def ref(role: str = Role.MAINLINE, name: str = "master", tip: str = A, at: int = 1) -> MemoryRef:
    return MemoryRef(at, "/r.git", f"refs/heads/{name}", role, tip)


BOTH = (own(A, 1), own(B, 2, minutes=70))
IN_MASTER = evidence(BOTH, {ref(tip=B): {A, B}}, MemoryReach({A: "v1.1", B: "v1.1"}))


def desk(*raws: bytes) -> Desk:
    made = Desk()
    made.deliver(*raws)
    made.sync()
    return made


def land(
    made: Desk, git: Evidence = IN_MASTER, *, content_only: bool = False, again: bool = False
) -> Asked:
    return match_new(made.stores, git, content_only=content_only, again=again)


def verdicts(made: Desk) -> list[tuple[Turn, str]]:
    found = made.rows()
    return [(row.standing.verdict.turn, row.standing.verdict.reason) for row in found]


def test_a_series_that_landed_leaves_the_queue() -> None:
    made = desk(*POSTED)
    asked = land(made)
    assert asked.patches == 2
    assert asked.changed == {FIRST, SECOND}
    words = "landed in mainline: 2 patches, the last as bbbbbbbbbbbb (v1.1), by patch-id"
    assert verdicts(made) == [(Turn.NOBODY, words)]


def test_nothing_new_is_not_asked_again() -> None:
    made = desk(*POSTED, *posting("bar", 1))
    assert land(made).patches == 3
    assert land(made) == Asked()
    assert land(made, again=True).patches == 3
    made.deliver(*posting("baz", 1))
    made.sync()
    assert land(made).patches == 1


def test_new_commits_are_compared_with_what_has_not_landed() -> None:
    made = desk(*POSTED, *posting("bar", 1))
    land(made, evidence(BOTH[:1], {ref(tip=A): {A}}))
    assert made.rows()[0].standing.verdict.turn is not Turn.NOBODY
    asked = land(made)
    assert asked.patches == 2, "bar touches no file of what is new"
    assert asked.changed == {FIRST, SECOND}, "of the first its tag is known now"
    more = [*BOTH, own(C, 2)]
    assert land(made, evidence(more, {ref(tip=C): {A, B, C}})).patches == 0, "all has landed"
    named = commit(D, "x: y", edit("x.c"), more=f"Link: https://lore.kernel.org/r/{BAR}")
    asked = land(made, evidence([*more, named], {ref(tip=D): {A, B, C, D}}))
    assert asked.patches == 1, "whatever files it touches"
    assert land(made).patches == 1, "an index that was begun anew: all that has not landed"


def test_a_branch_that_was_rebased_or_is_gone() -> None:
    made = desk(*POSTED)
    land(made)
    moved = [*BOTH, own(C, 1, minutes=90), own(D, 2, minutes=95)]
    land(made, evidence(moved, {ref(tip=D): {C, D}}))
    assert "as dddddddddddd" in verdicts(made)[0][1]
    land(made, evidence(moved, {}))
    assert verdicts(made)[0][0] is not Turn.NOBODY
    assert made.catalogue.landings() == {}


def test_what_a_reply_brings_back() -> None:
    made = desk(*POSTED)
    land(made)
    made.deliver(reply(SECOND, "This breaks mounting. Why?", sender=BO, minutes=2 * DAY))
    made.sync()
    assert verdicts(made)[0][0] is not Turn.NOBODY
    assert landed_topics(made.stores) == [], "it wants somebody again"
    assert len(landed_topics(made.stores, [made.rows()[0].id])) == 1, "unless it is named"


def test_a_rebuild_keeps_what_git_said_and_an_export_never_tells_it() -> None:
    made, plain = desk(*POSTED), desk(*POSTED)
    land(made)
    before = verdicts(made)
    assert made.export() == plain.export()
    rebuild(made.stores)
    assert verdicts(made) == before
    assert land(made).patches == 2, "a catalogue made anew is compared anew"
    assert verdicts(made) == before


def test_stopped_half_way_the_next_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made, other = (desk(*POSTED, *posting("bar", 2)) for _ in range(2))
    monkeypatch.setattr("maintainer_kit.workflow.landing.wanted._AT_ONCE", 1)

    class Stop:
        def advance(self, done: int, total: int | None = None) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        match_new(made.stores, IN_MASTER, progress=Stop())
    assert made.catalogue.unmatched()
    land(made)
    land(other)
    assert made.catalogue.landings() == other.catalogue.landings()
    assert verdicts(made) == verdicts(other)


def test_the_order_of_arrival_does_not_matter() -> None:
    git = evidence([own(A, 1, "four"), own(B, 2, "four")], {ref(tip=B): {A, B}})
    revisions = [posting("foo", 2, change=f"v{n}", revision=n, minutes=n) for n in (1, 2)]
    revisions.append(posting("foo", 2, change="four", revision=3, minutes=3))
    whole = desk(*(raw for one in revisions for raw in one))
    land(whole, git)
    expected = whole.catalogue.landings()
    assert {one for one in expected if expected[one][0].is_sure} == {
        part_id("foo", 1, 3),
        part_id("foo", 2, 3),
    }
    shuffled = random.Random(7)
    for _ in range(6):
        shuffled.shuffle(revisions)
        made = Desk()
        for one in revisions:
            made.deliver(*one)
            made.sync()
            land(made, git)
        assert made.catalogue.landings() == expected


def test_content_only_believes_no_message_id() -> None:
    named = commit(A, "foo: something else", edit("fs/x.c"), more=f"Message-ID: <{FIRST}>")
    made = desk(*POSTED)
    git = evidence([named], {ref(): {A}})
    land(made, git, content_only=True)
    assert made.catalogue.landings() == {}
    land(made, git)
    (found,) = made.catalogue.landings()[FIRST]
    assert (found.tier, found.commit) == ("message-id", A)


def test_a_copy_in_another_branch_is_a_step_of_the_ladder() -> None:
    pick = commit(C, "foo: step 1", edit("fs/foo/1.c", new="two_1"), minutes=5 * DAY)
    refs = {ref(tip=B): {A, B}, ref(Role.STABLE, "linux-6.1.y", C, 2): {C}}
    made = desk(*POSTED)
    git = evidence([*BOTH, pick], refs)
    land(made, git)
    first = read(POSTED[1])
    steps = ladder_of(first, made.catalogue.landings())
    assert [(one.name, one.place.commit if one.place else "") for one in steps] == [
        ("posted", ""),
        ("mainline", A),
        ("stable", C),
    ]
    assert [one.date - first.date for one in steps] == [0, 3600, 5 * DAY * 60]


def test_a_fix_that_is_not_where_what_it_mends_is() -> None:
    text = f'Mend it.\n\nFixes: {D[:12]} ("foo: add a bug")\nSigned-off-by: {ADA}\n'
    fix = patch("[PATCH] foo: mend it", edit("fs/foo/9.c"), text=text, message_id="fix@x")
    bug = commit(D, "foo: add a bug", edit("fs/foo/8.c"), minutes=-DAY)
    mended = commit(A, "foo: mend it", edit("fs/foo/9.c"))
    stable = ref(Role.STABLE, "linux-6.1.y", D, 2)
    git = evidence([bug, mended], {ref(): {A, D}, stable: {D}}, MemoryReach(ids=[D]))
    made = desk(fix)
    land(made, git)
    (found,) = stopped_short(git, [read(fix)], made.catalogue.landings())
    assert (found.commit, found.fixes, found.ref) == (A, D, "refs/heads/linux-6.1.y")
    stable = ref(Role.STABLE, "linux-6.1.y", A, 2)
    both = evidence([bug, mended], {ref(): {A, D}, stable: {A, D}}, MemoryReach(ids=[D]))
    land(made, both)
    assert list(stopped_short(both, [read(fix)], made.catalogue.landings())) == []


def test_reverted_later_it_is_taken_back() -> None:
    back = commit(C, 'Revert "foo: step 2"', "", more=f"This reverts commit {B}.", minutes=DAY)
    made = desk(*POSTED)
    land(made, evidence([*BOTH, back], {ref(tip=C): {A, B, C}}))
    assert verdicts(made)[0][1].startswith("1 of 2 patches were taken back")
    elsewhere = {ref(tip=B): {A, B}, ref(Role.OTHER, "theirs", C, 2): {A, B, C}}
    land(made, evidence([*BOTH, back], elsewhere))
    assert verdicts(made)[0][0] is Turn.NOBODY, "only in another's tree"


def test_prune_records_what_landed_and_one_undo_takes_it_back() -> None:
    made = desk(*POSTED, *posting("bar", 1))
    land(made)
    topics = landed_topics(made.stores)
    assert [one.row.subject for one in topics] == ["foo: make it better"]
    before = made.export()
    plan = plan_prune(made.stores, topics)
    group = decide(made.stores, plan.events, Origin.CLI, "landed")
    assert {(one.kind.value, one.value) for one in group.events} == {
        ("state", "accepted"),
        ("archive", "yes"),
    }
    assert landed_topics(made.stores) == []
    assert plan_prune(made.stores, topics).events == (), "it is recorded once"
    undo(made.stores, Origin.CLI)
    assert made.export() == before
    assert len(landed_topics(made.stores)) == 1


def test_what_is_queued_is_recorded_where_it_is_named() -> None:
    made = desk(*POSTED)
    topic = made.rows()[0].id
    land(made, evidence(BOTH, {ref(Role.QUEUED, "for-next", B): {A, B}}))
    assert landed_topics(made.stores) == []
    [found] = landed_topics(made.stores, [topic])
    assert found.is_queued
    assert found.words.startswith("queued in for-next: 2 patches, the last as bbbbbbbbbbbb, by ")
    events = plan_prune(made.stores, [found]).events
    assert {one.value for one in events} == {"accepted", "yes"}
    land(made, evidence(BOTH, {ref(Role.QUEUED, "for-next", A): {A}}))
    assert landed_topics(made.stores, [topic]) == [], "a part of it"
    land(made, evidence(BOTH, {ref(Role.QUEUED, "x", A): {A}, ref(Role.NEXT, "next", B): {B}}))
    assert len(landed_topics(made.stores, [topic])) == 1, "some of it went on"
    land(made, evidence(BOTH, {ref(Role.OTHER, "theirs", B): {A, B}}))
    assert landed_topics(made.stores, [topic]) == [], "another's tree"


def test_candidates_are_asked_about_and_never_pruned_unasked() -> None:
    theirs = commit(A, "fs: same as others", edit("fs/foo/1.c", new="two_1"), author=BO)
    made = desk(*posting("foo", 1))
    land(made, evidence([theirs], {ref(): {A}}))
    assert landed_topics(made.stores) == []
    (found,) = candidates(made.stores)
    assert (found.message.message_id, found.landing.tier) == (FIRST, "other-author")


def test_accepted_and_nowhere() -> None:
    made = desk(*POSTED)
    set_state(made.stores, "accepted", [FIRST, SECOND], Origin.CLI)
    assert [one.message.message_id for one in not_landed(made.stores, 0)] == [FIRST, SECOND]
    assert not_landed(made.stores, 3) == []
    land(made, evidence(BOTH[:1], {ref(tip=A): {A}}))
    assert [one.message.message_id for one in not_landed(made.stores, 0)] == [SECOND]


def test_commits_that_no_mail_explains() -> None:
    secret = commit(C, "foo: never posted", edit("fs/foo/7.c"))
    git = evidence([*BOTH, secret], {ref(tip=C): {A, B, C}})
    made = desk(*POSTED)
    land(made, git)

    def lately(since: int) -> Collection[str]:
        return [A, C, D]

    found = unexplained(made.stores, git.commits, lately, 30)  # type: ignore[arg-type]
    assert [one.commit.commit for one in found] == [C]


def test_why_a_commit_is_there() -> None:
    made = desk(*POSTED)
    for look_first in (False, True):
        if look_first:
            land(made)
        found = why(made.stores, IN_MASTER, A)
        assert [one.message_id for one in found.landings] == [FIRST]
        assert [one.topic.root.message_id for one in found.details] == [part_id("foo", 0)]
    nobody = evidence([commit(C, "x: y", edit("fs/q.c"))], {ref(tip=C): {C}})
    assert why(made.stores, nobody, C).landings == []


def test_the_report_is_limited_to_the_refs_that_were_named() -> None:
    made = desk(*POSTED)
    git = evidence(BOTH, {ref(tip=B): {A, B}, ref(Role.QUEUED, "queue", A, 2): {A}})
    asked = land(made, git)
    report = land_report(made.stores, git, asked, only={2})
    assert [(one.message_id, len(one.places)) for one in report.sure] == [(FIRST, 1)]
    whole = land_report(made.stores, git, asked)
    assert [(one.message_id, len(one.places)) for one in whole.sure] == [(FIRST, 2), (SECOND, 1)]
    assert (whole.patches, whole.commits) == (2, 2)


def test_refs_of_the_settings() -> None:
    assert read_ref("~/my linux origin/master next") == Wanted(
        "~/my linux", "origin/master", "next"
    )
    for wrong in ("", "~/linux master", "~/linux master main", "master mainline"):
        with pytest.raises(ConfigError, match=r"mkit\.ref"):
            read_ref(wrong)
    own_refs = wanted_refs([Wanted("/a", "x", "next")], ["/a", "/b", "/b"], lambda path: ["m"])
    assert own_refs == [Wanted("/a", "x", "next"), Wanted("/b", "m", "mainline")]
    named = [Wanted("/a", "x"), Wanted("/a", "y"), Wanted("/b", "m", "other")]
    assert [one.role for one in in_their_roles(named, own_refs)] == ["next", "mainline", "other"]


@pytest.mark.parametrize(
    ("refs", "heads", "is_bare", "expected"),
    [
        (["refs/heads/topic"], [], False, ["HEAD"]),
        (["refs/heads/topic", "refs/heads/main"], [], False, ["refs/heads/main"]),
        (["refs/heads/dev"], [], True, ["HEAD"]),
        (
            ["refs/heads/wip", "refs/remotes/origin/devel", "refs/remotes/b/master"],
            ["refs/remotes/origin/devel", "refs/remotes/gone/x"],
            False,
            ["refs/remotes/origin/devel", "refs/remotes/b/master"],
        ),
    ],
)
def test_the_main_branches_of_a_repository(
    refs: list[str], heads: list[str], is_bare: bool, expected: list[str]
) -> None:
    assert main_branches(refs, heads, is_bare=is_bare) == expected


def test_changes_that_were_requested_before_it_landed_are_waited_for_no_longer() -> None:
    now = [WHEN + 60]
    made = Desk(clock=lambda: now[0] * 1_000_000)
    made.deliver(*POSTED)
    made.sync()
    set_state(made.stores, "changes-requested", [FIRST, SECOND], Origin.CLI)
    waiting = [(Turn.AUTHOR, "changes requested")]
    assert verdicts(made) == waiting
    land(made, evidence(BOTH[:1], {ref(tip=A): {A}}))
    assert verdicts(made) == waiting, "only one patch has landed"
    land(made)
    assert verdicts(made)[0][0] is Turn.NOBODY
    assert made.rows()[0].standing.state == "changes-requested", "as somebody said"
    assert len(landed_topics(made.stores)) == 1
    now[0] = WHEN + DAY * 60
    set_state(made.stores, "changes-requested", [FIRST], Origin.CLI)
    assert verdicts(made) == waiting, "who knows of it wants more"
    assert landed_topics(made.stores) == []
    assert len(landed_topics(made.stores, [made.rows()[0].id])) == 1
    undo(made.stores, Origin.CLI)
    assert verdicts(made)[0][0] is Turn.NOBODY


def test_changes_are_waited_for_again_once_it_was_taken_back() -> None:
    back = commit(C, 'Revert "foo: step 2"', "", more=f"This reverts commit {B}.", minutes=DAY)
    made = Desk(clock=lambda: (WHEN + 60) * 1_000_000)
    made.deliver(*POSTED)
    made.sync()
    set_state(made.stores, "changes-requested", [FIRST, SECOND], Origin.CLI)
    land(made, evidence([*BOTH, back], {ref(tip=C): {A, B, C}}))
    assert verdicts(made) == [(Turn.AUTHOR, "changes requested")]
