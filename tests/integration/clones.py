# SPDX-License-Identifier: GPL-2.0-or-later
"""Clones of public-inbox archives, made commit by commit, and by the real public-inbox."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import require_tool
from tests.integration.test_patch_id import git

_TIMEOUT = 60


class Epoch:
    """A bare repository of public-inbox-v2-format(5), or of v1 with other names of files."""

    def __init__(self, path: Path, branch: str = "master") -> None:
        self.path = path
        self._branch = branch
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--bare", "--initial-branch", branch)

    def git(self, *argv: str, data: bytes = b"", code: int | None = 0) -> str:
        return git(self.path, *argv, data=data, code=code).decode("utf-8", "replace").strip()

    @property
    def tip(self) -> str:
        return self.git("rev-parse", "--quiet", "--verify", self._branch, code=None)

    def commit(self, *files: tuple[str, bytes | None], since: str | None = None) -> None:
        """A commit for each file; one without bytes is removed, or emptied the tree is of v2.

        ``since`` is the commit that the first comes after, instead of the newest; empty for none.
        """
        parent = self.tip if since is None else since
        stream = f"reset refs/heads/{self._branch}\n" + (f"from {parent}\n" if parent else "")
        commits = b"".join(self._commit(name, raw) for name, raw in files)
        self.git("fast-import", "--quiet", "--force", data=stream.encode() + b"\n" + commits)

    def _commit(self, name: str, raw: bytes | None) -> bytes:
        head = f"commit refs/heads/{self._branch}\ncommitter A <a@b.example> 1 +0000\ndata 1\nx\n"
        old = b"deleteall\n" if len(name) == 1 else b""
        file = name.encode()
        if raw is None:
            return head.encode() + b"D %s\n\n" % file
        return head.encode() + old + b"M 100644 inline %s\ndata %d\n%s\n" % (file, len(raw), raw)

    def add(self, *raws: bytes) -> Epoch:
        """Mails come in."""
        self.commit(*(("m", raw) for raw in raws))
        return self

    def delete(self, *raws: bytes) -> None:
        """Mails are deleted, by these copies of them."""
        self.commit(*(("d", raw) for raw in raws))

    def blob_file(self, raw: bytes) -> Path:
        """The file in which the blob of a mail lies."""
        name = self.git("hash-object", "--stdin", data=raw)
        return self.path / "objects" / name[:2] / name[2:]

    def unpack(self) -> None:
        """Let each object be a file of its own."""
        packs = [*(self.path / "objects/pack").glob("*.pack")]
        raws = [pack.read_bytes() for pack in packs]
        for file in (self.path / "objects/pack").iterdir():
            file.unlink()
        for raw in raws:
            self.git("unpack-objects", "-q", data=raw)


def make_clone(folder: Path, *epochs: Sequence[bytes]) -> list[Epoch]:
    """A v2 inbox with the mails of each epoch."""
    made = [Epoch(folder / "git" / f"{at}.git").add(*raws) for at, raws in enumerate(epochs)]
    everything = Epoch(folder / "all.git")
    lines = "".join(f"../../git/{at}.git/objects\n" for at in range(len(epochs)))
    (everything.path / "objects/info/alternates").write_text(lines)
    (folder / "inbox.lock").touch()
    (folder / "msgmap.sqlite3").write_bytes(b"not read\n")
    return made


class PublicInbox:
    """The real programs, with an inbox of either format."""

    def __init__(self, folder: Path, version: int) -> None:
        for tool in ("init", "mda", "learn", "purge"):
            require_tool(f"public-inbox-{tool}")
        folder.mkdir()
        self.address = "gravel@lists.quarry.example"
        self.path = folder / ("gravel" if version == 2 else "gravel.git")
        self._folder = folder
        place = ("gravel", str(self.path), "https://archive.example/gravel/", self.address)
        self._run("public-inbox-init", f"-V{version}", "-L", "basic", *place)
        with (folder / "config").open("a", encoding="utf-8") as config:
            config.write("[publicinboxmda]\n\tspamcheck = none\n")

    def deliver(self, raw: bytes) -> None:
        self._run("public-inbox-mda", data=raw)

    def remove(self, raw: bytes) -> None:
        self._run("public-inbox-learn", "rm", data=raw)

    def purge(self, raw: bytes) -> None:
        """Rewrites the history."""
        self._run("public-inbox-purge", "--all", data=raw)

    def _run(self, *argv: str, data: bytes = b"") -> None:
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "PI_CONFIG": str(self._folder / "config"),
            "PI_DIR": str(self._folder),
            "ORIGINAL_RECIPIENT": self.address,
        }
        done = subprocess.run(argv, env=env, input=data, capture_output=True, timeout=_TIMEOUT)
        assert done.returncode == 0, f"{argv}: {done.stderr.decode('utf-8', 'replace')}"
