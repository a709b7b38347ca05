# SPDX-License-Identifier: GPL-2.0-or-later
"""Run the real app without a terminal, press its keys and read its screen."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.events import Paste
from textual.pilot import Pilot

from maintainer_kit.tui.app import QueueApp
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.queue.screen import QueueScreen
from maintainer_kit.tui.topic.screen import TopicScreen
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.stores import Stores

_PATIENCE = 60.0


@dataclass
class Screens:
    """The app as somebody sits before it."""

    app: QueueApp
    pilot: Pilot[None]
    stores: Stores

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, words: str) -> None:
        """As a terminal hands over what is pasted; a key for each letter would take long."""
        focused = self.app.focused
        assert focused is not None
        focused.post_message(Paste(words))
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait for what other threads do."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < end, f"in vain: {what}\n{self.text}"
            await self.pilot.pause(0.01)

    async def sees(self, words: str) -> None:
        """Wait until some words are on the screen."""
        await self.until(lambda: words in self.text, words)

    async def at_rest(self) -> None:
        """Wait until all desks have done what they were given, and what came of that."""
        session = self.app.session
        done: list[object] = []
        for _ in range(3):  # what is told of a job may lead to another
            done.clear()
            for desk in (session.deciding, session.reading, session.background):
                desk.submit(lambda _: None, done.append, done.append)
            await self.until(lambda: len(done) == 3, "the desks")
            await self.pilot.pause()

    @property
    def queue(self) -> QueueScreen:
        found = self.app.screen_stack[0]
        assert isinstance(found, QueueScreen)
        return found

    @property
    def topic(self) -> TopicScreen:
        assert isinstance(self.app.screen, TopicScreen)
        return self.app.screen

    @property
    def subject(self) -> str:
        """The subject under the queue's cursor."""
        current = self.queue.queue.current
        return self.queue.queue.rows([current])[0].subject if current else ""

    def state(self, message_id: str) -> str:
        """A topic's state by one of its mails, as any other reader of the catalogue sees it."""
        with open_workspace() as workspace:
            topics = workspace.catalogue.topic_ids([message_id])
            return workspace.catalogue.rows(list(topics.values()))[0].standing.state

    def shown_state(self, message_id: str) -> str:
        """A topic's state as the queue shows it, counted in or not."""
        stores = self.app.session.stores
        topics = stores.catalogue.topic_ids([message_id])
        return stores.catalogue.rows(list(topics.values()))[0].standing.state

    def tags(self, message_id: str) -> frozenset[str]:
        """A message's tags as notmuch has them now."""
        self.stores.index.refresh()
        (found,) = self.stores.index.find([message_id])
        return found.tags

    async def open(self, words: str) -> None:
        """Go to the row with these words and open it."""
        await self.press("5", "g")
        while words not in self.subject:
            before = self.subject
            await self.press("j")
            assert self.subject != before, f"no row with {words}"
        await self.press("enter")
        await self.until(lambda: isinstance(self.app.screen, TopicScreen))
        await self.until(lambda: self.topic.mail.document and self.app.focused is self.topic.mail)


@asynccontextmanager
async def running(
    size: tuple[int, int] = (120, 40),
    *,
    theme: str = "dark",
    plain: bool = False,
    watch: bool = False,
) -> AsyncIterator[Screens]:
    """The app on the home of MKIT_HOME."""
    with open_workspace() as workspace:
        look = look_of(theme, os.environ, plain=plain)
        app = QueueApp(workspace.stores, look, watch=watch)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Screens(app, pilot, workspace.stores)
