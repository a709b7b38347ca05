# SPDX-License-Identifier: GPL-2.0-or-later
"""What the web application asks of the mail, and how the stores answer it from many threads."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from operator import methodcaller
from threading import Lock, Thread
from typing import Protocol, TypeVar

from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.server.desk import Desk
from maintainer_kit.wiring.serving import Followed, Opened, Stamp, stamp
from maintainer_kit.workflow.serving.copies import first_copy
from maintainer_kit.workflow.serving.register import ALL, Entry, Register
from maintainer_kit.workflow.serving.shelf import Shelf

T = TypeVar("T")
_INTERVAL = 2.0
"""Seconds after which mail folders and settings are looked at, although no database changed."""
_NEVER = float("-inf")
_TRIES = 3
_AT_ONCE = 1 << 16
"""Bytes; most mails are read whole by one call."""


class Archive(Protocol):
    """The mail that may be shown. Each method may be called from any thread."""

    def now(self) -> Followed:
        """The mail as of now; its generation is another number whenever answers may be others
        than before."""

    def ask(self, question: Callable[[Shelf], T]) -> T:
        """What takes a look into the stores."""

    def search(self, followed: Followed, question: Callable[[Shelf], T]) -> T:
        """What may take long; nothing else waits for it."""

    def raw(self, entry: Entry, name: str) -> bytes:
        """A mail's bytes as stored, of several copies that of the list; NotFound when gone."""


@dataclass(frozen=True, slots=True)
class _Last:
    """What was followed, and how things looked before that."""

    followed: Followed
    stamp: Stamp
    looked: float

    @property
    def age(self) -> float:
        """Seconds since then."""
        return time.monotonic() - self.looked


class StoredArchive:
    """Implements ``Archive`` on the stores of one identity."""

    def __init__(self) -> None:
        self._desk = Desk()
        self._searcher = Desk()
        self._lock = Lock()
        self._ahead = Lock()
        self._last = _Last(Followed(0, Register(), ()), (), _NEVER)

    def close(self) -> None:
        self._desk.close()
        self._searcher.close()

    def now(self) -> Followed:
        found = self._current()
        if found is not None:
            if self._last.age > _INTERVAL / 2 and self._ahead.acquire(blocking=False):
                Thread(target=self._look_ahead, name="mkit-ahead", daemon=True).start()
            return found
        with self._lock:
            return self._current() or self._catch_up()

    def _look_ahead(self) -> None:
        """Settings are read by processes of git: as long as many ask, nobody waits for that."""
        try:
            # What fails here fails again, and is told, when somebody has to wait for it.
            with suppress(MkitError), self._lock:
                self._catch_up()
        finally:
            self._ahead.release()

    def _current(self) -> Followed | None:
        """What was followed last; None where there may be something new."""
        last = self._last
        if last.age > _INTERVAL or stamp(last.followed.files) != last.stamp:
            return None
        return last.followed

    def _catch_up(self) -> Followed:
        followed = self._last.followed
        for _ in range(_TRIES):
            files = followed.files
            # Looked at first: what changes while we follow is followed the next time.
            looked, found = time.monotonic(), stamp(files)
            followed = self._desk.ask(methodcaller("catch_up", followed.generation))
            if files == followed.files:
                break
        self._last = _Last(followed, found, looked)
        return followed

    def ask(self, question: Callable[[Shelf], T]) -> T:
        return self._desk.ask(lambda one: question(one.shelf))

    def search(self, followed: Followed, question: Callable[[Shelf], T]) -> T:
        def answer(one: Opened) -> tuple[T] | None:
            return (question(one.shelf),) if one.take_over(followed) else None

        while True:
            # None: the stores are of an older generation, and opened anew for the next question.
            found = self._searcher.ask(answer)
            if found is not None:
                return found[0]

    def raw(self, entry: Entry, name: str = ALL) -> bytes:
        found: list[bytes] = []
        for path in entry.paths:
            try:
                found.append(_read(path))
            except OSError:
                continue
        if not found:
            raise NotFound(f"the file of {entry.message_id} is gone", "mkit sync")
        return first_copy(found, name)


def _read(path: str) -> bytes:
    """The bytes of a file, by four calls of the system: ``Path.read_bytes`` makes nine, and with
    each a thread gives up its turn. One that is no file is not waited for."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        parts = [os.read(handle, _AT_ONCE)]
        while more := os.read(handle, _AT_ONCE):
            parts.append(more)
    finally:
        os.close(handle)
    return parts[0] if len(parts) == 1 else b"".join(parts)
