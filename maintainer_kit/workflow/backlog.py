# SPDX-License-Identifier: GPL-2.0-or-later
"""What nobody has written to for long: out of the queue, all at once."""

from __future__ import annotations

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import WATCH, Group, Origin
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.decide import Plan, decide, plan_archived
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import rows, select
from maintainer_kit.workflow.stores import Stores

_DAY = 86_400


def old_topics(stores: Stores, days: int) -> list[TopicRow]:
    """Open topics whose last mail is more than ``days`` days old, in the order of the queue.

    What somebody has starred, watches or snoozed is not forgotten, and what has no date is not old.
    """
    before = stores.clock() // 1_000_000 - days * _DAY
    found = rows(stores, [one for one, _ in select(stores, Selection())])
    return [row for row in found if 0 < row.updated < before and not _is_kept(row)]


def _is_kept(row: TopicRow) -> bool:
    standing = row.standing
    return bool(standing.starred or standing.attention == WATCH or standing.snooze)


def plan_backlog(stores: Stores, days: int) -> Plan:
    """Archive them; a plan without events where there are none."""
    found = old_topics(stores, days)
    return plan_archived(True, [one for row in found for one in row.decidable])


def archive_backlog(stores: Stores, days: int, origin: Origin, why: str = "") -> Group:
    """Archive them, as one group that one undo takes back; raises Refused where there are none."""
    plan = plan_backlog(stores, days)
    if not plan.events:
        age = count_of(days, "day")
        raise Refused(f"no open topic is older than {age}", "mkit list shows what is open")
    reason = why or f"no mail for {count_of(days, 'day')}"
    return decide(stores, plan.events, origin, reason)
