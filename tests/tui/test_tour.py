# SPDX-License-Identifier: GPL-2.0-or-later
"""The page that a new reader is shown, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len

from maintainer_kit.adapters.kept.tour_mark import NAME
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.tui.app import QueueApp
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.tour import TourScreen
from maintainer_kit.wiring.touring import tour_of
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.decide import set_state
from tests.tui.conftest import CONFIG
from tests.tui.driver import Screens


@asynccontextmanager
async def _begun(
    size: tuple[int, int] = (80, 24), *, asked: bool = False
) -> AsyncIterator[Screens]:
    """The app as a person starts it."""
    with open_workspace() as workspace:
        tour = tour_of(workspace, asked=asked)
        app = QueueApp(workspace.stores, look_of("dark", {}), tour=tour)
        async with app.run_test(size=size) as pilot:
            screens = Screens(app, pilot, workspace.stores)
            await screens.until(lambda: app.watching.syncs == 1)
            yield screens


async def test_a_new_reader_is_shown_around_once(place: Path) -> None:
    async with _begun() as screens:
        assert isinstance(screens.app.screen, TourScreen)
        assert "decide: nothing is sent to anybody" in screens.text
        assert "any key begins; mkit tui --tour shows this again" in screens.text
        assert all(cell_len(line) <= 80 for line in screens.lines)
        await screens.press("enter")
        await screens.sees("xattr: make it better")
        await screens.until(lambda: not isinstance(screens.app.screen, TourScreen))
    assert (place / NAME).exists()
    async with _begun() as screens:
        assert screens.app.screen is screens.queue
    async with _begun(asked=True) as screens:
        assert isinstance(screens.app.screen, TourScreen)


async def test_a_key_of_the_queue_does_what_it_does(place: Path) -> None:
    async with _begun() as screens:
        await screens.press("j")
        await screens.until(lambda: screens.subject == "alloc: be quick")
        assert screens.app.screen is screens.queue


async def test_a_click_leaves_it(place: Path) -> None:
    async with _begun() as screens:
        await screens.pilot.click(offset=(20, 8))
        await screens.until(lambda: screens.app.screen is screens.queue)


async def test_the_keys_are_those_that_the_reader_set(place: Path) -> None:
    (place / "config").write_text(CONFIG + "\tkey = preview F7\n", encoding="utf-8")
    async with _begun() as screens:
        assert "F7 " in screens.text


async def test_who_has_decided_something_knows_the_screens(place: Path) -> None:
    with open_workspace() as workspace:
        set_state(workspace.stores, "accepted", ["alloc@made.example"], Origin.CLI)
    async with _begun() as screens:
        assert screens.app.screen is screens.queue


async def test_nobody_is_shown_around_an_empty_home(empty_place: Path) -> None:
    async with _begun() as screens:
        await screens.sees("There is no mail yet.")
    assert not (empty_place / NAME).exists()


@pytest.mark.parametrize("size", [(20, 5), (60, 15), (200, 60)])
async def test_it_fits(place: Path, size: tuple[int, int]) -> None:
    async with _begun(size) as screens:
        assert len(screens.lines) == size[1]
        assert all(cell_len(line) <= size[0] for line in screens.lines)
        await screens.press("escape")
        await screens.until(lambda: screens.app.screen is screens.queue)
