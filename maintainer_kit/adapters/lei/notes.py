# SPDX-License-Identifier: GPL-2.0-or-later
"""Which searches are tracked, in a file of the home: one object of JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.workflow.tracking import Tracked

NAME = "tracked"
_VERSION = 1
_TEXTS = ("name", "what", "query")
_NUMBERS = ("updated", "mails")


class TrackNotes:
    """Implements the port ``Notes``."""

    def __init__(self, home: Path) -> None:
        self._file = JsonFile(home / NAME, _VERSION, "", "make room, then again")

    def all(self) -> dict[str, Tracked]:
        """By name; what cannot be understood is left out."""
        listed = self._file.read().get("searches")
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
        self._file.write(searches=listed)


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
