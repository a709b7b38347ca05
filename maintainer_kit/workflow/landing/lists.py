# SPDX-License-Identifier: GPL-2.0-or-later
"""What is missing on either side: patches that were accepted and are nowhere, and commits that no
mail explains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.model.decision.event import EventKind
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.landing.ports import Commits, Ref
from maintainer_kit.workflow.stores import Stores

_DAY = 86_400
_TAKEN = frozenset({"accepted", "queued", "mainlined"})
"""States that promise a commit."""


@dataclass(frozen=True, slots=True)
class NotLanded:
    """A patch that was accepted, and is in no branch that is followed."""

    row: TopicRow
    message: Message
    state: str
    since: int
    """When that was decided, seconds since the epoch."""


def not_landed(stores: Stores, days: int) -> list[NotLanded]:
    """Patches that were accepted more than so many days ago and surely are in no branch; what
    waits longest comes first."""
    catalogue = stores.catalogue
    before = stores.clock() // 1_000_000 - days * _DAY
    decisions = catalogue.decisions(catalogue.decided_messages((EventKind.STATE,)))
    taken = {
        message_id: decision
        for (message_id, kind), decision in decisions.items()
        if kind is EventKind.STATE
        and decision.value in _TAKEN
        and decision.time // 1_000_000 <= before
    }
    known = known_landings(catalogue, taken)
    left = [one for one in taken if not any(each.is_sure for each in known.get(one, ()))]
    topics = catalogue.topic_ids(left)
    rows = {row.id: row for row in catalogue.rows(set(topics.values()))}
    records = catalogue.records(left)
    found = [
        NotLanded(
            rows[topics[one]],
            record.message,
            taken[one].value,
            taken[one].time // 1_000_000,
        )
        for one, record in records.items()
        if record.message.kind is Kind.PATCH
        and one in topics
        and one in rows[topics[one]].decidable
    ]
    return sorted(found, key=lambda one: (one.since, one.message.message_id))


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A commit that no mail was seen as."""

    commit: CommitPrint
    refs: Sequence[Ref]


def unexplained(
    stores: Stores, commits: Commits, lately: Callable[[int], Sequence[str]], days: int
) -> list[Unexplained]:
    """Commits of the last days in branches where patches land, that no patch, not even as a
    candidate, was seen as; the newest first. ``lately`` names commits made since a time."""
    catalogue = stores.catalogue
    names = lately(stores.clock() // 1_000_000 - days * _DAY)
    known = {
        commit
        for landings in known_landings(catalogue).values()
        for one in landings
        for commit in (one.commit, *(place.commit for place in one.places))
    }
    left = [one for one in names if one not in known]
    refs = commits.refs_of(left)
    found = commits.commits([one for one in left if one in refs])
    listed = []
    for name in left:
        held = [one for one in refs.get(name, ()) if one.role not in (Role.STABLE, Role.OTHER)]
        if held and name in found:
            listed.append(Unexplained(found[name], held))
    return listed
