# SPDX-License-Identifier: GPL-2.0-or-later
"""How far archives were read, in a file of the home: one object of JSON.

Derived: without it all of an archive is read again, and passed over as known.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.workflow.inbox import Mark, Marks

NAME = "inbox-marks"
_VERSION = 1
_OBJECT = lazy_pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class InboxMarks:
    """Implements the port ``MarkKeeper``."""

    def __init__(self, home: Path) -> None:
        trouble = "; what was imported stays"
        self._file = JsonFile(home / NAME, _VERSION, trouble, "mkit doctor")

    def read(self, index: str) -> Marks:
        """None of another index, and none from a file that cannot be understood."""
        told = self._file.read()
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
        self._file.write(index=index, epochs=epochs)


def _mark(told: Any) -> Mark | None:
    """A mark as it was written; None for anything else."""
    if not isinstance(told, dict) or not isinstance(told.get("missing"), list):
        return None
    objects = [told.get("commit"), *told["missing"]]
    if not all(isinstance(one, str) and _OBJECT.fullmatch(one) for one in objects):
        return None
    return Mark(objects[0], tuple(objects[1:]))
