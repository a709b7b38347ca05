# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests side by side, in private work trees that are kept from run to run."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.testing.keeper import kill_left_over
from maintainer_kit.adapters.testing.slot import Slot
from maintainer_kit.errors import Busy, RepositoryError, StateError
from maintainer_kit.workflow.testing.ports import Job, Ran

_UNFIT = re.compile(r"[^A-Za-z0-9._-]")
_PATIENCE = 1800.0
"""Seconds that git may take to check a big tree out."""
_GLANCE = 0.5
"""Seconds between two looks whether anybody still waits."""
_FULL = b"No space left on device"
_LITTLE, _NOTHING = 256 << 20, 1 << 20


class WorkTrees:
    """``workflow.testing.ports.Laboratory`` by real processes."""

    def __init__(
        self, borrowed: Borrowed, trees: Path, cores: int, check: Callable[[], None]
    ) -> None:
        """``check`` is called now and then, and raises where nobody waits any longer."""
        self._check = check
        self._borrowed = borrowed
        self._trees = trees
        self._free = cores
        self._cores = cores
        self._slots: dict[str, Slot] = {}
        self._resting: list[str] = []
        self._running: dict[Future[Ran], tuple[Job, str]] = {}
        self._pool = ThreadPoolExecutor(cores)

    def has_room(self, cores: int) -> bool:
        return self.is_idle or self._taken(cores) <= self._free

    def start(self, job: Job) -> None:
        name = self._slot_for(job)
        self._free -= self._taken(job.configuration.cores)
        self._running[self._pool.submit(self._slots[name].run, job)] = job, name

    @property
    def is_idle(self) -> bool:
        return not self._running

    def wait(self) -> Ran:
        done: set[Future[Ran]] = set()
        while not done:
            self._check()
            done, _ = wait(self._running, timeout=_GLANCE, return_when=FIRST_COMPLETED)
        one = done.pop()
        job, name = self._running.pop(one)
        self._free += self._taken(job.configuration.cores)
        if not job.configuration.keeps:
            self._resting.append(name)
        try:
            ran = one.result()
            if (ran.code or ran.reason) and (place := self._full(ran)):
                words = f"{place}: no space left on the disk"
                raise StateError(words, "make room, then run it again")
        except StateError:
            self._slots[name].clear()
            raise
        return ran

    def close(self) -> None:
        """Stop all that runs; what was not finished is as if it had not begun."""
        for one in self._slots.values():
            one.close()
        self._pool.shutdown(cancel_futures=True)
        for one in self._slots.values():
            one.release()

    def _taken(self, cores: int) -> int:
        return min(cores, self._cores)

    def _slot_for(self, job: Job) -> str:
        if job.configuration.keeps:
            name = f"keep-{job.configuration.name}"
        elif self._resting:
            return self._resting.pop()
        else:
            name = str(sum(not one.startswith("keep-") for one in self._slots))
        if name not in self._slots:
            self._slots[name] = Slot(self._borrowed, self._trees / name)
        return name

    def _full(self, ran: Ran) -> str:
        """Where there is no room left, when that may be why it failed."""
        bound = _LITTLE if _FULL in ran.output else _NOTHING
        for place in (str(self._trees), tempfile.gettempdir()):
            if shutil.disk_usage(place).free < bound:
                return place
        return ""


@contextmanager
def open_laboratory(
    source: Git, folder: Path, cores: int, check: Callable[[], None] = lambda: None
) -> Iterator[WorkTrees]:
    """The work trees of one repository, below a folder of ours. Raises Busy where another mkit is
    at work in them."""
    place = folder / _name_of(source)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(f"{place}: {error.strerror}", "mkit doctor") from error
    with file_lock(place / "lock", 0.0) as is_ours:
        if not is_ours:
            raise Busy("another mkit tests this repository", "wait until it has ended")
        trees = place / "trees"
        kill_left_over(trees)
        laboratory = WorkTrees(_borrow(source, place / "repository"), trees, cores, check)
        try:
            yield laboratory
        finally:
            laboratory.close()


def _borrow(source: Git, folder: Path) -> Borrowed:
    """Ours, as it is or anew: all that is in it can be made again."""
    try:
        if (folder / "objects" / "info" / "alternates").exists():
            return Borrowed.open(source, folder, _PATIENCE)
    except RepositoryError:
        pass  # somebody's test may have done anything to it
    shutil.rmtree(folder, ignore_errors=True)
    # Whole or not at all: half of one would look like a repository, too.
    half = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    Borrowed.create(source, half, _PATIENCE)
    try:
        half.rename(folder)
    except OSError as error:
        raise StateError(f"{folder}: {error.strerror}", "mkit doctor") from error
    return Borrowed.open(source, folder, _PATIENCE)


def _name_of(source: Git) -> str:
    """The same for all work trees of a repository, and readable."""
    layout = read_layout(source)
    objects = os.path.realpath(layout.objects)
    named = (layout.top or layout.folder).name.removesuffix(".git")
    readable = _UNFIT.sub("_", named)[:40].strip(".") or "repository"
    return f"{readable}-{sha256(os.fsencode(objects)).hexdigest()[:12]}"
