# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers before keys that move."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.tui.acting.counting import Count, counted
from tests.build import part_id, patch
from tests.tui.driver import running
from tests.tui.test_watch import _deliver


@pytest.mark.parametrize(
    ("action", "count", "found"),
    [
        ("line(1)", 5, ["line(5)"]),
        ("line(-1)", 12, ["line(-12)"]),
        ("half(1)", 2, ["half(2)"]),
        ("edge(1)", 120, ["edge(0)", "line(119)"]),
        ("edge(0)", 3, ["edge(0)"]),
        ("patch(1)", 3, ["patch(1)"] * 3),
        ("topic(-1)", 2, ["topic(-1)"] * 2),
        ("item(1)", 9999, ["item(1)"] * 200),
        ("app.decide('accepted')", 3, ["app.decide('accepted')"]),
        ("judge(1)", 3, ["judge(1)"]),
        ("fold", 3, ["fold"]),
        ("line(1)", 0, ["line(1)"]),
    ],
)
def test_what_a_number_makes_of_an_action(action: str, count: int, found: list[str]) -> None:
    assert counted(action, count) == found


def test_digits_make_a_number_with_an_end() -> None:
    count = Count()
    for digit in (0, 1, 2, 0):
        count.add(digit)
    assert count.take() == 120
    assert count.take() == 0
    for _ in range(50):
        count.add(9)
    assert count.take() == 9999


async def test_so_many_items_and_patches(place: Path) -> None:
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("3")
        assert screens.lines[-2].rstrip().endswith("1/5")
        assert " 3  " in screens.lines[-2]
        await screens.press("right_square_bracket")
        assert screens.topic.pointed() == part_id("xattr", 3)
        await screens.press("2", "left_square_bracket")
        assert screens.topic.pointed() == part_id("xattr", 1)
        await screens.press("1", "escape", "right_square_bracket")
        assert screens.topic.pointed() == part_id("xattr", 2)


async def test_to_a_line_of_the_mail(place: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(300))
    _deliver(place, "1.long", patch("[PATCH] alpha: long", text=text, minutes=-60))
    async with running(watch=True) as screens:
        await screens.sees("alpha: long")
        await screens.open("alpha: long")
        await screens.press("1", "2", "0", "G")
        assert screens.topic.mail.cursor == 119
        await screens.sees("line 119")
        await screens.press("1", "0", "k")
        assert screens.topic.mail.cursor == 109
        await screens.press("j")
        assert screens.topic.mail.cursor == 110


async def test_a_number_decides_nothing_more_than_once(place: Path) -> None:
    async with running() as screens:
        await screens.open("alloc")
        await screens.press("5", "asterisk")
        await screens.sees("starred on 1 message")
        assert len(screens.stores.journal.read().groups) == 1


async def test_in_the_queue_numbers_are_views(place: Path) -> None:
    async with running() as screens:
        await screens.press("5")
        await screens.until(lambda: screens.queue.view.name == "everything", "the fifth view")
        await screens.press("g", "j")
        assert screens.subject == "alloc: be quick"


async def test_the_help_tells_of_it(place: Path) -> None:
    async with running((120, 140)) as screens:
        await screens.open("alloc")
        await screens.press("question_mark")
        await screens.sees("a number before what moves")
