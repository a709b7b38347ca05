# SPDX-License-Identifier: GPL-2.0-or-later
"""The name under which a home shares its decisions: readable, made once, kept in the home."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.errors import StateError

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST_HOST = 20


class MachineFile:
    """``<home>/machine``: one line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        """Our name; made when there is none, or none that can be read."""
        try:
            with self._path.open(encoding="ascii", errors="replace") as file:
                name = file.read(100).strip()
        except FileNotFoundError:
            name = ""
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "mkit doctor") from error
        return name if NAME.fullmatch(name) else self.renew()

    def renew(self) -> str:
        """Make a new name; whole or not at all."""
        name = f"{_host()}-{secrets.token_hex(4)}"
        fresh = self._path.with_name(f".{self._path.name}.new")
        try:
            with fresh.open("w", encoding="ascii") as file:
                file.write(f"{name}\n")
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
            sync_directory(self._path.parent)
        except OSError as error:
            raise StateError(f"{self._path}: {error.strerror}", "mkit doctor") from error
        return name


def _host() -> str:
    """The host's name as far as it may stand in the name of a ref."""
    first = os.uname().nodename.lower().partition(".")[0]
    return _OTHER.sub("-", first)[:_LONGEST_HOST].strip("-") or "machine"
