# SPDX-License-Identifier: GPL-2.0-or-later
"""Which decisions may leave this machine: none about a topic that is confidential."""

from __future__ import annotations

from collections.abc import Callable

from maintainer_kit.model.decision.event import MENDING, Event, EventKind, Group, latest
from maintainer_kit.workflow.ports import Catalogue


def allowed_by(catalogue: Catalogue) -> Callable[[Group], bool]:
    """Tell of a group with events whether it may be published.

    A topic counts as its row tells it, by hand or by rule; a message whose topic is gone by what
    was decided about itself.
    """
    by_topic: dict[str, bool] = {}

    def is_confidential(message_ids: set[str]) -> bool:
        topics = catalogue.topic_ids(message_ids)
        new = set(topics.values()) - by_topic.keys()
        if new:
            rows = catalogue.rows(new)
            by_topic.update({row.id: bool(row.standing.confidential) for row in rows})
        if any(by_topic.get(one, True) for one in topics.values()):
            return True
        return _was_said(catalogue, message_ids - topics.keys())

    return lambda group: not is_confidential({m for e in group.events for m in _messages(e)})


def _messages(event: Event) -> tuple[str, ...]:
    """The messages that an event names."""
    named = event.value.split() if event.kind in MENDING else []
    return tuple(one for one in (event.message_id, *named) if one)


def _was_said(catalogue: Catalogue, message_ids: set[str]) -> bool:
    kind = EventKind.CONFIDENTIAL
    decisions = catalogue.decisions(message_ids)
    said = (latest(decisions, [one], kind) for one in message_ids)
    return any(one is not None and one.value not in ("", "no") for one in said)
