# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions and the way back."""

from __future__ import annotations

import pytest

from maintainer_kit.config import Settings
from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.workflow.decide import (
    check_state,
    describe,
    redo,
    set_archived,
    set_state,
    undo,
)
from maintainer_kit.workflow.sync import SyncReport
from tests.build import mail, part_id, posting
from tests.memory.desk import Desk

FIRST, SECOND = part_id("foo", 1), part_id("foo", 2)


@pytest.fixture
def desk() -> Desk:
    """A desk with one synced series of two patches, and a report."""
    found = Desk()
    found.deliver(*posting("foo", 2), mail("[BUG] oops", message_id="b@x"))
    found.sync()
    return found


def state(desk: Desk, message_id: str = FIRST) -> str:
    """The state of a message's topic."""
    return desk.row(message_id).standing.state


@pytest.mark.parametrize("word", ["accepted", "ACCEPTED", "under_review", "changes-requested"])
def test_states_that_can_be_set(word: str) -> None:
    assert check_state(word) == word.lower().replace("_", "-")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("superseded", "one of: new, under-review"),
        ("acepted", "did you mean accepted"),
        ("xyzzy", "one of: new, under-review"),
    ],
)
def test_states_that_cannot(word: str, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        check_state(word)
    assert word in caught.value.message
    assert (caught.value.hint or "").startswith(hint)


def test_a_state_on_a_whole_series(desk: Desk) -> None:
    group = set_state(desk.stores, "Accepted", [FIRST, SECOND, FIRST], Origin.CLI, "fine")
    assert [event.message_id for event in group.events] == [FIRST, SECOND]
    assert (group.who, group.why, group.origin) == ("robin@lumen.example", "fine", Origin.CLI)
    assert desk.journal.read().groups == (group,)
    assert desk.journal.read().written(desk.index.uuid) == {group.id}
    assert state(desk) == "accepted"
    assert desk.row(FIRST).standing.verdict.turn == "nobody"
    assert desk.sync() == SyncReport()


def test_a_state_on_one_patch(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [FIRST], Origin.CLI)
    assert state(desk) == "new"
    assert desk.row(FIRST).standing.states == (("accepted", 1), ("new", 1))


def test_archive(desk: Desk) -> None:
    set_archived(desk.stores, True, ["b@x"], Origin.TUI)
    assert desk.row("b@x").standing.archived
    set_archived(desk.stores, False, ["b@x"], Origin.TUI)
    assert not desk.row("b@x").standing.archived


def test_nothing_to_decide_about(desk: Desk) -> None:
    with pytest.raises(Refused):
        set_state(desk.stores, "accepted", [], Origin.CLI)
    assert desk.journal.read().groups == ()


def test_a_state_that_is_none_decides_nothing(desk: Desk) -> None:
    with pytest.raises(Refused):
        set_state(desk.stores, "superseded", [FIRST], Origin.CLI)
    assert desk.journal.read().groups == ()


def test_undo_and_redo(desk: Desk) -> None:
    both = [FIRST, SECOND]
    first = set_state(desk.stores, "under-review", both, Origin.CLI)
    second = set_state(desk.stores, "accepted", both, Origin.CLI)
    assert undo(desk.stores, Origin.CLI) == second
    assert state(desk) == "under-review"
    assert undo(desk.stores, Origin.TUI) == first
    assert state(desk) == "new"
    assert redo(desk.stores, Origin.CLI) == first
    assert state(desk) == "under-review"
    assert redo(desk.stores, Origin.CLI) == second
    assert state(desk) == "accepted"
    assert "mkit/accepted" in desk.tags(SECOND)
    assert desk.sync() == SyncReport()


def test_undo_after_redo(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [FIRST, SECOND], Origin.CLI)
    undo(desk.stores, Origin.CLI)
    redo(desk.stores, Origin.CLI)
    undo(desk.stores, Origin.CLI)
    assert state(desk) == "new"
    assert "mkit/new" in desk.tags(FIRST)


def test_nothing_to_undo_or_redo(desk: Desk) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        undo(desk.stores, Origin.CLI)
    with pytest.raises(Refused, match="nothing to redo"):
        redo(desk.stores, Origin.CLI)


def test_another_decision_ends_the_redo(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [FIRST], Origin.CLI)
    undo(desk.stores, Origin.CLI)
    set_state(desk.stores, "rfc", [SECOND], Origin.CLI)
    with pytest.raises(Refused):
        redo(desk.stores, Origin.CLI)


def test_only_ones_own_decisions_are_undone(desk: Desk) -> None:
    desk.journal.append(
        Group("theirs", 1, "you@x", Origin.CLI, "", (Event(EventKind.STATE, FIRST, "rfc"),))
    )
    desk.sync()
    with pytest.raises(Refused):
        undo(desk.stores, Origin.CLI)


def test_the_clock_stands_still() -> None:
    """MKIT_NOW: the order of decisions is still the order in which they were taken."""
    desk = Desk(clock=lambda: 5)
    desk.deliver(*posting("foo", 1))
    desk.sync()
    for at in range(6):
        set_state(desk.stores, "accepted" if at % 2 else "rejected", [FIRST], Origin.CLI)
        assert state(desk) == ("accepted" if at % 2 else "rejected")
    for expected in ("rejected", "accepted"):
        undo(desk.stores, Origin.CLI)
        assert state(desk) == expected
    redo(desk.stores, Origin.CLI)
    assert state(desk) == "rejected"


def test_before_the_first_sync_only_the_journal_is_written() -> None:
    desk = Desk()
    desk.deliver(*posting("foo", 1))
    set_state(desk.stores, "accepted", [FIRST], Origin.CLI)
    assert desk.tags(FIRST) == frozenset()
    desk.sync()
    assert state(desk) == "accepted"
    assert "mkit/accepted" in desk.tags(FIRST)


def test_nobody_said_who_i_am() -> None:
    desk = Desk(Settings())
    desk.deliver(*posting("foo", 1))
    desk.sync()
    assert set_state(desk.stores, "accepted", [FIRST], Origin.CLI).who == "me"


def group(*events: Event, undoes: str = "", why: str = "") -> Group:
    return Group("1", 1, "me", Origin.CLI, why, events, undoes)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (group(Event(EventKind.STATE, "a", "accepted")), "accepted on 1 message"),
        (
            group(*(Event(EventKind.STATE, one, "rfc") for one in "abc")),
            "rfc on 3 messages",
        ),
        (
            group(
                Event(EventKind.STATE, "a", "rfc"),
                Event(EventKind.ARCHIVE, "b", "yes"),
                Event(EventKind.ARCHIVE, "c", "no"),
            ),
            "rfc on 1 message, archived on 1 message, unarchived on 1 message",
        ),
        (group(undoes="0", why="undo of: x"), "undo of: x"),
        (group(Event(EventKind.STATE, "a", "")), "new on 1 message"),
    ],
)
def test_describe(given: Group, words: str) -> None:
    assert describe(given) == words
