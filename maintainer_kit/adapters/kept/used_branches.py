# SPDX-License-Identifier: GPL-2.0-or-later
"""To which branch the patches of a list went last."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from maintainer_kit.adapters.kept.json_file import JsonFile

_NAME = "applied-to.json"
_HINT = "make room"


class UsedBranches:
    """Remembered in the home: a help for whoever is asked, and nothing else."""

    def __init__(self, home: Path) -> None:
        self._file = JsonFile(home / _NAME, 1, "", _HINT)

    def last(self, lists: Iterable[str]) -> str:
        """For the first list of which one is known; empty without one. Raises StateError."""
        known = self._known()
        return next((known[one] for one in lists if one in known), "")

    def remember(self, lists: Iterable[str], branch: str) -> None:
        """Raises StateError."""
        known = self._known()
        new = known | dict.fromkeys(lists, branch)
        if new != known:
            self._file.write(branches=new)

    def _known(self) -> dict[str, str]:
        found = self._file.read().get("branches")
        if not isinstance(found, dict):
            return {}
        return {str(name): str(branch) for name, branch in found.items()}
