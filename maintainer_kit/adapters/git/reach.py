# SPDX-License-Identifier: GPL-2.0-or-later
"""What a repository says of commits that landed: tags that hold them, ids, branches, blame."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from maintainer_kit.adapters.git.checking.history import blame
from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS
from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.adapters.git.tags import read_tags
from maintainer_kit.adapters.process import ProgramFailed, run
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.calendar.version import versions_of
from maintainer_kit.model.mail.text import visible_line

_PATIENCE = 300.0
_FETCH = 1800.0
_MOST_OF_DIFF = 1 << 20
_ID = re.compile(r"[0-9a-f]{4,64}")
_NAMED = re.compile(rb"([0-9a-f]{40,64}) \((?:tags/)?([^\s()~^]+)[~^0-9]*\)")
_FOR_EVER = 1 << 62
"""A clock that no tag is ahead of."""


class GitReach:
    """Implements the port ``Reach``."""

    def __init__(self, path: Path) -> None:
        """``path`` is a work tree, a folder of one, or a git directory."""
        self.git = Git(path, _PATIENCE)

    def tags_of(self, commits: Collection[str]) -> Mapping[str, str]:
        """As ``git describe --contains`` names them, by releases where any tag names one."""
        if not commits or not self._tags:
            return {}
        asked = "".join(f"{one}\n" for one in commits).encode()
        arguments = ("--tags", *(f"--refs=refs/tags/{one}" for one in self._tags))
        found = self.git.run("name-rev", *arguments, "--annotate-stdin", stdin=asked)
        if found.code:  # git before 2.36
            found = self.git.run("name-rev", *arguments, "--stdin", stdin=asked)
        if found.code:
            raise self.git.failure("name-rev", found.stderr)
        lines = (_NAMED.fullmatch(line) for line in found.stdout.split(b"\n"))
        return {one[1].decode(): one[2].decode("utf-8", "replace") for one in lines if one}

    @cached_property
    def _tags(self) -> tuple[str, ...]:
        """Patterns of tags that tell where something is: those of releases, else all."""
        tags = read_tags(self._path)
        releases = versions_of(tags, _FOR_EVER)
        if releases:
            return (f"{releases[-1].prefix}[0-9]*",)
        return ("*",) if tags else ()

    @property
    def _path(self) -> Path:
        assert self.git.path is not None
        return self.git.path

    def full_ids(self, names: Collection[str]) -> Mapping[str, str]:
        objects = Objects(self.git)
        try:
            wanted = [one for one in dict.fromkeys(names) if _ID.fullmatch(one)]
            asked = {one: objects.info(f"{one}^{{commit}}") for one in wanted}
        finally:
            objects.close()
        return {
            one: found.name
            for one, found in asked.items()
            if isinstance(found, Object) and found.name.startswith(one)
        }

    def commit_named(self, name: str) -> str:
        """The whole id of what a user names as git does; empty where there is none."""
        return commit_id(self.git, name)

    def diff_of(self, commit: str) -> str:
        """What a commit changes, for a person to look at; the beginning of it."""
        said = self.git.output(*CONFIG, "show", "--format=", "--no-notes", *OPTIONS, commit, "--")
        return said[:_MOST_OF_DIFF].decode("utf-8", "replace")

    def head_of(self, commit: str) -> tuple[str, str, int]:
        """Title, author and committer's date of a commit, given by its whole id."""
        form = "--format=%s%x00%an <%ae>%x00%ct"
        said = self.git.output("log", "-1", "--no-walk", form, "--encoding=UTF-8", commit, "--")
        title, author, date = said.decode("utf-8", "replace").rstrip("\n").split("\0")
        return title, author, int(date)

    def blamed(self, path: str, line: int) -> str:
        """The commit that last changed a line of a file, as HEAD has it; the path counts from the
        folder that the repository was named by."""
        return next(iter(blame(self.git, "HEAD", path, [line])), "")

    def branches(self) -> tuple[Sequence[str], Sequence[str], bool]:
        """Full names of all branches, what the remotes' HEADs point to, and whether there is no
        work tree."""
        where = "--format=%(refname)%00%(symref)"
        said = self.git.output("for-each-ref", where, "refs/heads/", "refs/remotes/")
        pairs = [line.partition("\0") for line in said.decode("utf-8", "replace").splitlines()]
        heads = [target for name, _, target in pairs if target and name.endswith("/HEAD")]
        bare = self.git.output("rev-parse", "--is-bare-repository").strip() == b"true"
        return [name for name, _, target in pairs if not target], heads, bare

    def fetch(self) -> None:
        """Bring in what all remotes have; no hooks, no questions. Raises RepositoryError."""
        # Not by self.git: that one never speaks to the network.
        words = ("-c", f"core.hooksPath={os.devnull}", "fetch", "--all", "--quiet")
        env = {"GIT_TERMINAL_PROMPT": "0"}
        try:
            result = run(["git", "-C", str(self._path), *words], env=env, timeout=_FETCH)
        except ProgramFailed as error:
            raise RepositoryError(f"{self._path}: {error.message}") from error
        if result.code:
            last = result.stderr.splitlines()[-1] if result.stderr else "failed without a word"
            raise RepositoryError(visible_line(f"{self._path}: git fetch: {last}")[:300])
