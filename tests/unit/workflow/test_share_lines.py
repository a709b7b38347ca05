# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines that another machine wrote: decisions, what a newer mkit decided, and harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.model.decision.event_codec import dump_group
from maintainer_kit.workflow.sharing.lines import is_same, read_line, read_lines
from maintainer_kit.workflow.sharing.ports import Shared
from maintainer_kit.workflow.sharing.union import Union

EVENT = Event(EventKind.STATE, 'we"ird\\@x', "accepted")
GROUP = Group("g", 1_767_603_600_000_001, "me", Origin.TUI, "why\nso \u5929", (EVENT,))
NOW = 1_770_000_000_000_000


def raw(**more: Any) -> bytes:
    """A line, with fields replaced."""
    return json.dumps({**dump_group(GROUP), **more}).encode()


def event(**more: Any) -> list[dict[str, Any]]:
    return [{"kind": "state", "message_id": "a@b", "value": "accepted", **more}]


def test_a_group() -> None:
    line = read_line(raw())
    assert line is not None
    assert (line.id, line.raw, line.group) == ("g", raw(), GROUP)


@pytest.mark.parametrize(
    "newer",
    [
        raw(origin="telepathy"),
        raw(events=event(kind="colour")),
        raw(events=event(value={"a": 1}, kind="x")),
        raw(events=[{"what": "ever"}]),
        raw(time="the day after"),
    ],
)
def test_what_a_newer_mkit_wrote_is_kept(newer: bytes) -> None:
    line = read_line(newer)
    assert line is not None
    assert (line.raw, line.group) == (newer, None)


@pytest.mark.parametrize(
    "harm",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"group": "g"}',
        raw(group=""),
        raw(group=7),
        raw(group="x" * 3000),
        raw(group="a\nb"),
        raw(written=["g"], index="here"),
        raw(events=7, origin="x"),
        raw(events=["x"]),
        raw(who=None, origin="x"),
        raw(why="\ud800"),
        raw(who="x" * 3000),
        raw(undoes="g"),
        raw(time="9999-12-31T23:59:59.999999Z"),
        raw(time="1969-12-31T00:00:00Z"),
        raw(time="0001-01-01T00:00:00+23:59"),
        raw(events=event(message_id="victim@x\0")),
        raw(events=event(value="a b")),
        raw(events=event(value="accepted\n")),
        raw(events=event(value="x" * 100)),
    ],
)
def test_what_is_no_decision_or_would_do_harm(harm: bytes) -> None:
    assert read_line(harm) is None


def test_a_line_that_is_absurdly_long() -> None:
    assert read_line(raw(why="x" * (17 << 20))) is None


@pytest.mark.parametrize("value", ["", "needs-ack", "Under_Review", "v6.13", "\u5929"])
def test_states_that_only_others_have(value: str) -> None:
    assert read_line(raw(events=event(value=value))) is not None


def test_the_same_in_another_spelling_is_the_same() -> None:
    one, other = read_line(raw()), read_line(json.dumps(dump_group(GROUP), indent=1).encode())
    third = read_line(raw(who="else"))
    assert one and other and third
    assert is_same(one, other)
    assert not is_same(one, third)


def test_our_journal_by_id() -> None:
    lines = [b'{"written":["g"],"index":"u"}', raw(), raw(who="later"), b"torn"]
    assert {name: line.raw for name, line in read_lines(lines).items()} == {"g": raw()}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_to_an_end(data: bytes) -> None:
    line = read_line(data)
    assert line is None or line.raw == data


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*dump_group(GROUP), "undoes", "forced"]), JSON))
def test_any_fields_are_read_to_an_end(fields: dict[str, Any]) -> None:
    line = read_line(raw(**fields))
    if line is not None and line.group is not None:
        assert dump_group(line.group)["group"] == line.id


def test_undos_are_followed_to_what_they_are_about() -> None:
    undo = raw(group="u", events=[], undoes="g")
    redo = raw(group="r", events=[], undoes="u")
    union = Union([raw(), undo, redo])
    (first, *others) = union.beside([])
    assert union.target(first) == GROUP
    assert [union.target(one) for one in others] == [GROUP, GROUP]


def test_undos_in_a_circle_or_of_nothing_are_about_nothing() -> None:
    circle = [raw(group=a, events=[], undoes=b) for a, b in (("a", "b"), ("b", "c"), ("c", "b"))]
    union = Union([*circle, raw(group="d", events=[], undoes="nothing")])
    assert [union.target(one) for one in union.beside([])] == [None] * 4


def test_a_journal_of_many_is_taken_in_one_pass() -> None:
    lines = tuple(raw(group=f"g{at}") for at in range(20_000))
    union = Union(lines[:10_000])
    arrived = union.take(Shared("desk", lines), NOW)
    assert list(arrived.fresh) == list(range(10_000, 20_000))
    assert union.beside([Shared("desk", lines)]) == []
