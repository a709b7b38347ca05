# SPDX-License-Identifier: GPL-2.0-or-later
"""Long work that was asked for: several at once, each in a thread with a workspace of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any, Protocol

from textual.app import App

from maintainer_kit.errors import MkitError
from maintainer_kit.tui.work.desk import Finished
from maintainer_kit.wiring.workspace import Workspace, open_workspace


class Stopped(MkitError):
    """Work that was told to end; what it did stays."""


class Running(Protocol):
    """What the list of what runs tells of one."""

    @property
    def name(self) -> str: ...

    @property
    def words(self) -> str:
        """How far it is."""

    @property
    def begun(self) -> float:
        """When it began, by the monotonic clock."""

    def stop(self) -> None:
        """Let it end at its next step."""


@dataclass(eq=False)
class Work:
    """One thing that takes long. It writes its words, others read them: neither waits."""

    name: str
    words: str = ""
    begun: float = field(default_factory=time.monotonic)
    _stop: Event = field(default_factory=Event)

    def stop(self) -> None:
        self._stop.set()
        self.words = "stopping"

    def check(self) -> None:
        """Raise Stopped once it was told to end."""
        if self._stop.is_set():
            raise Stopped(f"{self.name} was stopped; what it did stays")

    def say(self, words: str) -> None:
        """How far it is. Raises Stopped."""
        self.check()
        self.words = words

    def advance(self, done: int, total: int | None = None) -> None:
        """The same in numbers, as workflow tells its progress."""
        self.say(f"{done} of {total}" if total else str(done))


Job = Callable[[Workspace, Work], Any]


class Works:
    """All that was begun and is not over."""

    def __init__(self, app: App[Any], changed: Callable[[Sequence[Work]], None]) -> None:
        """``changed`` is told, in the app's thread, when something begins or ends."""
        self._app = app
        self._changed = changed
        self._listed: list[Work] = []

    @property
    def listed(self) -> Sequence[Work]:
        return tuple(self._listed)

    def begin(
        self,
        name: str,
        job: Job,
        done: Callable[[Any], None],
        failed: Callable[[MkitError], None],
    ) -> Work:
        """Begin it; then ``done`` with its result or ``failed`` is called in the app's thread."""
        work = Work(name)
        self._listed.append(work)

        def end(tell: Callable[[Any], None], what: Any) -> None:
            self._listed.remove(work)
            self._changed(self.listed)
            tell(what)

        def run() -> None:
            tell, what = _outcome(job, work, done, failed)
            self._app.post_message(Finished(lambda: end(tell, what)))

        # A daemon: quitting does not wait for a server. What it has imported stays.
        Thread(target=run, name=f"mkit-{name}", daemon=True).start()
        self._changed(self.listed)
        return work

    def stop(self) -> None:
        """Let all of it end."""
        for work in self._listed:
            work.stop()


def _outcome(
    job: Job, work: Work, done: Callable[[Any], None], failed: Callable[[MkitError], None]
) -> tuple[Callable[[Any], None], Any]:
    """What is to be told of a job, and to whom; a bug in it is raised in the app's thread."""
    try:
        with open_workspace() as workspace:
            return done, job(workspace, work)
    except MkitError as error:
        return failed, error
    except Exception as error:
        return _raise, error


def _raise(error: Exception) -> None:
    raise error
