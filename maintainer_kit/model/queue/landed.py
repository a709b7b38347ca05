# SPDX-License-Identifier: GPL-2.0-or-later
"""Where patches were seen as commits, and what that makes of their topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass

if TYPE_CHECKING:
    from maintainer_kit.model.message.message import Message

_SHOWN = 12
"""Digits of a commit in words."""


class Role(StrEnum):
    """What a ref stands for, in the order in which a patch climbs."""

    QUEUED = "queued"
    NEXT = "next"
    MAINLINE = "mainline"
    STABLE = "stable"
    OTHER = "other"
    """Another's tree: it is told, and means nothing."""


ENDING = (Role.MAINLINE, Role.NEXT, Role.STABLE)
"""Roles in which a patch has arrived, the most telling first."""


BY_HAND = "by-hand"
"""The kind of evidence that is somebody's own judgement."""
ANNOUNCED = "announced"
"""Of a commit that is only said to be the patch: worth a question."""
REFUTED = "refuted"
"""Of a commit that is said to be the patch and is another change: no landing, but kept, so that the
mail that says it can be named."""


@dataclass(frozen=True, slots=True)
class Place:
    """A ref that holds a patch."""

    role: str
    ref: str
    """Its full name."""
    repository: str
    commit: str
    """What the patch is called there: a cherry-pick has an id of its own."""
    date: int
    """The committer's, seconds since the epoch."""
    tag: str = ""
    """The first tag that holds the commit; empty while none does."""
    reverted: str = ""
    """The commit of this ref that took it back; empty where none did."""
    reverted_at: int = 0

    @property
    def branch(self) -> str:
        """Its ref as people name it."""
        return self.ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")

    @property
    def words(self) -> str:
        """``abc123def456 (v6.12-rc3)``."""
        return self.commit[:_SHOWN] + (f" ({self.tag})" if self.tag else "")


@dataclass(frozen=True, slots=True)
class Landing:
    """A patch seen as a commit, with the evidence."""

    message_id: str
    commit: str
    tier: str
    """The kind of evidence."""
    score: float
    """0 to 1."""
    is_sure: bool
    """It may be acted on without asking a person; else it is a candidate."""
    why: str = ""
    places: tuple[Place, ...] = ()
    """The refs that hold it, by role, repository and name."""

    @property
    def evidence(self) -> str:
        """``by patch-id``, or ``by hand``."""
        return evidence_of([self.tier])


Landings = Mapping[str, Sequence[Landing]]
"""By Message-ID of the patch."""


def evidence_of(tiers: Iterable[str]) -> str:
    """Kinds of evidence in words: ``by patch-id and similar``."""
    names = ("hand" if one == BY_HAND else one for one in sorted(set(tiers)))
    return f"by {' and '.join(names)}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a whole series."""

    date: int
    """When the last of its patches became a commit, or was taken back."""
    words: str
    is_reverted: bool = False


def count_landed(patches: Iterable[Message | None], landings: Landings) -> int:
    """How many of the patches surely are in any ref that is followed, and were not taken back."""
    return sum(
        any(not place.reverted for place in sure_places(landings, patch.message_id))
        for patch in patches
        if patch
    )


def landed_at(view: Sequence[Message | None], landings: Landings) -> int:
    """When the last patch of a newest complete view became a commit, if all have arrived and none
    was taken back, seconds since the epoch; else 0."""
    outcome = outcome_of(view, landings)
    return 0 if outcome is None or outcome.is_reverted else outcome.date


def sure_places(landings: Landings, message_id: str) -> list[Place]:
    """The refs that surely hold a patch, or held it until it was taken back."""
    found = (one for one in landings.get(message_id, ()) if one.is_sure)
    return [place for one in found for place in one.places]


def outcome_of(view: Sequence[Message | None], landings: Landings) -> Outcome | None:
    """What became of the patches of a newest complete view; None while any of them is missing, or
    is in no ref where it would have arrived."""
    if not view or not landings:
        return None
    held = [_arrived(patch, landings) for patch in view]
    if not all(held):
        return None
    standing = [[place for place in places if not place.reverted] for places in held]
    if not all(standing):
        return _taken_back(held, standing)
    chosen = _in_one_role(standing)
    # Patches that are applied at once have one date: the last in order speaks.
    last = max(enumerate(chosen), key=lambda pair: (pair[1].date, pair[0]))[1]
    roles = " and ".join(dict.fromkeys(sorted((p.role for p in chosen), key=_RANK.index)))
    evidence = evidence_of(one.tier for one in _speaking(view, landings))
    several = f": {len(chosen)} patches, the last" if len(chosen) > 1 else ""
    return Outcome(last.date, f"landed in {roles}{several} as {last.words}, {evidence}")


def queued_words(view: Sequence[Message | None], landings: Landings) -> str:
    """Where the patches of a newest complete view wait, each in a branch that collects them or in
    one where it has arrived, in words; empty where any is in none."""
    if not view:
        return ""
    held = [_collected(patch, landings) for patch in view]
    if not all(held):
        return ""
    chosen = [
        min(places, key=lambda place: (place.role != Role.QUEUED, place.ref)) for places in held
    ]
    where = " and ".join(sorted({place.branch for place in chosen}))
    last = max(enumerate(chosen), key=lambda pair: (pair[1].date, pair[0]))[1]
    several = f": {len(chosen)} patches, the last" if len(chosen) > 1 else ""
    evidence = evidence_of(one.tier for one in _speaking(view, landings))
    return f"queued in {where}{several} as {last.words}, {evidence}"


def _collected(patch: Message | None, landings: Landings) -> list[Place]:
    places = sure_places(landings, patch.message_id) if patch else []
    return [p for p in places if not p.reverted and p.role in (*_RANK, Role.QUEUED.value)]


_RANK = [role.value for role in ENDING]


def _arrived(patch: Message | None, landings: Landings) -> list[Place]:
    if patch is None:
        return []
    return [p for p in sure_places(landings, patch.message_id) if p.role in _RANK]


def _in_one_role(standing: Sequence[Sequence[Place]]) -> list[Place]:
    """For each patch its first place in the most telling role that all of them have; without one,
    in the most telling that it has."""
    common = next((r for r in _RANK if all(_of(places, r) for places in standing)), "")
    return [
        min(
            _of(places, common) or places,
            key=lambda place: (_RANK.index(place.role), place.date, place.commit),
        )
        for places in standing
    ]


def _of(places: Iterable[Place], role: str) -> list[Place]:
    return [place for place in places if place.role == role]


def _taken_back(held: Sequence[Sequence[Place]], standing: Sequence[Sequence[Place]]) -> Outcome:
    gone = [places for places, left in zip(held, standing, strict=True) if not left]
    last = max(chain.from_iterable(gone), key=lambda place: (place.reverted_at, place.reverted))
    words = f"landed as {last.words}, taken back by {last.reverted[:_SHOWN]}"
    if len(held) > 1:
        words = f"{len(gone)} of {len(held)} patches were taken back: {words}"
    return Outcome(last.reverted_at, words, is_reverted=True)


def _speaking(view: Sequence[Message | None], landings: Landings) -> Iterable[Landing]:
    ids = [patch.message_id for patch in view if patch]
    return (one for each in ids for one in landings.get(each, ()) if one.is_sure and one.places)
