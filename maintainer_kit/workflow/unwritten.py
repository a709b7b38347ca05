# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions whose tags were perhaps not written: a crash, or a lock of others, came between."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from maintainer_kit.model.decision.event import Event, EventKind, Group, decide, undone_by
from maintainer_kit.model.decision.state import NEW

_MOST = 8
"""Of more decisions that wait about one message, any of its states may be in its tags."""


class Unwritten:
    """The groups of a journal that are not noted as written to an index."""

    def __init__(self, groups: Sequence[Group], written: Collection[str]) -> None:
        self._written = written
        self._by_id = {group.id: group for group in groups}
        self._pending = [group for group in groups if group.id not in written]

    @property
    def messages(self) -> set[str]:
        """What they speak of, or take back."""
        return {event.message_id for group in self._pending for event in self._events(group)}

    def between(self) -> dict[str, frozenset[str]]:
        """By message the states that its tags may tell although they hold no more: of several
        decisions that wait each may have been written before its process was killed."""
        counts: dict[str, int] = {}
        for group in self._pending:
            for one in self._decided(group):
                counts[one] = counts.get(one, 0) + 1
        several = {one for one, count in counts.items() if count > 1}
        if not several:
            return {}
        about: dict[str, list[Group]] = {}
        for group in sorted(self._by_id.values(), key=lambda one: one.order):
            for one in self._decided(group) & several:
                about.setdefault(one, []).append(group)
        return {one: self._states(one, groups) for one, groups in about.items()}

    def _states(self, message_id: str, groups: Sequence[Group]) -> frozenset[str]:
        """States after each of the groups that wait but the last one."""
        waiting = [group for group in groups if group.id not in self._written]
        if len(waiting) > _MOST:
            return frozenset(
                {NEW, *(e.value for g in groups for e in g.events if _is_of(e, message_id))}
            )
        counted = [group for group in groups if group.id in self._written]
        found = set()
        for group in waiting[:-1]:
            counted.append(group)
            held = decide(counted).get((message_id, EventKind.STATE))
            found.add(held.value if held else NEW)
        return frozenset(found)

    def _decided(self, group: Group) -> set[str]:
        events = self._events(group)
        return {event.message_id for event in events if event.kind is EventKind.STATE}

    def _events(self, group: Group) -> tuple[Event, ...]:
        """The events that a group brings about, those that it takes back included."""
        if not group.undoes:
            return group.events
        target = undone_by(group, self._by_id)
        return target.events if target else ()


def _is_of(event: Event, message_id: str) -> bool:
    return event.kind is EventKind.STATE and event.message_id == message_id
