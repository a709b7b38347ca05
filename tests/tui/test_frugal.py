# SPDX-License-Identifier: GPL-2.0-or-later
"""Screens are open for days: their stores keep little of the catalogue in memory."""

from __future__ import annotations

import gc
from pathlib import Path

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import Input

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.tui.parts.lines import LineView
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.work.desk import KEPT
from maintainer_kit.wiring.frugal import keep_little
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.stores import Stores
from tests.tui.driver import running


def _kept(stores: Stores) -> int:
    assert isinstance(stores.catalogue, SqliteCatalogue)
    (kib,) = stores.catalogue.db.execute("PRAGMA cache_size").fetchone()
    return -int(kib)


def test_a_verb_keeps_more_than_screens(place: Path) -> None:
    with open_workspace() as workspace:
        assert _kept(workspace.stores) > KEPT
        keep_little(workspace.stores, KEPT)
        assert _kept(workspace.stores) == KEPT


async def test_each_desk_keeps_little(place: Path) -> None:
    async with running() as screens:
        session = screens.app.session
        desks = (session.deciding, session.reading, session.background, session.syncing)
        found: list[int] = []
        for desk in desks:
            desk.submit(_kept, found.append, lambda _: None)
        await screens.until(lambda: len(found) == len(desks))
        assert found == [KEPT] * len(desks)


class _Changing(LineView):
    """Lines that look different each time."""

    painted = 0

    def strip_at(self, number: int, width: int) -> Strip:
        self.painted += 1
        return Strip([Segment(f"{self.painted}".ljust(width))], width)


class _Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.view = _Changing(look_of("dark", {}))

    def compose(self) -> ComposeResult:
        yield self.view


async def test_a_painted_line_is_gone_with_the_last_that_shows_it() -> None:
    def lines() -> int:
        return sum(isinstance(one, Strip) and len(one.text) > 50 for one in gc.get_objects())

    app = _Host()
    async with app.run_test(size=(80, 20)) as pilot:
        app.view.set_lines(20)
        await pilot.pause()
        gc.collect()
        gc.disable()
        try:
            before = lines()
            for _ in range(10):
                app.view.refresh()
                await pilot.pause()
            assert app.view.painted >= 200
            assert lines() <= before + 40
        finally:
            gc.enable()


async def test_a_line_that_was_typed_in_is_gone_with_its_prompt(place: Path) -> None:
    def lines() -> int:
        gc.unfreeze()
        gc.collect()
        return sum(isinstance(one, Input) for one in gc.get_objects())

    async with running() as screens:
        for _ in range(4):
            await screens.press("f", "x", "escape", "slash", "escape", "semicolon", "escape")
        await screens.at_rest()
        before = lines()
        for _ in range(4):
            await screens.press("f", "x", "escape", "slash", "escape", "semicolon", "escape")
        await screens.at_rest()
        assert lines() <= before <= 2
