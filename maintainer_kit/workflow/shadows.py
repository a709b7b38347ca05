# SPDX-License-Identifier: GPL-2.0-or-later
"""States into notmuch tags, and other clients' tags into decisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import uuid4

from maintainer_kit.errors import IndexLocked
from maintainer_kit.model.decision.event import (
    Event,
    EventKind,
    Group,
    Origin,
    decide,
)
from maintainer_kit.model.decision.shadow import Shadow, reconcile
from maintainer_kit.model.decision.state import NEW, SHADOW_MARK, tag_of
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.foreign_tags import meant_states
from maintainer_kit.workflow.ports import JournalView, Retag, Revision
from maintainer_kit.workflow.project import restand, shown_messages
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.unwritten import Unwritten

_BATCH = 2000
LOCK_WAIT = 30.0


def new_group(
    stores: Stores,
    origin: Origin,
    events: tuple[Event, ...],
    *,
    why: str = "",
    undoes: str = "",
    who: str = "",
) -> Group:
    """A group of decisions of this reader, or of ``who``, taken now.

    It is later than all that are known, though the clock stand still or have gone back: what was
    decided last is what its decider saw last.
    """
    time = max(stores.clock(), stores.catalogue.last_time() + 1)
    return Group(uuid4().hex, time, who or stores.who, origin, why, events, undoes)


def write_shadows(
    stores: Stores, revision: Revision, wait: float = LOCK_WAIT, *, believe: bool = True
) -> tuple[int, Revision]:
    """Make the tags of all dirty messages tell their states; so a crash is made good as well.

    Gives how many decisions came in through tags, and the revision of the index up to which it
    has been followed. A locked index leaves the tags for the next start. ``believe`` is False
    where tags are known to be older than the journal.
    """
    view = stores.journal.read()
    written = view.written(revision.uuid)
    unwritten = Unwritten(view.groups, written)
    dirty = stores.catalogue.dirty() | unwritten.messages
    perhaps = unwritten.between()
    todo = _find_wrong(stores, dirty, view, written if believe else None, perhaps)
    taken = _take_over(stores, todo)
    meant = [event.message_id for event in taken.events] if taken else []
    if taken:
        # What was decided may change whether a message is to bear a tag at all.
        dirty.update(meant)
        todo = _find_wrong(stores, dirty, stores.journal.read(), written, perhaps)
    changes = {
        one: Retag(one, shadow.add, shadow.remove)
        for one, shadow in todo.items()
        if shadow.add or shadow.remove
    }
    pending = {group.id for group in view.groups} - written | ({taken.id} if taken else set())
    after = revision
    if changes:
        try:
            with stores.index.writing(wait) as writer:
                # Modifications by others, between our look and our lock, are left to the next sync.
                undisturbed = writer.revision() == revision
                writer.retag(changes.values())
                after = writer.revision() if undisturbed else revision
        except IndexLocked:
            return len(meant), revision
        _remember_tags(stores, changes)
    if pending:
        stores.journal.mark_written(pending, revision.uuid)
    if dirty:
        with stores.catalogue.transaction():
            stores.catalogue.clean(dirty)
    return len(meant), after


def _find_wrong(
    stores: Stores,
    message_ids: Collection[str],
    view: JournalView,
    done: Collection[str] | None,
    perhaps: Mapping[str, frozenset[str]],
) -> dict[str, Shadow]:
    """Messages whose tags are not what they should be.

    ``done`` are the groups whose tags were written here; None where the tags are not believed. For
    ``perhaps`` see ``Unwritten.between``.
    """
    decided = decide(view.groups)
    written = decide([group for group in view.groups if group.id in (done or ())])
    wrong: dict[str, Shadow] = {}
    states = stores.states
    for batch in batched(sorted(message_ids), _BATCH):
        shown = shown_messages(stores.catalogue, batch)
        for message_id, tags in stores.catalogue.tags(batch).items():
            key = (message_id, EventKind.STATE)
            was, now = written.get(key), decided.get(key)
            shadow = reconcile(
                tags,
                was.value if was else None,
                now.value if now else None,
                shown=message_id in shown,
                believe=done is not None,
                states=states,
                perhaps=perhaps.get(message_id, ()),
            )
            if message_id in perhaps:
                tags_of_state = {SHADOW_MARK, tag_of(now.value if now else NEW)}
                keep = frozenset(tags_of_state if message_id in shown else ())
                shadow = _forced(shadow, keep, perhaps[message_id])
            if not shadow.is_right:
                wrong[message_id] = shadow
    return wrong


def _forced(shadow: Shadow, keep: frozenset[str], perhaps: Collection[str]) -> Shadow:
    """The same where tags were perhaps written behind our back, and have not been read since."""
    if shadow.foreign:
        return shadow
    gone = {tag_of(one) for one in perhaps}
    return replace(shadow, add=shadow.add | keep, remove=(shadow.remove | gone) - keep)


def _take_over(stores: Stores, todo: dict[str, Shadow]) -> Group | None:
    """Record what other clients decided through tags: one group for all."""
    foreign = {one: shadow.foreign for one, shadow in todo.items() if shadow.foreign}
    meant = meant_states(stores, foreign) if foreign else {}
    events = tuple(Event(EventKind.STATE, one, state) for one, state in sorted(meant.items()))
    if not events:
        return None
    group = new_group(stores, Origin.TAG, events, why="a tag that another client set")
    stores.journal.append(group)
    with stores.catalogue.transaction():
        stores.catalogue.put_groups([group])
        restand(stores, [event.message_id for event in events])
    return group


def _remember_tags(stores: Stores, changes: dict[str, Retag]) -> None:
    catalogue = stores.catalogue
    for batch in batched(sorted(changes), _BATCH):
        tags = catalogue.tags(batch)
        with catalogue.transaction():
            catalogue.put_tags(
                {one: have - changes[one].remove | changes[one].add for one, have in tags.items()}
            )
