# SPDX-License-Identifier: GPL-2.0-or-later
"""A cursor in the mail, and the ways to hunks, files, comments and what is unread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from maintainer_kit.tui.topic.page import Spot
from tests.build import BO, patch, posting, reply
from tests.tui.driver import Screens, running
from tests.tui.reading import WALK, answer, deliver, review, walk


@pytest.fixture
def read_place(place: Path, tmp_path: Path) -> Path:
    deliver(tmp_path / "more", [walk(), review()])
    return place


def _here(screens: Screens) -> str:
    """The text of the line under the cursor of the mail."""
    mail = screens.topic.mail
    return mail._layout.lines[mail.cursor][1]


def _stands_on(screens: Screens, words: str) -> bool:
    return words in _here(screens)


async def _said(screens: Screens) -> None:
    await screens.until(lambda: screens.topic.remarks is not None, "comments")


async def test_the_cursor_moves_and_the_mail_with_it(place: Path) -> None:
    async with running((80, 16)) as screens:
        await screens.open("alloc")
        view = screens.topic.mail
        height = view.scrollable_content_region.height
        for key, at in (("j", 1), ("k", 0), ("G", view.line_count - 1), ("k", view.line_count - 2)):
            await screens.press(key)
            assert view.cursor == at
            assert view.scroll_offset.y <= at < view.scroll_offset.y + height
        await screens.press("g")
        assert (view.cursor, view.scroll_offset.y) == (0, 0)
        await screens.press("space")
        assert view.cursor == view.scroll_offset.y > 1
        for _ in range(9):
            await screens.press("space")
        assert view.cursor == view.line_count - 1
        for _ in range(9):
            await screens.press("ctrl+u")
        assert (view.cursor, view.scroll_offset.y) == (0, 0)


async def test_the_status_says_which_line_of_which_file(read_place: Path) -> None:
    async with running((140, 50)) as screens:
        await screens.open("walk")
        view = screens.topic.mail
        assert view.text_line == 1
        await screens.press("right_curly_bracket", "j")
        await screens.sees("fs/walk.c -10 +10   acts on")
        await screens.press("j", "j")
        await screens.sees("fs/walk.c -12   acts on")
        assert view.spot == Spot("fs/walk.c", 12, 0)
        await screens.press("j")
        await screens.sees("fs/walk.c +12   acts on")
        assert view.document[view.text_line - 1][1].startswith("+ ")
        await screens.press("G")
        await screens.until(lambda: "fs/walk.c" not in screens.lines[-2])


async def test_hunks_and_files(read_place: Path) -> None:
    async with running((140, 50)) as screens:
        await screens.open("walk")
        await screens.press("right_curly_bracket")
        assert "@@ -10,7" in _here(screens)
        await screens.press("right_curly_bracket")
        assert "@@ -40,5" in _here(screens)
        await screens.press("right_curly_bracket")
        assert "@@ -1,3" in _here(screens)
        await screens.press("right_curly_bracket")
        await screens.sees("no hunk after this line")
        await screens.press("left_curly_bracket")
        assert "@@ -40,5" in _here(screens)
        assert "no hunk" not in screens.text
        await screens.press("greater_than_sign")
        assert _here(screens) == "diff --git a/tools/walk.py b/tools/walk.py"
        await screens.press("greater_than_sign")
        await screens.sees("no file after this line")
        await screens.press("less_than_sign", "less_than_sign")
        assert _here(screens) == "diff --git a/fs/walk.c b/fs/walk.c"
        await screens.press("less_than_sign")
        await screens.sees("no file before this line")


async def test_comments_stand_at_their_lines(read_place: Path) -> None:
    async with running((140, 60)) as screens:
        await screens.open("walk")
        await screens.sees("Bo Reviewer: Why not plain next? (and 1 line: z)")
        lines = screens.lines
        at = next(at for at, one in enumerate(lines) if "Why not plain" in one)
        assert "next != NULL" in lines[at - 1]
        assert "visit(next);" in lines[at + 1]
        assert any("Who drops it now?" in one for one in lines)
        assert "\x1b" not in screens.text
        assert "\u202e" not in screens.text


async def test_a_comment_unfolds_under_the_cursor(read_place: Path) -> None:
    async with running((140, 60)) as screens:
        await screens.open("walk")
        await _said(screens)
        await screens.press("right_parenthesis")
        assert "Why not plain" in _here(screens)
        assert "The old one was fine." not in screens.text
        await screens.press("z")
        await screens.sees("The old one was fine.")
        await screens.press("z")
        await screens.until(lambda: "The old one was fine." not in screens.text)
        assert "Why not plain" in _here(screens)
        await screens.press("g", "z")
        await screens.sees("The old one was fine.")


async def test_from_comment_to_comment(read_place: Path) -> None:
    async with running((140, 60)) as screens:
        await screens.open("walk")
        await _said(screens)
        await screens.press("right_parenthesis", "right_parenthesis")
        assert "Who drops it now?" in _here(screens)
        await screens.press("right_parenthesis")
        await screens.sees("no comment after this line")
        await screens.press("left_parenthesis")
        assert "Why not plain" in _here(screens)
        await screens.press("left_parenthesis")
        await screens.sees("no comment before this line")


async def test_on_to_the_comments_of_another_patch(place: Path, tmp_path: Path) -> None:
    mails = posting("loop", 3, minutes=1000)
    for number in (1, 3):
        line = f"> +\ttwo_{number}();\n"
        parent = f"loop-v1-{number}@made.example"
        mails.append(reply(parent, f"{line}\nIs {number} needed?\n", minutes=1100 + number))
    deliver(tmp_path / "more", mails)
    async with running((140, 50)) as screens:
        await screens.open("loop")
        await _said(screens)
        for number in (1, 3):
            await screens.press("right_parenthesis")
            await screens.until(partial(_stands_on, screens, f"Is {number} needed?"))
        await screens.press("left_parenthesis")
        await screens.until(lambda: "Is 1 needed?" in _here(screens))


async def test_what_is_unread(read_place: Path, tmp_path: Path) -> None:
    late = reply(WALK, "Ping.\n", sender=BO, minutes=990, message_id="late@b")
    deliver(tmp_path / "late", [answer(), late])
    async with running((140, 50)) as screens:
        await screens.open("walk")
        await screens.until(lambda: screens.topic.outline.unread == {"rev@b", "late@b"})
        marked = [one for one in screens.lines if one.startswith("\u25cf")]
        assert len(marked) == 2
        assert all("Bo Reviewer" in one for one in marked)
        await screens.press("full_stop")
        await screens.sees("Who drops it now?")
        assert screens.topic.outline.unread == {"late@b"}
        await screens.press("full_stop")
        await screens.sees("Ping.")
        await screens.press("full_stop")
        await screens.sees("nothing unread after this mail")
        await screens.press("comma")
        await screens.sees("nothing unread before this mail")


async def test_a_decision_is_a_sign_that_all_was_read(read_place: Path) -> None:
    async with running((140, 50)) as screens:
        await screens.open("walk")
        await screens.press("a")
        await screens.sees("accepted on 1 message")
        assert not screens.topic.outline.unread


async def test_hostile_names_and_numbers(place: Path, tmp_path: Path) -> None:
    huge = "9" * 5000
    diff = (
        "diff --git a/\x1b[2Jx b/\x1b[2Jx\n--- a/\x1b[2Jx\n+++ b/\x1b[2Jx\n"
        f"@@ -{huge},{huge} +{huge},{huge} @@ \x1b]0;t\x07\n+\x1b[31mred\u202e\n"
    )
    raw = patch("[PATCH] zap: all", diff, message_id="zap@made.example", minutes=900)
    deliver(tmp_path / "more", [raw])
    async with running((140, 50)) as screens:
        await screens.open("zap")
        await screens.press("right_curly_bracket", "j")
        await screens.until(lambda: screens.topic.mail.spot is not None)
        await screens.sees("[2Jx")
        assert "\x1b" not in screens.text
        assert "\u202e" not in screens.text


async def test_new_mail_appears_without_moving_the_cursor(read_place: Path, tmp_path: Path) -> None:
    async with running((140, 50), watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs > 0)
        await screens.open("walk")
        await screens.press("right_curly_bracket", "j", "j")
        before = screens.topic.mail.cursor
        deliver(tmp_path / "late", [reply(WALK, "Ping.\n", minutes=990, message_id="late@b")])
        await screens.press("f5")
        await screens.until(lambda: len(screens.topic.outline.items) == 4)
        assert screens.topic.mail.cursor == before
        assert screens.topic.outline.cursor == 0


async def test_the_smallest_terminal_shows_the_mail(read_place: Path) -> None:
    async with running((140, 50)) as screens:
        await screens.open("walk")
        mail = screens.topic.mail
        await screens.press("right_curly_bracket")
        before = mail.here
        await screens.pilot.resize_terminal(20, 5)
        await screens.until(lambda: mail.size.height == 3)
        assert "@@ -10,7 +10,8" in screens.text
        await screens.press("j", "right_square_bracket")
        await screens.pilot.resize_terminal(140, 50)
        await screens.until(lambda: "Ada Author" in screens.text)
        assert mail.here == before + 1
