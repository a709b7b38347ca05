# SPDX-License-Identifier: GPL-2.0-or-later
"""Landings once somebody's judgement of them is counted in: what a person said of a patch and a
commit stands above what comparing them gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from maintainer_kit.model.decision.event import EventKind
from maintainer_kit.model.decision.judgement import read_judgements
from maintainer_kit.model.queue.landed import BY_HAND, REFUTED, Landing

if TYPE_CHECKING:
    from maintainer_kit.model.decision.event import Decisions


def judged(
    landings: Mapping[str, Sequence[Landing]], decisions: Decisions
) -> dict[str, tuple[Landing, ...]]:
    """What holds: a commit that was said to be it is sure, with what speaks for it beside; one that
    was said not to be it is gone, however alike. Messages with none left are left out."""
    found = {}
    for message_id, several in landings.items():
        decision = decisions.get((message_id, EventKind.LANDING))
        said = read_judgements(decision.value) if decision else {}
        left = tuple(sorted(_each(several, said), key=lambda one: (not one.is_sure, one.commit)))
        if left:
            found[message_id] = left
    return found


def verdict_on(landing: Landing, said: Mapping[str, bool]) -> bool | None:
    """Whether it was said to be so; None where nothing was. Copies in other refs are the same
    change: a word about one of them is a word about all, unless the commit itself was named."""
    if landing.commit in said:
        return said[landing.commit]
    copies = [said[place.commit] for place in landing.places if place.commit in said]
    return any(copies) if copies else None


def _each(several: Sequence[Landing], said: Mapping[str, bool]) -> Iterator[Landing]:
    for one in several:
        is_it = verdict_on(one, said)
        if is_it and not one.is_sure:
            why = "" if one.tier == BY_HAND else f"{one.tier} ({one.score:.2f}): {one.why}"
            yield replace(one, tier=BY_HAND, is_sure=True, why=why)
        elif is_it is not False and one.tier not in (BY_HAND, REFUTED):
            yield one
