# SPDX-License-Identifier: GPL-2.0-or-later
"""Mailmap files (gitmailmap(5)): those that are configured, else those of the repositories."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, run
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import Settings

_NAME = ".mailmap"
_MOST = 16 << 20


def read_mailmaps(settings: Settings) -> str:
    """The text of all mailmaps in their order; what cannot be read is left out, doctor names it."""
    if settings.mailmap:
        return "".join(_read(Path(absolute_path(value))) for value in settings.mailmap)
    return "".join(_of_repository(Path(absolute_path(value))) for value in settings.repository)


def problem_of_mailmap(value: str) -> str:
    """Why a configured mailmap cannot be read; empty when it can."""
    try:
        with open(absolute_path(value), "rb"):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST).decode("utf-8", "replace")
    except OSError:
        return ""
    return text if text.endswith("\n") else text + "\n"


def _of_repository(path: Path) -> str:
    """That of the work tree, as git reads it; of a bare repository that of its HEAD."""
    if (path / ".git").exists():
        return _read(path / _NAME)
    if not (path / "HEAD").exists():
        return ""
    try:
        # A bare repository costs a process: the file may be in a pack.
        found = run(["git", "-C", str(path), "cat-file", "blob", f"HEAD:{_NAME}"], timeout=10)
    except ProgramFailed:
        return ""
    return "" if found.code else found.stdout[:_MOST].decode("utf-8", "replace") + "\n"
