# SPDX-License-Identifier: GPL-2.0-or-later
"""How many messages a notmuch database holds, known as long as nobody writes to it.

notmuch looks at each of them to count them, and no number of its own tells that one is gone: in a
home of 200,000 messages that alone would be a fifth of what a list takes.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from maintainer_kit.adapters.notmuch.lock import lock_file

_BIGGEST = 4096
"""Bytes of Xapian's version file; it has some hundred."""


def database_version(database: Path) -> str:
    """Changes with each commit to a database, whatever that changes; empty where it is not known.

    Xapian's version file names the database, the number of its last commit, and the roots of its
    tables.
    """
    lock = lock_file(database)
    if lock is None:
        return ""
    try:
        with lock.with_name("iamglass").open("rb") as file:
            held = file.read(_BIGGEST + 1)
    except OSError:
        return ""
    return held.hex() if len(held) <= _BIGGEST else ""


class MessageCount:
    """A number in a file, with what it was counted by."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def recall(self, version: str) -> int | None:
        """The number that was counted at a version; None where it is not known."""
        try:
            known, _, number = self._file.read_text(encoding="ascii").partition("\n")
            return int(number) if version and known == version else None
        except (OSError, ValueError):
            return None

    def keep(self, version: str, number: int) -> None:
        """Know it from now on. Where it cannot be written it is counted again, and that is all."""
        if not version:
            return
        temporary = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            temporary.write_text(f"{version}\n{number}", encoding="ascii")
            os.replace(temporary, self._file)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
