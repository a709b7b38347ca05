# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions: event first, then projection, then tags; and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import (
    MENDING,
    Event,
    EventKind,
    Group,
    Origin,
    last_decision,
    last_undo,
)
from maintainer_kit.model.decision.state import NEW, SETTABLE, STATES, near_states
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.workflow.ports import Position
from maintainer_kit.workflow.project import settle
from maintainer_kit.workflow.shadows import new_group, write_shadows
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import follow_journal

_TAG_WAIT = 0.3
"""Seconds for which a decision waits for notmuch's lock; then the next sync writes the tags."""


def check_state(word: str) -> str:
    """The name of a state that can be set; raises Refused, naming near ones."""
    name = word.lower().replace("_", "-")
    if name in STATES and STATES[name].computed:
        raise Refused(
            f"{name} follows from the mail and cannot be set", f"one of: {', '.join(SETTABLE)}"
        )
    if name not in SETTABLE:
        near = near_states(word)
        listed = ", ".join(near or SETTABLE)
        raise Refused(
            f"no state {word}", f"did you mean {listed}?" if near else f"one of: {listed}"
        )
    return name


def set_state(
    stores: Stores, state: str, message_ids: Iterable[str], origin: Origin, why: str = ""
) -> Group:
    """Set a state on messages, as one group."""
    name = check_state(state)
    ids = tuple(dict.fromkeys(message_ids))
    return decide(stores, [Event(EventKind.STATE, one, name) for one in ids], origin, why)


def set_archived(
    stores: Stores, archived: bool, message_ids: Iterable[str], origin: Origin, why: str = ""
) -> Group:
    """Take messages out of the queue, or bring them back, as one group."""
    value = "yes" if archived else "no"
    ids = tuple(dict.fromkeys(message_ids))
    return decide(stores, [Event(EventKind.ARCHIVE, one, value) for one in ids], origin, why)


def decide(stores: Stores, events: Sequence[Event], origin: Origin, why: str) -> Group:
    """Take a decision: one group for all events."""
    if not events:
        raise Refused("nothing to decide about", "name a topic or a Message-ID")
    group = new_group(stores, origin, tuple(events), why=why)
    return _carry_out(stores, group, events)


def _carry_out(stores: Stores, group: Group, events: Sequence[Event]) -> Group:
    """Event, projection, tags. Whatever a crash leaves open, the next sync finishes.

    ``events`` are those that the group brings about, or takes back.
    """
    message_ids = [event.message_id for event in events]
    mending = any(event.kind in MENDING for event in events)
    catalogue = stores.catalogue
    before = catalogue.position()
    stores.journal.append(group)
    with catalogue.transaction():
        catalogue.put_groups([group])
        settle(stores, message_ids, mending=mending)
    if before is None:
        return group
    _, after = write_shadows(stores, before.index, wait=_TAG_WAIT)
    with catalogue.transaction():
        # What others decided meanwhile is followed too, so that the mark passes nothing over.
        mark = follow_journal(stores, before.journal)
        catalogue.set_position(Position(after, mark, before.reader))
    return group


def undo(stores: Stores, origin: Origin) -> Group:
    """Take back the caller's last group; the group that was taken back."""
    target = last_decision(stores.catalogue.groups(), stores.who)
    if target is None:
        raise Refused("nothing to undo", "mkit log shows what was decided")
    _take_back(stores, target, origin, f"undo of: {describe(target)}")
    return target


def redo(stores: Stores, origin: Origin) -> Group:
    """Take back the caller's last undo; the group that holds again."""
    groups = stores.catalogue.groups()
    undone = last_undo(groups, stores.who)
    if undone is None:
        raise Refused("nothing to redo", "mkit log shows what was decided")
    by_id = {group.id: group for group in groups}
    target = by_id[undone.undoes]
    _take_back(stores, undone, origin, f"redo of: {describe(target)}", target)
    return target


def _take_back(
    stores: Stores, target: Group, origin: Origin, why: str, original: Group | None = None
) -> None:
    group = new_group(stores, origin, (), why=why, undoes=target.id)
    _carry_out(stores, group, (original or target).events)


def describe(group: Group) -> str:
    """A group of decisions in a few words: ``accepted on 3 messages``."""
    if group.undoes:
        return group.why
    by_value: dict[str, int] = {}
    for event in group.events:
        by_value[_word(event)] = by_value.get(_word(event), 0) + 1
    return ", ".join(f"{word} on {count_of(n, 'message')}" for word, n in by_value.items())


def _word(event: Event) -> str:
    if event.kind in MENDING:
        return f"{event.kind.value}ed" if event.value else f"no longer {event.kind.value}ed"
    if event.kind is EventKind.ARCHIVE:
        return "archived" if event.value == "yes" else "unarchived"
    return event.value or NEW
