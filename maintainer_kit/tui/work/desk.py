# SPDX-License-Identifier: GPL-2.0-or-later
"""A thread with a workspace of its own: what may wait for a disk or a lock is done there.

SQLite's connections belong to their thread, and a screen must not wait: so each kind of work has
a desk, does its jobs in order, and tells the app when one is done.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any

from textual.app import App
from textual.message import Message

from maintainer_kit.errors import MkitError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.tui.deciding.unfinished import Unfinished
from maintainer_kit.wiring.foreseeing import foresee
from maintainer_kit.wiring.frugal import keep_little
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.foreseen import NOTHING_FORESEEN
from maintainer_kit.workflow.stores import Stores

KEPT = 1_000
"""KiB of the catalogue that each desk keeps: there are six, and the app itself."""
Job = Callable[[Stores], Any]
Done = Callable[[Any], None]
Failed = Callable[[MkitError], None]


class Finished(Message):
    """A job is over; ``tell()`` hands its result, in the app's thread, to whoever asked."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self.tell = tell


@dataclass(frozen=True, slots=True)
class _Task:
    job: Callable[[Any], Any]
    done: Done
    failed: Failed


class Desk:
    """Does jobs one after the other in a thread that begins with the first."""

    def __init__(self, app: App[Any], name: str, unfinished: Unfinished | None = None) -> None:
        """A desk that only reads tells of what is ``unfinished``, too."""
        self._app = app
        self._name = name
        self._unfinished = unfinished
        self._foreseen = NOTHING_FORESEEN
        self._jobs: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: Thread | None = None

    def submit(self, job: Job, done: Done, failed: Failed) -> None:
        """Do a job; then ``done`` with its result or ``failed`` is called in the app's thread.

        A bug in a job is raised there, too.
        """
        self.put(job, done, failed)

    def put(self, job: Callable[[Any], Any], done: Done, failed: Failed) -> None:
        """The same with a job on what ``opened`` gives."""
        self._jobs.put(_Task(job, done, failed))
        if self._thread is None:
            # A daemon: quitting must not wait for an import that another process holds up.
            self._thread = Thread(target=self._work, name=f"mkit-{self._name}", daemon=True)
            self._thread.start()

    def close(self, wait: float) -> None:
        """No more jobs; give those under way ``wait`` seconds to end."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(wait)
            self._thread = None

    def _work(self) -> None:
        task = self._jobs.get()
        while task is not None:
            try:
                with open_workspace() as workspace:
                    keep_little(workspace.stores, KEPT)
                    self._foreseen = NOTHING_FORESEEN
                    while task is not None:
                        self._do(workspace, task)
                        task = self._jobs.get()
            except MkitError as error:
                # The workspace does not open: tell it, and try again with the next job.
                if task is not None:
                    self.tell(task.failed, error)
                    task = self._jobs.get()
            except Exception as error:
                self.tell(_raise, error)
                return

    def opened(self, workspace: Workspace) -> Any:
        """What jobs work on."""
        return workspace.stores

    def _do(self, workspace: Workspace, task: _Task) -> None:
        try:
            self._foresee(workspace.stores)
            result = task.job(self.opened(workspace))
        except MkitError as error:
            self.tell(task.failed, error)
        except Exception as error:
            self.tell(_raise, error)
        else:
            self.tell(task.done, result)

    def _foresee(self, stores: Stores) -> None:
        if self._unfinished and self._foreseen is not self._unfinished.foreseen:
            self._foreseen = self._unfinished.foreseen
            foresee(stores, self._foreseen)

    def tell(self, whom: Callable[[Any], None], what: Any) -> None:
        """Call ``whom`` in the app's thread; may be called from any."""
        self._app.post_message(Finished(lambda: whom(what)))


def _raise(error: Exception) -> None:
    raise error
