# SPDX-License-Identifier: GPL-2.0-or-later
"""The one file that settings are written to: the user's own of git, or that of a private home."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, checked, run
from maintainer_kit.errors import ConfigError


class SettingsFile:
    """Values are added to it and taken from it by git, one by one."""

    def __init__(self, own: Path | None) -> None:
        """``own`` is the file of a private home."""
        self._where = ("--file", str(own)) if own else ("--global",)
        self._own = own

    def held(self, name: str) -> tuple[str, ...]:
        """What it says of a setting itself, without files that it includes."""
        try:
            result = run(self._argv("--null", "--get-all", name), timeout=30)
        except ProgramFailed as error:
            raise ConfigError(error.message, "install git") from error
        if result.code not in (0, 1):  # 1: nothing
            raise ConfigError(f"git config: {result.stderr}", "git config --list --show-origin")
        return tuple(result.stdout.decode("utf-8", "replace").split("\0")[:-1])

    def adding(self, name: str, value: str) -> list[str]:
        """The command that adds a value."""
        return self._argv("--add", name, value)

    def removing(self, name: str, value: str) -> list[str]:
        """The command that takes a value away."""
        return self._argv("--fixed-value", "--unset-all", name, value)

    def run(self, argv: list[str]) -> None:
        """One of these commands; raises ConfigError where the file cannot be written."""
        try:
            if self._own:
                self._own.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            checked(argv, timeout=30)
        except (ProgramFailed, OSError) as error:
            raise ConfigError(str(error), "git config --list --show-origin") from error

    def _argv(self, *words: str) -> list[str]:
        return ["git", "config", *self._where, *words]
