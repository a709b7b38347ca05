# SPDX-License-Identifier: GPL-2.0-or-later
"""What an order by mail is about: the patch that it answers, or the series of a cover letter."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.errors import NotFound
from maintainer_kit.model.decision.event import EventKind
from maintainer_kit.model.decision.state import NEW
from maintainer_kit.model.message.message import Message
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target, resolve

_MAX_STEPS = 100


@dataclass(frozen=True, slots=True)
class OrderTarget:
    """What is to be decided about, and what tells who may."""

    head: Message | None
    """The patch or cover letter that is answered; None in a thread without patches."""
    target: Target
    about: frozenset[str]
    """All messages of the topic."""
    paths: tuple[str, ...]
    """The files that the patches change, under both names."""
    authors: tuple[frozenset[str], ...]
    """For each patch, who wrote and who sent it."""
    present: frozenset[str]
    """The states that the patches are in."""
    date: int
    """Of the head, or of the top of the thread, in seconds since the epoch."""


def find_target(stores: Stores, parent: str) -> OrderTarget:
    """The target of a mail that answers ``parent``; raises NotFound while that is not here."""
    answered = _answered(stores, parent)
    target = resolve(stores, answered.message_id)
    row = target.row
    records = stores.catalogue.records(target.message_ids)
    messages = [records[one].message for one in target.message_ids if one in records]
    decisions = stores.catalogue.decisions(target.message_ids)
    held = [decisions.get((one, EventKind.STATE)) for one in target.message_ids]
    files = [file for one in messages if one.diff for file in one.diff.files]
    return OrderTarget(
        head=answered if answered.is_head else None,
        target=target,
        about=frozenset(stores.catalogue.topic_messages([row.id])[row.id]),
        paths=tuple(sorted({path for one in files for path in (one.path, one.old_path) if path})),
        authors=tuple(_writers(one) for one in messages),
        present=frozenset(one.value if one else NEW for one in held),
        date=answered.date,
    )


def _writers(message: Message) -> frozenset[str]:
    return frozenset(one.key for one in (message.author, message.submitter) if one.address)


def _answered(stores: Stores, parent: str) -> Message:
    """The nearest patch or cover letter above; the top of the thread where there is none."""
    found: Message | None = None
    seen: set[str] = set()
    step = parent
    while step and step not in seen and len(seen) < _MAX_STEPS:
        seen.add(step)
        record = stores.catalogue.records([step]).get(step)
        if record is None:
            break
        found = record.message
        if found.is_head:
            return found
        step = found.parents[0] if found.parents else ""
    if found is None:
        raise NotFound(f"what it answers is not here: {parent}", "mkit import what holds it")
    return found
