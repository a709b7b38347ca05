# SPDX-License-Identifier: GPL-2.0-or-later
"""How far archives were read, in a file of the home: one object of JSON.

Derived: without it all of an archive is read again, and passed over as known.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.errors import StateError
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.workflow.inbox import Mark, Marks

NAME = "inbox-marks"
_VERSION = 1
_OBJECT = lazy_pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class InboxMarks:
    """Implements the port ``MarkKeeper``."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def read(self, index: str) -> Marks:
        """None of another index, and none from a file that cannot be understood."""
        try:
            told = json.loads(self._path.read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "mkit doctor") from error
        if not isinstance(told, dict) or told.get("version") != _VERSION:
            return {}
        epochs = told.get("epochs")
        if told.get("index") != index or not isinstance(epochs, dict):
            return {}
        return {path: mark for path, one in epochs.items() if (mark := _mark(one))}

    def write(self, index: str, marks: Marks) -> None:
        """Put marks in beside the others, whole or not at all."""
        epochs = {
            path: {"commit": mark.commit, "missing": mark.missing}
            for path, mark in sorted({**self.read(index), **marks}.items())
        }
        told = {"version": _VERSION, "index": index, "epochs": epochs}
        temporary = self._path.with_name(f".{NAME}.{os.getpid()}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        try:
            with open(os.open(temporary, flags, 0o600), "wb") as file:
                file.write(json.dumps(told, indent=1).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
            sync_directory(self._path.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise StateError(
                f"{self._path}: {error.strerror}; what was imported stays", "mkit doctor"
            ) from error


def _mark(told: Any) -> Mark | None:
    """A mark as it was written; None for anything else."""
    if not isinstance(told, dict) or not isinstance(told.get("missing"), list):
        return None
    objects = [told.get("commit"), *told["missing"]]
    if not all(isinstance(one, str) and _OBJECT.fullmatch(one) for one in objects):
        return None
    return Mark(objects[0], tuple(objects[1:]))
