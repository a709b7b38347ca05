# SPDX-License-Identifier: GPL-2.0-or-later
"""Follow others' decisions: take their mails' proposals, or record them as they come in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from maintainer_kit.config import FOLLOW_RECORD
from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Event, Group, Origin
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.patchwork_notice import is_notice
from maintainer_kit.model.queue.proposal import may_propose
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.decide import decide, plan_state
from maintainer_kit.workflow.followed import Known
from maintainer_kit.workflow.offers import Offer, proposals
from maintainer_kit.workflow.position import Position
from maintainer_kit.workflow.shadows import new_group
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync_locked

_BATCH = 1000
_MAX_TOLD = 5
"""How many of the proposals that are taken at once the log quotes."""


def take(stores: Stores, offers: Sequence[Offer], origin: Origin) -> Group:
    """Decide as these proposals say, as one group.

    Raises Refused where there are none, or the settings limit what may follow a state.
    """
    if not offers:
        raise Refused("no proposal to take", "mkit proposals lists them")
    events = [event for one in offers for event in _events(stores, one)]
    told = "; ".join(one.why for one in offers[:_MAX_TOLD])
    more = len(offers) - _MAX_TOLD
    return decide(stores, events, origin, f"{told}; and {more} more" if more > 0 else told)


def _events(stores: Stores, offer: Offer) -> tuple[Event, ...]:
    return plan_state(stores, offer.proposal.state, offer.proposal.message_ids).events


def record(
    stores: Stores, topic_ids: Collection[str] | None = None, wait: float = 0.0
) -> list[Group]:
    """Where the settings say so, decide as others' mails say about what nobody has decided about by
    hand: a group each, in the mail's sender's name, and no mail a second time, whatever was undone.

    Who does not get the lock within ``wait`` seconds leaves it to the next.
    """
    if stores.settings.follow != FOLLOW_RECORD:
        return []
    with stores.lock(wait) as mine:
        if not mine:
            return []
        groups = _new_groups(stores, topic_ids)
        for group in groups:
            stores.journal.append(group)
        if groups:
            sync_locked(stores, wait=wait)
    return groups


def _new_groups(stores: Stores, topic_ids: Collection[str] | None) -> list[Group]:
    offers = proposals(stores, topic_ids)
    known = Known(stores, [one.row for one in offers])
    groups: list[Group] = []
    for one in sorted(offers, key=lambda one: (one.proposal.mail.date, one.row.id)):
        if one.proposal.mail.message_id in known.recorded or known.is_decided_by_hand(one.row):
            continue
        try:
            group = new_group(stores, Origin.MAIL, _events(stores, one), why=one.why)
        except Refused:  # a limit of mkit.state: a person is to look
            continue
        # Nothing is projected before all are written: each has to be later than the one before.
        time = max(group.time, groups[-1].time + 1 if groups else 0)
        groups.append(replace(group, who=str(one.proposal.by), time=time))
    return groups


def follow_arrivals(stores: Stores, before: Position | None, wait: float = 0.0) -> list[Group]:
    """After a sync: ``record`` what came in since ``before``, the position before it, or all where
    nothing was known then."""
    if stores.settings.follow != FOLLOW_RECORD:
        return []
    if before is None or before.index.uuid != stores.index.revision().uuid:
        return record(stores, wait=wait)
    topic_ids = told_since(stores, before.index.lastmod)
    return record(stores, topic_ids, wait) if topic_ids else []


def told_since(stores: Stores, lastmod: int) -> frozenset[str]:
    """The topics of which a mail that came in after a modification number of the index says that
    something was done with patches: what is to be recorded after a sync."""
    found: set[str] = set()
    for batch in batched(stores.index.changed(lastmod), _BATCH):
        records = stores.catalogue.records([one.message_id for one in batch])
        telling = [one for one, record in records.items() if _tells(record.message)]
        found.update(stores.catalogue.topic_ids(telling).values())
    return frozenset(found)


def _tells(message: Message) -> bool:
    return may_propose(message) or is_notice(message)
