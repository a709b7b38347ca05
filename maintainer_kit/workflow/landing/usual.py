# SPDX-License-Identifier: GPL-2.0-or-later
"""Into which branch the patches of a list usually go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from maintainer_kit.model.queue.landed import Place, Role, sure_places
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.stores import Stores

COLLECTING = (Role.QUEUED.value, Role.NEXT.value, Role.MAINLINE.value)
"""Roles of branches that patches are put into; the first that there is counts."""
LOCAL = "refs/heads/"


def usual_refs(stores: Stores, is_meant: Callable[[Place], bool]) -> Mapping[str, str]:
    """By list the ref, of those that are meant, that most of its patches are in."""
    catalogue = stores.catalogue
    known = known_landings(catalogue)
    held = {one: refs for one in known if (refs := _refs(sure_places(known, one), is_meant))}
    topics = catalogue.topic_ids(held)
    rows = {row.id: row for row in catalogue.rows(set(topics.values()))}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for message_id, topic in topics.items():
        for name in rows[topic].lists if topic in rows else ():
            counts[name].update(held[message_id])
    return {name: max(sorted(its), key=its.__getitem__) for name, its in counts.items()}


def _refs(places: list[Place], is_meant: Callable[[Place], bool]) -> set[str]:
    return {one.ref for one in places if is_meant(one)}
