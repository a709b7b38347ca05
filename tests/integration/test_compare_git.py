# SPDX-License-Identifier: GPL-2.0-or-later
"""Comparisons beside what the real git says of the same commits."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.comparing.compared_sources import ComparedRepositories
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.render.range_diff import range_diff_lines, told_lines
from maintainer_kit.workflow.comparing.comparison import Comparison, compare
from maintainer_kit.workflow.comparing.series_file import Contents, NoContents
from maintainer_kit.workflow.comparing.side import Side, Sides
from tests.integration.repositories import Work
from tests.integration.two_series import TwoSeries, make_two_series


@pytest.fixture(params=range(8))
def series(request: pytest.FixtureRequest, tmp_path: Path) -> TwoSeries:
    return make_two_series(tmp_path / "work", request.param)


@pytest.fixture
def commits(series: TwoSeries) -> Iterator[ComparedRepositories]:
    found = ComparedRepositories([series.work.path], lambda path: [])
    yield found
    found.close()


def compared(
    series: TwoSeries, commits: ComparedRepositories, contents: Contents | None = None
) -> Comparison:
    old, new = (Side(text, tuple(commits.range(text))) for text in series.ranges)
    return compare(Sides(old, new), contents or commits)


@pytest.mark.parametrize("source", ["contents", "hunks"])
def test_an_interdiff_leads_from_the_one_to_the_other(
    series: TwoSeries, commits: ComparedRepositories, source: str
) -> None:
    """As a patch on the old code it gives the new code, byte for byte."""
    work, (_, old), (_, new) = series.work, series.old, series.new
    before = work.fingerprint()
    contents = NoContents() if source == "hunks" else None
    found = compared(series, commits, contents).whole()
    assert found.problems == ()
    assert found.by_contents == (source == "contents")
    assert work.fingerprint() == before
    work.git("checkout", "--quiet", "--force", old)
    if text := "".join(f"{line}\n" for line in interdiff_lines(found)):
        work.git("apply", "--index", "-", data=text.encode())
    assert work.git("write-tree") == work.git("rev-parse", f"{new}^{{tree}}")


def test_a_range_diff_is_what_git_tells(series: TwoSeries, commits: ComparedRepositories) -> None:
    """Line by line as long, and of the same lines; which of equal lines are held to be the same is
    a matter of taste."""
    found = compared(series, commits)
    mine = []
    for pair in found.pairs:
        assert pair.old is not None and pair.new is not None
        old, new = found.old.patches[pair.old], found.new.patches[pair.new]
        assert old and new
        lines = range_diff_lines(old, new)
        assert bool(lines) == bool(pair.changed)
        counts = Counter(told_lines(new))
        counts.subtract(told_lines(old))
        signed = Counter(line[1:] for line in lines if line[:1] == "+")
        signed.subtract(line[1:] for line in lines if line[:1] == "-")
        assert {one: n for one, n in counts.items() if n} == {
            one: n for one, n in signed.items() if n
        }
        mine += lines
    said = series.work.git(
        "range-diff", "--no-color", "--creation-factor=999", *series.ranges
    ).split("\n")
    theirs = [line[4:] for line in said if line.startswith("    ")]
    assert abs(len(mine) - len(theirs)) <= 0.15 * len(theirs)


def test_the_simplest_is_word_for_word_as_git_tells_it(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    text = "".join(f"line {at}\n" for at in range(30))
    base = work.commit("Begin", a__c=text)
    tips = []
    for word, why in (("two", "better"), ("three", "best")):
        work.git("checkout", "--quiet", "-B", word, base)
        after = text.replace("line 15", word)
        tips.append(work.commit(f"fs: be quick\n\nIt is {why}.\n\nMore words.\n", a__c=after))
    commits = ComparedRepositories([work.path], lambda path: [])
    old, new = (commits.range(f"{base}..{tip}")[0] for tip in tips)
    said = work.git("range-diff", "--no-color", f"{base}..{tips[0]}", f"{base}..{tips[1]}")
    theirs = [line[4:] for line in said.split("\n") if line.startswith("    ")]
    assert range_diff_lines(old, new) == theirs
    commits.close()


def test_branches_begin_where_the_main_branch_does(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    work.commit("Begin", a__c="one\n")
    work.git("checkout", "--quiet", "-b", "topic")
    made = work.commit("fs: more", a__c="one\ntwo\n")
    commits = ComparedRepositories([work.path], lambda path: ["master"])
    assert [one.commit for one in commits.branch("topic") or ()] == [made]
    assert commits.branch("nosuch") is None
    with pytest.raises(Refused, match="nobody can tell where master begins"):
        commits.branch("master")
    with pytest.raises(RepositoryError, match="no commit is in"):
        commits.range("topic..master")
    with pytest.raises(RepositoryError):
        commits.range("--output=x..y")
    assert not (work.path / "x..y").exists()
    commits.close()


def test_places_that_are_no_repositories(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    base = work.commit("Begin", a__c="one\n", b__bin=b"\0\1")
    none = tmp_path / "none"
    commits = ComparedRepositories([none, work.path], lambda path: [])
    blob, binary = (work.git("rev-parse", f"{base}:{name}") for name in ("a.c", "b.bin"))
    assert commits.lines(blob[:9]) == ["one"]
    assert commits.lines(binary) is None
    assert commits.lines("1234567") is None
    commits.close()
    alone = ComparedRepositories([none], lambda path: [])
    with pytest.raises(RepositoryError):
        alone.range("A..B")


def test_nothing_of_a_repository_is_run(tmp_path: Path) -> None:
    series = make_two_series(tmp_path / "work", 3)
    work, mark = series.work, tmp_path / "ran"
    script = work.write("run.sh", f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    work.write(".git/info/attributes", "*.c diff=evil filter=evil\n")
    for key in ("diff.evil.textconv", "diff.evil.command", "diff.external", "filter.evil.clean"):
        work.git("config", key, str(script))
    commits = ComparedRepositories([work.path], lambda path: [])
    assert compared(series, commits).whole().files
    commits.close()
    assert not mark.exists()
    subprocess.run(
        ["git", "-C", str(work.path), "log", "-p", "-1"], check=True, capture_output=True
    )
    assert mark.exists(), "the trap is one"
