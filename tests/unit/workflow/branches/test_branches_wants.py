# SPDX-License-Identifier: GPL-2.0-or-later
"""What a branch wants, by what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.workflow.branches.branch import (
    Beside,
    Branch,
    Head,
    Holder,
    Kind,
    Result,
)
from maintainer_kit.workflow.branches.wants import target_of, wants_of

REMOTE = "refs/remotes/origin/fix"
MASTER = "refs/remotes/origin/master"
HEAD = Head("refs/heads/fix", "1" * 40, "2" * 40, 1, "fs: fix")
MAINLINE = Beside(MASTER, 3, 9, role="mainline")
BRANCH = Branch("/tree", HEAD, mainline=MAINLINE, commits=3)


def kinds(branch: Branch) -> list[Kind]:
    return [one.kind for one in wants_of(branch)]


def words(branch: Branch) -> str:
    return "; ".join(one.words for one in wants_of(branch))


@pytest.mark.parametrize(
    ("ahead", "behind", "expected"),
    [
        (0, 0, ""),
        (2, 0, "2 to push to origin"),
        (0, 4, "4 behind origin"),
        (2, 4, "2 ahead and 4 behind of origin"),
    ],
)
def test_by_its_upstream(ahead: int, behind: int, expected: str) -> None:
    assert words(replace(BRANCH, upstream=Beside(REMOTE, ahead, behind))) == expected


def test_where_it_is_pushed_to_counts_more_than_what_it_follows() -> None:
    forked = replace(BRANCH, upstream=Beside(REMOTE, 2), push=Beside("refs/remotes/mine/fix"))
    assert wants_of(forked) == ()
    never = replace(forked, push=Beside("refs/remotes/mine/fix", is_gone=True))
    assert words(never) == "2 to push to origin"


@pytest.mark.parametrize("base", [MASTER, "refs/heads/master"])
def test_what_it_was_begun_on_is_no_place_to_push_to(base: str) -> None:
    begun = replace(BRANCH, upstream=Beside(base, 3, 9, role="mainline"))
    assert wants_of(begun) == ()
    assert target_of(begun) is None


def test_the_mainline_itself_is_pushed() -> None:
    head = replace(HEAD, ref="refs/heads/master")
    own = Branch("/tree", head, role="mainline", upstream=Beside(MASTER, 1, role="mainline"))
    assert words(own) == "1 to push to origin"


def test_an_upstream_of_another_name_that_stands_for_nothing() -> None:
    other = replace(BRANCH, upstream=Beside("refs/remotes/origin/topic/fix2", 1))
    assert words(other) == "1 to push to origin/topic/fix2"


def test_an_upstream_that_is_gone() -> None:
    assert words(replace(BRANCH, upstream=Beside(REMOTE, is_gone=True))) == "origin/fix is gone"


def test_failed_tests_come_first() -> None:
    results = (Result("lkp/build", "fail"), Result("lkp/boot", "success"), Result("lkp/x", "fail"))
    branch = replace(BRANCH, results=results, upstream=Beside(REMOTE, 1, 1))
    assert kinds(branch) == [Kind.FAILS, Kind.DIVERGED]
    assert words(branch).startswith("tests fail: lkp/build, lkp/x;")
    assert branch.outcome == "fail"


def test_accepted_topics() -> None:
    branch = replace(BRANCH, missing=("abcdefghij",))
    assert words(branch) == "1 accepted topic is not in it: abcdef"
    many = replace(BRANCH, missing=tuple(f"{at}bcdefghij" for at in "abcde"))
    assert words(many) == "5 accepted topics are not in it: abcdef, bbcdef, cbcdef and 2 more"


LANDED = Branch("/tree", HEAD, mainline=Beside(MASTER, 0, 5), merged=(Holder(MASTER, "mainline"),))


def test_all_of_it_is_in_the_mainline() -> None:
    assert words(LANDED) == "all of it is in origin/master"
    gone = replace(LANDED, upstream=Beside(REMOTE, is_gone=True))
    assert kinds(gone) == [Kind.DONE], "that its upstream is gone says no more"


@pytest.mark.parametrize(
    "stays",
    [
        replace(LANDED, role="queued"),
        replace(LANDED, head=replace(HEAD, worktree="/tree")),
        replace(LANDED, head=replace(HEAD, ref="refs/heads/main")),
        replace(LANDED, mainline=Beside(MASTER, 0, 0)),
        replace(LANDED, merged=(Holder("refs/heads/queue", "queued"),)),
    ],
    ids=["stands for something", "checked out", "main", "just begun", "only queued"],
)
def test_what_stays_though_all_of_it_is_elsewhere(stays: Branch) -> None:
    assert wants_of(stays) == ()


def test_all_of_its_patches_landed_as_other_commits() -> None:
    unpushed = replace(BRANCH, landed=3, upstream=Beside(REMOTE, 3))
    assert words(unpushed) == "its 3 patches landed as other commits"
    assert kinds(replace(BRANCH, landed=2, upstream=Beside(REMOTE, 3))) == [Kind.UNPUSHED]
    assert kinds(replace(unpushed, is_cut=True)) == [Kind.UNPUSHED], "there are more"
    assert wants_of(replace(BRANCH, commits=0, landed=0)) == ()
