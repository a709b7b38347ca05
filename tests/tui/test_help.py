# SPDX-License-Identifier: GPL-2.0-or-later
"""Help and palette come from the one table of actions."""

from __future__ import annotations

from pathlib import Path

from click import Context

from maintainer_kit.cli.main import cli
from maintainer_kit.cli.verbs import VERBS
from maintainer_kit.tui import actions
from tests.tui.driver import running


async def test_help_of_the_queue_names_each_action(place: Path) -> None:
    async with running((120, 90)) as screens:
        await screens.press("question_mark")
        text = screens.text
        told = actions.QUEUE + actions.DECIDING + actions.REMEMBERING + actions.GENERAL
        for one in told + actions.SCROLLING:
            assert one.words in text
            assert one.shown_keys() in text
        for number, view in enumerate(screens.queue.views[:9], 1):
            assert f"   {number:<16}{view.words}" in text
        await screens.press("escape")
        assert screens.app.screen is screens.queue


async def test_help_of_a_topic(place: Path) -> None:
    async with running((120, 90)) as screens:
        await screens.open("alloc")
        await screens.press("question_mark")
        for one in actions.TOPIC + actions.REMEMBERING + actions.MAIL:
            assert one.words in screens.text
        await screens.press("question_mark")
        assert screens.app.screen is screens.topic


async def test_help_scrolls_on_a_small_terminal(place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.press("question_mark")
        assert "this help" not in screens.text
        await screens.press("G")
        assert "how many gave" in screens.text


async def test_the_palette_runs_an_action(place: Path) -> None:
    async with running() as screens:
        await screens.press("j", "ctrl+p")
        await screens.type("reject")
        await screens.sees("key R")
        await screens.press("enter")
        await screens.sees("rejected on 1 message")
        assert screens.state("alloc@made.example") == "rejected"


def test_each_command_is_one_of_the_command_line() -> None:
    for one in actions.ALL:
        verb, *words = one.verb.split() or ("list",)
        assert verb in VERBS, one
        command = cli.get_command(Context(cli), verb)
        assert command is not None
        known = {option for given in command.params for option in given.opts}
        assert {word for word in words if word.startswith("--")} <= known, one


def test_a_name_is_the_same_action_on_each_screen() -> None:
    keys: dict[str, str] = {}
    for one in actions.ALL:
        if one.name not in ("next", "previous", "back"):
            assert keys.setdefault(one.name, one.keys) == one.keys


def test_no_key_has_two_meanings() -> None:
    common = actions.DECIDING + actions.REMEMBERING + actions.GENERAL + actions.SCROLLING
    for own in (actions.QUEUE + actions.VIEWS + actions.CURSOR, actions.TOPIC):
        keys = [key for one in own + common for key in one.keys.split(",")]
        assert len(keys) == len(set(keys))
