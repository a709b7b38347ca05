# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys that are typed faster than screens open: each waits until the one before has had its effect.

Textual hands a key to what has the focus when it comes. A menu or a line to type in that the last
key opens has none yet, and a letter meant for it would be a command of the screen below.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from functools import partial

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widget import AwaitMount

_PATIENCE = 2.0
"""Seconds after which a key counts as done, whatever it started."""
_ROUNDS = 3
"""The second is for what the key made widgets say (a line that was typed, a choice), the third for
what their screen says of that to the app."""
Opening = AwaitMount | asyncio.Event
_NEVER_WAITS = ("ctrl+c", "ctrl+z")


class TypedAheadApp(App[None]):
    """Takes one key at a time.

    A key climbs from what has the focus up to the app, as an event in the queue of each. What is
    called later at each of these in turn comes to the app after it.
    """

    _key_is_taken = False
    """Whether a key is under way."""
    _key_number = 0
    """Of that key."""
    _key_opening: Opening | None = None
    _key_bound: Timer | None = None

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._keys_ahead: deque[events.Key] = deque()

    def until_open(self, opening: Opening) -> None:
        """The key under way opens this (an event is set once it is there); the next is for it."""
        self._key_opening = opening

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded or event.key in _NEVER_WAITS:
            await super().on_event(event)
        elif self._key_is_taken:
            self._keys_ahead.append(event)
            if self._key_bound is None:
                self._key_bound = self.set_timer(
                    _PATIENCE, partial(self._end_key, self._key_number)
                )
        else:
            await self._take_key(event)

    async def _take_key(self, event: events.Key) -> None:
        self._key_is_taken = True
        self._key_number += 1
        focused = self.focused or self.screen
        await super().on_event(event)
        self._follow_key(focused, self._key_number, _ROUNDS)

    def _follow_key(self, pump: MessagePump | None, number: int, rounds: int) -> None:
        """Follow the key one step."""
        if pump is None or pump is self:
            self.call_later(self._key_arrived, number, rounds)
        elif not pump.call_later(self._follow_key, pump._parent, number, rounds):
            self._follow_key(pump._parent, number, rounds)

    def _key_arrived(self, number: int, rounds: int) -> None:
        """All that the key does was begun; what it opened may not be there yet."""
        if rounds > 1:
            self._follow_key(self.focused or self.screen, number, rounds - 1)
            return
        # A screen that was opened takes no message before it is there.
        if not self.screen.call_later(self._await_opening, number):
            self._await_opening(number)

    def _await_opening(self, number: int) -> None:
        opening, self._key_opening = self._key_opening, None
        if opening is None:
            self._end_key(number)
        else:
            # Not here: what is to open needs the messages that wait behind this one.
            self.run_worker(self._opened(opening, number), exit_on_error=False)

    async def _opened(self, opening: Opening, number: int) -> None:
        with suppress(TimeoutError):
            if isinstance(opening, asyncio.Event):
                await asyncio.wait_for(opening.wait(), _PATIENCE)
            else:
                await opening
        # After the focus, which is set by a message as well.
        self.call_later(self._end_key, number)

    def _end_key(self, number: int) -> None:
        if number != self._key_number or not self._key_is_taken:
            return
        if self._key_bound is not None:
            self._key_bound.stop()
            self._key_bound = None
        if self._keys_ahead:
            self.call_later(self._next_key)
        else:
            self._key_is_taken = False

    async def _next_key(self) -> None:
        if self._keys_ahead:
            await self._take_key(self._keys_ahead.popleft())
