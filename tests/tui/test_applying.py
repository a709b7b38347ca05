# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics applied to a branch from the screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from maintainer_kit.tui.parts.prompt import Prompt
from tests.integration.repositories import Work
from tests.tui.driver import Screens, running
from tests.tui.test_thanks import BEFORE


@pytest.fixture
def work(place: Path, tmp_path: Path) -> Work:
    """The repository that the patches of xattr are made for."""
    made = Work(tmp_path / "pebble")
    made.commit("Begin", **{f"fs/xattr/{n}__c": BEFORE for n in (1, 2, 3)})
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\trepository = {made.path}\n")
    return made


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In no repository: that of the settings is taken."""
    monkeypatch.chdir(tmp_path)


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def _asked(screens: Screens) -> None:
    await screens.until(lambda: screens.app.screen.query(Prompt), "a line to type in")
    await screens.until(lambda: isinstance(screens.app.focused, Input), "there")


async def test_a_topic_is_applied_and_the_branch_is_known_the_next_time(
    place: Path, work: Work
) -> None:
    before = work.git("status", "--porcelain", "--branch")
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("b")
        await _asked(screens)
        await screens.type("fixes")
        await screens.press("enter")
        await screens.until(lambda: "3 commits" in _said(screens), "told")
        assert work.git("show", "fixes:fs/xattr/3.c") != work.git("show", "master:fs/xattr/3.c")
        await screens.press("b")
        await _asked(screens)
        await screens.sees("fixes")
        await screens.press("enter")
        await screens.until(lambda: "was there before" in _said(screens), "nothing to do")
    assert work.git("status", "--porcelain", "--branch") == before
    assert not [one for one in place.glob("applying/*") if one.is_dir()]


async def test_a_patch_that_does_not_apply_waits_in_the_shell(place: Path, work: Work) -> None:
    work.commit("Meanwhile", **{"fs/xattr/2__c": "other\n"})
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("b")
        await _asked(screens)
        await screens.type("fixes")
        await screens.press("enter")
        await screens.until(lambda: "stopped at 2/3" in _said(screens), "told")
        assert "mkit apply --status" in _said(screens)
        (tree,) = place.glob("applying/*/tree")
        (tree / "fs/xattr/2.c").write_text("mended\n")
        await screens.press("b")
        await _asked(screens)
        await screens.sees("fixes")
        await screens.press("enter")
        await screens.until(lambda: "to fixes already" in _said(screens), "refused")
    assert work.git("branch", "--list", "fixes") == ""
    assert (tree / "fs/xattr/2.c").read_text() == "mended\n"


async def test_a_branch_that_is_checked_out(place: Path, work: Work) -> None:
    tip = work.git("rev-parse", "master")
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("b")
        await _asked(screens)
        await screens.type("master")
        await screens.press("enter")
        await screens.until(lambda: "is checked out in" in _said(screens), "refused")
    assert work.git("rev-parse", "master") == tip


async def test_escape_applies_nothing(place: Path, work: Work) -> None:
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("b")
        await _asked(screens)
        await screens.press("escape")
        await screens.until(lambda: not screens.app.screen.query(Prompt), "closed")
        assert not screens.app.works.listed
    assert not (place / "applying").exists()
    assert work.git("branch", "--list") == "* master"


async def test_the_branch_that_collects_is_offered(place: Path, work: Work) -> None:
    work.git("branch", "for-next")
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\tref = {work.path} master mainline\n")
        config.write(f"\tref = {work.path} for-next queued\n")
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("b")
        await _asked(screens)
        await screens.sees("for-next")
        await screens.press("enter")
        await screens.until(lambda: "3 commits" in _said(screens), "told")
    assert work.git("rev-list", "--count", "master..for-next") == "3"
