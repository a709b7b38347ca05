# SPDX-License-Identifier: GPL-2.0-or-later
"""What line views paint their own way is what Textual would, and is painted once."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from maintainer_kit.tui.parts.lines import LineView
from tests.tui.driver import Screens, running


def _painted(view: LineView, way: type[ScrollView], crop: Region) -> list[list[tuple[str, str]]]:
    view._styles_cache.clear()
    return [_cells(strip) for strip in way.render_lines(view, crop)]


def _cells(strip: Strip) -> list[tuple[str, str]]:
    """Each character with its style: where pieces begin and end does not matter."""
    return [(char, str(style or "none")) for text, style, _ in strip for char in text]


def _views(screens: Screens) -> list[LineView]:
    return list(screens.app.screen.query(LineView).results())


@pytest.mark.parametrize("theme", ["dark", "light", "terminal"])
async def test_lines_are_painted_as_textual_would(place: Path, theme: str) -> None:
    async with running((140, 30), theme=theme) as screens:
        await screens.press("tab")
        await screens.at_rest()
        found = _views(screens)
        assert len(found) == 2
        await screens.open("xattr")
        await screens.press("right_square_bracket", "j", "j")
        await screens.sees("+       two_1();")
        await screens.at_rest()
        found += _views(screens)
        assert len(found) == 4
        for view in found:
            size = view.outer_size
            for crop in (size.region, Region(3, 2, size.width - 5, size.height - 4)):
                ours = _painted(view, LineView, crop)
                assert ours == _painted(view, ScrollView, crop), view


async def test_a_line_that_stays_is_the_same_strip(place: Path) -> None:
    async with running((140, 30)) as screens:
        await screens.open("xattr")
        await screens.press("right_square_bracket")
        await screens.sees("+       two_1();")
        await screens.at_rest()
        outline, mail = screens.topic.outline, screens.topic.mail
        for view in (outline, mail):
            before = view.render_lines(view.outer_size.region)
            here = view.cursor - view.scroll_offset.y
            view.put_cursor(view.cursor + 1)
            after = view.render_lines(view.outer_size.region)
            others = [at for at, one in enumerate(before) if one is not after[at]]
            assert others == [here, here + 1], view


async def test_the_next_patch_is_painted_with_its_line_in_the_outline(place: Path) -> None:
    async with running((140, 30)) as screens:
        await screens.open("xattr")
        await screens.press("right_square_bracket")
        await screens.sees("Reason 1.")
        await screens.at_rest()  # the second patch was read ahead
        screens.topic.action_patch(1)
        assert screens.topic.mail.document[0][1] == "Reason 2."
        await screens.press("left_square_bracket", "left_square_bracket")
        await screens.sees("no patch before this one")
