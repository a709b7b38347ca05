# SPDX-License-Identifier: GPL-2.0-or-later
"""The queue: what it shows, and how one moves in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.driver import running


async def test_rows_stand_in_groups(place: Path) -> None:
    async with running((120, 40)) as screens:
        lines = screens.lines
    assert lines[0].startswith(" 1 needs action 5  2 your turn 3  3 author 2  4 review 0")
    assert lines[1].startswith("  Your turn 3 \u2500\u2500\u2500")
    assert lines[2].startswith("    v1 3/3    xattr: make it better")
    assert "Ada Author" in lines[2]
    assert "R1" in lines[2]
    assert lines[5] == ""
    assert lines[6].startswith("  Waiting for the author 2 \u2500")
    assert any(line.startswith("  ~ v1 2/3    dir: make it better") for line in lines)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_each_line_fits(place: Path, size: tuple[int, int]) -> None:
    async with running(size) as screens:
        lines = screens.lines
    assert len(lines) == size[1]
    assert max(cell_len(line) for line in lines) <= size[0]
    assert "xattr: make it better" in lines[2]
    assert "a accept" in lines[-1]
    assert lines[-2].endswith("1/5")


async def test_columns_hold_with_wide_names(place: Path) -> None:
    async with running((80, 24)) as screens:
        rows = [line for line in screens.lines if " v1 " in line]
    ages = {cell_len(line.partition("2w")[0]) for line in rows}
    assert len(rows) == 5
    assert len(ages) == 1


async def test_mail_is_shown_and_not_obeyed(place: Path) -> None:
    async with running((160, 40)) as screens:
        text = screens.text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\u241b[31mred\u2407 [bold]no markup[/bold] <U+202E>" in text


async def test_the_cursor_passes_headings_over(place: Path) -> None:
    async with running() as screens:
        subjects = [screens.subject]
        for _ in range(4):
            await screens.press("j")
            subjects.append(screens.subject)
        await screens.press("j")
        assert screens.subject == subjects[-1]
        assert len(set(subjects)) == 5
        await screens.press("k", "up")
        assert screens.subject == subjects[2]
        await screens.press("down")
        assert screens.subject == subjects[3]


async def test_far_moves(place: Path) -> None:
    async with running() as screens:
        for far, back in (("G", "g"), ("end", "home"), ("ctrl+d", "ctrl+u")):
            await screens.press(far)
            assert screens.lines[-2].endswith("5/5"), far
            await screens.press(back)
            assert screens.lines[-2].endswith("1/5"), back
        await screens.press("pagedown")
        assert screens.lines[-2].endswith("5/5")
        await screens.press("pageup")
        assert screens.lines[-2].endswith("1/5")


async def test_views(place: Path) -> None:
    async with running() as screens:
        await screens.press("2")
        assert "Waiting for the author" not in screens.text
        assert "Your turn 3" in screens.text
        await screens.press("3")
        assert "Your turn" not in screens.lines[1]
        await screens.press("4")
        assert "Nothing waits for review." in screens.text
        await screens.press("5")
        assert "Holiday" in screens.text
        await screens.press("1")
        assert "Holiday" not in screens.text


async def test_everything_and_back(place: Path) -> None:
    async with running() as screens:
        await screens.press("2", "e")
        assert "Holiday" in screens.text
        await screens.press("e")
        assert screens.queue.view.name == "me"


async def test_the_cursor_stays_on_its_topic_in_another_view(place: Path) -> None:
    async with running() as screens:
        await screens.press("j")
        before = screens.subject
        await screens.press("5")
        assert screens.subject == before


async def test_marks(place: Path) -> None:
    async with running() as screens:
        await screens.press("space", "space")
        assert screens.lines[-2].endswith("2 marked   3/5")
        assert screens.lines[2].startswith("\u25cf")
        await screens.press("k", "space")
        assert screens.lines[-2].endswith("1 marked   3/5")
        await screens.press("escape")
        assert "marked" not in screens.text


async def test_mouse(place: Path) -> None:
    async with running() as screens:
        await screens.pilot.click("#queue", offset=(30, 2))
        assert screens.lines[-2].endswith("2/5")
        await screens.pilot.click("#queue", offset=(0, 3))
        assert "1 marked" in screens.lines[-2]
        await screens.pilot.click("#views", offset=(20, 0))
        assert screens.queue.view.name == "me"
        await screens.pilot.click("#queue", offset=(30, 1))
        await screens.pilot.click("#queue", offset=(30, 1))
        await screens.until(lambda: len(screens.app.screen_stack) == 2)


async def test_resize(place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.press("G")
        await screens.pilot.resize_terminal(140, 10)
        await screens.pilot.pause()
        lines = screens.lines
        assert len(lines) == 10
        assert "your turn" in lines[0]
        assert screens.subject[:9] in "\n".join(lines)


async def test_an_empty_home_says_what_to_do(empty_place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.sees("There is no mail yet.")
        assert "mkit import FILE" in screens.text
        await screens.press("j", "G", "space", "enter", "a")
        await screens.sees("nothing to decide about")
        await screens.press("s", "u")
        await screens.sees("nothing to undo")


async def test_quit(place: Path) -> None:
    async with running() as screens:
        await screens.press("q")
        await screens.until(lambda: screens.app._exit)


async def test_who_writes_for_the_first_time_is_marked(place: Path) -> None:
    async with running((120, 40)) as screens:
        await screens.sees("+\u4f50\u85e4\u5065\u4e8c")
        await screens.sees("+Ada Author")
        marked = [line for line in screens.lines if "+Ada Author" in line]
        assert len(marked) == 1
        assert "xattr: make it better" in marked[0]
        await screens.press("question_mark", "G")
        await screens.sees("an author who had written nothing here before")
