# SPDX-License-Identifier: GPL-2.0-or-later
"""Themes, no colours, and terminals that know letters only."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import ColorType
from rich.segment import Segment

from tests.tui.driver import Screens, running


def _colours(screens: Screens) -> set[ColorType]:
    strips = screens.app.screen._compositor.render_strips()
    segments: list[Segment] = [segment for strip in strips for segment in strip]
    styles = [segment.style for segment in segments if segment.style]
    found = [colour for style in styles for colour in (style.color, style.bgcolor) if colour]
    return {colour.type for colour in found}


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_own_themes_fill_the_screen(place: Path, theme: str) -> None:
    async with running(theme=theme) as screens:
        assert _colours(screens) == {ColorType.TRUECOLOR}
        await screens.press("s")
        assert "under-review" in screens.text


async def test_the_terminals_own_colours(place: Path) -> None:
    async with running(theme="terminal") as screens:
        assert _colours(screens) <= {ColorType.STANDARD, ColorType.DEFAULT}
        await screens.press("s")
        assert "xattr: make it better" in screens.text


async def test_no_color(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as screens:
        assert _colours(screens) <= {ColorType.DEFAULT}
        strips = screens.app.screen._compositor.render_strips()
        assert any(segment.style and segment.style.reverse for segment in strips[2])


async def test_plain_is_ascii_where_the_mail_is(place: Path) -> None:
    async with running((140, 40), plain=True) as screens:
        await screens.press("space", "2")
        rows = [line for line in screens.lines if "\u4f50" not in line]
        assert all(line.isascii() for line in rows)
        await screens.open("xattr")
        await screens.sees("This series helps.")
        assert screens.text.isascii()
        await screens.press("s")
        assert screens.text.isascii()
