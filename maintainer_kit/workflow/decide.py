# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions: event first, then projection, then tags; and the way back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import (
    ABOUT_TOPIC,
    MENDING,
    MUTE,
    NO,
    REMAKING,
    WATCH,
    YES,
    Event,
    EventKind,
    Group,
    Origin,
    last_about,
    last_decision,
    last_undo,
    latest,
    undone_by,
)
from maintainer_kit.model.decision.judgement import held_judgement, read_judgements
from maintainer_kit.model.decision.snooze import load_snooze
from maintainer_kit.model.decision.state import DEFAULT_STATES, NEW, States, spelt
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.workflow.ports import Position
from maintainer_kit.workflow.project import settle
from maintainer_kit.workflow.shadows import new_group, write_shadows
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import follow_journal

_TAG_WAIT = 0.3
"""Seconds for which a decision waits for notmuch's lock; then the next sync writes the tags."""


def check_state(word: str, states: States = DEFAULT_STATES) -> str:
    """The name of a state that can be set; raises Refused, naming near ones."""
    name = spelt(word)
    listed = ", ".join(states.settable)
    if name in states and states[name].computed:
        raise Refused(f"{name} follows from the mail and cannot be set", f"one of: {listed}")
    if name not in states:
        near = ", ".join(states.near(word))
        raise Refused(f"no state {word}", f"did you mean {near}?" if near else f"one of: {listed}")
    return name


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be decided at once."""

    events: tuple[Event, ...]
    forced: bool = False
    """It goes against a limit of the settings, as its decider asked for."""

    @property
    def about(self) -> list[str]:
        """Message-IDs of what it is about."""
        return [event.message_id for event in self.events]


def plan_state(
    stores: Stores, state: str, message_ids: Iterable[str], *, force: bool = False
) -> Plan:
    """Set a state on messages.

    Raises Refused for a state that is none; and where the settings limit what may follow a state,
    for anything else, unless ``force``.
    """
    name = check_state(state, stores.states)
    events = tuple(Event(EventKind.STATE, one, name) for one in dict.fromkeys(message_ids))
    against = _against_limit(stores, events)
    if against and not force:
        raise against
    return Plan(events, forced=against is not None)


def set_state(
    stores: Stores, state: str, message_ids: Iterable[str], origin: Origin, why: str = ""
) -> Group:
    """Set a state on messages, as one group; raises Refused as ``plan_state`` does."""
    plan = plan_state(stores, state, message_ids)
    return decide(stores, plan.events, origin, why)


def _against_limit(stores: Stores, events: Sequence[Event]) -> Refused | None:
    """Why the settings do not allow it; None where they do, as they do unless they say more."""
    states = stores.states
    if not any(state.may_become for state in states.all):
        return None
    decisions = stores.catalogue.decisions([event.message_id for event in events])
    for event in events:
        held = decisions.get((event.message_id, EventKind.STATE))
        before = held.value if held else NEW
        legal = states[before].may_become if before in states else ()
        if legal and event.value not in (before, *legal):
            return Refused(
                f"{event.message_id} is {before}, and mkit.state lets no {event.value} follow",
                f"one of: {', '.join(legal)}; or --force, which the log tells",
            )
    return None


def set_archived(
    stores: Stores, archived: bool, message_ids: Iterable[str], origin: Origin, why: str = ""
) -> Group:
    """Take messages out of the queue, or bring them back, as one group."""
    return decide(stores, plan_archived(archived, message_ids).events, origin, why)


def plan_archived(archived: bool, message_ids: Iterable[str]) -> Plan:
    """Take messages out of the queue, or bring them back."""
    return plan_each(EventKind.ARCHIVE, YES if archived else NO, message_ids)


def plan_each(kind: EventKind, value: str, message_ids: Iterable[str]) -> Plan:
    """The same of one kind for each of some messages."""
    return Plan(tuple(Event(kind, one, value) for one in dict.fromkeys(message_ids)))


def decide(
    stores: Stores,
    events: Sequence[Event],
    origin: Origin,
    why: str,
    *,
    forced: bool = False,
    who: str = "",
) -> Group:
    """Take a decision: one group for all events; the reader's, unless it is ``who``'s."""
    return _complete(stores, record(stores, events, origin, why, forced=forced, who=who))


@dataclass(frozen=True, slots=True)
class Change:
    """What an event would make of a message, were it decided."""

    event: Event
    before: str
    """The value that holds now, of judgements that about the same commit; for a state ``new`` where
    nothing was decided."""

    @property
    def is_one(self) -> bool:
        return self.before != self.event.value or self.event.kind is EventKind.NOTE


def changes_of(stores: Stores, events: Sequence[Event]) -> list[Change]:
    """What events would change, in their order.

    What is said of one message and holds for its whole topic is compared with what holds there.
    """
    wide = [event.message_id for event in events if event.kind in _TOPIC_WIDE]
    topics = stores.catalogue.topic_ids(wide) if wide else {}
    mails = stores.catalogue.topic_messages(set(topics.values())) if topics else {}
    about = {one: mails[topic] for one, topic in topics.items()}
    ids = {event.message_id for event in events}.union(*about.values())
    decisions = stores.catalogue.decisions(ids)
    found = []
    for event in events:
        own = [event.message_id]
        counted = about.get(event.message_id, own) if event.kind in _TOPIC_WIDE else own
        held = latest(decisions, counted, event.kind)
        unset = NEW if event.kind is EventKind.STATE else ""
        before = held.value if held else unset
        if event.kind is EventKind.LANDING and event.value:
            before = held_judgement(before, event.value)
        found.append(Change(event, before))
    return found


# Notes are kept by message, and add up.
_TOPIC_WIDE = ABOUT_TOPIC - {EventKind.NOTE}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision that holds, because the journal has it; catalogue and tags may be behind."""

    group: Group
    told: Group
    """What is told: that group, or the one that it takes back or brings about again."""

    @property
    def message_ids(self) -> list[str]:
        """What it changes."""
        return [event.message_id for event in self.told.events]

    @property
    def is_remaking(self) -> bool:
        """Whether topics are made anew by it."""
        return any(event.kind in REMAKING for event in self.told.events)


