# SPDX-License-Identifier: GPL-2.0-or-later
"""The changes of many epochs, kept in a temporary file: a big archive has millions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from maintainer_kit.adapters.inbox.history import Change
from maintainer_kit.errors import StateError

_WIDTH = 32
"""Bytes of the longest id of an object (SHA-256)."""
_SIZE = 2 + 2 * _WIDTH
_READ = 1000 * _SIZE


@dataclass(frozen=True, slots=True)
class Numbered:
    """A change, and its place in the order of all."""

    number: int
    change: Change


class Spool:
    """Takes changes in order, and gives stretches of them back as often as is wanted."""

    def __init__(self) -> None:
        self.count = 0
        self._file = tempfile.TemporaryFile(prefix="mkit-")  # noqa: SIM115

    def add(self, change: Change) -> None:
        commit, blob = bytes.fromhex(change.commit), bytes.fromhex(change.blob)
        head = bytes((change.is_deletion, len(blob)))
        try:
            self._file.write(head + commit.ljust(_WIDTH, b"\0") + blob.ljust(_WIDTH, b"\0"))
        except OSError as error:
            where = tempfile.gettempdir()
            raise StateError(
                f"{where}: {error.strerror}", "set TMPDIR to a directory with room"
            ) from error
        self.count += 1

    def between(self, start: int, end: int) -> Iterator[Numbered]:
        """The changes from one number to before another."""
        while start < end:
            self._file.seek(start * _SIZE)
            block = self._file.read(min(_READ, (end - start) * _SIZE))
            for at in range(0, len(block), _SIZE):
                yield Numbered(start, _change(block[at : at + _SIZE]))
                start += 1

    def close(self) -> None:
        self._file.close()


def _change(record: bytes) -> Change:
    is_deletion, size = record[0], record[1]
    commit, blob = record[2 : 2 + size], record[2 + _WIDTH : 2 + _WIDTH + size]
    return Change(commit.hex(), blob.hex(), bool(is_deletion))
