# SPDX-License-Identifier: GPL-2.0-or-later
"""The filter of the queue: each letter leaves fewer rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.tui.queue.row_filter import RowFilter, RowTexts, row_texts
from tests.build import patch
from tests.tui.driver import Screens, running
from tests.tui.test_watch import _deliver

TEXTS = RowTexts()
TEXTS.add([("t1", "net: Fix leak\tAda <a@x>"), ("t2", "fs: leak\tBo <b@x>")])
TEXTS.add([("t3", "net\tAda\0b\no Ada")])
FOUND = Listed([("t1", "me"), ("t2", "me"), ("t3", "author")])


def _left(typed: str) -> list[str]:
    found = RowFilter()
    found.know(TEXTS)
    found.typed = typed
    return [one for one, _ in found.of(FOUND)]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", ["t1", "t2", "t3"]),
        ("  ", ["t1", "t2", "t3"]),
        ("leak", ["t1", "t2"]),
        ("ADA leak", ["t1"]),
        ("leak bo", ["t2"]),
        ("b t3", ["t3"]),
        ("[n", []),
        ("<a@", ["t1"]),
        ("T3", ["t3"]),
        ("leak nobody", []),
    ],
)
def test_all_words_have_to_be_there(typed: str, left: list[str]) -> None:
    assert _left(typed) == left


def test_each_letter_counts_from_what_is_listed() -> None:
    found = RowFilter()
    found.know(TEXTS)
    for typed, left in (("l", 2), ("le", 2), ("le b", 1), ("le", 2), ("a", 3), ("ne", 2)):
        found.typed = typed
        assert len(found.of(FOUND)) == left, typed
    assert len(found.of(FOUND[:1])) == 1


def test_nothing_is_left_out_before_it_can_be_known() -> None:
    found = RowFilter()
    found.typed = "leak"
    assert found.of(FOUND) is FOUND
    assert found.is_on


async def test_a_filter_that_was_left_keeps_no_texts(place: Path) -> None:
    async with running() as screens:
        await screens.press("f", "escape")
        await screens.until(lambda: screens.queue.prompt is None)
        screens.queue._know_texts(TEXTS)
        assert not screens.queue.row_filter.is_ready


async def _type(screens: Screens, words: str) -> None:
    await screens.press("f")
    await screens.type(words)


async def test_rows_get_fewer_and_all_come_back(place: Path) -> None:
    async with running() as screens:
        await screens.press("j")
        await _type(screens, "BE qui")
        await screens.until(lambda: "xattr" not in screens.text)
        assert "alloc: be quick" in screens.text
        assert screens.subject == "alloc: be quick"
        await screens.sees("filter: BE qui   1 of 5   Esc ends it")
        await screens.press("escape")
        await screens.sees("xattr: make it better")
        assert screens.queue.prompt is None
        assert screens.subject == "alloc: be quick"


async def test_enter_keeps_it_and_escape_ends_it(place: Path) -> None:
    async with running() as screens:
        await _type(screens, "ada author")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 4)
        await screens.press("enter")
        await screens.until(lambda: screens.queue.prompt is None)
        await screens.press("j")
        assert screens.subject == "alloc: be quick"
        await screens.press("2")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 2)
        await screens.press("escape")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 3)
        assert "filter:" not in screens.text


async def test_rows_can_be_walked_while_one_types(place: Path) -> None:
    async with running() as screens:
        await _type(screens, "ada")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 4)
        await screens.press("down", "down", "up")
        await screens.until(lambda: screens.subject == "alloc: be quick")
        assert screens.queue.prompt is not None


async def test_by_the_id(place: Path) -> None:
    async with running() as screens:
        wanted = screens.queue.queue.lines.ids[2]
        await _type(screens, wanted[:6])
        await screens.until(lambda: screens.queue.queue.lines.ids == [wanted])


async def test_nothing_left_says_what_to_do(place: Path) -> None:
    async with running() as screens:
        await _type(screens, "nowhere")
        await screens.sees("Nothing listed here holds nowhere")
        assert "Esc ends the filter" in screens.text
        await screens.press("enter", "a")
        await screens.sees("nothing to decide about")


async def test_marks_that_are_not_shown_are_counted(place: Path) -> None:
    async with running() as screens:
        await screens.press("space")
        await _type(screens, "alloc")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 1)
        await screens.press("enter", "space")
        await screens.sees("2 marked (1 filtered out)")
        await screens.press("a")
        await screens.sees("accepted on 4 messages")


async def test_new_mail_is_filtered_too(place: Path) -> None:
    async with running(watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        await _type(screens, "alloc")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 1)
        await screens.press("enter")
        raw = patch("[PATCH] alloc: again", message_id="again@made.example", minutes=900)
        _deliver(place, "1.again", raw)
        await screens.press("ctrl+l")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 2)
        assert screens.subject == "alloc: be quick"


async def test_texts_are_those_of_the_rows(place: Path) -> None:
    async with running() as screens:
        texts = row_texts(screens.stores)
    assert len(texts.having("")) == 6
    assert len(texts.having("holiday")) == 1