def record(
    stores: Stores,
    events: Sequence[Event],
    origin: Origin,
    why: str,
    *,
    forced: bool = False,
    who: str = "",
) -> Recorded:
    """Put a decision into the journal: it is taken, durably. ``count_in`` and ``finish`` are still
    to follow; where they do not, the next sync does their work."""
    if not events:
        raise Refused("nothing to decide about", "name a topic or a Message-ID")
    group = replace(new_group(stores, origin, tuple(events), why=why, who=who), forced=forced)
    stores.journal.append(group)
    return Recorded(group, group)


def count_in(stores: Stores, listed: Sequence[Recorded]) -> None:
    """Let the catalogue tell what was recorded."""
    with stores.catalogue.transaction():
        stores.catalogue.put_groups([one.group for one in listed])
        for one in listed:
            settle(stores, one.message_ids, remaking=one.is_remaking)


def finish(stores: Stores, listed: Sequence[Recorded]) -> None:
    """Let the tags tell what was counted in; those of a locked index are left to the next sync."""
    before = stores.catalogue.position()
    if before is None:
        return
    _, after = write_shadows(stores, before.index, wait=_TAG_WAIT)
    with stores.catalogue.transaction():
        # What others decided meanwhile is followed too, so that the mark passes nothing over.
        mark = follow_journal(stores, before.journal, known={one.group.id for one in listed})
        stores.catalogue.set_position(Position(after, mark, before.reader))


def _complete(stores: Stores, recorded: Recorded) -> Group:
    """Event, projection, tags. Whatever a crash leaves open, the next sync finishes."""
    count_in(stores, [recorded])
    finish(stores, [recorded])
    return recorded.told


