# SPDX-License-Identifier: GPL-2.0-or-later
"""What is kept of pull requests: a file each in the home, beside the drafts."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.pull_request.ports import Note

NAME = "pull-requests"
_VERSION = 1
_ID = re.compile(r"[0-9a-f]{1,64}")
_WORDS = ("ref", "tip", "url", "why", "text_hash")


class NoteFiles:
    """Implements the port ``Notes``."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / NAME

    def get(self, draft_id: str) -> Note | None:
        told = self._file(draft_id).read()
        failed = told.get("failed")
        if not isinstance(failed, list) or not all(isinstance(one, str) for one in failed):
            return None
        if not all(isinstance(told.get(name), str) for name in _WORDS):
            return None
        return Note(**{name: told[name] for name in _WORDS}, failed=tuple(failed))

    def put(self, draft_id: str, note: Note) -> None:
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, exist_ok=True)
                sync_directory(self._home)
        except OSError as error:
            raise StateError(f"{self._folder}: {error.strerror}", "mkit doctor") from error
        self._file(draft_id).write(**asdict(note))

    def _file(self, draft_id: str) -> JsonFile:
        assert _ID.fullmatch(draft_id)
        return JsonFile(self._folder / f"{draft_id}.json", _VERSION, "", "make room")
