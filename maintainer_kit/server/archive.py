# SPDX-License-Identifier: GPL-2.0-or-later
"""What the web application asks of the mail, and how the stores answer it from many threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from operator import methodcaller
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

from maintainer_kit.errors import NotFound
from maintainer_kit.server.desk import Desk
from maintainer_kit.wiring.serving import Stamp, stamp
from maintainer_kit.workflow.serving.copies import first_copy
from maintainer_kit.workflow.serving.shelf import ALL, Held, Shelf

T = TypeVar("T")
_INTERVAL = 2.0
"""Seconds after which mail folders and settings are looked at, although no database changed."""
_TRIES = 3


class Archive(Protocol):
    """The mail that may be shown. Each method may be called from any thread."""

    def generation(self) -> int:
        """Another number whenever answers may be others than before; follows what is new."""

    def ask(self, question: Callable[[Shelf], T]) -> T: ...

    def raw(self, held: Held, name: str) -> bytes:
        """A mail's bytes as stored, of several copies that of the list; NotFound when gone."""


class StoredArchive:
    """Implements ``Archive`` on the stores of one identity."""

    def __init__(self) -> None:
        self._desk = Desk()
        self._lock = Lock()
        self._generation = 0
        self._files: tuple[Path, ...] = ()
        self._stamp: Stamp = ()
        self._looked = 0.0

    def close(self) -> None:
        self._desk.close()

    def generation(self) -> int:
        with self._lock:
            now = time.monotonic()
            if not self._stamp or now - self._looked > _INTERVAL or self._has_changed():
                self._catch_up()
                self._looked = now
            return self._generation

    def _has_changed(self) -> bool:
        return stamp(self._files) != self._stamp

    def _catch_up(self) -> None:
        for _ in range(_TRIES):
            # Looked at first: what changes while we follow is followed the next time.
            self._stamp = stamp(self._files)
            files = self._files
            follow = methodcaller("catch_up", self._generation)
            self._generation, self._files = self._desk.ask(follow)
            if files == self._files:
                return

    def ask(self, question: Callable[[Shelf], T]) -> T:
        return self._desk.ask(lambda one: question(one.shelf))

    def raw(self, held: Held, name: str = ALL) -> bytes:
        found: list[bytes] = []
        for path in held.paths:
            try:
                found.append(Path(path).read_bytes())
            except OSError:
                continue
        if not found:
            raise NotFound(f"the file of {held.message.message_id} is gone", "mkit sync")
        return first_copy(found, name)
