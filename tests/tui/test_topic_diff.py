# SPDX-License-Identifier: GPL-2.0-or-later
"""How a diff looks: words that changed, code, files to choose from, two sides."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.render.code_words import warm_up
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.topic.diff_look import DiffLook
from maintainer_kit.tui.topic.document import LineKind
from maintainer_kit.tui.topic.layout import lay_out
from maintainer_kit.tui.topic.mail_cells import mail_strip
from maintainer_kit.tui.topic.page import Page, page_of
from tests.build import BO, edit, patch
from tests.tui.driver import Screens, running
from tests.tui.reading import deliver, review, walk

LOOK = look_of("dark", {"COLORTERM": "truecolor"})
WIDE = (164, 60)


@pytest.fixture
def read_place(place: Path, tmp_path: Path) -> Path:
    deliver(tmp_path / "more", [walk(), review()])
    return place


def _line(page: Page, words: str) -> int:
    return next(at for at, (_, text) in enumerate(page.lines) if words in text)


def _style(page: Page, words: str, piece: str) -> Style:
    """The style of the first piece of a line that holds some letters."""
    at, look = _line(page, words), DiffLook(page)
    strip = mail_strip(page.lines[at], 80, LOOK, look.code(at), look.words(at))
    return next(one.style for one in strip if piece in one.text and one.style)


def test_words_that_changed_are_marked() -> None:
    page = page_of(read_mail(walk()))
    at = _line(page, "next != NULL")
    spans = DiffLook(page).words(at)
    assert [page.lines[at][1][1:][start:end] for start, end in spans] == ["!= NULL"]
    assert DiffLook(page).words(_line(page, "visit(next)")) == ()
    assert DiffLook(page).words(_line(page, "count++")) == ()
    word, rest = (_style(page, "next != NULL", one) for one in ("!= NULL", "node; next"))
    assert word.bgcolor == LOOK.palette.added_word.bgcolor
    assert rest.bgcolor == LOOK.palette.added.bgcolor


def test_code_is_told_by_the_language_of_its_file() -> None:
    warm_up("python")
    page = page_of(read_mail(walk()))
    assert _style(page, "+print(", "'").color == LOOK.palette.string.color
    assert _style(page, "+print(", "# once").italic
    assert _style(page, " import os", "import").bold


def test_marks_count_the_characters_of_the_mail() -> None:
    """What stands for a control character is longer than that."""
    page = page_of(read_mail(patch("[PATCH] x", edit(old="a\u202eb, c", new="a\u202eb, d"))))
    at = page.margin.index(LineKind.ADDED)
    strip = mail_strip(page.lines[at], 80, LOOK, None, DiffLook(page).words(at))
    assert "a<U+202E>b, d();" in strip.text
    word = LOOK.palette.added + LOOK.palette.added_word
    assert [one.text for one in strip if one.style == word] == ["d"]


async def test_a_menu_of_files(read_place: Path) -> None:
    async with running((120, 50)) as screens:
        await screens.open("walk")
        await screens.press("F")
        await screens.sees("2  tools/walk.py  +1 -1")
        await screens.press("2")
        await screens.until(lambda: screens.app.screen is screens.topic)
        mail = screens.topic.mail
        assert mail.document[mail.here][1] == "diff --git a/tools/walk.py b/tools/walk.py"


async def test_no_files_where_there_is_no_diff(place: Path) -> None:
    async with running((120, 50)) as screens:
        await screens.open("xattr")
        await screens.press("F")
        await screens.sees("there is no diff in this mail")


def _row(screens: Screens, words: str) -> str:
    return next(one for one in screens.lines if words in one)


async def test_old_and_new_side_by_side(read_place: Path) -> None:
    async with running(WIDE) as screens:
        await screens.open("walk")
        await screens.press("vertical_line")
        await screens.until(lambda: "next; next = next" in _row(screens, "next != NULL"))
        row = _row(screens, "next != NULL")
        assert row.index("next; next = next") < row.index("next != NULL")
        assert _row(screens, "count++").count("count++") == 2
        assert _row(screens, "visit(next)").count("visit(next)") == 1
        dropped = _row(screens, "drop(node);")
        assert dropped.index("drop(node)") < 80
        await screens.sees("Why not plain next?")
        await screens.press("vertical_line")
        await screens.until(lambda: "next; next = next" not in _row(screens, "next != NULL"))


async def test_the_cursor_stays_on_its_line(read_place: Path) -> None:
    async with running(WIDE) as screens:
        await screens.open("walk")
        mail = screens.topic.mail
        await screens.press(*["right_curly_bracket"] * 3, "j")
        before = mail.here
        await screens.press("vertical_line")
        assert mail.here == before
        await screens.press("vertical_line")
        assert mail.here == before


async def test_two_sides_need_room(read_place: Path) -> None:
    async with running((120, 40)) as screens:
        await screens.open("walk")
        await screens.press("vertical_line")
        await screens.sees("side by side needs 160 columns; here are 120")


async def test_where_the_terminal_gets_narrow_there_is_one_side(read_place: Path) -> None:
    async with running(WIDE) as screens:
        await screens.open("walk")
        await screens.press("vertical_line")
        await screens.until(lambda: "next; next = next" in _row(screens, "next != NULL"))
        await screens.pilot.resize_terminal(100, 60)
        await screens.until(lambda: "next; next = next" not in _row(screens, "next != NULL"))
        await screens.pilot.resize_terminal(20, 5)
        await screens.pilot.resize_terminal(*WIDE)
        await screens.until(lambda: "next; next = next" in _row(screens, "next != NULL"))


def test_both_sides_hold_each_line_once() -> None:
    page = page_of(read_mail(walk()))
    found = lay_out(page.lines, 80, fold=True, beside=True)
    shown = sorted({*found.origins, *found.mates.values()})
    assert shown == list(range(len(page.lines)))
    assert len(found.origins) + len(found.mates) == len(page.lines)


async def test_others_that_change_the_same_lines_are_named(place: Path, tmp_path: Path) -> None:
    change = edit("fs/walk.c", old="drop(node)", new="keep(node)").replace(
        "-7,3 +7,3", "-40,3 +40,3"
    )
    raw = patch("[PATCH] keep: nodes \x1b[31m", change, message_id="keep@b", sender=BO, minutes=950)
    deliver(tmp_path / "more", [walk(), raw])
    async with running((140, 50)) as screens:
        await screens.open("walk")
        await screens.sees(" also by")
        told = _row(screens, " also by")
        assert "keep: nodes \u241b[31m, Bo Reviewer" in told
        assert told.endswith("fs/walk.c:41")
