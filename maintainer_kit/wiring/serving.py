# SPDX-License-Identifier: GPL-2.0-or-later
"""Stores for the served archive, and whether anything about them changed since."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from maintainer_kit.adapters.catalogue.served import ServedFacts
from maintainer_kit.adapters.notmuch.lock import lock_file
from maintainer_kit.adapters.settings import read_entries
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.serving.shelf import Shelf

Stamp = tuple[tuple[int, int, int], ...]


@dataclass
class Opened:
    """The stores of one identity, as an archive reads them."""

    workspace: Workspace
    shelf: Shelf
    is_outdated: bool = False
    """The settings, which say what is confidential, are others now: it has to be opened anew."""
    files: tuple[Path, ...] = field(default=())

    def catch_up(self, before: int) -> tuple[int, tuple[Path, ...]]:
        """Follow what is new; a number above ``before`` where answers may be others now, and the
        files that change with every change."""
        entries = read_entries(self.workspace.home.settings)
        self.is_outdated = entries != self.workspace.entries
        if self.is_outdated:
            return before + 1, ()
        self.shelf.generation = max(self.shelf.generation, before)
        return self.shelf.catch_up(), self.files


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
        yield Opened(workspace, shelf, files=tuple(files))


def stamp(files: tuple[Path, ...]) -> Stamp:
    """Changes with every change of the files; costs a look at each."""
    return tuple(_look(path) for path in files)


def _look(path: Path) -> tuple[int, int, int]:
    try:
        info = os.stat(path)
    except OSError:
        return 0, 0, 0
    return info.st_ino, info.st_mtime_ns, info.st_size
