# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample's repository, imported with real git and nothing of the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NO_GIT = shutil.which("git") is None and os.environ.get("CI") != "true"
"""Skip where git is missing; in CI its absence is a failure."""


class Repository:
    """A bare repository, and trees made by applying patches in a private index."""

    def __init__(self, folder: Path, stream: bytes) -> None:
        self._folder = folder
        self.run("init", "--quiet", "--bare", "--object-format=sha1", str(folder))
        self.run("fast-import", "--quiet", "--done", data=stream)

    def run(self, *argv: str, data: bytes = b"") -> str:
        """Output of a git command; raises `CalledProcessError` where it fails."""
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LC_ALL": "C",
            "GIT_DIR": str(self._folder),
            "GIT_INDEX_FILE": str(self._folder / "private-index"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        done = subprocess.run(
            ["git", *argv], input=data, capture_output=True, env=env, timeout=60, check=True
        )
        return done.stdout.decode()

    def apply(self, tree: str, patch: bytes) -> str:
        """The tree with the patch applied, which must fit exactly."""
        self.run("read-tree", tree)
        self.run("apply", "--cached", "--check", data=patch)
        self.run("apply", "--cached", data=patch)
        return self.run("write-tree").strip()

    def patch_id(self, patch: bytes) -> str:
        """The stable patch-id of a diff, whatever stands around it."""
        return self.run("patch-id", "--stable", data=patch).split()[0]
