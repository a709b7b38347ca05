# SPDX-License-Identifier: GPL-2.0-or-later
"""Homes that share through a bare repository, for tests."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from tests.build import part_id, posting
from tests.integration.driver import Mkit

PATCHES = [part_id("foo", 1), part_id("foo", 2)]


class Hub:
    """A bare repository that all machines reach."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.path = base / "hub.git"
        self.path.mkdir(parents=True)
        self.git("init", "--quiet", "--bare")

    def git(self, *argv: str, data: bytes = b"") -> str:
        who = ["-c", "user.name=x", "-c", "user.email=x@y.example"]
        done = subprocess.run(
            ["git", "-C", str(self.path), *who, *argv], input=data, capture_output=True, check=True
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def home(self, name: str) -> Mkit:
        """A home with a series in it, which has not shared yet."""
        made = Mkit(self.base / name).configure()
        made.bring(*posting("foo", 2), *posting("bar", 1))
        return made

    def refs(self) -> dict[str, str]:
        lines = self.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        return {name: value for name, _, value in (line.partition(" ") for line in lines)}

    def published(self) -> str:
        """All that anybody has published, with its history."""
        return self.git("log", "--all", "--format=%B", "--patch")

    def write(self, machine: str, **files: bytes) -> None:
        """Publish anything under any name; a dot in a file's name is written as two underscores."""
        lines = []
        for name, content in files.items():
            blob = self.git("hash-object", "-w", "--stdin", data=content)
            lines.append(f"100644 blob {blob}\t{name.removeprefix('f').replace('__', '.')}\n")
        tree = self.git("mktree", data="".join(lines).encode())
        commit = self.git("commit-tree", tree, "-m", "x")
        self.git("update-ref", f"refs/mkit/journal/{machine}", commit)


def said(home: Mkit) -> dict[str, Any]:
    """All that has to be equal on machines that have shared."""
    return {
        "log": home.json("log")["log"],
        "export": home.export(),
        "tags": {one: home.tags(one) for one in (*PATCHES, part_id("bar", 1))},
    }


def name_of(home: Mkit) -> str:
    return (home.home / "machine").read_text(encoding="ascii").strip()
