# SPDX-License-Identifier: GPL-2.0-or-later
"""Postings of branches: a file each in the home, named by a hash, replaced as a whole."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.posting.codec import dump_record, load_record
from maintainer_kit.workflow.posting.record import Record

NAME = "posting"
"""The folder in the home."""
_FILE = re.compile(r"[0-9a-f]{12}\.json")
_VERSION = 1


class PostingFolder:
    """Implements the port ``Records``."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.folder = home / NAME

    def get(self, record_id: str) -> Record | None:
        path = self._path(record_id)
        if not path.exists():
            return None
        record = self._read(path)
        if record is None:
            raise StateError(f"{path} cannot be understood", "mend it, or move it away")
        return record

    def all(self) -> list[Record]:
        if not self.folder.is_dir():
            return []
        paths = sorted(one for one in self.folder.iterdir() if _FILE.fullmatch(one.name))
        return [record for path in paths if (record := self._read(path))]

    def put(self, record: Record) -> None:
        try:
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700, exist_ok=True)
                sync_directory(self._home)
        except OSError as error:
            raise StateError(f"{self.folder}: {error.strerror}", "mkit doctor") from error
        self._file(self._path(record.id)).write(**dump_record(record))

    def sending(self, wait: float = 0.0) -> AbstractContextManager[bool]:
        return file_lock(self._home / "sending.lock", wait)

    def _path(self, record_id: str) -> Path:
        return self.folder / f"{record_id}.json"

    def _read(self, path: Path) -> Record | None:
        record = load_record(self._file(path).read())
        return record if record and self._path(record.id) == path else None

    def _file(self, path: Path) -> JsonFile:
        return JsonFile(path, _VERSION, "; the posting is as it was before", "make room")
