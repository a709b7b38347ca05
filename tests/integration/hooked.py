# SPDX-License-Identifier: GPL-2.0-or-later
"""A repository with mkit's hooks, and the real git run in it as a user does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.integration.driver import Done, Mkit

ADA = "Ada Author <ada@quarry.example>"
SIGNED = f"Signed-off-by: {ADA}"
GOOD = f"pebble: report I/O errors\n\nLookups drop them, and users see missing files.\n\n{SIGNED}\n"
BAD = (
    "pebble: report I/O errors\n\nLookups drop them:\n\n"
    "diff --git a/dir.c b/dir.c\n--- a/dir.c\n+++ b/dir.c\n@@ -1 +1 @@\n-one\n+two\n"
    f"\n{SIGNED}\n"
)
"""Its example would be taken for the patch: an error in every profile."""
WARNED = f"pebble: report I/O errors.\n\nLookups drop them, and users see no files.\n\n{SIGNED}\n"
Env = Mapping[str, str] | None


class Hooked:
    """Ada's repository, below a directory of its own; ``mkit`` is on PATH."""

    def __init__(self, mkit: Mkit, name: str = "work") -> None:
        self.base = mkit.base
        self.path = mkit.base / name
        programs = mkit.base / "programs"
        programs.mkdir(exist_ok=True)
        program = programs / "mkit"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m maintainer_kit "$@"\n')
        program.chmod(0o755)
        self.mkit = mkit.having(PATH=f"{programs}:{mkit.env['PATH']}")
        self.path.mkdir()
        self.git("init", "--quiet", "--initial-branch=master")
        self.git("config", "user.name", "Ada Author")
        self.git("config", "user.email", "ada@quarry.example")
        self.commit("Lumen 6.0\n", force=True)

    @property
    def hooks(self) -> Path:
        return self.path / ".git" / "hooks"

    def end_of(
        self,
        *argv: str | Path,
        data: str = "",
        at: Path | None = None,
        env: Env = None,
        **extra: str,
    ) -> Done:
        """Run any program in the work tree, whatever its end."""
        done = subprocess.run(
            [str(one) for one in argv],
            cwd=at or self.path,
            env=_environment(self.mkit, {**(env or {}), **extra}),
            input=data.encode(),
            capture_output=True,
            timeout=100,
            check=False,
        )
        return Done.of(done.returncode, done.stdout, done.stderr)

    def git(self, *argv: str | Path, code: int = 0, **extra: str) -> Done:
        done = self.end_of("git", *argv, env=extra)
        assert done.code == code, f"{argv}: exit {done.code}\n{done.stdout}\n{done.stderr}"
        return done

    def said(self, *argv: str | Path) -> str:
        return self.git(*argv).stdout.strip()

    def hooks_verb(self, *argv: str | Path, code: int = 0) -> Done:
        done = self.end_of("mkit", "hooks", *argv)
        assert done.code == code, f"{argv}: exit {done.code}\n{done.stdout}\n{done.stderr}"
        return done

    def change(self, name: str = "dir.c") -> None:
        """Make a change and stage it."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(f"{name} {len(self.titles())}\n")
        self.git("add", name)

    def commit(self, message: str, *options: str, name: str = "dir.c", force: bool = False) -> Done:
        """Change a file and commit it; ``force`` switches the hooks off."""
        self.change(name)
        extra = {"MKIT_HOOKS": "off"} if force else {}
        argv = ("git", "commit", "--quiet", "--file=-", *options)
        return self.end_of(*argv, data=message, env=extra)

    def titles(self, revision: str = "HEAD") -> list[str]:
        """Titles of all commits, the newest first; none before the first."""
        return self.end_of("git", "log", "--format=%s", revision, "--").stdout.splitlines()

    def foreign(self, name: str, script: str) -> Path:
        """Somebody else's hook."""
        self.hooks.mkdir(exist_ok=True)
        path = self.hooks / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path


def _environment(mkit: Mkit, extra: Mapping[str, str]) -> dict[str, str]:
    found = {**mkit.env, **extra}
    return {name: value for name, value in found.items() if value}
