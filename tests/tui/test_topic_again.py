# SPDX-License-Identifier: GPL-2.0-or-later
"""The screen of a topic is the same for all: nothing of the one before is left on it."""

from __future__ import annotations

import threading
from pathlib import Path

from maintainer_kit.tui.topic.reading_screen import _MOST_LINES
from maintainer_kit.workflow.stores import Stores
from tests.tui.driver import Screens, running


async def _back(screens: Screens) -> None:
    await screens.press("q")
    await screens.until(lambda: screens.app.screen is screens.queue)


async def test_another_topic_and_the_same_one_again(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        first = screens.topic
        await screens.press("n", "n", "z")
        await screens.sees("> quoted line 10")
        screens.topic.say("something was said")
        await _back(screens)
        await screens.open("alloc")
        await screens.sees("[PATCH] alloc: be quick")
        assert screens.topic is first
        assert "xattr" not in screens.text
        assert "something was said" not in screens.text
        await _back(screens)
        await screens.open("xattr")
        await screens.sees("This series helps.")
        assert screens.topic.outline.cursor == 0, "a topic begins at its top"
        await screens.press("n", "n")
        await screens.sees("34 quoted lines")


async def test_the_terminal_had_another_size_meanwhile(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        assert screens.topic.has_class("-wide")
        await _back(screens)
        await screens.pilot.resize_terminal(80, 24)
        await screens.open("xattr")
        await screens.until(lambda: screens.topic.has_class("-narrow"))
        await screens.sees("This series helps.")
        assert screens.topic.outline.region.y < screens.topic.mail.region.y
        assert screens.topic.outline.size.width >= 79
        await _back(screens)
        await screens.pilot.resize_terminal(20, 5)
        await screens.open("xattr")
        await screens.until(lambda: screens.topic.has_class("-tiny"))


async def test_one_that_is_slow_comes_up_empty(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.sees("This series helps.")
        await _back(screens)
        go = threading.Event()

        def wait(_: Stores) -> None:
            go.wait(20)

        try:
            screens.app.session.reading.submit(wait, lambda _: None, lambda _: None)
            await screens.press("5", "g", "j", "enter")
            await screens.until(lambda: screens.app.screen is not screens.queue)
            assert "This series helps." not in screens.text
            assert not screens.topic.outline.items
        finally:
            go.set()
        await screens.until(lambda: screens.topic.mail.document)
        await screens.until(lambda: screens.topic.outline.items)


async def test_a_very_long_mail_is_let_go(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        topic = screens.topic
        topic.mail.tell(*["a line"] * (_MOST_LINES + 1))
        await _back(screens)
        assert not topic.mail.document
