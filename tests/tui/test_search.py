# SPDX-License-Identifier: GPL-2.0-or-later
"""Searching, by fields of ours and of notmuch."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.tui.queue.search_bar import SearchBar
from tests.tui.driver import running


async def test_search_and_back(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        assert "turn:me  state:accepted" in screens.text
        await screens.type("subject:alloc or subject:holiday")
        await screens.press("enter")
        await screens.sees("search: subject:alloc or subject:holiday   2 topics")
        assert "Holiday" in screens.text
        assert "xattr" not in screens.text
        await screens.press("1")
        assert "Holiday" not in screens.text
        await screens.press("escape")
        await screens.sees("xattr: make it better")


async def test_an_error_is_told_in_place_and_can_be_mended(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        await screens.type("date:nonsense..")
        await screens.press("enter")
        await screens.sees("notmuch cannot read the query")
        await screens.press(*["backspace"] * 15)
        assert "cannot read" not in screens.text
        await screens.type("subject:log")
        await screens.press("enter")
        await screens.sees("search: subject:log   1 topic")


@pytest.mark.parametrize(
    ("query", "at", "told"),
    [
        ("state:new or stat:new", "stat:", "^ nothing is called stat:"),
        ("turn:me and delegate:nobody and state:new and mkit:opne", "opne", "^ no property"),
        ("turn:me and delegate:nobody and state:new and subject:fix revision:xx", "xx", " ^"),
    ],
)
async def test_an_error_stands_below_its_place(place: Path, query: str, at: str, told: str) -> None:
    async with running((80, 24)) as screens:
        await screens.press("slash")
        await screens.type(query)
        await screens.press("enter")
        wanted = query.index(at) + 1
        await screens.until(lambda: screens.lines[-3][wanted : wanted + 1] == "^", "a sign")
        assert screens.lines[-4][1:].startswith(query)
        assert told in screens.lines[-3]


async def test_fields_of_ours(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        await screens.type("turn:me -subject:alloc")
        await screens.press("enter")
        await screens.sees("search: turn:me -subject:alloc   2 topics")


async def test_an_answer_closes_no_other_line(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        await screens.type("turn:me")
        await screens.press("enter")
        await screens.sees("3 topics")
        await screens.press("slash")
        await screens.type("half a quer")
        screens.queue.follow()
        await screens.until(lambda: "searching" not in screens.text)
        assert "half a quer" in screens.text


async def test_nothing_found(place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.press("slash")
        await screens.type("from:nobody")
        await screens.press("enter")
        await screens.sees("Nothing matches from:nobody")
        await screens.press("slash", "ctrl+u")
        await screens.press("enter")
        await screens.sees("xattr: make it better")


async def test_escape_leaves_the_line(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        await screens.type("q")
        await screens.press("escape")
        assert "turn:me  state:accepted" not in screens.text
        await screens.press("j")
        assert screens.subject == "alloc: be quick"


async def test_keys_are_letters_while_one_types(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        await screens.press("a", "R", "A", "u")
        assert not screens.stores.journal.read().groups
        assert " aRAu" in screens.text


async def test_tab_completes_fields_and_then_their_values(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash", "t", "u")
        await screens.sees("turn:")
        await screens.press("tab")
        await screens.until(lambda: " turn: " in f"{screens.lines[-4]} ")
        await screens.press("tab")
        await screens.sees("[turn:me]  turn:author")
        await screens.press("tab", "tab", "shift+tab")
        await screens.sees("[turn:author]")
        assert screens.lines[-4].startswith(" turn:author")
        await screens.press("enter")
        await screens.sees("search: turn:author   2 topics")


async def test_tab_knows_lists_people_and_tags(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        values = screens.queue.prompt
        assert isinstance(values, SearchBar)
        await screens.until(lambda: "list" in values._values, "values")
        await screens.type("list:pe")
        await screens.press("tab")
        await screens.sees("list:pebblefs.lists.lumen.example")
        await screens.type(" tag:mkit/n")
        await screens.press("tab")
        await screens.sees("tag:mkit/new")


async def test_what_is_typed_goes_on_where_the_cursor_is(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        await screens.type("sta and turn:me")
        await screens.press("home", "right", "right", "right", "tab")
        await screens.until(lambda: screens.lines[-4].startswith(" state: and turn:me"))


async def test_up_and_down_lead_through_earlier_queries(place: Path) -> None:
    async with running() as screens:
        for query in ("turn:me", "turn:author", "turn:me"):
            await screens.press("slash", "ctrl+u")
            await screens.type(query)
            await screens.press("enter")
            await screens.sees(f"search: {query} ")
        await screens.press("escape", "slash")
        await screens.type("dra")
        await screens.press("up")
        await screens.until(lambda: screens.lines[-4].startswith(" turn:me"))
        await screens.press("up", "up")
        await screens.until(lambda: screens.lines[-4].startswith(" turn:author"))
        await screens.press("down", "down", "down")
        await screens.until(lambda: screens.lines[-4] == " dra")
