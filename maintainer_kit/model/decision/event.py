# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions as events, and what a set of them amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What a decision changes about a message."""

    STATE = "state"
    ARCHIVE = "archive"
    LINK = "link"
    """The posting of this message is a revision of another one."""
    UNLINK = "unlink"
    """What mail says no longer links the posting of this message to others."""


MENDING = frozenset({EventKind.LINK, EventKind.UNLINK})
"""Decisions that change which topics there are."""


class Origin(StrEnum):
    """Where a decision came from."""

    CLI = "cli"
    TUI = "tui"
    TAG = "tag"
    """Another notmuch client changed a tag."""


@dataclass(frozen=True, slots=True)
class Event:
    """One decision about one message."""

    kind: EventKind
    message_id: str
    value: str
    """A state's name; for archive "yes" or "no"; for link the Message-ID of a mail of the other
    posting; for unlink a word, equal in all that were unlinked together and so stay linked."""


@dataclass(frozen=True, slots=True)
class Group:
    """What was decided at once, and is undone at once."""

    id: str
    time: int
    """Microseconds since the epoch: the order of decisions, over machines too."""
    who: str
    origin: Origin
    why: str
    events: tuple[Event, ...]
    undoes: str = ""
    """The id of the group that this one takes back; it then has no events of its own.

    A redo takes back an undo."""

    @property
    def order(self) -> tuple[int, str]:
        return (self.time, self.id)


def undone_groups(groups: Iterable[Group]) -> frozenset[str]:
    """Ids of the groups that are taken back, and not brought back since."""
    undone: set[str] = set()
    for group in sorted(groups, key=lambda one: one.order, reverse=True):
        if group.undoes and group.id not in undone:
            undone.add(group.undoes)
    return frozenset(undone)


@dataclass(frozen=True, slots=True)
class Decision:
    """What holds for one message: the last decision of a kind that was not taken back."""

    value: str
    group: str
    time: int
    origin: Origin


Decisions = Mapping[tuple[str, EventKind], Decision]
"""By message_id and kind."""


def decide(groups: Sequence[Group]) -> dict[tuple[str, EventKind], Decision]:
    """Replay: what holds after ``groups``, in whatever order they are given."""
    undone = undone_groups(groups)
    holds: dict[tuple[str, EventKind], Decision] = {}
    for group in sorted(groups, key=lambda one: one.order):
        if group.id in undone:
            continue
        for event in group.events:
            holds[event.message_id, event.kind] = Decision(
                event.value, group.id, group.time, group.origin
            )
    return holds


def last_decision(groups: Sequence[Group], who: str) -> Group | None:
    """The group that ``undo`` by ``who`` takes back; None when there is nothing left."""
    undone = undone_groups(groups)
    mine = [g for g in groups if g.who == who and not g.undoes and g.id not in undone]
    return max(mine, key=lambda one: one.order, default=None)


def last_undo(groups: Sequence[Group], who: str) -> Group | None:
    """The undo that ``redo`` by ``who`` takes back; None once something else was decided."""
    undone = undone_groups(groups)
    mine = [g for g in groups if g.who == who and g.id not in undone]
    undos = [g for g in mine if g.undoes and not _is_redo(g, groups)]
    if not undos:
        return None
    last = max(undos, key=lambda one: one.order)
    newer = [g for g in mine if not g.undoes and g.order > last.order]
    return None if newer else last


def _is_redo(group: Group, groups: Sequence[Group]) -> bool:
    return any(other.id == group.undoes and other.undoes for other in groups)
