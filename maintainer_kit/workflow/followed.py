# SPDX-License-Identifier: GPL-2.0-or-later
"""What was decided already about patches: by hand, or by following others' mails."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.decision.event import (
    Decision,
    EventKind,
    Group,
    Origin,
    undone_groups,
)
from maintainer_kit.model.queue.proposal import Proposal
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.stores import Stores

_BATCH = 1000


def reason(quote: str, message_id: str) -> str:
    """Why a mail was followed, as the journal keeps it: a sentence of it, and its id."""
    return f'"{quote}" <{message_id}>'


def source_of(group: Group) -> str:
    """The Message-ID of the mail that a group follows, by its ``reason``; empty where it follows
    none."""
    before, found, after = group.why.rpartition('" <')
    return after[:-1] if found and before.startswith('"') and after.endswith(">") else ""


class Known:
    """What was decided already about the patches of some topics, and by which mails."""

    def __init__(self, stores: Stores, rows: Sequence[TopicRow]) -> None:
        self._states = stores.states
        groups = stores.catalogue.groups()
        undone = undone_groups(groups)
        self._sources = {group.id: one for group in groups if (one := source_of(group))}
        self.taken_back = {self._sources[one] for one in undone if one in self._sources}
        self.recorded = frozenset(self._sources.values())
        ids = [one for row in rows for one in row.decidable]
        self._decisions: dict[tuple[str, EventKind], Decision] = {}
        for batch in batched(ids, _BATCH):
            self._decisions.update(stores.catalogue.decisions(batch))

    def is_open(self, row: TopicRow) -> bool:
        """Whether any patch waits for a decision."""
        return any(self._needs_action(one) for one in row.decidable)

    def is_decided_by_hand(self, row: TopicRow) -> bool:
        """Whether a person decided about any patch."""
        kinds = (EventKind.STATE, EventKind.ARCHIVE)
        held = (self._decisions.get((one, kind)) for one in row.decidable for kind in kinds)
        return any(one and self._is_by_hand(one) for one in held)

    def settled(self, proposal: Proposal) -> list[str]:
        """The patches about which a proposal comes too late: they are in its state, a mail that is
        newer gave them theirs, or a person decided after it came, or for good."""
        return [one for one in proposal.message_ids if self._is_settled(one, proposal)]

    def _is_settled(self, message_id: str, proposal: Proposal) -> bool:
        held = self._decisions.get((message_id, EventKind.STATE))
        if held is None or held.value == proposal.state:
            return held is not None
        if not self._is_by_hand(held):
            return proposal.mail.message_id in self.recorded
        late = held.time // 1_000_000 >= proposal.mail.date
        return late or not self._states.needs_action(held.value)

    def _needs_action(self, message_id: str) -> bool:
        held = self._decisions.get((message_id, EventKind.STATE))
        return held is None or not self._is_by_hand(held) or self._states.needs_action(held.value)

    def _is_by_hand(self, decision: Decision) -> bool:
        """Not by a mail that was followed; an order by mail is a person's."""
        return decision.origin is not Origin.MAIL or decision.group not in self._sources
