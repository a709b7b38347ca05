# SPDX-License-Identifier: GPL-2.0-or-later
"""All branches on the screen: what they want, whose patches they hold, names that are typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from maintainer_kit.tui.branches.screen import BranchesScreen
from tests.build import part_id
from tests.integration.many_branches import make, plan
from tests.integration.repositories import Work
from tests.tui.driver import Screens, running
from tests.tui.plain_script import said

COUNT = 30
HISTORY = 60


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with thirty branches."""
    path = tmp_path_factory.mktemp("branches") / "tree"
    make(path, plan(COUNT, HISTORY), HISTORY)
    return path


@pytest.fixture
def work(place: Path, tree: Path) -> Work:
    """The same, known to the settings, with a patch of a topic in a branch."""
    shutil.copytree(tree, place / "tree")
    made = Work(place / "tree")
    made.git("switch", "--quiet", "--create", "xattr")
    made.commit(f"Other words\n\nMessage-ID: <{part_id('xattr', 1)}>")
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\trepository = {made.path}\n")
    return made


async def listed(screens: Screens) -> BranchesScreen:
    """The screen, with what was found."""
    await screens.press("B")
    await screens.sees("want something")
    screen = screens.app.screen
    assert isinstance(screen, BranchesScreen)
    return screen


def on_cursor(screen: BranchesScreen) -> str:
    assert screen.branches.current is not None
    return screen.branches.current.head.name


async def test_from_the_queue_and_back(work: Work) -> None:
    before = work.fingerprint()
    async with running() as screens:
        screen = await listed(screens)
        wanting = sum(one.state not in ("even", "local", "base") for one in plan(COUNT, HISTORY))
        words = f"{COUNT + 2} branches in 1 repository; {wanting} want something"
        assert words in screens.lines[0]
        assert screens.lines[2] == " Diverged (3)"
        assert "1/32" in screens.lines[-2]
        await screens.press("question_mark")
        await screens.sees("look at the repositories again")
        await screens.press("q", "B")
        await screens.until(lambda: screens.app.screen is screens.queue, "the queue")
        assert not screen.is_attached
    assert work.fingerprint() == before


async def test_from_group_to_group(work: Work) -> None:
    async with running() as screens:
        screen = await listed(screens)
        kinds = []
        for _ in range(6):
            assert screen.branches.current is not None
            kinds.append([one.kind.value for one in screen.branches.current.wants])
            await screens.press("right_square_bracket")
        assert kinds == [["diverged"], ["unpushed"], ["gone"], ["behind"], ["done"], []]
        assert screen.status.message == "no group after this one"
        await screens.press("g", "left_square_bracket")
        assert screen.status.message == "no group before this one"


async def test_below_stands_what_is_known_of_the_one_under_the_cursor(work: Work) -> None:
    async with running((240, 40)) as screens:
        screen = await listed(screens)
        await screens.press("f")
        await screens.type("xattr")
        await screens.until(lambda: on_cursor(screen) == "xattr", "the only one")
        await screens.press("enter")
        topic = screens.stores.catalogue.topic_ids([part_id("xattr", 1)])[part_id("xattr", 1)]
        assert f"{topic[:6]} 1/3  xattr: make it better" in screens.text
        assert f"checked out in {work.path}" in screens.text
        await screens.press("enter")
        await screens.until(lambda: screens.topic.mail.document, "the topic")
        assert topic[:6] in screens.lines[0]
        await screens.press("q")
        await screens.until(lambda: screens.app.screen is screen, "back among the branches")
        assert on_cursor(screen) == "xattr"


async def test_a_branch_that_no_mail_explains(work: Work) -> None:
    async with running() as screens:
        screen = await listed(screens)
        await screens.press("enter")
        assert screen.status.message == "no mail is known that its commits came from"


async def test_names_are_typed_and_all_are_there_again(work: Work) -> None:
    async with running() as screens:
        screen = await listed(screens)
        await screens.press("f")
        await screens.type("nosuch")
        await screens.sees("0 of 32 branches")
        assert screen.branches.current is None
        assert "nosuch" in screens.lines[0]
        await screens.press("escape")
        await screens.until(lambda: "1/32" in screens.lines[-2], "all of them")


async def test_its_name_is_copied(work: Work) -> None:
    async with running() as screens:
        screen = await listed(screens)
        await screens.press("j", "y")
        assert screens.app.clipboard == on_cursor(screen)
        assert screen.status.message == f"copied: {on_cursor(screen)}"


async def test_what_was_done_meanwhile_is_seen(work: Work) -> None:
    async with running() as screens:
        screen = await listed(screens)
        await screens.press("j")
        name = on_cursor(screen)
        work.git("update-ref", "-d", "refs/heads/xattr")
        await screens.press("r")
        await screens.sees("31 branches in 1 repository")
        assert on_cursor(screen) == name, "the cursor stays"


async def test_without_any_repository(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(place.parent))
    monkeypatch.chdir(place)
    async with running() as screens:
        await screens.press("B")
        await screens.sees("no repository is known, and this is none")


async def test_a_repository_that_is_missing_is_told(work: Work, place: Path) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write("\trepository = /nonexistent/tree\n")
    async with running() as screens:
        await listed(screens)
        await screens.sees("/nonexistent/tree is no git repository")


async def test_left_before_anything_was_found(work: Work) -> None:
    async with running() as screens:
        await screens.press("B", "q")
        await screens.until(lambda: not screens.app.works.listed, "over")
        assert screens.app.screen is screens.queue


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 60)])
async def test_any_size(work: Work, size: tuple[int, int]) -> None:
    async with running(size) as screens:
        await screens.press("B")
        await screens.sees("doc/leak")
        await screens.press("j", "G", "g")
        assert all(len(one) <= size[0] for one in screens.lines)
        assert ("that no mail explains" in screens.text) == (size[1] >= 16)


async def test_hostile_names(work: Work) -> None:
    work.git("branch", "a-\u202eevil-\u0085\u9f8d")
    async with running() as screens:
        await listed(screens)
        await screens.press("f")
        await screens.type("evil")
        await screens.sees("1 of 33 branches")
        assert "\u202e" not in screens.text and "\u0085" not in screens.text


def test_in_the_linear_mode_those_that_want_something_are_told(work: Work) -> None:
    diverged = next(one for one in plan(COUNT, HISTORY) if one.state == "diverged")
    text = said("branches", "B", "q")
    ahead, behind = diverged.own - diverged.pushed, diverged.foreign
    words = f"{diverged.name}: {ahead} ahead and {behind} behind of origin; last commit "
    assert text.count(words) == 2
    assert text.count("32 branches in 1 repository") == 2
    assert not any(line.startswith("xattr: ") for line in text.splitlines()), "it wants nothing"
