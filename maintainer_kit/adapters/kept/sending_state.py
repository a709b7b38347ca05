# SPDX-License-Identifier: GPL-2.0-or-later
"""What one run of git send-email has shown so far: it calls the hook once for each file, and a
series can be looked at only when all are known."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.errors import StateError

_MOST_OF_HEADER = 1 << 20
_OLD = 24 * 3600
"""Seconds after which what an interrupted run has left is taken away."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that is to be sent."""

    counter: int
    """Its place among all files, from 1; cover letters count."""
    path: Path
    header: bytes
    """The header that git would send it with; empty when git did not say."""


class SendingState:
    """A file below the git directory, of one run."""

    def __init__(self, git_folder: Path, run: str) -> None:
        self._folder = git_folder / "mkit"
        self._path = self._folder / f"sending-{run}.jsonl"

    def add(self, counter: int, path: Path, header: Path | None) -> None:
        """Note a file; the first one begins anew. The header is copied: git deletes it."""
        record = {
            "counter": counter,
            "path": str(path),
            "header": _read(header).decode("latin-1") if header is not None else "",
        }
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if counter == 1:
                self._sweep()
            flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if counter == 1 else os.O_APPEND)
            with open(os.open(self._path, flags | os.O_NOFOLLOW, 0o600), "w") as file:
                file.write(json.dumps(record) + "\n")
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "MKIT_HOOKS=off") from error

    def shown(self) -> Sequence[Shown]:
        """All files so far, in order."""
        try:
            lines = self._path.read_text().splitlines()
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "MKIT_HOOKS=off") from error
        records = {one["counter"]: one for one in map(json.loads, lines)}
        return [
            Shown(at, Path(one["path"]), one["header"].encode("latin-1"))
            for at, one in sorted(records.items())
        ]

    def end(self) -> None:
        """Forget them."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _sweep(self) -> None:
        for path in self._folder.glob("sending-*.jsonl"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _OLD:
                    path.unlink()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_OF_HEADER)
    except OSError as error:
        raise StateError(f"{path}: {error.strerror}", "MKIT_HOOKS=off") from error
