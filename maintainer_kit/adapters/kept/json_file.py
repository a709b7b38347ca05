# SPDX-License-Identifier: GPL-2.0-or-later
"""Small files of the home, each one object of JSON with a version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.durable import replace_file
from maintainer_kit.errors import StateError


class JsonFile:
    """An object of JSON that is replaced as a whole."""

    def __init__(self, path: Path, version: int, trouble: str, hint: str) -> None:
        """Where it cannot be written, ``trouble`` is said after the reason, and ``hint`` helps."""
        self._path = path
        self._version = version
        self._trouble = trouble
        self._hint = hint

    def read(self) -> Mapping[str, Any]:
        """Its fields; none of a file that is not there, that cannot be understood, or of another
        version. Raises StateError where it cannot be read."""
        try:
            told = json.loads(self._path.read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "mkit doctor") from error
        if not isinstance(told, dict) or told.get("version") != self._version:
            return {}
        return told

    def write(self, **fields: Any) -> None:
        """Durable when it returns. Raises StateError; then the last one stands."""
        data = json.dumps({"version": self._version, **fields}, indent=1).encode() + b"\n"
        try:
            replace_file(self._path, data)
        except OSError as error:
            words = f"{self._path}: {error.strerror}{self._trouble}"
            raise StateError(words, self._hint) from error
