# SPDX-License-Identifier: GPL-2.0-or-later
"""What was delivered and is no mail: kept in a directory of its own, with a journal beside it."""

from __future__ import annotations

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from maintainer_kit.adapters.home import Home
from maintainer_kit.adapters.notmuch.new_directory import make_directory

if TYPE_CHECKING:  # most mails are none of these
    from maintainer_kit.adapters.mail.delivery import IncomingMail

_JOURNAL = "journal.jsonl"
_SHOWN = 200


class Refusal(NamedTuple):
    """One line of the journal."""

    time: str
    """ISO 8601, UTC."""
    reason: str
    file: str


class RefusedMail:
    """The directory. Removing it, journal and all, is how a user is done with it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def keep(self, mail: IncomingMail, reason: str) -> Path:
        """Keep it, and note why; durable when this returns. Raises OSError."""
        make_directory(self.directory)
        path = mail.copy_to(self.directory)
        entry = {
            "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "reason": reason,
            "file": path.name,
            "size": mail.size,
            "envelope": mail.envelope[:_SHOWN].decode("utf-8", "replace"),
        }
        self._append(json.dumps(entry).encode() + b"\n")
        return path

    def _append(self, line: bytes) -> None:
        """In one write: others may append just now."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        handle = os.open(self.directory / _JOURNAL, flags, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":
                line = b"\n" + line  # a full disk cut off the last one
            if os.write(handle, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self) -> list[Refusal]:
        """All that was noted, the oldest first; lines that cannot be read are passed over."""
        try:
            lines = (self.directory / _JOURNAL).read_bytes().splitlines()
        except FileNotFoundError:
            return []
        return [found for line in lines if (found := _refusal(line))]


def _refusal(line: bytes) -> Refusal | None:
    try:
        entry = json.loads(line)
        return Refusal(str(entry["time"]), str(entry["reason"]), str(entry["file"]))
    except (ValueError, KeyError, TypeError):
        return None  # a full disk cut it off


def refused_mail(home: Home) -> RefusedMail:
    """That of a home. It is no mail folder: notmuch would name each file of it in each run."""
    return RefusedMail(home.root / "refused")
