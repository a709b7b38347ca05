# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys that come faster than what they open: as from a quick hand, or over a slow line."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key

from tests.tui.driver import Screens, running


def _at_once(screens: Screens, *keys: str) -> None:
    """All in one read of the terminal, without waiting for anything."""
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else None
        screens.app.post_message(Key(key, character))


async def _decided(screens: Screens, message_id: str, state: str) -> None:
    await screens.until(lambda: screens.state(message_id) == state, f"{message_id} {state}")


async def test_a_menu_gets_the_letter_that_was_meant_for_it(place: Path) -> None:
    async with running() as screens:
        await screens.press("j")
        _at_once(screens, "s", "d")
        await screens.sees("deferred on 1 message")
        await _decided(screens, "alloc@made.example", "deferred")


async def test_a_line_gets_all_that_is_typed_after_its_key(place: Path) -> None:
    async with running() as screens:
        await screens.press("j")
        _at_once(screens, "semicolon", *"add", "space", *"aches", "enter", "a")
        await screens.sees("accepted on 1 message")
        await screens.press("u")
        await screens.sees("taken back")
        await screens.press("u")
        await screens.sees("add aches")


async def test_a_topic_and_what_is_done_in_it(place: Path) -> None:
    async with running() as screens:
        await screens.press("j")
        _at_once(screens, "enter", "c", "J", "a")
        await screens.sees("accepted on 1 message")
        await _decided(screens, "hostile@made.example", "accepted")
        await _decided(screens, "alloc@made.example", "changes-requested")
