# SPDX-License-Identifier: GPL-2.0-or-later
"""Stores for the served archive, and whether anything about them changed since."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.catalogue.served import ServedFacts
from maintainer_kit.adapters.notmuch.lock import lock_file
from maintainer_kit.adapters.settings import read_entries
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.serving.register import Register
from maintainer_kit.workflow.serving.shelf import Shelf

Stamp = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """The mail as of now."""

    generation: int
    register: Register
    files: tuple[str, ...]
    """What changes with every change; none where everything has to be opened anew."""


@dataclass
class Opened:
    """The stores of one identity, as an archive reads them."""

    workspace: Workspace
    shelf: Shelf
    files: tuple[str, ...]
    catalogue: int
    """The file that was opened, by its number: ``mkit rebuild`` may make another."""
    is_outdated: bool = False
    """That, or the settings, which say what is confidential, are others now, or all that was opened
    is of an older generation: it has to be opened anew."""

    def catch_up(self, before: int) -> Followed:
        """Follow what is new; a generation above ``before`` where answers may be others now."""
        home = self.workspace.home
        is_same = read_entries(home.settings) == self.workspace.entries
        self.is_outdated = not is_same or _look(home.catalogue)[0] != self.catalogue
        if self.is_outdated:
            return Followed(before + 1, Register(), ())
        self.shelf.generation = max(self.shelf.generation, before)
        return Followed(self.shelf.catch_up(), self.shelf.register, self.files)

    def take_over(self, followed: Followed) -> bool:
        """Go by what others have followed; False where that takes other stores than these."""
        self.is_outdated = self.shelf.generation not in (0, followed.generation)
        self.shelf.generation, self.shelf.register = followed.generation, followed.register
        return not self.is_outdated


@contextmanager
def open_archive() -> Iterator[Opened]:
    """Open the stores of this identity as an archive."""
    with open_workspace() as workspace:
        shelf = Shelf(workspace.stores, ServedFacts(workspace.catalogue))
        lock = lock_file(workspace.database.path)
        catalogue = workspace.home.catalogue
        files = [catalogue, catalogue.with_name(catalogue.name + "-wal"), workspace.home.journal]
        if lock is not None:
            files.append(lock.with_name("iamglass"))
        yield Opened(workspace, shelf, tuple(map(str, files)), _look(catalogue)[0])


def stamp(files: tuple[str, ...]) -> Stamp:
    """Changes with every change of the files; costs a look at each."""
    return tuple(map(_look, files))


def _look(path: str | Path) -> tuple[int, int, int]:
    try:
        info = os.stat(path)
    except OSError:
        return 0, 0, 0
    return info.st_ino, info.st_mtime_ns, info.st_size
