# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts that replies begin with: named by the settings, or files of the home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.errors import ConfigError, NotFound

FOLDER = "templates"
_NAME = re.compile(r"[\w.-]{1,60}")
_MOST = 1 << 20


class TemplateFiles:
    """Implements the port ``Templates``. ``lines`` are the settings: NAME PATH."""

    def __init__(self, home: Path, lines: Sequence[str]) -> None:
        self._folder = home / FOLDER
        self._named = dict(map(_pair, lines))

    def names(self) -> Sequence[str]:
        return sorted({*self._named, *self._files()})

    def read(self, name: str) -> str:
        path = self._named.get(name) or self._files().get(name)
        if path is None:
            known = ", ".join(self.names()) or "none; see docs/reply.md"
            raise NotFound(f"no template {name}", f"templates: {known}")
        try:
            return path.read_bytes()[:_MOST].decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError as error:
            raise NotFound(f"{path}: {error.strerror}", "git config mkit.template") from error

    def _files(self) -> dict[str, Path]:
        """By name, without ``.txt``."""
        if not self._folder.is_dir():
            return {}
        found = sorted(self._folder.iterdir())
        names = ((path.name.removesuffix(".txt"), path) for path in found if path.is_file())
        return {name: path for name, path in names if _NAME.fullmatch(name)}


def _pair(line: str) -> tuple[str, Path]:
    name, _, path = line.strip().partition(" ")
    if not _NAME.fullmatch(name) or not path.strip():
        raise ConfigError(f"mkit.template is {line!r}", "git config mkit.template 'NAME PATH'")
    return name, Path(absolute_path(path.strip()))
