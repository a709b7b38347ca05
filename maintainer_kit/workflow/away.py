# SPDX-License-Identifier: GPL-2.0-or-later
"""``away``: absence is a decision, taken and taken back as others are."""

from __future__ import annotations

from datetime import UTC, datetime

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.away import NO_MESSAGE, Away, dump_away, last_away
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.workflow.decide import decide
from maintainer_kit.workflow.stores import Stores


def absence(stores: Stores) -> Away | None:
    """The reader's last absence, over or not; None after ``back``."""
    return last_away(stores.catalogue.decisions([NO_MESSAGE]))


def current_absence(stores: Stores) -> Away | None:
    """The one that lasts now."""
    found = absence(stores)
    return found if found and found.holds(_now(stores)) else None


def go_away(
    stores: Stores, until: int, origin: Origin, *, delegate: str = "", why: str = ""
) -> Group:
    """Be away until a time in seconds; who is away already stays so, from when they left."""
    held = current_absence(stores)
    since = held.since if held else _now(stores)
    return _decide(stores, dump_away(Away(since, until, delegate)), origin, why)


def come_back(stores: Stores, origin: Origin, why: str = "") -> Group:
    """Be back before the time; raises Refused where nobody is away."""
    held = absence(stores)
    if held is None:
        raise Refused("you are not away", "mkit away UNTIL")
    if not held.holds(_now(stores)):
        day = datetime.fromtimestamp(held.until, UTC).strftime("%Y-%m-%d %H:%M UTC")
        raise Refused(f"you are back since {day}", "mkit digest tells what happened")
    return _decide(stores, "", origin, why)


def _decide(stores: Stores, value: str, origin: Origin, why: str) -> Group:
    return decide(stores, [Event(EventKind.AWAY, NO_MESSAGE, value)], origin, why)


def _now(stores: Stores) -> int:
    return stores.clock() // 1_000_000
