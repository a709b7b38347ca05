# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests from the screens: of the commits that a topic became."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.repositories import Work
from tests.tui.driver import Screens, running
from tests.tui.plain_script import said
from tests.tui.test_thanks import BEFORE


@pytest.fixture
def work(place: Path, tmp_path: Path) -> Work:
    """The first patch of xattr is in a branch that is followed."""
    made = Work(tmp_path / "pebble")
    made.commit("Begin", **{f"fs/xattr/{n}__c": BEFORE for n in (1, 2)})
    made.commit("xattr: step 1", **{"fs/xattr/1__c": BEFORE.replace("one()", "two_1()")})
    _configure(place, f"ref = {made.path} master queued")
    return made


def _configure(place: Path, line: str) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\t{line}\n")


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def test_the_commits_of_a_topic_are_tested(place: Path, work: Work) -> None:
    _configure(place, 'test = "build test -e fs/xattr/1.c"')
    _configure(place, 'test = "style ! grep -q two_ fs/xattr/1.c"')
    before = (work.path / ".git" / "index").read_bytes()
    tip = work.git("rev-parse", "HEAD")
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("exclamation_mark")
        await screens.until(lambda: "build: 1 passed" in _said(screens), "told")
        assert f"style: fails since {tip[:12]}" in _said(screens)
    assert (work.path / ".git" / "index").read_bytes() == before
    assert len(list(place.glob("testing/results/*/*.json"))) == 4


async def test_what_is_in_no_branch_cannot_be_tested(place: Path, work: Work) -> None:
    _configure(place, "test = build true")
    work.git("reset", "--quiet", "--hard", "HEAD~1")
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("exclamation_mark")
        await screens.until(lambda: "is in no branch that is followed" in _said(screens), "told")


async def test_without_a_configuration(place: Path, work: Work) -> None:
    async with running() as screens:
        await screens.press("exclamation_mark")
        await screens.until(lambda: "no test is configured" in _said(screens), "told")
    assert work.git("status", "--porcelain") == ""


async def test_it_is_stopped_by_the_list_of_what_runs(
    place: Path, work: Work, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    _configure(place, f'test = "slow touch {gate}; sleep 1000"')
    assert work.git("status", "--porcelain") == ""
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("exclamation_mark")
        await screens.until(gate.exists, "it runs")
        await screens.press("W")
        await screens.sees("testing")
        await screens.press("escape")
        await screens.until(lambda: not screens.app.works.listed, "it ended")
    assert not list(place.glob("testing/results/*/*.json"))


def test_the_linear_mode_tests_too(place: Path, work: Work) -> None:
    _configure(place, 'test = "build test -e fs/xattr/1.c"')
    number = next(
        line.partition(".")[0]
        for line in said("everything").splitlines()
        if ". xattr: make it better" in line
    )
    assert "build: 1 passed" in said("everything", f"test {number}")
    assert work.git("status", "--porcelain") == ""
