# SPDX-License-Identifier: GPL-2.0-or-later
"""Views: on number keys, in a menu, with counts; the user's own among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.query.view import BUILT_IN, all_views
from maintainer_kit.tui.queue.view_keys import in_order, is_quick
from tests.tui.conftest import CONFIG
from tests.tui.driver import running

OWN = '\tview = "lists author:ada # from [Ada]"\n'


@pytest.fixture
def own_place(place: Path) -> Path:
    """With a view of the user's."""
    (place / "config").write_text(CONFIG + OWN, encoding="utf-8")
    return place


def test_the_users_own_come_after_the_parts_of_the_queue() -> None:
    found = in_order(all_views(["zz state:rfc", "aa turn:ci"]))
    names = [view.name for view in found]
    assert names[:8] == ["all", "me", "author", "reviewer", "everything", "zz", "aa", "mine"]
    assert len(names) == len(BUILT_IN) + 2


def test_a_part_of_the_queue_that_was_changed_is_evaluated() -> None:
    found = in_order(all_views(["me mkit:open delegate:me"]))
    assert found[1].name == "me"
    assert not is_quick(found[1])
    assert is_quick(found[0])


async def test_counts_of_others_come_by_themselves(own_place: Path) -> None:
    async with running((160, 40)) as screens:
        assert screens.lines[0].startswith(" 1 needs action 5  2 your turn 3")
        await screens.sees(" 5 everything 6  6 from [Ada] 4  7 mine 2  8 could review 0 ")


async def test_a_view_that_is_a_query(own_place: Path) -> None:
    async with running((160, 40)) as screens:
        await screens.press("j", "6")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 4)
        assert screens.queue.view.name == "lists"
        assert screens.subject == "alloc: be quick"
        await screens.press("a")
        await screens.sees("accepted on 1 message")
        await screens.until(lambda: "Nobody's turn 1" in screens.text)
        await screens.press("u")
        await screens.sees("taken back")
        await screens.until(lambda: "Nobody's turn" not in screens.text)
        assert screens.subject == "alloc: be quick"
        await screens.press("9")
        await screens.sees("Nothing is delegated to others.")
        await screens.press("1")
        assert "Your turn 3" in screens.text


async def test_the_menu_tells_all_and_leads_there(own_place: Path) -> None:
    async with running() as screens:
        await screens.press("v")
        assert "mkit:open turn:author" in screens.text
        await screens.until(
            lambda: any("starred" in one and " 0  " in one for one in screens.lines)
        )
        assert any("from [Ada]" in one and " 4  author:ada" in one for one in screens.lines)
        await screens.sees("-  query, column 11: mkit:nobodys")
        await screens.press("escape", "v", "s")
        await screens.sees("Nothing is starred.")
        assert "v starred 0" in screens.lines[0]
        await screens.press("v", "G", "enter")
        await screens.sees("mkit:nobodys asks MAINTAINERS of a repository, and none is set")
        await screens.press("v", "1")
        assert "Your turn 3" in screens.text


async def test_a_view_within_a_search(own_place: Path) -> None:
    async with running((160, 40)) as screens:
        await screens.press("slash")
        await screens.type("turn:me")
        await screens.press("enter")
        await screens.sees("search: turn:me   3 topics")
        await screens.press("6")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 2)
        await screens.press("escape")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 4)
        assert screens.queue.view.name == "lists"


async def test_the_view_on_screen_is_always_named(own_place: Path) -> None:
    async with running((60, 20)) as screens:
        await screens.press("8")
        await screens.sees("8 could")
        assert screens.lines[0].startswith(" 1 action 5  2 yours 3")


async def test_a_view_that_cannot_be_read_is_told_before_the_screens(place: Path) -> None:
    (place / "config").write_text(CONFIG + "\tview = net stat:new\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="nothing is called stat:"):
        async with running():
            pass
