# SPDX-License-Identifier: GPL-2.0-or-later
"""A repository of ours in a folder of ours: it reads another's objects, and keeps its own.

The other is never written to, and nothing of its settings, attributes or hooks counts; nor of the
user's, so that the same mail makes the same commit for everybody.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.process import PATIENCE, Git
from maintainer_kit.adapters.process import Result
from maintainer_kit.errors import RepositoryError

_SHA1 = 40
_ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "0",
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_ATTR_NOSYSTEM": "1",
}
_CONFIG = f"""\
[core]
\tattributesFile = {os.devnull}
\texcludesFile = {os.devnull}
\tautocrlf = false
[gc]
\tauto = 0
[maintenance]
\tauto = false
"""
_FORMATS = {"sha1": _SHA1, "sha256": 64}
_UNFIT = str.maketrans(dict.fromkeys([*map(chr, range(32)), "<", ">", "\x7f"], ""))


class Borrowed:
    """The other's objects, a folder for ours, and as many work trees as are wanted."""

    def __init__(self, source: Git, folder: Path, patience: float = PATIENCE) -> None:
        """Use ``create`` or ``open``."""
        self.source = source
        self.folder = folder
        self.git = Git(folder, patience)
        self._patience = patience

    @classmethod
    def create(cls, source: Git, folder: Path, patience: float = PATIENCE) -> Self:
        """Make it in a folder that is empty or not there.

        Raises RepositoryError where the source is no repository, or the folder cannot be used.
        """
        made = cls(source, folder, patience)
        layout = read_layout(source)
        form = source.output("rev-parse", "--show-object-format").decode("ascii", "replace").strip()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise RepositoryError(f"{folder} is not empty", "mkit doctor")
            made.say("init", "--quiet", "--bare", "--template=", f"--object-format={form}")
            info = folder / "objects" / "info"
            info.mkdir(parents=True, exist_ok=True)
            (info / "alternates").write_bytes(os.fsencode(f"{_quoted(layout.objects)}\n"))
            with (folder / "config").open("a", encoding="ascii") as config:
                config.write(_CONFIG)
            if layout.is_shallow:
                where = ("--path-format=absolute", "--git-path", "shallow")
                cut = Path(os.fsdecode(source.output("rev-parse", *where).rstrip(b"\n")))
                (folder / "shallow").write_bytes(cut.read_bytes())
        except OSError as error:
            raise RepositoryError(f"{folder}: {error.strerror}") from error
        return made

    @classmethod
    def open(cls, source: Git, folder: Path, patience: float = PATIENCE) -> Self:
        """One that was created before. Raises RepositoryError where it is not whole."""
        made = cls(source, folder, patience)
        made.say("rev-parse", "--git-dir")
        return made

    @property
    def digits(self) -> int:
        """Of an object's name: 40 or 64."""
        return _FORMATS.get(self.say("rev-parse", "--show-object-format"), _SHA1)

    def run(
        self,
        *argv: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
        tree: Path | None = None,
    ) -> Result:
        """Run git in it, or in one of its work trees; the caller looks at the exit code."""
        git = self.git if tree is None else Git(tree, self._patience)
        return git.run(*argv, stdin=stdin, env={**self.environment(tree), **(env or {})})

    def say(
        self,
        *argv: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
        tree: Path | None = None,
    ) -> str:
        """What git prints, stripped; raises RepositoryError with its words where it fails."""
        result = self.run(*argv, stdin=stdin, env=env, tree=tree)
        if result.code:
            raise self.git.failure(argv[0], result.stderr)
        return result.stdout.decode("utf-8", "replace").strip()

    def environment(self, tree: Path | None = None) -> Mapping[str, str]:
        """What git, started in it by others, is to find set.

        A work tree's own folder is named, as what lies in the tree may be a test's doing.
        """
        if tree is None:
            return {**_ALONE, "GIT_DIR": str(self.folder)}
        return {**_ALONE, "GIT_DIR": str(self._folder_of(tree)), "GIT_WORK_TREE": str(tree)}

    def add_tree(self, tree: Path, commit: str) -> None:
        """Check a commit out in a folder that is empty or not there; HEAD is detached."""
        tree.parent.mkdir(parents=True, exist_ok=True)
        self.say("worktree", "add", "--quiet", "--detach", "--", str(tree), commit)

    def drop_tree(self, tree: Path) -> None:
        """Remove a work tree with all that lies in it."""
        self.say("worktree", "remove", "--force", "--force", "--", str(tree))

    def _folder_of(self, tree: Path) -> Path:
        wanted = os.path.realpath(tree / ".git")
        for one in sorted((self.folder / "worktrees").glob("*/gitdir")):
            if os.path.realpath(os.fsdecode(one.read_bytes().rstrip(b"\n"))) == wanted:
                return one.parent
        raise RepositoryError(f"{tree} is no work tree of mkit's", "mkit doctor")


def fit(text: str) -> str:
    """A name or an address without what would end it for git."""
    return text.translate(_UNFIT).strip()


def identity(name: str, address: str) -> Mapping[str, str]:
    """Who commits, as git takes it from the environment."""
    return {
        "GIT_COMMITTER_NAME": fit(name) or "nobody",
        "GIT_COMMITTER_EMAIL": fit(address) or "nobody",
    }


def _quoted(folder: Path) -> str:
    """The name of a folder may hold anything."""
    name = str(folder).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{name}"'