def undo(stores: Stores, origin: Origin) -> Group:
    """Take back the caller's last group; the group that was taken back."""
    return _complete(stores, record_undo(stores, origin))


def record_undo(stores: Stores, origin: Origin) -> Recorded:
    """The same in the journal alone."""
    target = last_decision(stores.catalogue.groups(), stores.who)
    if target is None:
        raise Refused("nothing to undo", "mkit log shows what was decided")
    return _take_back(stores, target, origin, f"undo of: {describe(target)}")


def undo_about(stores: Stores, message_ids: Collection[str], origin: Origin) -> Group:
    """Take back the last decision about some messages, whoever took it; the group that was taken
    back."""
    target = last_about(stores.catalogue.groups(), message_ids)
    if target is None:
        raise Refused("nothing was decided about it", "mkit log shows what was decided")
    return _complete(stores, _take_back(stores, target, origin, f"undo of: {describe(target)}"))


def redo(stores: Stores, origin: Origin) -> Group:
    """Take back the caller's last undo; the group that holds again."""
    return _complete(stores, record_redo(stores, origin))


def record_redo(stores: Stores, origin: Origin) -> Recorded:
    """The same in the journal alone."""
    groups = stores.catalogue.groups()
    undone = last_undo(groups, stores.who)
    if undone is None:
        raise Refused("nothing to redo", "mkit log shows what was decided")
    target = undone_by(undone, {group.id: group for group in groups})
    if target is None:
        raise Refused("what was undone is not known here", "mkit share brings it, or mkit log")
    return _take_back(stores, undone, origin, f"redo of: {describe(target)}", target)


def _take_back(
    stores: Stores, target: Group, origin: Origin, why: str, original: Group | None = None
) -> Recorded:
    group = new_group(stores, origin, (), why=why, undoes=target.id)
    stores.journal.append(group)
    return Recorded(group, original or target)


def describe(group: Group) -> str:
    """A group of decisions in a few words: ``accepted on 3 messages``."""
    if group.undoes:
        return group.why
    by_value: dict[str, int] = {}
    for event in group.events:
        by_value[_word(event)] = by_value.get(_word(event), 0) + bool(event.message_id)
    told = [f"{word} on {count_of(n, 'message')}" if n else word for word, n in by_value.items()]
    return ", ".join(told)


def _word(event: Event) -> str:
    if event.kind is EventKind.STATE:
        return event.value or NEW
    if event.kind in MENDING:
        return f"{event.kind.value}ed" if event.value else f"no longer {event.kind.value}ed"
    return _WORDS[event.kind](event.value)


def _snoozed(value: str) -> str:
    return f"snoozed {load_snooze(value).words}" if value else "awake"


def _delegated(value: str) -> str:
    return f"delegated to {value}" if value else "delegated by the rules"


def _judged(value: str) -> str:
    said = (
        f"{'' if is_it else 'not '}landed as {one[:12]}"
        for one, is_it in read_judgements(value).items()
    )
    return ", ".join(said) or "judged no more"


def _away(value: str) -> str:
    until = next((word[6:] for word in value.split() if word.startswith("until:")), "")
    return f"away until {until}" if until else "back"


_ATTENTION = {WATCH: "watched", MUTE: "muted"}
_WORDS: dict[EventKind, Callable[[str], str]] = {
    EventKind.ARCHIVE: lambda value: "archived" if value == YES else "unarchived",
    EventKind.SNOOZE: _snoozed,
    EventKind.DELEGATE: _delegated,
    EventKind.STAR: lambda value: "starred" if value == YES else "no longer starred",
    EventKind.ATTENTION: lambda value: _ATTENTION.get(value, "no longer watched or muted"),
    EventKind.CONFIDENTIAL: lambda value: "public" if value in ("", NO) else "confidential",
    EventKind.NOTE: lambda value: f"note {value!r}" if value else "notes dropped",
    EventKind.LANDING: _judged,
    EventKind.REFUSED: lambda value: f"refused ({value})",
    EventKind.AWAY: _away,
}
