# SPDX-License-Identifier: GPL-2.0-or-later
"""Small repositories, made by the real git."""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path

from tests.integration.test_patch_id import git

IDENTITY = ("-c", "user.name=Ada Author", "-c", "user.email=ada@quarry.example")


class Work:
    """A repository with a work tree that tests commit to."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=master", *options)

    def git(self, *argv: str, data: bytes = b"") -> str:
        said = git(self.path, *IDENTITY, *argv, data=data)
        return said.decode("utf-8", "replace").strip()

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def commit(self, message: str, **files: str | bytes) -> str:
        """Write files (``__`` in a name stands for a dot), commit all, and give the id."""
        for name, content in files.items():
            self.write(name.replace("__", "."), content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--file=-", data=message.encode())
        return self.git("rev-parse", "HEAD")

    def diff(self, older: str, newer: str) -> bytes:
        return git(self.path, "diff", older, newer)

    def hook(self, name: str, script: str) -> None:
        path = self.write(f".git/hooks/{name}", f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def fingerprint(self) -> str:
        """Changes when anything does, in the repository or in its work tree."""
        found = sha256()
        for folder, folders, files in os.walk(self.path):
            folders.sort()
            for name in sorted(files):
                path = Path(folder) / name
                found.update(str(path).encode() + path.read_bytes())
                # git makes an object look new when somebody writes the same again.
                if "objects" not in path.parts:
                    found.update(str(path.stat().st_mtime_ns).encode())
        return found.hexdigest()


def shim(folder: Path, verb: str, script: str) -> str:
    """A PATH on which a script runs before ``git VERB``, or ends it; without a verb before each."""
    folder.mkdir(exist_ok=True)
    path = folder / "git"
    path.write_text(
        "#!/bin/sh\n"
        f"PATH={os.environ['PATH']}\n"
        f'case " $* " in *"{verb} "*)\n{script}\n;; esac\n'
        'exec git "$@"\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return f"{folder}:{os.environ['PATH']}"
