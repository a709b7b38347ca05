# SPDX-License-Identifier: GPL-2.0-or-later
"""Twenty thousand topics: only what is on the screen is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult

from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.queue.view import QueueView
from tests.build import ME, patch, topic

ROW = make_row(topic(patch("[PATCH] x: y")), ME, {})
FOUND = Listed((f"t{at:05}", "me" if at < 9000 else "author") for at in range(20000))


class _Host(App[None]):
    """A queue, and what it asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.subjects: dict[str, str] = {}
        self.now = ROW.updated
        self.queue = QueueView(look_of("dark", {}), self._load, lambda: self.now)

    def _load(self, topic_ids: Collection[str]) -> list[TopicRow]:
        self.asked.extend(topic_ids)
        said = self.subjects
        return [replace(ROW, id=one, subject=said.get(one, f"topic {one}")) for one in topic_ids]

    def compose(self) -> ComposeResult:
        yield self.queue


async def test_only_what_is_seen_is_loaded() -> None:
    app = _Host()
    async with app.run_test(size=(120, 40)) as pilot:
        app.queue.show(FOUND)
        await pilot.pause()
        assert len(app.asked) == 39  # and a heading
        await pilot.press("j", "j", "space", "k")
        assert len(app.asked) == 39
        await pilot.press("G")
        assert app.queue.current == "t19999"
        assert len(app.asked) <= 240
        await pilot.press("g")
        assert app.queue.current == "t00000"
        assert len(app.asked) <= 240


async def test_a_row_as_before_is_not_drawn_anew() -> None:
    app = _Host()
    async with app.run_test(size=(120, 40)) as pilot:
        app.queue.show(FOUND)
        await pilot.pause()
        first, second = (app.queue.body_at(line, 120) for line in (1, 2))
        app.subjects["t00001"] = "another"
        app.queue.show(FOUND)
        assert app.queue.body_at(1, 120) is first
        assert app.queue.body_at(2, 120) is not second
        assert "another" in app.queue.body_at(2, 120).text
        app.now += 3600
        assert "1h" in app.queue.body_at(1, 120).text


async def test_walking_far_keeps_few_rows() -> None:
    app = _Host()
    async with app.run_test(size=(120, 40)) as pilot:
        app.queue.show(FOUND)
        for top in range(0, 20000, 500):
            app.queue.go_to(top)
            await pilot.pause(0)
        assert len(app.queue._rows) <= 1000
        assert len(app.asked) <= 41 * 120


@pytest.mark.parametrize("keys", [(), ("j", "j", "j", "j"), ("G", "ctrl+u")])
async def test_what_comes_in_above_moves_neither_the_cursor_nor_its_line(
    keys: tuple[str, ...],
) -> None:
    app = _Host()
    async with app.run_test(size=(120, 40)) as pilot:
        queue = app.queue
        queue.show(FOUND[5:])
        await pilot.press(*keys)
        topic_id, line = queue.current, queue.cursor - queue.scroll_offset.y
        number = queue.lines.number_of(topic_id or "")
        queue.show(FOUND, topic_id)
        await pilot.pause()
        assert queue.current == topic_id
        assert queue.lines.number_of(topic_id or "") == number + 5
        assert queue.cursor - queue.scroll_offset.y == line
