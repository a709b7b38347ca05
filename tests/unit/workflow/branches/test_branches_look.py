# SPDX-License-Identifier: GPL-2.0-or-later
"""Branches of several repositories, put together from what git and mail say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from maintainer_kit.model.testing.problems import Verdict
from maintainer_kit.workflow.branches import looking
from maintainer_kit.workflow.branches.branch import Branch, Head, Kind
from maintainer_kit.workflow.branches.look import Place, Report, look_at_branches
from maintainer_kit.workflow.landing.follow import Wanted
from maintainer_kit.workflow.testing.verdicts import Verdicts
from tests.build import part_id, posting
from tests.memory.branches import MemoryRepository
from tests.memory.desk import Desk


def look(desk: Desk, *repositories: MemoryRepository, words: Sequence[str] = ()) -> Report:
    return look_at_branches(desk.stores, [Place(one) for one in repositories], str, words)


def by_name(report: Report) -> dict[str, Branch]:
    return {one.head.name: one for one in report.branches}


def tree(path: str = "/tree") -> tuple[MemoryRepository, int]:
    """A repository whose mainline has ten commits, and the last of these."""
    made = MemoryRepository(path)
    tip = made.line(made.commit(), 9)
    made.branch("master", tip)
    made.fetched("origin/master", tip)
    return made, tip


def test_what_wants_most_comes_first_then_what_was_touched_last() -> None:
    desk = Desk()
    first, tip = tree()
    second, _ = tree("/other")
    first.branch("rest", first.commit(tip))
    first.branch("gone", first.commit(tip), upstream="refs/remotes/origin/gone")
    second.branch("later", second.line(tip, 5), upstream="refs/remotes/origin/later")
    first.branch("push", first.commit(tip), upstream="refs/remotes/origin/push")
    first.fetched("origin/push", tip)
    report = look(desk, first, second)
    names = [one.head.name for one in report.branches]
    assert names == ["push", "later", "gone", "rest", "master", "master"]
    assert [(one.path, one.count) for one in report.repositories] == [("/tree", 4), ("/other", 2)]


def test_a_repository_that_cannot_be_read_keeps_no_other_from_being_shown() -> None:
    broken, _ = tree("/broken")
    broken.is_broken = True
    whole, _ = tree()
    report = look(Desk(), broken, whole)
    assert report.problems == ["/broken: bad object HEAD"]
    assert set(by_name(report)) == {"master"}


def test_a_ref_of_the_settings_that_is_not_there_is_told() -> None:
    made, tip = tree()
    made.branch("next", made.commit(tip))
    refs = [Wanted("/tree", one, role) for one, role in (("next", "next"), ("nosuch", "mainline"))]
    report = look_at_branches(Desk().stores, [Place(made, refs)], str)
    assert report.problems == ["/tree has no ref nosuch"]
    assert by_name(report)["next"].role == "next"
    mainline = by_name(report)["master"].mainline
    assert mainline and mainline.ref == "refs/heads/next", "the only one that stands for anything"


def test_without_a_mainline_nothing_is_a_branchs_own() -> None:
    made, tip = tree()
    made.branch("fix", made.commit(tip), upstream="refs/remotes/origin/master")
    report = look_at_branches(
        Desk().stores, [Place(made, [Wanted("/tree", "nosuch", "next")])], str
    )
    fix = by_name(report)["fix"]
    assert (fix.commits, fix.is_cut, fix.mainline, fix.merged) == (0, False, None, ())
    assert fix.upstream and (fix.upstream.ahead, fix.upstream.behind) == (1, 0)


def test_one_branch_with_very_many_commits_leaves_room_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looking, "_MOST_READ", 50)
    desk = Desk()
    desk.deliver(*posting("foo", 1))
    desk.sync()
    made, tip = tree()
    named = f"Foo\n\nMessage-ID: <{part_id('foo', 1)}>"
    made.branch("a-huge", made.line(made.line(tip, 990), 500))
    made.branch("small", made.commit(tip, message=named))
    found = by_name(look(desk, made))
    huge, small = found["a-huge"], found["small"]
    assert small.parts[0].total == 1 and not small.is_cut
    assert huge.commits == 49 and huge.is_cut
    assert huge.mainline and huge.mainline.ahead == 1490


def test_what_is_not_read_is_not_said_to_have_landed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_MOST_READ", 1)
    made, tip = tree()
    made.branch("two", made.line(tip, 2))
    two = by_name(look(Desk(), made))["two"]
    assert (two.commits, two.is_cut) == (1, True)


def test_tests_are_asked_for_what_a_branch_has_of_its_own() -> None:
    made, tip = tree()
    made.branch("fix", made.commit(tip))
    asked = []

    def results(path: str, head: Head) -> Verdicts:
        asked.append((path, head.ref))
        return {"build": Verdict.FAILED, "old": Verdict.KNOWN, "later": None, "no": Verdict.SKIPPED}

    report = look_at_branches(Desk().stores, [Place(made)], str, (), results)
    found = by_name(report)
    assert asked == [("/tree", "refs/heads/fix")]
    said = [(one.context, one.outcome) for one in found["fix"].results]
    assert said == [("build", "fail"), ("old", "warning"), ("later", "pending")]
    assert [one.kind for one in found["fix"].wants] == [Kind.FAILS]
    assert found["master"].outcome == ""


def test_a_merge_is_nobodys_patch() -> None:
    made, tip = tree()
    side = made.commit(tip)
    made.branch("merged", made.commit(made.commit(tip), side))
    found = by_name(look(Desk(), made))["merged"]
    assert (found.commits, found.untold, found.is_cut) == (2, 2, False)
    assert found.mainline and found.mainline.ahead == 3


def test_words_of_names() -> None:
    made, tip = tree()
    made.branch("net/Fix-a", tip)
    made.branch("fs/fix-b", tip)
    report = look(Desk(), made, words=["FIX", "net"])
    assert set(by_name(report)) == {"net/Fix-a"}
    assert report.repositories[0].count == 3
