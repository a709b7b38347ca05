# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail that is not sent but left for another program: in a Maildir of drafts, or in an mbox."""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from maintainer_kit.adapters.durable import replace_file, sync_directory
from maintainer_kit.workflow.replying.ports import NotSent, Posting

_DRAFT = ":2,DS"
"""Flags of maildir(5): a draft, and seen."""
_ROOM = "make room, or name another place: git config mkit.replyTo"


class DraftsMaildir:
    """Implements the port ``Outbox``: a folder that any mailer opens, and sends from."""

    sends = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def words(self) -> str:
        return f"left in {self._folder}"

    def post(self, posting: Posting) -> None:
        path = self._path(posting.message_id)
        try:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(path, posting.raw)
        except OSError as error:
            raise NotSent(f"{self._folder}: {error.strerror}", _ROOM) from error

    def holds(self, message_id: str) -> bool:
        return self._path(message_id).exists()

    def _path(self, message_id: str) -> Path:
        """By the Message-ID, so that the same mail is there once."""
        name = sha256(message_id.encode()).hexdigest()[:32]
        return self._folder / "cur" / f"{name}.mkit{_DRAFT}"


class MboxFile:
    """Implements the port ``Outbox``: an mbox, at whose end mail is put."""

    sends = False

    def __init__(self, path: Path, entry: Callable[[bytes], bytes]) -> None:
        """``entry`` makes a mail's part of an mbox."""
        self._path = path
        self._entry = entry

    @property
    def words(self) -> str:
        return f"left in {self._path}"

    def post(self, posting: Posting) -> None:
        try:
            with open(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                end = file.seek(0, os.SEEK_END)
                try:
                    file.write(_parted(file, end) + self._entry(posting.raw))
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    file.truncate(end)
                    raise
            sync_directory(self._path.parent)
        except OSError as error:
            raise NotSent(f"{self._path}: {error.strerror}", _ROOM) from error

    def holds(self, message_id: str) -> bool:
        """Whether all of it is there: of a mail that was cut short the end is missing."""
        try:
            with self._path.open("rb") as file:
                if not os.fstat(file.fileno()).st_size:
                    return False
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    found = data.find(f"\nMessage-ID: <{message_id}>\n".encode())
                    return found >= 0 and data[-2:] == b"\n\n"
        except OSError:
            return False


def _parted(file: BinaryIO, end: int) -> bytes:
    """What is lacking of the blank line between two mails; the file is left at its end."""
    file.seek(max(0, end - 2))
    last = file.read(2)
    return b"" if not end or last == b"\n\n" else b"\n" if last.endswith(b"\n") else b"\n\n"
