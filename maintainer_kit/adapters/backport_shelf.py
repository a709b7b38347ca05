# SPDX-License-Identifier: GPL-2.0-or-later
"""Backports that are under way: a folder each in ``backporting/`` of the home."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.errors import Busy, Refused, StateError
from maintainer_kit.workflow.backporting.job import Job, dump, load

NAME = "backporting"
_STATE = "job.json"
_VERSION = 1
_DIGITS = 12


class BackportShelf:
    """Implements the port ``Shelf`` for one repository and branch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def own(self) -> Path:
        """Where the borrowing repository is."""
        return self.folder / "own"

    @property
    def tree(self) -> Path:
        """The work tree."""
        return self.folder / "tree"

    def load(self) -> Job | None:
        """None where none is under way; raises StateError where that cannot be told."""
        path = self.folder / _STATE
        job = load(dict(_file(self.folder).read()))
        if job is None and os.path.lexists(path):
            # What a person did in the tree must not be lost: this is no absence.
            hint = f"mend it, or, to forget this backport, move {self.folder} away"
            raise StateError(f"{path} cannot be understood", hint)
        return job

    def begin(self) -> None:
        """Make room; what a crash left before a job was kept is removed. Raises Refused where one
        is under way, StateError where that cannot be told."""
        if (job := self.load()) is not None:
            branch = job.branch.removeprefix("refs/heads/")
            words = f"a backport to {branch} is under way in {self.tree}"
            raise Refused(words, f"mkit backport --continue, --skip or --abort, --to {branch}")
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            self.folder.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise StateError(f"{self.folder}: {error.strerror}", "make room") from error

    def save(self, job: Job) -> None:
        _file(self.folder).write(**dump(job))

    def drop(self) -> None:
        (self.folder / _STATE).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Raises Busy while another mkit works at it."""
        try:
            self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(f"{self.folder.parent}: {error.strerror}", "make room") from error
        with file_lock(self.folder.with_suffix(".lock"), 0.0) as mine:
            if not mine:
                raise Busy("another mkit works at this backport", "wait for it")
            yield


def shelf_for(home: Path, place: str, branch: str) -> BackportShelf:
    """``place`` is the git directory of the repository, ``branch`` a full name."""
    key = sha256(os.fsencode(f"{place}\0{branch}")).hexdigest()
    return BackportShelf(home / NAME / key[:_DIGITS])


def under_way(home: Path) -> list[tuple[BackportShelf, Job]]:
    """All backports that can be understood."""
    found = []
    for shelf in _shelves(home):
        with suppress(StateError):
            if job := shelf.load():
                found.append((shelf, job))
    return found


def refuse_unclear(home: Path) -> None:
    """Raises StateError for a backport that cannot be understood."""
    for shelf in _shelves(home):
        shelf.load()


def _shelves(home: Path) -> list[BackportShelf]:
    return [BackportShelf(path) for path in sorted((home / NAME).glob("*/"))]


def _file(folder: Path) -> JsonFile:
    return JsonFile(folder / _STATE, _VERSION, "; the backport is as it was before", "make room")
