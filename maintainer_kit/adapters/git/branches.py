# SPDX-License-Identifier: GPL-2.0-or-later
"""The branches of a repository: a few processes for all of them, however many there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from maintainer_kit.adapters.commits.repository import PLACES
from maintainer_kit.adapters.git.commit_heads import read_heads
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.branches.branch import Head
from maintainer_kit.workflow.branches.ports import Refs

_PATIENCE = 300.0
"""Seconds that git may be silent: a disk that is asleep, a history that was never packed."""
_MOST = 10_000
"""Tips that are counted at once: of many more the names do not fit into a command line."""
_FIELDS = (
    *("refname", "symref", "objecttype", "objectname", "tree", "committerdate:unix"),
    *("upstream", "push", "worktreepath", "subject"),
)


class GitBranches:
    """Implements the port ``Repository`` of ``workflow.branches``."""

    def __init__(self, path: Path) -> None:
        """``path`` is a work tree, a folder of one, or a git directory. Raises RepositoryError
        where there is none."""
        self.git = Git(path, _PATIENCE)
        said = self.git.output(
            "rev-parse", "--path-format=absolute", "--is-bare-repository", "--git-common-dir"
        )
        bare, _, place = said.partition(b"\n")
        self.path = str(path)
        self.place = os.fsdecode(place.rstrip(b"\n"))
        """The git directory that the work trees share."""
        self._is_bare = bare == b"true"

    def refs(self) -> Refs:
        return self._refs

    @cached_property
    def _refs(self) -> Refs:
        asked = ("refname", "symref", "objectname")
        said = list(self._each(asked, "refs/heads", "refs/remotes"))
        tips = {name: tip for name, target, tip in said if not target}
        remote_heads = [target for name, target, _ in said if target and name.endswith("/HEAD")]
        return Refs(list(self._heads()), tips, remote_heads, self._is_bare)

    def _heads(self) -> Iterator[Head]:
        for fields in self._each(_FIELDS, "refs/heads"):
            ref, target, kind, tip, tree, date, upstream, push, worktree, subject = fields
            if kind == "commit" and not target:
                when = int(date) if date.isdecimal() else 0
                if worktree == self.place:  # a bare repository has a HEAD, and nobody works there
                    worktree = ""
                yield Head(ref, tip, tree, when, subject, upstream, push, worktree)

    def _each(self, fields: Sequence[str], *places: str) -> Iterator[Sequence[str]]:
        """What ``git for-each-ref`` says of each ref; no field can hold a NUL."""
        form = "".join(f"%({one})%00" for one in fields)
        said = self.git.output("for-each-ref", f"--format={form}", *places)
        words = storable(said.decode("utf-8", "surrogateescape")).split("\0")
        for at in range(0, len(words) - len(fields), len(fields)):
            # The first has the end of the line before it.
            yield [words[at].removeprefix("\n"), *words[at + 1 : at + len(fields)]]

    def resolve(self, name: str) -> tuple[str, str] | None:
        tips = self._refs.tips
        if name == "HEAD":
            said = self.git.run("symbolic-ref", "--quiet", "HEAD").stdout
            name = said.decode("utf-8", "replace").strip() or name
        for place in PLACES:
            if tip := tips.get(place.format(name)):
                return place.format(name), tip
        found = commit_id(self.git, name)
        return (name, found) if found else None

    def history(self, tips: Sequence[str]) -> Iterator[Sequence[bytes]]:
        if len(tips) > _MOST:
            raise RepositoryError(
                f"{self.path} has {len(tips)} branches that differ; {_MOST} can be counted",
                "mkit branches NAME shows some of them",
            )
        with self.git.start("rev-list", "--parents", *tips, "--") as running:
            rest = b""
            while more := running.read():
                lines = (rest + more).split(b"\n")
                rest = lines.pop()
                yield lines
            result = running.end()
            if result.code:
                raise self.git.failure("rev-list", result.stderr)

    def commits(self, ids: Iterable[str]) -> Sequence[CommitRecord]:
        listed = list(ids)
        found = read_heads(self.git, "--no-walk", *listed) if listed else []
        return [one for one in reversed(found) if len(one.parents) < 2]
