# SPDX-License-Identifier: GPL-2.0-or-later
"""What landing needs: the index of commits beside the catalogue, and the repositories behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from maintainer_kit.adapters.commits.index import SqliteCommitIndex
from maintainer_kit.adapters.commits.reach import News, lately, named_refs, outside, set_named_refs
from maintainer_kit.adapters.commits.repository import open_repository
from maintainer_kit.adapters.commits.update import Followed, update_index
from maintainer_kit.adapters.git.prints import read_prints
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.reach import GitReach
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.errors import MkitError, NotFound, Refused, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.list_trees import known_trees
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.landing.follow import (
    Wanted,
    in_their_roles,
    main_branches,
    read_ref,
    wanted_refs,
)
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.stores import Stores

INDEX = "commits.sqlite"
_LONG = 20_000
"""Commits: to read so many takes too long for whoever asked for something else."""


@dataclass(slots=True)
class Following:
    """What became of the wish to follow refs."""

    commits: int = 0
    """That are new in the index."""
    only: Collection[int] | None = None
    """The refs that were named, by number; None where none was."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, a line each."""


@dataclass(frozen=True, slots=True)
class LandingRoom:
    """The index of commits, open."""

    stores: Stores
    index: SqliteCommitIndex
    evidence: Evidence

    def lately(self, since: int) -> Sequence[str]:
        """Commits made since a time, the newest first."""
        return lately(self.index, since)

    def follow(
        self,
        named: Sequence[Wanted],
        progress: Callable[[int, int], None],
        *,
        fetch: bool = False,
        again: bool = False,
    ) -> Following:
        """Bring the index up to the refs' tips: those of the settings, those that are named, and
        those that were before; others are followed no longer."""
        found = Following()
        own, kept = self._followed()
        named = in_their_roles(map(_absolute, named), own)
        again_named = {(one.repository, one.ref) for one in named}
        kept = [one for one in kept if (one.repository, one.ref) not in again_named]
        wanted = _first_of_each([*named, *own, *kept])
        if not wanted:
            raise NotFound(
                "no repository is known in which patches land",
                "git config --global --add mkit.repository DIR, or mkit land --repo DIR",
            )
        if fetch:
            found.problems += _fetch(dict.fromkeys(one.repository for one in wanted))
        followed = [Followed(Path(one.repository), one.ref, one.role) for one in wanted]
        updated = update_index(self.index, followed, self.stores.mailmap, progress, again=again)
        found.commits = updated.commits
        found.problems += updated.problems
        self._forget(wanted)
        there = [one for one in (*named, *kept) if self._numbers([one])]
        set_named_refs(self.index, [(one.repository, one.ref, one.role) for one in there])
        found.only = self._numbers(named) if named else None
        return found

    def follow_one(self, place: str, branch: str) -> bool:
        """Bring the index up to the refs of one repository, by its git directory, if a branch, by
        its full name, is one of them: whether it is. Raises Refused where all of a long history
        would have to be read for that."""
        own, kept = self._followed()
        known = _first_of_each([*own, *kept])
        places = {path: _place(path) for path in {one.repository for one in known}}
        wanted = [one for one in known if places[one.repository] == place]
        repository = open_repository(Path(place))
        if isinstance(repository, str):
            return False
        if not any((repository.resolve(one.ref) or ("",))[0] == branch for one in wanted):
            return False
        if all(one.place != place for one in self.index.refs()) and _is_long(repository.git):
            raise Refused("the commits of this repository were not read yet", "mkit land")
        followed = [Followed(Path(one.repository), one.ref, one.role) for one in wanted]
        update_index(self.index, followed, self.stores.mailmap)
        return True

    def _followed(self) -> tuple[list[Wanted], list[Wanted]]:
        """The refs of the settings, and those that were named once."""
        settings = self.stores.settings
        lines = [_absolute(read_ref(line)) for line in settings.ref]
        paths = [*map(absolute_path, settings.repository), *known_trees(settings)]
        own = wanted_refs(lines, paths, branches_of)
        return own, [Wanted(*one) for one in named_refs(self.index)]

    def _forget(self, wanted: Sequence[Wanted]) -> None:
        """Follow what nobody wants no longer; where a repository cannot be read, all stays."""
        places = {one.repository: _place(one.repository) for one in wanted}
        if all(places.values()):
            kept = self._numbers(wanted)
            self.index.drop_refs([ref.id for ref in self.index.refs() if ref.id not in kept])

    def _numbers(self, wanted: Sequence[Wanted]) -> set[int]:
        names = set()
        for one in wanted:
            repository = open_repository(Path(one.repository))
            if not isinstance(repository, str) and (found := repository.resolve(one.ref)):
                names.add((repository.place, found[0]))
        return {ref.id for ref in self.index.refs() if (ref.place, ref.name) in names}

    def take_in(self, git: Git, commit: str) -> None:
        """Let the index know a commit, whatever ref it is in. Raises RepositoryError."""
        if self.index.unknown([commit]):
            self.index.add(read_prints(git, [commit], self.stores.people))
            self.index.settle()


@contextmanager
def open_landings(workspace: Workspace) -> Iterator[LandingRoom]:
    """Open the index, and close it after."""
    index = SqliteCommitIndex(workspace.home.root / INDEX)
    try:
        reach = cache(lambda place: GitReach(Path(place)))
        evidence = Evidence(index, partial(outside, index), reach, News(index))
        yield LandingRoom(workspace.stores, index, evidence)
    finally:
        index.close()


def branches_of(path: str) -> list[str]:
    """The branches of a repository that patches land in; HEAD where it cannot be read, so that
    whoever follows that says why."""
    try:
        refs, heads, is_bare = GitReach(Path(absolute_path(path))).branches()
    except RepositoryError:
        return ["HEAD"]
    return main_branches(refs, heads, is_bare=is_bare)


def _is_long(git: Git) -> bool:
    counted = git.output("rev-list", "--count", f"--max-count={_LONG}", "--all")
    return int(counted) >= _LONG


def _absolute(one: Wanted) -> Wanted:
    return Wanted(absolute_path(one.repository), one.ref, one.role)


def _first_of_each(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Of several wishes about one ref the first counts."""
    return list({(one.repository, one.ref): one for one in reversed(wanted)}.values())[::-1]


def _place(path: str) -> str:
    found = open_repository(Path(path))
    return "" if isinstance(found, str) else found.place


def _fetch(paths: Collection[str]) -> Iterator[str]:
    for path in paths:
        try:
            GitReach(Path(path)).fetch()
        except MkitError as error:
            yield visible_line(error.message)
