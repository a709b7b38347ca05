# SPDX-License-Identifier: GPL-2.0-or-later
"""Results and their logs in the home: a file each, named by what was tested."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from maintainer_kit.adapters.durable import replace_file
from maintainer_kit.errors import StateError
from maintainer_kit.model.testing.result import Key, Result
from maintainer_kit.model.testing.result_codec import dump_result, load_result

MOST_OF_LOGS = 1 << 30
"""Bytes of all logs together; the oldest go first."""


class KeptResults:
    """Implements ``workflow.testing.ports.Results``."""

    def __init__(self, folder: Path, most_of_logs: int = MOST_OF_LOGS) -> None:
        self._results = folder / "results"
        self._logs = folder / "logs"
        self._most = most_of_logs

    def get(self, key: Key) -> Result | None:
        path = _place(self._results, key, "json")
        try:
            found = load_result(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateError(f"{path}: {error.strerror}", "mkit doctor") from error
        return found[1] if found and found[0] == key else None

    def put(self, key: Key, result: Result, log: str) -> None:
        place = _place(self._results, key, "json")
        try:
            # The log first: a result without one is less than a log without a result.
            kept = _folder(_place(self._logs, key, "log"))
            os.replace(log, kept)
            replace_file(_folder(place), dump_result(key, result).encode() + b"\n")
        except OSError as error:
            words = f"{error.filename or place}: {error.strerror}"
            raise StateError(words, "make room, then run it again") from error

    def log_of(self, key: Key) -> str:
        path = _place(self._logs, key, "log")
        return str(path) if path.exists() else ""

    def thin_out(self) -> None:
        """Drop the oldest logs, where they are more than is kept."""
        found = sorted(_sizes(self._logs))
        left = sum(size for _, size, _ in found) - self._most
        for _, size, path in found:
            if left <= 0:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)
                left -= size


def _place(folder: Path, key: Key, kind: str) -> Path:
    name = key.digest
    return folder / name[:2] / f"{name[2:]}.{kind}"


def _folder(path: Path) -> Path:
    """The path, whose folder is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _sizes(folder: Path) -> list[tuple[int, int, str]]:
    """Each log with its time and size."""
    found = []
    for path in folder.glob("*/*.log"):
        with contextlib.suppress(OSError):
            said = path.stat()
            found.append((said.st_mtime_ns, said.st_size, str(path)))
    return found
