# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts of replies: a file each in the home, named by a hash, replaced as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.errors import Busy, StateError
from maintainer_kit.model.reply.codec import dump_draft, load_draft
from maintainer_kit.model.reply.draft import ID_DIGITS, Draft

NAME = "drafts"
"""The folder in the home."""
FILE = re.compile(rf"[0-9a-f]{{{ID_DIGITS}}}\.json")
"""How files of drafts are called."""
_VERSION = 1
_WAIT = 10.0


class DraftFolder:
    """Implements the port ``Drafts``."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.folder = home / NAME

    def get(self, draft_id: str) -> Draft | None:
        path = self._path(draft_id)
        if not path.exists():
            return None
        draft = self._read(path)
        if draft is None:
            raise StateError(f"{path} cannot be understood", "mend it, or move it away")
        return draft

    def all(self) -> list[Draft]:
        return [draft for path in self._files() if (draft := self._read(path))]

    def broken(self) -> list[Path]:
        """Files that hold no draft that can be understood."""
        return [path for path in self._files() if self._read(path) is None]

    def leftovers(self) -> list[Path]:
        """Texts that are in an editor, or that one left behind."""
        return sorted(self.folder.glob("*.eml"))

    def put(self, draft: Draft) -> None:
        if not self.folder.is_dir():
            self._make()
        self._file(self._path(draft.id)).write(**dump_draft(draft))

    def remove(self, draft_id: str) -> None:
        try:
            self._path(draft_id).unlink(missing_ok=True)
            sync_directory(self.folder)
        except OSError as error:
            raise StateError(f"{self.folder}: {error.strerror}", "mkit doctor") from error

    @contextmanager
    def changing(self) -> Iterator[None]:
        with file_lock(self._home / "drafts.lock", _WAIT) as mine:
            if not mine:
                raise Busy("another mkit is changing drafts", "run it again")
            yield

    def sending(self, wait: float = 0.0) -> AbstractContextManager[bool]:
        return file_lock(self._home / "sending.lock", wait)

    def _make(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            sync_directory(self._home)
        except OSError as error:
            raise StateError(f"{self.folder}: {error.strerror}", "mkit doctor") from error

    def _path(self, draft_id: str) -> Path:
        return self.folder / f"{draft_id}.json"

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if FILE.fullmatch(path.name))

    def _read(self, path: Path) -> Draft | None:
        """None too where it says that it is another's: a file that was renamed."""
        draft = load_draft(self._file(path).read())
        return draft if draft and self._path(draft.id) == path else None

    def _file(self, path: Path) -> JsonFile:
        return JsonFile(path, _VERSION, "; the draft is as it was before", "make room")
