# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits and contents of files for comparisons, from several repositories that are only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from maintainer_kit.adapters.git.log import read_commits
from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import Range, read_range
from maintainer_kit.adapters.git.revisions import commit_id, fork_of
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.mail.text import storable, visible_line

_PATIENCE = 60.0
_MOST = 1000
"""Commits of one side."""
_MOST_OF_FILE = 8 << 20
_MOST_KNOWN = 500
"""Files whose lines are remembered."""
_HINT = "A..B, of a repository of mkit.repository, or --repo DIR"

_T = TypeVar("_T")


class ComparedRepositories:
    """Implements the port ``Commits``; close it, as it keeps a git for each repository."""

    def __init__(self, places: Sequence[Path], main: Callable[[str], Sequence[str]]) -> None:
        """``main`` names the branches of a repository that others are made on."""
        self._gits = {str(place): Git(place, _PATIENCE) for place in places}
        self._objects: dict[str, Objects] = {}
        self._main = main
        self._known: dict[str, list[str] | None] = {}

    def close(self) -> None:
        for objects in self._objects.values():
            objects.close()
        self._objects.clear()

    def range(self, text: str) -> Sequence[Patch]:
        (found,) = self.ranges([text])
        return found

    def ranges(self, texts: Sequence[str]) -> Sequence[Sequence[Patch]]:
        # All are begun before any is read to its end: the gits work side by side.
        begun = [self._first(partial(_begin, text)) for text in texts]
        return [_all(commits, text) for commits, text in zip(begun, texts, strict=True)]

    def branch(self, name: str) -> Sequence[Patch] | None:
        for place, git in self._gits.items():
            if tip := commit_id(git, name):
                base = self._base(place, git, name)
                return _commits(git, Range(tip, base, no_merges=True), name)
        return None

    def named(self, repository: str, commit: str) -> Patch:
        git = self._gits.setdefault(repository, Git(Path(repository), _PATIENCE))
        (found,) = _commits(git, Range(commit, limit=1), commit[:12])
        return found

    def lines(self, blob: str) -> list[str] | None:
        if blob not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[blob] = self._read(blob)
        return self._known[blob]

    def _read(self, blob: str) -> list[str] | None:
        for place, git in list(self._gits.items()):
            objects = self._objects.setdefault(place, Objects(git))
            try:
                found = objects.contents(blob, _MOST_OF_FILE)
            except RepositoryError:
                del self._gits[place]  # it is none; whoever asks for commits is told
                continue
            if isinstance(found, Object) and found.kind == "blob":
                return _lines(found)
        return None

    def _first(self, ask: Callable[[Git], _T]) -> _T:
        """What the first repository says that can."""
        problem: RepositoryError | None = None
        for git in self._gits.values():
            try:
                return ask(git)
            except RepositoryError as error:
                problem = problem or error
        raise problem or RepositoryError("no repository is known", _HINT)

    def _base(self, place: str, git: Git, name: str) -> str:
        if found := fork_of(git, name, partial(self._main, place)):
            return found
        shown = visible_line(name)[:80]
        raise Refused(f"nobody can tell where {shown} begins", f"mkit compare ... BASE..{shown}")


def _commits(git: Git, wanted: Range, name: str) -> list[Patch]:
    return _all(read_commits(git, wanted), name)


def _begin(text: str, git: Git) -> Iterator[CommitRecord]:
    """The commits of a range, the first of which is there. Raises RepositoryError."""
    if text.startswith("-") or "..." in text or "\0" in text:
        wanted = read_range(git, text).without_merges()
    else:
        wanted = Range(text, no_merges=True)  # git log finds the ends by itself
    commits = read_commits(git, wanted)
    try:
        first = next(commits, None)
    except RepositoryError:
        read_range(git, text)  # which says what is wrong with it
        raise
    return chain([first], commits) if first else iter(())


def _all(commits: Iterator[CommitRecord], name: str) -> list[Patch]:
    """Raises RepositoryError where there are none, and Refused for more than anybody compares."""
    found = [patch_of_commit(one) for one in islice(commits, _MOST + 1)]
    if len(found) > _MOST:
        raise Refused(f"{visible_line(name)} has more than {_MOST} commits", _HINT)
    if not found:
        raise RepositoryError(f"no commit is in {visible_line(name)[:80]}", "git log A..B")
    return found


def _lines(found: Object) -> list[str] | None:
    """The lines of a text, as diffs have them; None for what is none."""
    if found.size > len(found.data) or b"\0" in found.data:
        return None
    lines = storable(found.data.decode("utf-8", "surrogateescape")).split("\n")
    return lines[:-1] if not lines[-1] else lines
