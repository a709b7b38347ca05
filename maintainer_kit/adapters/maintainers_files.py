# SPDX-License-Identifier: GPL-2.0-or-later
"""MAINTAINERS of the repositories of the settings; git is asked where there is no work tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, run
from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers

_NAME = "MAINTAINERS"
_MOST = 16 << 20


@dataclass(frozen=True)
class MaintainersFile:
    """The file of one repository: that of the work tree as it lies there; of a bare repository
    that of its HEAD."""

    repository: Path

    @cached_property
    def mark(self) -> str:
        """Changes with its text; empty where there is none. Cheap: asked at each start."""
        if self._is_tree:
            return sha256(self._text).hexdigest() if self._text else ""
        if not (self.repository / "HEAD").exists():
            return ""
        return self._git("rev-parse", "--verify", "--quiet", f"HEAD:{_NAME}").decode().strip()

    def read(self) -> Maintainers | None:
        """None where there is none, or it cannot be read."""
        if not self.mark:
            return None
        folders = Folders(self.repository) if self._is_tree else ()
        return read_maintainers({_NAME: self.text}, folders)

    @property
    def text(self) -> str:
        """As it is written; empty where there is none."""
        if not self.mark:
            return ""
        raw = self._text if self._is_tree else self._git("cat-file", "blob", self.mark)
        return raw[:_MOST].decode("utf-8", "replace")

    @cached_property
    def _is_tree(self) -> bool:
        return (self.repository / ".git").exists()

    @cached_property
    def _text(self) -> bytes:
        try:
            with (self.repository / _NAME).open("rb") as file:
                return file.read(_MOST)
        except OSError:
            return b""

    def _git(self, *words: str) -> bytes:
        try:
            found = run(["git", "-C", str(self.repository), *words], timeout=10)
        except ProgramFailed:
            return b""
        return b"" if found.code else found.stdout


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a work tree; each is looked for when it is asked about."""

    top: Path

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or path.startswith("/") or ".." in path.split("/"):
            return False
        try:
            return (self.top / path).is_dir()
        except (OSError, ValueError):
            return False
