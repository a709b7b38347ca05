# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions, their undoing and redoing, and the union of two journals."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.decision.event import (
    Event,
    EventKind,
    Group,
    Origin,
    decide,
    last_decision,
    last_undo,
    undone_by,
    undone_groups,
)


def group(
    name: str, time: int, state: str = "", *, undoes: str = "", who: str = "me", on: str = "a@x"
) -> Group:
    """A decision about one message, or an undo."""
    events = (Event(EventKind.STATE, on, state),) if state else ()
    return Group(name, time, who, Origin.CLI, "", events, undoes)


def held(*groups: Group, on: str = "a@x") -> str | None:
    """The state that holds for a message."""
    found = decide(groups).get((on, EventKind.STATE))
    return found.value if found else None


FIRST, SECOND = group("1", 1, "accepted"), group("2", 2, "rejected")
UNDO, REDO = group("3", 3, undoes="2"), group("4", 4, undoes="3")


def test_nothing_decided() -> None:
    assert decide([]) == {}


def test_the_last_decision_holds() -> None:
    assert held(FIRST, SECOND) == "rejected"
    decision = decide([FIRST, SECOND])["a@x", EventKind.STATE]
    assert (decision.group, decision.time, decision.origin) == ("2", 2, Origin.CLI)


def test_undo_brings_back_what_held_before() -> None:
    assert held(FIRST, SECOND, UNDO) == "accepted"
    assert held(FIRST, group("3", 3, undoes="1")) is None


def test_redo_takes_the_undo_back() -> None:
    assert held(FIRST, SECOND, UNDO, REDO) == "rejected"
    assert undone_groups([FIRST, SECOND, UNDO, REDO]) == {"3"}


def test_an_undone_redo() -> None:
    groups = [FIRST, SECOND, UNDO, REDO, group("5", 5, undoes="4")]
    assert held(*groups) == "accepted"


def test_kinds_do_not_touch_each_other() -> None:
    archive = Group("9", 9, "me", Origin.TUI, "", (Event(EventKind.ARCHIVE, "a@x", "yes"),))
    found = decide([FIRST, archive])
    assert {kind: one.value for (_, kind), one in found.items()} == {
        EventKind.STATE: "accepted",
        EventKind.ARCHIVE: "yes",
    }


def test_the_union_of_two_journals_in_any_order() -> None:
    groups = [FIRST, SECOND, UNDO, REDO, group("5", 3, "rfc", who="you")]
    expected = decide(groups)
    for order in permutations(groups):
        assert decide(order) == expected
        assert decide((*order, *order)) == expected


def test_at_one_time_the_id_decides() -> None:
    assert held(group("b", 1, "rfc"), group("a", 1, "accepted")) == "rfc"


def test_an_undo_of_what_is_not_there() -> None:
    assert held(FIRST, group("3", 3, undoes="lost")) == "accepted"


def test_what_undo_takes_back() -> None:
    assert last_decision([], "me") is None
    assert last_decision([FIRST, SECOND], "me") == SECOND
    assert last_decision([FIRST, SECOND, UNDO], "me") == FIRST
    assert last_decision([FIRST, SECOND, UNDO, REDO], "me") == SECOND
    assert last_decision([FIRST], "you") is None


def test_what_redo_takes_back() -> None:
    assert last_undo([FIRST, SECOND], "me") is None
    assert last_undo([FIRST, SECOND, UNDO], "me") == UNDO
    assert last_undo([FIRST, SECOND, UNDO], "you") is None
    assert last_undo([FIRST, SECOND, UNDO, REDO], "me") is None


def test_nothing_to_redo_after_another_decision() -> None:
    assert last_undo([FIRST, SECOND, UNDO, group("5", 5, "rfc")], "me") is None


def test_two_undos_are_redone_one_after_the_other() -> None:
    groups = [FIRST, SECOND, UNDO, group("4", 4, undoes="1")]
    assert held(*groups) is None
    last = last_undo(groups, "me")
    assert last is not None and last.id == "4"
    groups.append(group("5", 5, undoes="4"))
    assert held(*groups) == "accepted"
    last = last_undo(groups, "me")
    assert last is not None and last.id == "3"
    groups.append(group("6", 6, undoes="3"))
    assert held(*groups) == "rejected"
    assert last_undo(groups, "me") is None


@given(st.lists(st.sampled_from(["decide", "undo", "redo"]), max_size=25))
def test_undo_and_redo_are_a_stack(steps: list[str]) -> None:
    """Against the plainest model there is: two stacks of states."""
    groups: list[Group] = []
    done: list[str] = []
    undone: list[str] = []
    for at, step in enumerate(steps, 1):
        if step == "decide":
            groups.append(group(f"{at}", at, f"state-{at}"))
            done.append(f"state-{at}")
            undone.clear()
            continue
        target = last_decision(groups, "me") if step == "undo" else last_undo(groups, "me")
        stack, other = (done, undone) if step == "undo" else (undone, done)
        assert (target is None) is (not stack)
        if target is None:
            continue
        other.append(stack.pop())
        groups.append(group(f"{at}", at, undoes=target.id))
        assert held(*groups) == (done[-1] if done else None)


def test_undos_in_a_circle_are_about_nothing() -> None:
    one = Group("1", 1, "me", Origin.CLI, "", (), undoes="2")
    two = Group("2", 2, "me", Origin.CLI, "", (), undoes="1")
    assert undone_by(one, {"1": one, "2": two}) is None
    assert undone_by(one, {"1": one}) is None
    what = Group("2", 2, "me", Origin.CLI, "", (Event(EventKind.STATE, "a@x", "accepted"),))
    redo = Group("3", 3, "me", Origin.CLI, "", (), undoes="1")
    assert undone_by(redo, {"1": one, "2": what}) is what
