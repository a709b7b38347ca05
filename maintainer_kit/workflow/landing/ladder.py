# SPDX-License-Identifier: GPL-2.0-or-later
"""How far patches climbed: posted, queued, next, mainline, stable; and fixes that stopped short."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.errors import RepositoryError
from maintainer_kit.matching.later import copies_of
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import Landings, Place, Role, sure_places
from maintainer_kit.workflow.landing.ports import Evidence, Ref

_FIXES = re.compile(r"[0-9a-f]{7,64}")
_MOST_FIXES = 20


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a patch."""

    name: str
    """``posted``, or a role."""
    date: int
    place: Place | None = None


def ladder_of(patch: Message, landings: Landings) -> list[Rung]:
    """The steps that a patch surely took, each as early as it is known, from the mail upwards.
    Trees of one role are each a step of their own."""
    found = [Rung("posted", patch.date)]
    first: dict[tuple[str, str, str], Place] = {}
    for place in sure_places(landings, patch.message_id):
        key = (place.role, place.repository, place.ref)
        known = first.get(key)
        if known is None or (place.date, place.commit) < (known.date, known.commit):
            first[key] = place
    ranks = [role.value for role in Role]
    places = sorted(first.values(), key=lambda one: (ranks.index(one.role), one.date, one.ref))
    return [*found, *(Rung(one.role, one.date, one) for one in places)]


@dataclass(frozen=True, slots=True)
class StoppedShort:
    """A fix that is not where what it mends is."""

    message_id: str
    commit: str
    """The fix."""
    fixes: str
    """The commit that it mends, by its whole id."""
    ref: str
    """A stable ref that holds that one, or a copy of it."""
    repository: str


def stopped_short(
    evidence: Evidence, patches: Iterable[Message], landings: Landings
) -> Iterator[StoppedShort]:
    """Fixes that landed, of commits that have reached a stable tree where the fix is not."""
    refs = [ref for ref in evidence.commits.refs() if ref.role == Role.STABLE]
    asked = [
        (patch, one, names)
        for patch in patches
        for one in landings.get(patch.message_id, ())
        if refs and one.is_sure and (names := _fixed(patch))
    ]
    full = _full_ids(evidence, {name for _, _, names in asked for name in names})
    holding = _holding(evidence, set(full.values()), refs)
    for patch, one, names in asked:
        own = {(place.repository, place.ref) for place in one.places}
        for target in dict.fromkeys(full[name] for name in names if name in full):
            for ref in holding.get(target, ()):
                if (ref.place, ref.name) not in own:
                    yield StoppedShort(patch.message_id, one.commit, target, ref.name, ref.place)


def _fixed(patch: Message) -> list[str]:
    values = (one.value for one in patch.trailers if one.name == "Fixes")
    found = (_FIXES.match(value.lower()) for value in values)
    return [one[0] for one in found if one][:_MOST_FIXES]


def _full_ids(evidence: Evidence, names: Collection[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for place in dict.fromkeys(ref.place for ref in evidence.commits.refs()) if names else ():
        try:
            found |= evidence.repositories(place).full_ids(set(names) - found.keys())
        except RepositoryError:
            continue  # it was told of when refs were followed
    return found


def _holding(
    evidence: Evidence, commits: Collection[str], refs: Sequence[Ref]
) -> Mapping[str, Sequence[Ref]]:
    """Of some refs those that hold each commit, or a copy of it."""
    if not commits:
        return {}
    wanted = {ref.id for ref in refs}
    copies = copies_of(evidence.commits, commits)
    names = {*commits, *(one for some in copies.values() for one in some)}
    held = evidence.commits.refs_of(names)
    return {
        commit: list(
            {
                ref.id: ref
                for one in (commit, *copies.get(commit, ()))
                for ref in held.get(one, ())
                if ref.id in wanted
            }.values()
        )
        for commit in commits
    }
