# SPDX-License-Identifier: GPL-2.0-or-later
"""The Maildir into which mkit stores imported mail. Nothing in it is ever changed or removed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.adapters.living import is_alive
from maintainer_kit.errors import IndexFailure, NotFound

_FLAGS = ":2,"
_NUMBER = count()


class Maildir:
    """Implements the port ``MailFolder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def existing(self) -> dict[str, str]:
        """What is stored; what a killed import left half written in tmp/ is swept away."""
        self._sweep()
        found: dict[str, str] = {}
        for part in ("new", "cur"):
            directory = self.folder / part
            if not directory.is_dir():
                continue
            with os.scandir(directory) as entries:
                found.update((e.name.partition(_FLAGS)[0], e.path) for e in entries)
        return found

    def store(self, mails: Sequence[tuple[str, bytes]]) -> list[str]:
        """Write to tmp/, fsync, then link into cur/, as maildir(5) asks; names are ours alone."""
        try:
            for part in ("tmp", "new", "cur"):
                (self.folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._store(mails)
        except OSError as error:
            raise IndexFailure(
                f"{self.folder}: {error.strerror}; what was stored before stays",
                "make room or check the mount, then run the same command again",
            ) from error

    def _store(self, mails: Sequence[tuple[str, bytes]]) -> list[str]:
        handles: list[tuple[int, str]] = []
        paths: list[str] = []
        try:
            for name, data in mails:
                temporary = str(self.folder / "tmp" / f"{os.getpid()}.{next(_NUMBER)}.{name[:16]}")
                handle = os.open(
                    temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600
                )
                handles.append((handle, temporary))
                view = memoryview(data)
                while view:
                    view = view[os.write(handle, view) :]
            from concurrent.futures import ThreadPoolExecutor

            # The journal of the file system takes many fsyncs at once for little more than one.
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(os.fsync, [handle for handle, _ in handles]))
            for (_, temporary), (name, _) in zip(handles, mails, strict=True):
                final = str(self.folder / "cur" / f"{name}{_FLAGS}")
                os.rename(temporary, final)
                paths.append(final)
        except BaseException:
            for _, temporary in handles[len(paths) :]:
                Path(temporary).unlink(missing_ok=True)
            raise
        finally:
            for handle, _ in handles:
                os.close(handle)
        if paths:
            sync_directory(self.folder / "cur")
        return paths

    def _sweep(self) -> None:
        """Remove our files in tmp/ whose process is gone."""
        directory = self.folder / "tmp"
        if not directory.is_dir():
            return
        for entry in list(os.scandir(directory)):
            owner = entry.name.partition(".")[0]
            if owner.isdigit() and int(owner) != os.getpid() and not is_alive(int(owner)):
                Path(entry.path).unlink(missing_ok=True)

    def read(self, path: str) -> bytes:
        try:
            return Path(path).read_bytes()
        except OSError as error:
            raise NotFound(f"{path}: {error.strerror}") from error
