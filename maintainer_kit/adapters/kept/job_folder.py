# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs that outlive their process, a folder of the home each: how far one is, a repository of ours
that borrows the user's objects, and a work tree."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, TypeVar

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.errors import Busy, StateError

T = TypeVar("T")
_VERSION = 1
_WHOLE = "mkit-whole"
"""In a repository of ours, once all of it was made."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """What the jobs of one verb have in common."""

    room: str
    """The folder of the home that all of them are in."""
    state: str
    """The file that says how far a job is."""
    digits: int
    """Of the hash by which a folder is called."""
    load: Callable[[Mapping[str, Any]], T | None]
    """None for what ``dump`` did not write."""
    dump: Callable[[T], Mapping[str, object]]
    noun: str
    """What a person calls such a job."""
    busy: tuple[str, str]
    """Said where another process works at it: words and a hint."""
    hint: str = "make room"
    """What helps where nothing can be written."""
    trouble: str = ""
    """Said of a state that could not be written, after the reason."""
    own: str = "own"
    """The folder of the repository of ours."""


class JobFolder(Generic[T]):
    """One of them. All that it does raises StateError where it cannot."""

    def __init__(self, kind: Kind[T], path: Path) -> None:
        self.kind = kind
        self.path = path

    @property
    def own(self) -> Path:
        """The repository of ours."""
        return self.path / self.kind.own

    @property
    def tree(self) -> Path:
        return self.path / "tree"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else works at it. Raises Busy."""
        with self.told(self.path.parent):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file_lock(self.path.with_suffix(".lock"), 0.0) as is_ours:
            if not is_ours:
                raise Busy(*self.kind.busy)
            yield

    def read(self) -> T | None:
        """None where nothing is under way. What a person did in the tree must not be lost: a file
        that tells nothing is no absence."""
        path = self.path / self.kind.state
        found = self.kind.load(self.file(self.kind.state).read())
        if found is None and os.path.lexists(path):
            hint = f"mend it, or, to forget this {self.kind.noun}, move {self.path} away"
            raise StateError(f"{path} cannot be understood", hint)
        return found

    def begin(self) -> None:
        """An empty folder, whatever was there."""
        self.drop()
        with self.told(self.path):
            self.path.mkdir(mode=0o700, parents=True)

    def put(self, job: T) -> None:
        """Durable when it returns; where it cannot be written the last one stands."""
        self.file(self.kind.state).write(**self.kind.dump(job))

    def drop(self) -> None:
        """Renamed first, so that half of it is never taken for the whole."""
        with self.told(self.path):
            gone = self.path.with_suffix(".gone")
            shutil.rmtree(gone, ignore_errors=True)
            if self.path.exists():
                self.path.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)

    def repository(self, source: Git, patience: float) -> Borrowed:
        """That of ours, made anew where a crash left half of it: then nothing was done in it.
        Raises RepositoryError."""
        # mkit did not always mark them; where a work tree was added, it was whole.
        if (self.own / _WHOLE).is_file() or (self.own / "worktrees").is_dir():
            return Borrowed.open(source, self.own, patience)
        shutil.rmtree(self.own, ignore_errors=True)
        made = Borrowed.create(source, self.own, patience)
        with self.told(self.own):
            (self.own / _WHOLE).touch()
        return made

    def file(self, name: str) -> JsonFile:
        """A small file in it."""
        return JsonFile(self.path / name, _VERSION, self.kind.trouble, self.kind.hint)

    @contextmanager
    def told(self, path: Path) -> Iterator[None]:
        """What the system refuses to do with a path."""
        try:
            yield
        except OSError as error:
            raise StateError(f"{path}: {error.strerror}", self.kind.hint) from error


def path_of(kind: Kind[T], home: Path, key: str) -> Path:
    """The folder of the job that a text is for, which names it among all of its kind."""
    return home / kind.room / sha256(os.fsencode(key)).hexdigest()[: kind.digits]


def all_of(kind: Kind[T], home: Path) -> list[JobFolder[T]]:
    """Those with a state, without those that are being dropped."""
    found = (path.parent for path in sorted((home / kind.room).glob(f"*/{kind.state}")))
    return [JobFolder(kind, folder) for folder in found if not folder.suffix]


def under_way(kind: Kind[T], home: Path) -> list[tuple[JobFolder[T], T]]:
    """Those that can be understood."""
    found = []
    for folder in all_of(kind, home):
        with suppress(StateError):
            if (job := folder.read()) is not None:
                found.append((folder, job))
    return found


def refuse_unclear(kind: Kind[T], home: Path) -> None:
    """Raises StateError for one that cannot be understood."""
    for folder in all_of(kind, home):
        folder.read()
