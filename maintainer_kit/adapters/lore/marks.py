# SPDX-License-Identifier: GPL-2.0-or-later
"""Up to when which list and thread was pulled: a small file of the home, which may be lost."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.workflow.pulling.archive import Span

NAME = "pull-marks"
_VERSION = 1
_MOST = 5000
"""Marks that are kept: the latest ones."""


class FileMarks:
    """Marks in ``pull-marks``. A file that cannot be understood counts as none."""

    def __init__(self, home: Path) -> None:
        hint = "make room; the next pull fetches the same again"
        self._file = JsonFile(home / NAME, _VERSION, "", hint)
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
        marks = self._file.read().get("marks")
        return {
            key: Span(*pair)
            for key, pair in (marks.items() if isinstance(marks, dict) else ())
            if isinstance(pair, list) and [type(one) for one in pair] == [int, int]
        }

    def _write(self) -> None:
        marks = {key: [span.begin, span.end] for key, span in self._spans.items()}
        self._file.write(marks=marks)
