# SPDX-License-Identifier: GPL-2.0-or-later
"""Backports that are under way: a folder each in ``backporting/`` of the home."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.json_file import JsonFile
from maintainer_kit.errors import Busy, Refused, StateError
from maintainer_kit.workflow.backporting.job import Job, dump, load

NAME = "backporting"
_STATE = "job.json"
_VERSION = 1
_DIGITS = 12


class BackportShelf:
    """Implements the port ``Shelf`` for one repository and branch."""

    def __init__(self, home: Path, repository: str, branch: str) -> None:
        key = sha256(os.fsencode(f"{os.path.realpath(repository)}\0{branch}")).hexdigest()
        self.folder = home / NAME / key[:_DIGITS]

    @property
    def own(self) -> Path:
        """Where the borrowing repository is."""
        return self.folder / "own"

    @property
    def tree(self) -> Path:
        """The work tree."""
        return self.folder / "tree"

    def load(self) -> Job | None:
        return _read(self.folder)

    def begin(self) -> None:
        """Make room; what a crash left before a job was kept is removed. Raises Refused where one
        is under way."""
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
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file_lock(self.folder.with_suffix(".lock"), 0.0) as mine:
            if not mine:
                raise Busy("another mkit works at this backport", "wait for it")
            yield


def jobs(home: Path) -> list[Job]:
    """All that are under way."""
    folders = sorted((home / NAME).glob("*/"))
    return [job for folder in folders if (job := _read(folder))]


def _read(folder: Path) -> Job | None:
    fields = _file(folder).read()
    return load(dict(fields)) if fields else None


def _file(folder: Path) -> JsonFile:
    return JsonFile(folder / _STATE, _VERSION, "; the backport is as it was before", "make room")
