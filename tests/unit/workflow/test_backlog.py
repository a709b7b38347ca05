# SPDX-License-Identifier: GPL-2.0-or-later
"""Archiving what nobody has written to for long."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.workflow.backlog import archive_backlog, old_topics, plan_backlog
from maintainer_kit.workflow.decide import decide, undo
from tests.build import DAY, START, mail, part_id, posting
from tests.memory.desk import Desk

NOW = int(START.timestamp()) + 100 * 86_400


@pytest.fixture
def desk() -> Desk:
    """On the hundredth day: series of the first, tenth, and nineties, and one without a date."""
    found = Desk(clock=lambda: NOW * 1_000_000)
    found.deliver(*posting("first", 2), *posting("tenth", 1, minutes=10 * DAY))
    found.deliver(*posting("young", 1, minutes=95 * DAY))
    found.deliver(mail("[BUG] no idea when", message_id="b@x", headers={"Date": ""}))
    found.sync()
    return found


def ids(desk: Desk, days: int) -> set[str]:
    return {row.message_id for row in old_topics(desk.stores, days)}


def test_what_is_old(desk: Desk) -> None:
    assert ids(desk, 99) == {part_id("first", 0)}
    assert ids(desk, 30) == {part_id("first", 0), part_id("tenth", 0)}
    assert ids(desk, 101) == set()


def test_archived_at_once_and_back_at_once(desk: Desk) -> None:
    group = archive_backlog(desk.stores, 30, Origin.CLI)
    assert sorted(event.message_id for event in group.events) == sorted(
        [part_id("first", 1), part_id("first", 2), part_id("tenth", 1)]
    )
    assert group.why == "no mail for 30 days"
    assert [row.message_id for row in desk.rows() if row.standing.archived] != []
    assert ids(desk, 30) == set()
    undo(desk.stores, Origin.CLI)
    assert ids(desk, 30) == {part_id("first", 0), part_id("tenth", 0)}
    assert not any(row.standing.archived for row in desk.rows())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (EventKind.STAR, "yes"),
        (EventKind.ATTENTION, "watch"),
        (EventKind.SNOOZE, "mail:99 until:2027-01-01T00:00:00Z"),
        (EventKind.SNOOZE, "until:2026-02-01T00:00:00Z"),
        (EventKind.STATE, "accepted"),
    ],
)
def test_what_somebody_keeps(desk: Desk, kind: EventKind, value: str) -> None:
    decide(desk.stores, [Event(kind, part_id("tenth", 1), value)], Origin.CLI, "")
    assert ids(desk, 30) == {part_id("first", 0)}


def test_nothing_old_is_said(desk: Desk) -> None:
    assert plan_backlog(desk.stores, 200).events == ()
    before = desk.journal.read()
    with pytest.raises(Refused, match="no open topic is older than 200 days"):
        archive_backlog(desk.stores, 200, Origin.CLI)
    assert desk.journal.read() == before
