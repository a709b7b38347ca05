# SPDX-License-Identifier: GPL-2.0-or-later
"""Up to when which list and thread was pulled: a small file of the home, which may be lost."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.pulling.archive import Span

NAME = "pull-marks"
_VERSION = 1
_MOST = 5000
"""Marks that are kept: the latest ones."""


class FileMarks:
    """Marks in ``pull-marks``. A file that cannot be understood counts as none."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME
        self._spans = self._read()

    def get(self, key: str) -> Span | None:
        return self._spans.get(key)

    def put(self, key: str, span: Span) -> None:
        # Another mkit may have written meanwhile.
        self._spans = self._read()
        self._spans.pop(key, None)
        self._spans[key] = span
        while len(self._spans) > _MOST:
            del self._spans[next(iter(self._spans))]
        self._write()

    def _read(self) -> dict[str, Span]:
        try:
            value = json.loads(self._path.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "mkit doctor") from error
        if not isinstance(value, dict) or value.get("version") != _VERSION:
            return {}
        marks = value.get("marks")
        return {
            key: Span(*pair)
            for key, pair in (marks.items() if isinstance(marks, dict) else ())
            if isinstance(pair, list) and [type(one) for one in pair] == [int, int]
        }

    def _write(self) -> None:
        marks = {key: [span.begin, span.end] for key, span in self._spans.items()}
        data = json.dumps({"version": _VERSION, "marks": marks}, indent=0).encode()
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
            hint = "make room; the next pull fetches the same again"
            raise StateError(f"{self._path}: {error.strerror}", hint) from error
