# SPDX-License-Identifier: GPL-2.0-or-later
"""A repository of branches in memory, without git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.workflow.branches.branch import Head
from maintainer_kit.workflow.branches.ports import Refs
from tests.build import ADA

_WHO = parse_person(ADA)


class MemoryRepository:
    """Implements the port ``Repository``; a commit is named by its number."""

    def __init__(self, path: str = "/tree") -> None:
        self.path = self.place = path
        self.is_broken = False
        self._parents: list[list[int]] = []
        self._messages: list[str] = []
        self._heads: dict[str, Head] = {}
        self._tips: dict[str, str] = {}

    def commit(self, *parents: int, message: str = "A step") -> int:
        """A new commit, later than all others."""
        self._parents.append(list(parents))
        self._messages.append(message)
        return len(self._parents) - 1

    def line(self, start: int, count: int) -> int:
        """So many commits on top of one; the last of them."""
        for _ in range(count):
            start = self.commit(start)
        return start

    def branch(self, name: str, commit: int, **more: str) -> None:
        """A local branch; ``more`` as ``Head`` has it."""
        ref = f"refs/heads/{name}"
        tip = name_of(commit)
        self._heads[ref] = Head(ref, tip, f"tree of {tip}", commit, "A step", **more)
        self._tips[ref] = tip

    def fetched(self, name: str, commit: int) -> None:
        """What a remote has, as ``origin/master``."""
        self._tips[f"refs/remotes/{name}"] = name_of(commit)

    def refs(self) -> Refs:
        if self.is_broken:
            raise RepositoryError("bad object HEAD")
        heads = [self._heads[ref] for ref in sorted(self._heads)]
        return Refs(heads, self._tips, (), is_bare=False)

    def resolve(self, name: str) -> tuple[str, str] | None:
        for ref in (name, f"refs/heads/{name}", f"refs/remotes/{name}"):
            if ref in self._tips:
                return ref, self._tips[ref]
        return None

    def history(self, tips: Sequence[str]) -> Iterator[Sequence[bytes]]:
        assert tips, "git takes none for a mistake"
        wanted = {int(tip, 16) for tip in tips}
        for number in range(len(self._parents) - 1, -1, -1):
            if number in wanted:
                wanted.update(self._parents[number])
                names = map(name_of, (number, *self._parents[number]))
                yield [" ".join(names).encode()]

    def commits(self, ids: Iterable[str]) -> Sequence[CommitRecord]:
        numbers = sorted((int(one, 16) for one in ids), reverse=True)
        return [self._record(one) for one in numbers if len(self._parents[one]) < 2]

    def _record(self, number: int) -> CommitRecord:
        parents = tuple(map(name_of, self._parents[number]))
        message = self._messages[number]
        return CommitRecord(name_of(number), parents, _WHO, _WHO, number, message, "")


def name_of(commit: int) -> str:
    """The full id of a commit."""
    return f"{commit:040x}"
