# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys of one's own: they work, the old ones do not, and everything tells so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from maintainer_kit.tui import actions
from maintainer_kit.tui.keys import UNBOUND, settle_keys
from tests.tui.driver import Screens, running

ROOT = Path(__file__).resolve().parents[2]
ALLOC = "alloc@made.example"


def _give(place: Path, *keys: str) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.writelines(f"\tkey = {one}\n" for one in keys)


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def _help(screens: Screens) -> str:
    """What ? tells, all of it."""
    await screens.press("question_mark")
    view = screens.app.screen.query_one("#page")
    lines = [view.strip_at(at, 90).text.rstrip() for at in range(view.line_count)]  # type: ignore[attr-defined]
    await screens.press("escape")
    return "\n".join(lines)


async def test_the_new_key_works_and_the_old_one_does_not(place: Path) -> None:
    _give(place, "accept b")
    async with running() as screens:
        await screens.press("g", "j", "a", "b")
        await screens.sees("accepted on 1 message")
        assert len(screens.stores.journal.read().groups) == 1
        assert screens.state(ALLOC) == "accepted"
        assert "b accept" in screens.lines[-1]
        assert "   b               accept" in await _help(screens)
        await screens.open("xattr")
        assert "b accept" in screens.lines[-1]


async def test_a_key_is_taken_from_who_had_it(place: Path) -> None:
    _give(place, "accept j", "sync R")
    async with running() as screens:
        await screens.press("g", "down", "j")
        await screens.sees("accepted on 1 message")
        assert screens.state(ALLOC) == "accepted"
        told = await _help(screens)
        assert "   j               accept" in told
        assert "   \u2193               down" in told
        assert "   R               sync now" in told
        assert "                   reject" in told
        assert "reject" not in screens.lines[-1]
        await screens.press("ctrl+p")
        await screens.type("reject")
        await screens.press("enter")
        await screens.until(lambda: "rejected on" in _said(screens), "by the palette")


async def test_keys_that_change_places(place: Path) -> None:
    _give(place, "accept R", "reject a")
    async with running() as screens:
        await screens.press("g", "j", "a")
        await screens.sees("rejected on 1 message")
        await screens.press("u")
        await screens.sees("taken back")
        await screens.press("R")
        await screens.sees("accepted on 1 message")
        assert screens.state(ALLOC) == "accepted"


async def test_several_keys_and_those_with_names(place: Path) -> None:
    _give(place, "accept F6 ^T", "palette F7", "undo Del")
    async with running() as screens:
        await screens.press("g", "j", "ctrl+t")
        await screens.sees("accepted on 1 message")
        await screens.press("delete")
        await screens.sees("taken back")
        await screens.press("ctrl+p")
        assert screens.app.screen is screens.queue
        await screens.press("f7")
        await screens.until(lambda: screens.app.screen is not screens.queue, "the palette")


async def test_a_key_of_one_screen_is_free_on_another(place: Path) -> None:
    _give(place, "views z")
    async with running() as screens:
        assert "   z               fold" not in await _help(screens)
        await screens.open("xattr")
        assert "   z               fold" in await _help(screens)


@pytest.mark.parametrize("one", actions.ALL, ids=lambda one: f"{one.name}-{one.keys}")
def test_any_action_can_have_another_key(one: actions.Action) -> None:
    keymap = actions.given_keys([f"{one.name} F9"])
    assert keymap[one.name] == "f9"
    assert one.shown_keys(keymap) == "F9"


def test_the_later_of_two_has_the_key() -> None:
    usual = {"one": "a", "two": "b,c", "three": "d"}
    assert settle_keys({"one": "c", "two": "c"}, [usual]) == {"one": UNBOUND, "two": "c"}
    assert settle_keys({"one": "b"}, [usual]) == {"one": "b", "two": "c"}
    assert settle_keys({"one": "d"}, [usual]) == {"one": "d", "three": UNBOUND}
    assert settle_keys({"one": "d"}, [{"one": "a"}, {"three": "d"}]) == {"one": "d"}


def test_the_table_has_no_clash_of_its_own() -> None:
    for screen in actions.SCREENS:
        keys = [key for one in dict.fromkeys(screen) for key in one.keys.split(",")]
        assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


@pytest.mark.parametrize("wrong", ["acept b", "accept", "accept bb"])
def test_a_bad_setting_is_one_line(place: Path, wrong: str) -> None:
    _give(place, wrong)
    for words in (("tui", "--keys"), ("tui", "--plain")):
        done = subprocess.run(
            [sys.executable, "-m", "maintainer_kit", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert done.stdout == ""
        message, hint = done.stderr.splitlines()
        assert message.startswith(f"mkit: mkit.key is '{wrong}': ")
        assert hint.startswith("try: ")
