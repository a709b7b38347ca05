# SPDX-License-Identifier: GPL-2.0-or-later
"""What a diff changes, as facts."""

from __future__ import annotations

from maintainer_kit.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a diff does to one file."""

    path: str
    """The path after the change; before it for a deleted file."""
    old_path: str
    """The path before, where it differs (a rename or a copy); else empty."""
    change: str
    """modified, added, deleted, renamed, copied, mode or binary."""
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Diff:
    """All that one mail changes."""

    files: tuple[FileChange, ...]
    first_line: int
    """Where the diff begins in the text, counted from 1."""
    damage: str
    """Why git would call it corrupt, with the line in the text; empty when it is whole."""
    damage_line: int

    @property
    def added(self) -> int:
        return sum(file.added for file in self.files)

    @property
    def removed(self) -> int:
        return sum(file.removed for file in self.files)
