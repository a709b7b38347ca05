# SPDX-License-Identifier: GPL-2.0-or-later
"""What the parts of the catalogue share: the connection, transactions, long lists of values."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from maintainer_kit.errors import Damaged, StateError

_CHUNK = 900
"""Values in one IN (...): below the smallest limit that SQLite was ever built with (999)."""
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, _CHUNK)
"""How many values there are in one: SQLite keeps a program for each text of a query, tens of KiB
for a long one, and each number would make another text."""


class Table:
    """A part of the catalogue, on a connection that all parts share."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db = db
        self.path = path
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction a part of that one."""
        if self._depth:
            yield
            return
        with translated(self.path):
            self.db.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            with translated(self.path):
                yield
                self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:  # a full disk has rolled it back already
                self.db.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0

    def select_in(self, query: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """Rows of a query that holds ``IN (?*)``, for any number of values."""
        for chunk in chunks(list(values)):
            with translated(self.path):
                yield from self.db.execute(_for_number(query, len(chunk)), chunk).fetchall()

    def stream_in(self, query: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """The same, row by row: of what is long, one text is in memory at a time. Nothing may be
        changed before the last one."""
        for chunk in chunks(list(values)):
            with translated(self.path):
                yield from self.db.execute(_for_number(query, len(chunk)), chunk)

    def execute_in(self, query: str, values: Iterable[Any]) -> None:
        """The same for a query that changes something."""
        for chunk in chunks(list(values)):
            self.db.execute(_for_number(query, len(chunk)), chunk)


def chunks(values: list[Any]) -> Iterator[list[Any]]:
    """As many at a time as go into one IN (...); the last is said again until it is of a size."""
    for at in range(0, len(values), _CHUNK):
        chunk = values[at : at + _CHUNK]
        size = next(one for one in _SIZES if one >= len(chunk))
        yield chunk + chunk[-1:] * (size - len(chunk))


def _for_number(query: str, number: int) -> str:
    return query.replace("?*", ",".join("?" * number))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors in our words, with the file that they are about."""
    try:
        yield
    except sqlite3.OperationalError as error:
        words = str(error)
        if "I/O" in words and _is_full(path):
            words = "no space left on the disk"
        raise StateError(f"{path}: {words}", _hint(words)) from error
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path} is damaged: {error}", "mkit rebuild") from error


def _is_full(path: Path) -> bool:
    try:
        return os.statvfs(path.parent).f_bavail == 0
    except OSError:
        return False


def _hint(text: str) -> str:
    if "locked" in text or "busy" in text:
        return "another mkit is writing; try again"
    if "full" in text or "no space" in text:
        return "make room, then run the same command again: nothing was changed"
    if "readonly" in text or "unable to open" in text:
        return "check the owner and the mount of the directory: mkit doctor"
    return "mkit doctor"


def distinct(values: Collection[str]) -> list[str]:
    return list(dict.fromkeys(values))
