# SPDX-License-Identifier: GPL-2.0-or-later
"""A trailer that is offered to a patch: where it comes from, what is against it, and which of
several count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from maintainer_kit.model.message.trailer import Trailer


class Source(StrEnum):
    """Where a trailer stands, seen from the patch."""

    PATCH = "patch"
    COVER = "cover"
    """The cover letter's own text."""
    REPLY = "reply"
    COVER_REPLY = "cover-reply"
    CARRIED = "carried"
    """Given to an older posting of a patch that has not changed since."""
    STALE = "stale"
    """Given to an older posting of a patch that has changed since."""


class Obstacle(StrEnum):
    """Why a trailer would not be applied."""

    NACK = "nack"
    NO_REVIEW = "not-a-review"
    """A sign-off or the like, which nobody can give to another's patch by a reply."""
    OTHER_SENDER = "sent-by-another"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    DROPPED = "dropped-by-the-author"
    """An older posting's text held it, and that of the newer one does not."""


@dataclass(frozen=True, slots=True)
class Given:
    """One trailer with the mail it came in."""

    trailer: Trailer
    from_message_id: str
    applied: bool
    """Whether it would go into the commit: given by its own person to this very change, no nack,
    and not taken back."""
    source: Source = Source.PATCH
    revision: int = 0
    """Of the posting that it was given to."""
    obstacle: Obstacle | None = None
    """Why it is not applied."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A trailer before it is compared with the others."""

    given: Given
    time: tuple[int, str, int]
    """Date and id of its mail, and its place in it."""
    keys: frozenset[str]
    """What its person is known by."""


Takings = Mapping[tuple[str, str], tuple[int, str]]
"""By what a person is known by and a trailer's name (empty: all), date and id of the last mail
that takes it back."""
_NEVER = (-1, "")


def judged(offer: Offer, takings: Takings) -> Offer:
    """The offer, marked where its person took it back later."""
    given = offer.given
    if not takings or given.obstacle not in (None, Obstacle.NACK):
        return offer
    names = (given.trailer.name, *given.trailer.reviews)
    names = (*names, "") if given.trailer.reviews else names
    for key in offer.keys:
        if any(takings.get((key, name), _NEVER) > offer.time[:2] for name in names):
            found = replace(given, applied=False, obstacle=Obstacle.WITHDRAWN)
            return replace(offer, given=found)
    return offer


def distinct(own: Sequence[Offer], rest: Sequence[Offer]) -> list[Offer]:
    """All of a patch's own, and of the others the first of each person. One that would be applied
    is preferred to one that would not, and one for this posting to one for an older."""
    seen: set[tuple[str, str]] = set()
    kept: list[Offer] = []
    for offer in own:
        if not offer.given.applied and _again(offer, rest):
            offer = replace(offer, given=replace(offer.given, applied=True, obstacle=None))
        kept.append(offer)
        seen.update(_names(offer))
    taken = {id(offer) for offer in sorted(rest, key=_rank) if _is_new(offer, seen)}
    return [*kept, *(offer for offer in rest if id(offer) in taken)]


def _rank(offer: Offer) -> tuple[bool, bool]:
    return not offer.given.applied, offer.given.source in (Source.CARRIED, Source.STALE)


def _is_new(offer: Offer, seen: set[tuple[str, str]]) -> bool:
    """Whether nothing of an equal name from the same person was seen; it is now."""
    names = _names(offer)
    known = {name for name, key in names if (name, key) in seen}
    is_new = len(known) < len({name for name, _ in names})
    seen |= names
    return is_new


def _names(offer: Offer) -> set[tuple[str, str]]:
    """What it stands for: each name with each key of its person."""
    trailer = offer.given.trailer
    names = trailer.reviews or (trailer.name,)
    return {(name, key) for name in names for key in offer.keys or {trailer.value}}


def _again(offer: Offer, rest: Sequence[Offer]) -> bool:
    """Whether a trailer that was taken back was given again."""
    name = offer.given.trailer.name
    return any(
        one.given.applied and one.given.trailer.name == name and not one.keys.isdisjoint(offer.keys)
        for one in rest
    )
