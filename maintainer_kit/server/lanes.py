# SPDX-License-Identifier: GPL-2.0-or-later
"""Which thread answers a request: what is read from files alone does not wait for searches."""

from __future__ import annotations

from typing import Any

from waitress.task import ThreadedTaskDispatcher

_GRACE = 0.3
"""Seconds for requests under way when the server is to end; waitress's own default is five."""
_OTHERS = 7
_QUICK = ("/t.mbox.gz", "/raw")
"""How the paths of the mails themselves end."""


class Lanes:
    """A dispatcher of waitress: one thread for mails, some for all else.

    A thread that reads files or packs gives up its turn with each of them, so eight that do it at
    once mostly wait for each other: 30 mails take three times as long as in one.
    """

    def __init__(self) -> None:
        self._mails = ThreadedTaskDispatcher()
        self._others = ThreadedTaskDispatcher()
        self._mails.set_thread_count(1)
        self._others.set_thread_count(_OTHERS)

    def add_task(self, channel: Any) -> None:
        """Answer the first of a connection's requests."""
        request = channel.requests[0]
        is_quick = request.command == "GET" and str(request.path).endswith(_QUICK)
        (self._mails if is_quick else self._others).add_task(channel)

    def shutdown(self) -> None:
        self._mails.shutdown(timeout=_GRACE)
        self._others.shutdown(timeout=_GRACE)
