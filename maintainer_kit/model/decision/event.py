# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions as events, and what a set of them amounts to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from maintainer_kit.lazy.dataclass import dataclass, replace


class EventKind(StrEnum):
    """What a decision changes about a message."""

    STATE = "state"
    ARCHIVE = "archive"
    SNOOZE = "snooze"
    """Out of the queue until something happens: see ``Snooze``."""
    LINK = "link"
    """The posting of this message is a revision of another one."""
    UNLINK = "unlink"
    """What mail says no longer links the posting of this message to others."""
    DELEGATE = "delegate"
    """Who is to decide about the topic of this message."""
    STAR = "star"
    ATTENTION = "attention"
    """How closely the topic of this message is followed."""
    CONFIDENTIAL = "confidential"
    """The topic of this message is not for others' eyes."""
    NOTE = "note"
    """Words of one's own about the topic of this message."""
    LANDING = "landing"
    """Whether this patch is some commit, by somebody's own eyes."""
    REFUSED = "refused"
    """This message gave an order that was not obeyed."""
    AWAY = "away"
    """The decider is away; about no message."""


MENDING = frozenset({EventKind.LINK, EventKind.UNLINK})
"""Decisions that change which topics there are."""

REMAKING = MENDING | {EventKind.LANDING}
"""Decisions after which rows are made anew from the mail; the others are counted into them."""

ADD_UP = frozenset({EventKind.NOTE, EventKind.LANDING})
"""Decisions of which one about a message does not end another, a line each; an empty one does."""

ABOUT_TOPIC = frozenset(
    {
        EventKind.DELEGATE,
        EventKind.STAR,
        EventKind.ATTENTION,
        EventKind.CONFIDENTIAL,
        EventKind.NOTE,
    }
)
"""Decisions about the whole topic of a message, over all revisions; of several on different
messages the latest holds. The others are about single patches, and a new revision is free of
them."""

YES, NO = "yes", "no"
WATCH, MUTE = "watch", "mute"


class Origin(StrEnum):
    """Where a decision came from."""

    CLI = "cli"
    TUI = "tui"
    TAG = "tag"
    """Another notmuch client changed a tag."""
    MAIL = "mail"
    """A mail told it: an order of somebody who may give one, or another's decision."""


@dataclass(frozen=True, slots=True)
class Event:
    """One decision about one message."""

    kind: EventKind
    message_id: str
    value: str
    """By kind. state: its name. archive, star, confidential: "yes" or "no"; confidential also
    "until:TIME". link: the Message-ID of a mail of the other posting. unlink: a word, equal in all
    that were unlinked together and so stay linked. snooze: the words of ``Snooze``. delegate: a
    person, "nobody", or nothing for whomever a rule names. attention: "watch", "mute" or nothing.
    note: its text; empty for none any more. landing: "yes:COMMIT" or "no:COMMIT", by the whole id,
    the last for a commit holding; empty for no judgement of any. refused: why. away: "from:TIME
    until:TIME", or nothing for back again. TIME is ISO 8601, UTC."""


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
    forced: bool = False
    """It goes against a limit of the settings, as its decider asked for."""

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


def undone_by(group: Group, by_id: Mapping[str, Group]) -> Group | None:
    """The group with events that an undo, or the redo of one, is about in the end; None where that
    is not known, as in a damaged journal, whose undos may even go in a circle."""
    seen: set[str] = set()
    target: Group | None = group
    while target is not None and target.undoes:
        if target.id in seen:
            return None
        seen.add(target.id)
        target = by_id.get(target.undoes)
    return target


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
            hold(holds, event, Decision(event.value, group.id, group.time, group.origin))
    return holds


def hold(holds: dict[tuple[str, EventKind], Decision], event: Event, decision: Decision) -> None:
    """Count one more decision in, later than all before."""
    key = (event.message_id, event.kind)
    if event.kind in ADD_UP and decision.value and key in holds and holds[key].value:
        decision = replace(decision, value=f"{holds[key].value}\n{decision.value}")
    holds[key] = decision


def latest(decisions: Decisions, message_ids: Iterable[str], kind: EventKind) -> Decision | None:
    """Of decisions about several messages of one topic the one that holds for all of it."""
    found = (decisions.get((one, kind)) for one in message_ids)
    return max((one for one in found if one), key=lambda one: (one.time, one.group), default=None)


def last_decision(groups: Sequence[Group], who: str) -> Group | None:
    """The group that ``undo`` by ``who`` takes back; None when there is nothing left."""
    undone = undone_groups(groups)
    mine = [g for g in groups if g.who == who and _can_be_undone(g) and g.id not in undone]
    return max(mine, key=lambda one: one.order, default=None)


def last_about(groups: Sequence[Group], message_ids: Collection[str]) -> Group | None:
    """The last group about any of some messages, whoever's it is, that is not taken back."""
    undone = undone_groups(groups)
    wanted = frozenset(message_ids)
    about = [
        g
        for g in groups
        if _can_be_undone(g)
        and g.id not in undone
        and any(event.message_id in wanted for event in g.events)
    ]
    return max(about, key=lambda one: one.order, default=None)


def _can_be_undone(group: Group) -> bool:
    """Neither an undo, nor the record of a refusal, which changed nothing."""
    return any(event.kind is not EventKind.REFUSED for event in group.events)


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
