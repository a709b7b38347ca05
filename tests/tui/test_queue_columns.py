# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns of the queue hold at any width, whatever stands in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.verdict import Turn, Verdict
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.queue.cells import heading_strip, row_strip, widths
from maintainer_kit.tui.queue.glance_lines import head_lines
from maintainer_kit.tui.queue.lines import Heading
from tests.build import ME, patch, topic
from tests.tui.driver import running

TEXTS = {
    "plain": "a title of a usual length, or a bit more",
    "wide": "\u4f50\u85e4\u5065\u4e8c\u306e\u30d1\u30c3\u30c1" * 9,
    "odd": "x" + "\u4f50\u85e4" * 30,
    "combining": "e\u0301o\u0308" * 40,
    "right to left": "\u05d9\u05e2\u05dc \u05dc\u05d5\u05d9 " * 9,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea " * 9,
    "controls": "\x1b[31m\u202e\x07\u200b\u2066 \x85\ud83d" * 9,
    "empty": "",
}
LOOK = look_of("dark", {"COLORTERM": "truecolor"})
ROW = make_row(topic(patch("[PATCH] x: y")), ME, {})
NOW = ROW.updated + 3 * 86_400


def _line(text: str, width: int, *, is_new: bool = False) -> str:
    verdict = Verdict(Turn.ME, f"{text}, on 2026-01-05")
    standing = replace(ROW.standing, verdict=verdict)
    row = replace(ROW, subject=text, author=f"{text} <a@x>", standing=standing)
    strip = row_strip(row, NOW, width, LOOK, marked=False, whose=text, is_new=is_new)
    assert strip.cell_length == width
    assert cell_len(strip.text) == width
    return strip.text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_row_is_as_wide_as_the_screen(text: str) -> None:
    for width in (*range(1, 80, 7), *range(80, 241, 5)):
        told = _line(text, width) + _line(text, width, is_new=True)
        assert not any(char in told for char in "\x1b\x07\u202e\u2066\x85\n")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_age_stands_in_its_column(text: str) -> None:
    for width in (80, 100, 120, 140, 200, 240):
        size = widths(width)
        told = _line(text, width)
        before = set_cell_size(told, 14 + size.subject + 1 + size.author + 1)
        assert told.startswith(before)
        assert told[len(before) :].startswith("  3d "), told


def test_more_room_shows_more() -> None:
    sizes = [widths(width) for width in range(80, 241)]
    for fewer, more in pairwise(sizes):
        assert bool(more.reason) >= bool(fewer.reason)
        assert bool(more.checks) >= bool(fewer.checks)
        assert bool(more.id) >= bool(fewer.id)
    assert all(size.subject >= 25 for size in sizes)
    assert sizes[-1].reason <= 90


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_preview_is_no_wider_than_it_may_be(text: str) -> None:
    row = replace(ROW, subject=text, author=f"{text} <a@x>")
    for width in (1, 8, 20, 61, 100):
        lines = ["".join(word for word, _ in line) for line in head_lines(row, NOW, width, LOOK)]
        assert not any("\x1b" in line for line in lines)
        assert width < 61 or all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize("width", [1, 20, 80, 240])
def test_a_heading_is_as_wide_as_the_screen(width: int) -> None:
    assert heading_strip(Heading("me", 12), width, LOOK).cell_length == width


async def test_small_and_back(place: Path) -> None:
    async with running((120, 40)) as screens:
        await screens.press("j", "j")
        before = screens.lines
        for size in ((20, 5), (1, 1), (240, 70), (120, 40)):
            await screens.pilot.resize_terminal(*size)
            await screens.until(lambda size=size: len(screens.lines) == size[1])  # type: ignore[misc]
            assert all(cell_len(line) <= size[0] for line in screens.lines)
        assert screens.queue.queue.cursor == 3
        await screens.until(lambda: screens.lines[2:12] == before[2:12])
