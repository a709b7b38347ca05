# SPDX-License-Identifier: GPL-2.0-or-later
"""Brings the index of commits up to date with repositories: what is new since the last time.

Killed at any point it leaves whole portions of commits, and refs that are where they were; the next
update finds what is missing by asking the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from maintainer_kit.adapters.commits.index import SqliteCommitIndex
from maintainer_kit.adapters.commits.notes import NOTES, read_notes
from maintainer_kit.adapters.commits.refs import KnownRef
from maintainer_kit.adapters.commits.repository import (
    PLACES,
    IndexedRepository,
    Step,
    open_repository,
)
from maintainer_kit.adapters.git.prints import read_prints
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.mailmap import People, read_mailmap
from maintainer_kit.model.mail.text import visible_line

_PORTION = 1000
"""Commits in one transaction: while it is written git has to wait."""
_MOST_KEPT = 100_000
"""Commits of a ref's way that are remembered: git needs a while to tell even a few."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A ref that is to be followed."""

    path: Path
    """Of the repository, or of any of its work trees."""
    ref: str
    """As git takes it: ``master``, ``origin/master``, ``refs/heads/next``, ``HEAD``."""
    role: str = ""


@dataclass(slots=True)
class Updated:
    """What an update did."""

    commits: int = 0
    """That are new in the index."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, a line each."""


Progress = Callable[[int, int], None]
"""Is told how many commits were read, and how many there are to read."""


def update_index(
    index: SqliteCommitIndex,
    followed: Sequence[Followed],
    mailmap: str = "",
    progress: Progress = lambda done, total: None,
    *,
    again: bool = False,
) -> Updated:
    """Take in what refs gained and lost. Never fetches, never writes into a repository.

    One that cannot be read stays as it was, and the others go on. ``mailmap`` is the text of all
    mailmaps. ``again`` walks the whole history, and reads commits again whose objects were missing.
    """
    updated = Updated()
    index.use_mailmap(mailmap)
    index.settle()  # what a killed update has left
    for path in dict.fromkeys(one.path for one in followed):
        repository = open_repository(path)
        if isinstance(repository, str):
            updated.problems.append(visible_line(repository))
            continue
        wanted = [one for one in followed if one.path == path]
        update = _Update(index, repository, updated, read_mailmap(mailmap), progress)
        try:
            update.run(wanted, again)
        except RepositoryError as error:
            updated.problems.append(visible_line(f"{path}: {error.message}"))
    return updated


@dataclass(frozen=True, slots=True)
class _Move:
    """A ref on its way."""

    ref: KnownRef
    """As it is going to be."""
    was: str
    """Where the index has it; empty for a new one."""
    since: str
    """From where its commits are told; empty: from the beginning."""


@dataclass
class _Update:
    """The update of one repository."""

    index: SqliteCommitIndex
    repository: IndexedRepository
    updated: Updated
    people: People
    progress: Progress
    _kept: dict[str, list[Step]] = field(default_factory=dict)

    def run(self, wanted: Sequence[Followed], again: bool) -> None:
        if again:
            self.index.forget(self.index.lacking())
        moves = self._moves(wanted, again)
        gained = self._gained(moves)
        self._read([commit for commit, is_new in gained.items() if is_new])
        self.index.settle()
        self._notes(gained)
        # Last: what was not done before a kill is found by where the refs were.
        for move in moves:
            self._apply(move)

    def _moves(self, wanted: Sequence[Followed], again: bool) -> list[_Move]:
        place, border = self.repository.place, self.repository.border.mark
        refs = {ref.name: ref for ref in self.index.refs() if ref.place == place}
        found = {}
        for one in wanted:
            resolved = self.repository.resolve(one.ref)
            if resolved is None:
                self._gone(one, refs)
                continue
            name, tip = resolved
            known = refs.get(name)
            ref = KnownRef(known.id if known else 0, place, name, one.role, tip, border)
            if again or ref != known:
                was = known.tip if known else ""
                is_whole = again or not known or border != known.border
                since = was if not is_whole and self.repository.has(was) else ""
                found[name] = _Move(ref, was, since)
        return list(found.values())

    def _gone(self, one: Followed, refs: dict[str, KnownRef]) -> None:
        """A ref that is not there holds no commits."""
        names = {place.format(one.ref) for place in PLACES}
        self.index.drop_refs([ref.id for name, ref in refs.items() if name in names])
        self.updated.problems.append(visible_line(f"{one.path} has no ref {one.ref}"))

    def _gained(self, moves: Iterable[_Move]) -> dict[str, bool]:
        """Commits that refs gained, and whether they are new in the index; of the others only those
        that a note may be on."""
        found: dict[str, bool] = {}
        border, has_notes = self.repository.border.commits, NOTES in self.repository.refs
        for move in moves:
            for is_gained, commits in self._steps(move):
                if is_gained:
                    found.update(dict.fromkeys(commits if has_notes else (), False))
                    found.update(dict.fromkeys(self.index.unknown(commits), True))
        return {commit: is_new for commit, is_new in found.items() if commit not in border}

    def _steps(self, move: _Move) -> Iterator[Step]:
        """The way of a ref, for the second time without git where it is not very long."""
        if (kept := self._kept.pop(move.ref.name, None)) is not None:
            yield from kept
            return
        steps: list[Step] = []
        count = 0
        for step in self.repository.walk(move.since, move.ref.tip):
            count += len(step[1])
            if count <= _MOST_KEPT:
                steps.append(step)
            yield step
        if count <= _MOST_KEPT:
            self._kept[move.ref.name] = steps

    def _read(self, commits: Sequence[str]) -> None:
        if not commits:
            return
        prints = read_prints(self.repository.git, commits, self.people)
        done = lacking = 0
        while portion := list(islice(prints, _PORTION)):
            self.updated.commits += self.index.add(portion)
            done += len(portion)
            lacking += sum(one.lacks_diff for one in portion)
            self.progress(done, len(commits))
        if lacking:
            place = self.repository.git.place
            words = f"{place}: objects are missing, {lacking} commits were read without diffs"
            self.updated.problems.append(visible_line(words))

    def _notes(self, gained: Collection[str]) -> None:
        tip = self.repository.refs.get(NOTES, "")
        known = self.index.repository(self.repository.place)
        if tip and (tip != known.notes or gained):
            self.index.note(read_notes(self.repository.git, known.notes, tip, gained))
        if tip != known.notes:
            self.index.set_notes(known, tip)

    def _apply(self, move: _Move) -> None:
        """Put the ref at its tip, and say which commits are in it: all or nothing."""
        with self.index.transaction():
            ref = self.index.move_ref(move.ref, move.was, whole=not move.since)
            if ref is None:
                return
            for is_in, commits in self._steps(move):
                self.index.mark(ref, commits, is_in)
