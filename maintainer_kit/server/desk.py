# SPDX-License-Identifier: GPL-2.0-or-later
"""A thread with a workspace of its own: requests ask it, one after the other.

SQLite's connections and notmuch's database belong to one thread. What an answer needs besides
them, files and compression, is done in the thread of its request.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from maintainer_kit.errors import MkitError
from maintainer_kit.wiring.serving import Opened, open_archive

T = TypeVar("T")
_GRACE = 0.3
"""Seconds for the job under way when it is closed."""
_Job = tuple[Callable[[Opened], object], "Future[object]"]


class Desk:
    """Does jobs on the stores until it is closed."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        # A daemon: ending must not wait for a long query.
        self._thread = Thread(target=self._work, name="mkit-archive", daemon=True)
        self._thread.start()

    def ask(self, job: Callable[[Opened], T]) -> T:
        """The result of a job; what it raises is raised here."""
        future: Future[object] = Future()
        self._jobs.put((job, future))
        return future.result()  # type: ignore[return-value]

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join(_GRACE)

    def _work(self) -> None:
        task = self._jobs.get()
        while task is not None:
            try:
                with open_archive() as opened:
                    while task is not None:
                        _do(opened, task)
                        if opened.is_outdated:
                            break
                        task = self._jobs.get()
            except MkitError as error:
                # The stores do not open: tell it, and try again with the next request.
                if task is not None and not task[1].done():
                    task[1].set_exception(error)
            if task is not None:
                task = self._jobs.get()


def _do(opened: Opened, task: _Job) -> None:
    job, future = task
    try:
        future.set_result(job(opened))
    except Exception as error:
        future.set_exception(error)
