# SPDX-License-Identifier: GPL-2.0-or-later
"""The commits of one ref in an index of their own, with the time that takes."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.commits.index import SqliteCommitIndex
from maintainer_kit.adapters.commits.update import Followed, update_index


@dataclass(frozen=True, slots=True)
class Branch:
    """A ref of a repository."""

    repo: Path
    ref: str

    def git(self, *argv: str) -> bytes:
        command = ["git", "-C", str(self.repo), *argv]
        return subprocess.run(command, capture_output=True, check=True).stdout

    def commits(self) -> list[str]:
        return self.git("rev-list", self.ref).decode().split()

    def index(self, file: Path) -> SqliteCommitIndex:
        """A new index in a file; raises RuntimeError where git cannot be read."""
        index = SqliteCommitIndex(file)
        done = update_index(index, [Followed(self.repo, self.ref, "mainline")])
        if done.problems:
            raise RuntimeError("; ".join(done.problems))
        return index
