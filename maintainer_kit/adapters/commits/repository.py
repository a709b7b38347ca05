# SPDX-License-Identifier: GPL-2.0-or-later
"""What the index of commits asks a repository: where it is, where its refs are, what is new."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.errors import RepositoryError

_PATIENCE = 600.0
"""Seconds that git may be silent: over one huge diff, or a million commits before the first."""
PLACES = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}")
"""Where git looks for a name (gitrevisions(7))."""
_MOST_OF_BORDER = 16 << 20
_REFS = "--format=%(refname)%00%(objecttype) %(objectname)%00%(*objecttype) %(*objectname)"

Step = tuple[bool, list[str]]
"""Some of the commits that a ref gained (True) or lost (False)."""


@dataclass(frozen=True, slots=True)
class Border:
    """Where the history of a shallow clone ends."""

    commits: frozenset[str] = frozenset()
    """Commits whose parents are missing: git shows all their files as new."""
    mark: str = ""
    """Changes with them; empty for a whole repository."""


class IndexedRepository:
    """A repository, by any of its work trees."""

    def __init__(self, path: Path) -> None:
        """Raises RepositoryError where there is none."""
        self.git = Git(path, _PATIENCE)
        said = self.git.output("rev-parse", "--path-format=absolute", "--git-common-dir")
        self.place = os.fsdecode(said.rstrip(b"\n"))

    @cached_property
    def refs(self) -> Mapping[str, str]:
        """Commits that refs point to, tags followed, by full names."""
        found = {}
        for line in self.git.output("for-each-ref", _REFS).splitlines():
            name, *targets = line.decode("utf-8", "replace").split("\0")
            for target in targets:
                kind, _, tip = target.partition(" ")
                if kind == "commit":
                    found[name] = tip
        return found

    def resolve(self, name: str) -> tuple[str, str] | None:
        """The full name of a ref as a user names it, and the commit it points to."""
        if name == "HEAD":
            return self._head()
        for place in PLACES:
            if tip := self.refs.get(place.format(name)):
                return place.format(name), tip
        return None

    def _head(self) -> tuple[str, str] | None:
        """Of the branch that is checked out; of none its own name."""
        said = self.git.run("symbolic-ref", "--quiet", "HEAD").stdout
        branch = said.decode("utf-8", "replace").strip()
        if branch:
            return (branch, self.refs[branch]) if branch in self.refs else None
        found = commit_id(self.git, "HEAD")
        return ("HEAD", found) if found else None

    @cached_property
    def border(self) -> Border:
        try:
            with open(os.path.join(self.place, "shallow"), "rb") as file:
                data = file.read(_MOST_OF_BORDER)
        except OSError:
            return Border()
        commits = data.decode("ascii", "replace").split()
        return Border(frozenset(commits), blake2b(data, digest_size=8).hexdigest())

    def walk(self, was: str, tip: str) -> Iterator[Step]:
        """Commits that a ref gained (True) and lost (False) on its way, some thousands at a time.

        All that the tip has where ``was`` is empty. Raises RepositoryError on the way.
        """
        arguments = ("--left-right", f"{was}...{tip}") if was else (tip,)
        with self.git.start("rev-list", *arguments, "--") as running:
            rest = b""
            while more := running.read():
                lines = (rest + more).split(b"\n")
                rest = lines[-1]
                names = [line.decode("ascii") for line in islice(lines, len(lines) - 1)]
                if lost := [name[1:] for name in names if name[0] == "<"]:
                    yield False, lost
                if gained := [name.lstrip(">") for name in names if name[0] != "<"]:
                    yield True, gained
            result = running.end()
            if result.code:
                raise self.git.failure("rev-list", result.stderr)

    def has(self, commit: str) -> bool:
        """Whether a commit, by its whole id, is there."""
        return not self.git.run("cat-file", "-e", f"{commit}^{{commit}}").code


def open_repository(path: Path) -> IndexedRepository | str:
    """The repository, or why there is none, in one line."""
    try:
        return IndexedRepository(path)
    except RepositoryError as error:
        return error.message
