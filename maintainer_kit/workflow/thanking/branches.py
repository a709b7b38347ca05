# SPDX-License-Identifier: GPL-2.0-or-later
"""Of which posting patches landed, and in which branch: that which holds most of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import Landings, Place, Role, sure_places
from maintainer_kit.model.topic.topic import Topic

_OWN = (Role.QUEUED.value, Role.NEXT.value, Role.MAINLINE.value)
"""What one applies to, in the order in which one thanks; other trees only if they are named."""
_REMOTES = "refs/remotes/"


@dataclass(frozen=True, slots=True)
class Landed:
    """A posting with the branch that holds patches of it."""

    head: Message
    """Its cover letter, else its first patch."""
    patches: tuple[Message, ...]
    """Those that have arrived."""
    total: int
    places: Mapping[str, Place]
    """By Message-ID of the patch its commit in the branch; those that are not there left out."""

    @property
    def branch(self) -> Place:
        """Any of the places: all are in one branch."""
        return next(iter(self.places.values()))


def landed_posting(topic: Topic, landings: Landings, branch: str = "") -> Landed | None:
    """The newest posting of which anything landed: the newest complete view, else an older one.
    ``branch`` names the branch that is meant."""
    older = (one.series.patches for one in reversed(topic.revisions))
    for patches in (topic.view, *older):
        known = tuple(one for one in patches if one)
        if places := _places(known, landings, branch):
            return Landed(_head(topic, places), known, len(patches), places)
    return None


def short_branch(place: Place) -> str:
    """A branch without the name of a remote."""
    if place.ref.startswith(_REMOTES):
        return place.ref.removeprefix(_REMOTES).partition("/")[2]
    return place.branch


def _head(topic: Topic, places: Mapping[str, Place]) -> Message:
    """What stands for these patches: of a view that a few patches were replaced in, the posting
    that holds all of them."""
    for revision in reversed(topic.revisions):
        if places.keys() <= {one.message_id for one in revision.series.messages}:
            return revision.series.first
    return topic.root


def _places(patches: Sequence[Message], landings: Landings, branch: str) -> dict[str, Place]:
    found: dict[tuple[str, str], dict[str, Place]] = {}
    for patch in patches:
        for place in sure_places(landings, patch.message_id):
            if not place.reverted and _is_meant(place, branch):
                key = (place.repository, place.ref)
                found.setdefault(key, {}).setdefault(patch.message_id, place)
    return min(found.values(), key=_rank, default={})


def _is_meant(place: Place, branch: str) -> bool:
    if branch:
        return branch in (place.ref, place.branch, short_branch(place))
    return place.role in _OWN


def _rank(places: Mapping[str, Place]) -> tuple[int, int, bool, str, str]:
    """Most patches first; of several branches the one that a patch climbs first, rather one's own
    than a remote's."""
    one = next(iter(places.values()))
    step = _OWN.index(one.role) if one.role in _OWN else len(_OWN)
    return -len(places), step, one.ref.startswith(_REMOTES), one.repository, one.ref
