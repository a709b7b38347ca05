# SPDX-License-Identifier: GPL-2.0-or-later
"""Where two machines decided differently about one thing, and neither knew of the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.model.decision.event import ADD_UP, Decisions, Event, EventKind, Group
from maintainer_kit.workflow.sharing.ports import Seen

_NEVER = 1 << 62
"""The place of a line that was not published: nobody else can have seen it."""
# What was refused, and who is away, is no decision about a message.
_NO_CONFLICT = ADD_UP | {EventKind.REFUSED, EventKind.AWAY}
_Key = tuple[str, EventKind]


@dataclass(frozen=True, slots=True)
class Placed:
    """A group with its place among the lines of the machine that published it, from 0."""

    group: Group
    place: int = _NEVER


@dataclass(frozen=True, slots=True)
class Side:
    """What one machine decided."""

    value: str
    group: Group


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two decisions about one thing; the later one holds."""

    message_id: str
    kind: EventKind
    here: Side
    there: Side
    machine: str
    """Where ``there`` is."""
    holds: str
    """The value that holds now, over all machines."""


def find_conflicts(
    here: Iterable[Placed],
    there: Iterable[Placed],
    seen: Sequence[Seen],
    names: tuple[str, str],
    undone: Collection[str],
) -> list[Conflict]:
    """Compare our decisions with those of another machine that have just come in.

    Of each side the latest decision counts, without what was taken back. ``names`` are our name
    and theirs. The value that holds is still to be filled in: see ``settled``.
    """
    mine, theirs = _latest(here, undone), _latest(there, undone)
    found = []
    for key in sorted(mine.keys() & theirs.keys()):
        (value, own), (other, came) = mine[key], theirs[key]
        if value == other or own.place < _known(seen, came.place, names[0]):
            continue
        sides = (Side(value, own.group), Side(other, came.group))
        last = max(sides, key=lambda side: side.group.order)
        found.append(Conflict(*key, *sides, names[1], last.value))
    return found


def settled(conflicts: Iterable[Conflict], decisions: Decisions) -> list[Conflict]:
    """The same with what holds after all, as a third machine may have decided still later."""
    done = []
    for one in conflicts:
        held = decisions.get((one.message_id, one.kind))
        value = held.value if held else one.holds
        done.append(Conflict(one.message_id, one.kind, one.here, one.there, one.machine, value))
    return done


def _latest(placed: Iterable[Placed], undone: Collection[str]) -> dict[_Key, tuple[str, Placed]]:
    found: dict[_Key, tuple[str, Placed]] = {}
    for one in sorted(placed, key=lambda each: each.group.order):
        if one.group.id in undone:
            continue
        found.update({_key(event): (event.value, one) for event in one.group.events})
    return {key: one for key, one in found.items() if key[1] not in _NO_CONFLICT}


def _key(event: Event) -> _Key:
    return event.message_id, event.kind


def _known(seen: Sequence[Seen], place: int, machine: str) -> int:
    """How many of a machine's lines were known to who published a line at ``place``."""
    after = (one.of for one in seen if one.total > place)
    known: Mapping[str, int] = next(after, {})
    return known.get(machine, 0)
