# SPDX-License-Identifier: GPL-2.0-or-later
"""Branches as text: columns hold at any width, and nothing is told twice."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from maintainer_kit.render.branch_facts import branch_facts
from maintainer_kit.render.branches_text import branches_text, widths_of, words_of
from maintainer_kit.render.cells import cell_width
from maintainer_kit.workflow.branches.branch import Beside, Branch, Head, Holder, Part, Result
from maintainer_kit.workflow.branches.look import Looked, Report
from maintainer_kit.workflow.branches.wants import wants_of

NOW = 1_774_000_000
MASTER = "refs/remotes/origin/master"


def branch(name: str, *, ahead: int = 0, behind: int = 0, days: int = 1, **more: object) -> Branch:
    head = Head(f"refs/heads/{name}", "1" * 40, "2" * 40, NOW - days * 86400, "fs: mend it")
    upstream = Beside(f"refs/remotes/origin/{name}", ahead, behind)
    made = Branch("/src/linux", head, upstream=upstream, mainline=Beside(MASTER, 3, 40), commits=3)
    made = replace(made, **more)  # type: ignore[arg-type]
    return replace(made, wants=wants_of(made))


def report(*branches: Branch) -> Report:
    listed = sorted(branches, key=lambda one: one.rank)
    return Report(listed, [Looked("/src/linux", len(branches), ())])


def text(found: Report, width: int) -> list[str]:
    return list(branches_text(found, NOW, width))


def test_a_line_says_what_there_is_to_say() -> None:
    topic = Part("abcdefghij", "fs: mend the world", 2, 3, is_newest=True)
    found = report(
        branch("topic", ahead=2, parts=(topic,), results=(Result("lkp", "warning"),)),
        branch("calm", merged=(Holder("refs/remotes/origin/next", "queued"),)),
    )
    assert text(found, 100) == [
        " branch       push     mainline    patches       tests last",
        "To push (1)",
        " topic        +2       +3 -40      abcdef 2/3    warn  1d   fs: mend the world",
        "Nothing to do (1)",
        " calm         =        +3 -40      3             -     1d   in origin/next",
        "2 branches in 1 repository; 1 wants something",
    ]


@pytest.mark.parametrize("width", [1, 20, 58, 80, 120, 300])
@pytest.mark.parametrize("name", ["a", "x" * 200, "\u9f8d" * 30, "fs/\u202eevil"])
def test_no_line_is_wider_than_the_terminal(width: int, name: str) -> None:
    found = report(branch(name, ahead=123456, behind=98765), branch("z"))
    lines = text(found, width)
    told = [one for one in lines if one[:1] == " "]
    assert all(cell_width(one) <= max(width, 5) for one in told)
    assert not any("\u202e" in one for one in lines)


def columns_of(width: int) -> Sequence[int]:
    widths = widths_of(report(branch("a-name-of-some-length", ahead=1)), width)
    return widths.name, widths.words


def test_words_give_way_to_names() -> None:
    (narrow, no_words), (wide, words) = columns_of(80), columns_of(140)
    assert (narrow, wide) == (21, 21)
    assert (no_words, words > 40) == (0, True)


def test_words_have_a_line_of_their_own_where_there_is_no_room() -> None:
    stuck = branch("fix", ahead=1, upstream=Beside("refs/remotes/mine/other", 1))
    lines = text(report(stuck, branch("calm", ahead=2)), 60)
    assert lines[3] == "    1 to push to mine/other"
    assert lines[4].startswith(" calm"), "the columns say it"


def test_several_repositories_are_named() -> None:
    other = replace(branch("fix"), repository="/src/tools/")
    found = report(branch("fix"), other)
    found.repositories.append(Looked("/src/tools/", 1, ()))
    assert [one.split("  ")[0] for one in text(found, 120)[2:4]] == [" linux: fix", " tools: fix"]


def test_what_heading_and_columns_tell_is_not_said_again() -> None:
    assert words_of(branch("fix", ahead=1, behind=2)) == ""
    failing = branch("fix", ahead=1, behind=2, results=(Result("lkp", "fail"),))
    assert words_of(failing) == "tests fail: lkp; 1 ahead and 2 behind of origin"
    head = replace(failing.head, worktree="/src/\nlinux")
    assert "checked out in /src/\u240alinux" in words_of(replace(failing, head=head))


def test_all_that_is_known_of_one() -> None:
    parts = (Part("abcdefghij", "fs: mend", 2, 3, is_newest=False),)
    one = branch("fix", ahead=1, parts=parts, untold=1, results=(Result("lkp", "fail", "a@b"),))
    assert list(branch_facts(one, NOW)) == [
        "fix  111111111111  1d  fs: mend it",
        "upstream origin/fix +1 -0; mainline origin/master +3 -40",
        "fails: tests fail: lkp",
        "unpushed: 1 to push to origin",
        "abcdef 2/3, of an older posting  fs: mend",
        "1 commit that no mail explains",
        "fail: lkp (a@b)",
        "in /src/linux",
    ]


def test_without_any_branch() -> None:
    assert text(Report(), 80) == ["0 branches in 0 repositories; 0 want something"]
    assert list(itertools.islice(branches_text(report(), NOW, 80), 1)) == [
        "0 branches in 1 repository; 0 want something"
    ]
