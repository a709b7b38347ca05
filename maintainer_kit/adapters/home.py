# SPDX-License-Identifier: GPL-2.0-or-later
"""Where mkit keeps its things (XDG Base Directory Specification, or all in MKIT_HOME)."""

from __future__ import annotations

import os
from pathlib import Path

from maintainer_kit.errors import StateError
from maintainer_kit.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Home:
    """The directories and files of one identity."""

    root: Path
    is_private: bool
    """Set by MKIT_HOME: index and settings are in it too, and no other notmuch is looked for."""

    @property
    def journal(self) -> Path:
        return self.root / "journal.jsonl"

    @property
    def catalogue(self) -> Path:
        return self.root / "catalogue.sqlite"

    @property
    def lock(self) -> Path:
        return self.root / "sync.lock"

    @property
    def counted(self) -> Path:
        """How many messages the index has."""
        return self.root / "counted"

    @property
    def mail(self) -> Path:
        """The mail root of mkit's own notmuch database."""
        return self.root / "mail"

    @property
    def notmuch_config(self) -> Path:
        """The notmuch configuration of mkit's own database."""
        return self.root / "notmuch-config"

    @property
    def settings(self) -> Path | None:
        return self.root / "config" if self.is_private else None

    @property
    def bug_log(self) -> Path:
        return self.root / "bugs.log"

    def create(self) -> None:
        """Make the directory, readable by its owner only: decisions are private."""
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(
                f"{self.root}: {error.strerror}", "set MKIT_HOME to a directory you can write to"
            ) from error


def find_home() -> Home:
    """MKIT_HOME, or ``$XDG_DATA_HOME/mkit``."""
    private = os.environ.get("MKIT_HOME")
    if private:
        return Home(Path(private).expanduser().absolute(), True)
    data = os.environ.get("XDG_DATA_HOME")
    base = Path(data) if data and Path(data).is_absolute() else Path.home() / ".local" / "share"
    return Home(base / "mkit", False)
