# SPDX-License-Identifier: GPL-2.0-or-later
"""A folder of quilt's: its series file and patches, read and written without leaving it."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from maintainer_kit.adapters.durable import replace_file, sync_directory
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.quilting.names import leads_out
from maintainer_kit.workflow.quilting.record import digest_of
from maintainer_kit.workflow.quilting.updating import Plan

SERIES = "series"
_USUAL_FOLDER = "patches"
_MOST = 64 << 20
_MODE = 0o666
"""As any program's: others may read them."""
_QUILT = ".pc"
"""Where quilt keeps what it has applied, beside the folder."""


class PatchFolder:
    """Implements the port ``QuiltFolder``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def place(self) -> str:
        return visible_line(str(self._path))

    def is_empty(self) -> bool:
        if self._path.is_symlink() and not self._path.exists():
            raise Refused(f"{self.place} leads nowhere", "name another folder")
        if self._path.exists() and not self._path.is_dir():
            raise Refused(f"{self.place} is no folder", "name another one")
        return not self._path.exists() or not any(self._path.iterdir())

    def series(self) -> str | None:
        try:
            return self.read(SERIES).decode("utf-8", "surrogateescape")
        except NotFound:
            return None

    def digests(self, names: Collection[str]) -> Mapping[str, str | None]:
        return {name: self._digest(name) for name in names}

    def _digest(self, name: str) -> str | None:
        """What is there, but no file of ours (a link, a folder), is like nothing that we made."""
        path = self._path / name
        if leads_out(name) or path.is_symlink() or (path.exists() and not path.is_file()):
            return ""
        try:
            return digest_of(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refused(f"{visible_line(str(path))}: {error.strerror}") from error

    def applied(self) -> int:
        state = self._path.absolute().parent / _QUILT
        try:
            named = os.fsdecode((state / ".quilt_patches").read_bytes().strip())
            if os.path.realpath(state.parent / named) != os.path.realpath(self._path):
                return 0
            return len((state / "applied-patches").read_bytes().split())
        except OSError:
            return 0

    def change(self, plan: Plan) -> None:
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            for name, content in plan.write:
                replace_file(self._path / name, content, _MODE)
            series = plan.series.encode("utf-8", "surrogateescape")
            replace_file(self._path / SERIES, series, _MODE)
            for name in plan.remove:
                (self._path / name).unlink(missing_ok=True)
            sync_directory(self._path)
        except OSError as error:
            words = error.strerror or str(error)
            raise Refused(f"{self.place}: {words}", "make room, then export it again") from error

    def read(self, name: str) -> bytes:
        shown = visible_line(name)[:200]
        if leads_out(name):
            raise Refused(f"{self.place}: the series lists {shown}, which is not below it")
        try:
            real = Path(os.path.realpath(self._path / name, strict=True))
            if not real.is_relative_to(os.path.realpath(self._path)):
                raise Refused(f"{self.place}: {shown} leads out of it")
            found = real.stat()
            if not stat.S_ISREG(found.st_mode):
                raise Refused(f"{self.place}: {shown} is no plain file")
            if found.st_size > _MOST:
                raise Refused(f"{self.place}: {shown} is larger than {_MOST >> 20} MiB")
            return real.read_bytes()
        except (OSError, ValueError) as error:
            words = error.strerror if isinstance(error, OSError) else str(error)
            raise NotFound(f"{self.place}: {shown}: {words}") from error


def find_series(path: Path) -> PatchFolder:
    """The folder of a series: a path itself, or ``patches`` in it, where quilt has it as it is
    shipped. Raises NotFound."""
    named = path.parent if path.name == SERIES and path.is_file() else path
    for folder in (named, named / _USUAL_FOLDER):
        if (folder / SERIES).exists():
            return PatchFolder(folder)
    raise NotFound(f"{visible_line(str(path))} has no series file", "quilt series, or name DIR")
