# SPDX-License-Identifier: GPL-2.0-or-later
"""What git says, in memory: commits, and refs that hold them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.workflow.landing.ports import Evidence
from tests.memory.commit_index import MemoryCommitIndex


@dataclass(frozen=True, slots=True)
class MemoryRef:
    """Implements the port ``Ref``."""

    id: int
    place: str
    name: str
    role: str
    tip: str


class MemoryCommits(MemoryCommitIndex):
    """Implements the port ``Commits``."""

    def __init__(
        self, commits: Iterable[CommitPrint], held: Mapping[MemoryRef, Collection[str]]
    ) -> None:
        super().__init__(commits)
        self._held = held

    def refs(self) -> Sequence[MemoryRef]:
        return list(self._held)

    def refs_of(self, commits: Collection[str]) -> Mapping[str, Sequence[MemoryRef]]:
        known = self.commits(commits)
        found = {one: [ref for ref in self._held if one in self._held[ref]] for one in known}
        return {one: refs for one, refs in found.items() if refs}

    def outside(self, refs: Collection[int]) -> frozenset[str]:
        held = [names for ref, names in self._held.items() if ref.id in refs]
        return frozenset(self._commits) - frozenset[str]().union(*held)


@dataclass
class MemoryReach:
    """Implements the port ``Reach``."""

    tags: Mapping[str, str] = field(default_factory=dict)
    ids: Collection[str] = ()
    asked: list[Collection[str]] = field(default_factory=list)

    def tags_of(self, commits: Collection[str]) -> Mapping[str, str]:
        self.asked.append(commits)
        return {one: self.tags[one] for one in commits if one in self.tags}

    def full_ids(self, names: Collection[str]) -> Mapping[str, str]:
        found = {name: [one for one in self.ids if one.startswith(name)] for name in names}
        return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


@dataclass
class MemoryNews:
    """Implements the port ``News``: commits in the order in which they were given."""

    names: Sequence[str]

    def mark(self) -> str:
        return str(len(self.names))

    def since(self, mark: str) -> Sequence[str] | None:
        return self.names[int(mark) :] if int(mark) <= len(self.names) else None


def evidence(
    commits: Iterable[CommitPrint],
    held: Mapping[MemoryRef, Collection[str]],
    reach: MemoryReach | None = None,
) -> Evidence:
    """Git's side of things: what refs hold, and one repository."""
    listed = list(commits)
    made = MemoryCommits(listed, held)
    known = reach or MemoryReach()
    news = MemoryNews([one.commit for one in listed])
    return Evidence(made, made.outside, lambda place: known, news)
