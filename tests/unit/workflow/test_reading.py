# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions to the catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.errors import Refused, StateError
from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.model.queue.line import line_of
from maintainer_kit.workflow.decide import decide, set_archived, set_state, undo
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import all_details, detail, history, lines, rows, select
from tests.build import DAY, mail, part_id, posting
from tests.memory.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A series of two revisions, a report and a discussion."""
    found = Desk()
    found.deliver(
        *posting("foo", 2),
        *posting("foo", 2, revision=2, minutes=DAY),
        mail("[BUG] oops in inode", message_id="b@x", minutes=5),
        mail("talk", message_id="t@x"),
    )
    found.sync()
    return found


def subjects(desk: Desk, wanted: Selection, query: str = "") -> list[str]:
    """Subjects of what a selection gives."""
    found = select(desk.stores, wanted, query)
    listed = rows(desk.stores, [one for one, _ in found])
    assert lines(desk.stores, wanted, query) == [line_of(row) for row in listed]
    return [row.subject for row in listed]


def test_the_queue(desk: Desk) -> None:
    assert subjects(desk, Selection()) == ["oops in inode", "foo: make it better"]
    assert len(subjects(desk, Selection(open_only=False))) == 3


def test_a_snoozed_topic_is_nobodys_as_long_as_it_is_away(desk: Desk) -> None:
    event = Event(EventKind.SNOOZE, "b@x", "until:2026-03-01T00:00:00Z")
    decide(desk.stores, [event], Origin.CLI, "")
    everything = Selection(open_only=False)
    assert subjects(desk, Selection()) == ["foo: make it better"]
    assert set(subjects(desk, everything)[1:]) == {"oops in inode", "talk"}
    away = Selection(turns=frozenset({"nobody"}), open_only=False)
    assert set(subjects(desk, away)) == {"oops in inode", "talk"}
    desk.stores = replace(desk.stores, clock=lambda: 1_780_000_000_000_000)
    assert subjects(desk, Selection()) == ["oops in inode", "foo: make it better"]
    (back, _) = lines(desk.stores, Selection())
    assert back.reason.startswith("back, snoozed until 2026-03-01: ")


def test_a_query(desk: Desk) -> None:
    everything = Selection(open_only=False)
    assert subjects(desk, everything, "oops") == ["oops in inode"]
    assert subjects(desk, everything, "nothing") == []
    assert subjects(desk, Selection(), "talk") == []
    assert len(subjects(desk, everything, "*")) == 3


def test_a_query_within_given_topics(desk: Desk) -> None:
    report = desk.row("b@x").id
    wanted = Selection(open_only=False, topic_ids=frozenset({report}))
    assert subjects(desk, wanted, "*") == ["oops in inode"]
    assert subjects(desk, wanted, "talk") == []


def test_a_query_that_cannot_be_read(desk: Desk) -> None:
    with pytest.raises(Refused):
        select(desk.stores, Selection(), "date:nonsense..")


def test_a_query_finds_what_is_no_topic(desk: Desk) -> None:
    desk.deliver(mail("foo: landed", f"Commit: {'ab' * 20}\nParent: x\n", message_id="c@x"))
    desk.sync()
    assert subjects(desk, Selection(open_only=False), "landed") == []


def test_detail(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [part_id("foo", 1, 2)], Origin.CLI)
    found = detail(desk.stores, desk.row(part_id("foo", 0)))
    assert [one.series.revision for one in found.topic.revisions] == [1, 2]
    states = [found.state_of(part_id("foo", at, version)) for version in (1, 2) for at in (1, 2)]
    assert states == ["superseded", "superseded", "accepted", "new"]


def test_a_row_that_fits_no_topic_any_more(desk: Desk) -> None:
    stale = replace(desk.row("b@x"), id="zzzzzzzzzz")
    with pytest.raises(StateError) as caught:
        detail(desk.stores, stale)
    assert caught.value.hint == "mkit rebuild"


def test_all_details_are_in_the_order_of_ids(desk: Desk) -> None:
    found = [one.row.id for one in all_details(desk.stores)]
    assert found == sorted(found)
    assert len(found) == 3


def test_history(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [part_id("foo", 1, 2)], Origin.CLI)
    set_archived(desk.stores, True, ["b@x"], Origin.CLI)
    undo(desk.stores, Origin.CLI)
    entries = history(desk.stores)
    assert [entry.undone for entry in entries] == [False, True, False]
    assert [bool(entry.group.undoes) for entry in entries] == [False, False, True]


def test_history_of_some_messages(desk: Desk) -> None:
    first = set_state(desk.stores, "accepted", [part_id("foo", 1, 2)], Origin.CLI)
    set_archived(desk.stores, True, ["b@x"], Origin.CLI)
    undo(desk.stores, Origin.CLI)
    undo(desk.stores, Origin.CLI)
    entries = history(desk.stores, [part_id("foo", 1, 2)])
    assert [entry.group.undoes or entry.group.id for entry in entries] == [first.id, first.id]
    assert history(desk.stores, ["lost@x"]) == []
