# SPDX-License-Identifier: GPL-2.0-or-later
"""The look at the topic under the cursor, beside the queue or below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.driver import Screens, running


def _beside(screens: Screens) -> str:
    """The lines of the preview, its margin taken away."""
    region = screens.app.screen.query_one("#preview").region
    lines = screens.lines[region.y : region.bottom]
    return "\n".join(line[region.x + 2 :].rstrip() for line in lines)


async def test_it_stands_beside_the_queue_and_follows_the_cursor(place: Path) -> None:
    async with running((160, 40)) as screens:
        await screens.press("tab")
        await screens.until(lambda: "step 3" in _beside(screens), "patches")
        told = _beside(screens)
        assert told.startswith("xattr: make it better\nAda Author <ada@quarry.example>  v1 3/3")
        assert "your turn " in told
        assert "Reviewed-by: Bo" in told
        assert "had written nothing here before" in told
        assert "  1 xattr: step 1" in told
        assert "activity" in told
        await screens.press("j", "j", "j")
        await screens.until(lambda: "has not arrived" in _beside(screens), "another topic")
        assert "Patch 2 is missing." in _beside(screens)
        assert "step 3" in _beside(screens)
        await screens.press("j")
        await screens.until(lambda: "This hides errors." in _beside(screens))
        await screens.press("tab")
        await screens.until(lambda: "activity" not in screens.text)


async def test_below_where_the_screen_is_narrow(place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.press("tab")
        await screens.until(lambda: "Ada Author <ada@quarry" in screens.text)
        region = screens.app.screen.query_one("#preview").region
        assert (region.x, region.width) == (0, 80)
        assert "yours 3" in screens.lines[0]
        assert "a accept" in screens.lines[-1]
        await screens.pilot.resize_terminal(160, 30)
        await screens.until(lambda: screens.app.screen.query_one("#preview").region.x > 80)
        await screens.pilot.resize_terminal(20, 5)
        await screens.until(lambda: not screens.app.screen.query_one("#preview").display)
        assert "v1 3/3" in screens.lines[2]
        await screens.pilot.resize_terminal(80, 24)
        await screens.until(lambda: "Ada Author <ada@quarry" in screens.text)


async def test_where_there_is_no_room_it_says_so(place: Path) -> None:
    async with running((100, 10)) as screens:
        await screens.press("tab")
        await screens.sees("the preview needs 14 lines, or 140 columns")


async def test_it_tells_what_was_decided(place: Path) -> None:
    async with running((160, 40)) as screens:
        await screens.press("j", "tab")
        await screens.until(lambda: "1 alloc: be quick" in _beside(screens))
        await screens.press("k", "a")
        await screens.sees("accepted on 3 messages")
        await screens.press("u")
        await screens.sees("taken back")
        await screens.press("s", "escape")
        await screens.until(lambda: "step 3" in _beside(screens))


async def test_hostile_mail_is_shown_and_not_obeyed(place: Path) -> None:
    async with running((160, 40)) as screens:
        await screens.press("j", "j", "tab")
        await screens.until(lambda: "\u4f50\u85e4\u5065\u4e8c" in _beside(screens))
        assert all(cell_len(line) <= 160 for line in screens.lines)
        assert "\x1b" not in screens.text
        assert "\u202e" not in screens.text


@pytest.mark.parametrize("plain", [False, True])
async def test_signs_are_those_of_the_look(place: Path, plain: bool) -> None:
    async with running((160, 40), plain=plain) as screens:
        await screens.press("j", "j", "j", "tab")
        await screens.until(lambda: "Patch 2 is missing." in _beside(screens))
        assert any("\u2581" <= char <= "\u2588" for char in _beside(screens)) != plain


async def test_an_empty_queue_has_nothing_to_show(empty_place: Path) -> None:
    async with running((160, 40)) as screens:
        await screens.press("tab")
        await screens.sees("There is no mail yet.")
        assert _beside(screens).strip() == ""
