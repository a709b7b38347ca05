# SPDX-License-Identifier: GPL-2.0-or-later
"""In which refs landed patches are: as the commit that was found, or as a copy of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.errors import RepositoryError
from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.later import copies_of, reverted
from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.model.queue.landed import Landing, Place, Role
from maintainer_kit.workflow.landing.ports import Evidence, Ref

_RANK = [role.value for role in Role]

Placed = Mapping[str, tuple[Place, ...]]
"""By commit the refs that hold it, or a copy of it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is asked of the index at once."""

    commits: Mapping[str, CommitPrint]
    refs: Mapping[str, Sequence[Ref]]
    reverts: Mapping[str, str]
    """By commit the one that took it back."""

    def place(self, commit: str, ref: Ref) -> Place:
        by = self.reverts.get(commit, "")
        if by and ref.id not in {one.id for one in self.refs.get(by, ())}:
            by = ""
        return Place(
            ref.role,
            ref.name,
            ref.place,
            commit,
            self.commits[commit].print.date,
            reverted=by,
            reverted_at=self.commits[by].print.date if by in self.commits else 0,
        )


def place_commits(evidence: Evidence, index: CommitIndex, commits: Collection[str]) -> Placed:
    """Where commits are. Of several copies in one ref it is the commit itself, or the oldest, but
    rather one that was not taken back there."""
    copies = copies_of(index, commits)
    names = {*commits, *(one for several in copies.values() for one in several)}
    reverts = reverted(index, names)
    names |= set(reverts.values())
    known = _Known(index.commits(names), evidence.commits.refs_of(names), reverts)
    found = {}
    for commit in commits:
        best: dict[int, Place] = {}
        for one in (commit, *copies.get(commit, ())):
            for ref in known.refs.get(one, ()) if one in known.commits else ():
                place = known.place(one, ref)
                if ref.id not in best or (best[ref.id].reverted and not place.reverted):
                    best[ref.id] = place
        found[commit] = tuple(sorted(best.values(), key=_order))
    return found


def _order(place: Place) -> tuple[int, str, str]:
    rank = _RANK.index(place.role) if place.role in _RANK else len(_RANK)
    return rank, place.repository, place.ref


def with_tags(
    evidence: Evidence, landings: Sequence[Landing], known: Iterable[Landing]
) -> list[Landing]:
    """The same with the first tag that holds each commit; what ``known`` ones say is kept. A
    repository that cannot be asked has none."""
    tags = {
        (place.repository, place.commit): place.tag
        for one in known
        for place in one.places
        if place.tag
    }
    asked: dict[str, set[str]] = defaultdict(set)
    for one in landings:
        for place in one.places:
            if (place.repository, place.commit) not in tags:
                asked[place.repository].add(place.commit)
    for repository, commits in asked.items():
        try:
            found = evidence.repositories(repository).tags_of(commits)
        except RepositoryError:
            continue
        tags.update({(repository, commit): tag for commit, tag in found.items()})
    return [_tagged(one, tags) for one in landings]


def _tagged(landing: Landing, tags: Mapping[tuple[str, str], str]) -> Landing:
    places = tuple(
        replace(place, tag=tags.get((place.repository, place.commit), ""))
        for place in landing.places
    )
    return replace(landing, places=places)
