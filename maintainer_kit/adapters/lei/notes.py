# SPDX-License-Identifier: GPL-2.0-or-later
"""Which searches are tracked, in a file of the home: one object of JSON."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.tracking import Tracked

NAME = "tracked"
_VERSION = 1
_TEXTS = ("name", "what", "query")
_NUMBERS = ("updated", "mails")


class TrackNotes:
    """Implements the port ``Notes``."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def all(self) -> dict[str, Tracked]:
        """By name; what cannot be understood is left out."""
        try:
            told = json.loads(self._path.read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "mkit doctor") from error
        if not isinstance(told, dict) or told.get("version") != _VERSION:
            return {}
        listed = told.get("searches")
        found = [_read(one) for one in listed] if isinstance(listed, list) else []
        return {one.name: one for one in sorted(filter(None, found), key=lambda one: one.name)}

    def put(self, tracked: Tracked) -> None:
        """Keep this for its name; durable when it returns."""
        self._write({**self.all(), tracked.name: tracked})

    def drop(self, name: str) -> None:
        self._write({key: one for key, one in self.all().items() if key != name})

    def _write(self, searches: dict[str, Tracked]) -> None:
        listed = [
            {
                **{key: getattr(one, key) for key in (*_TEXTS, *_NUMBERS)},
                "places": list(one.places),
                "open": one.is_open,
            }
            for one in searches.values()
        ]
        data = json.dumps({"version": _VERSION, "searches": listed}, indent=1).encode()
        temporary = self._path.with_name(f".{NAME}.{os.getpid()}")
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
            with open(os.open(temporary, flags, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
            sync_directory(self._path.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise StateError(f"{self._path}: {error.strerror}", "make room, then again") from error


def _read(value: Any) -> Tracked | None:
    if not isinstance(value, dict) or not isinstance(value.get("places"), list):
        return None
    texts = {key: value.get(key) for key in _TEXTS}
    numbers = {key: value.get(key) for key in _NUMBERS}
    if not all(isinstance(one, str) for one in texts.values()):
        return None
    if not all(type(one) is int for one in numbers.values()):
        return None
    fields: dict[str, Any] = {**texts, **numbers}
    places = tuple(map(str, value["places"]))
    return Tracked(**fields, places=places, is_open=value.get("open") is not False)
