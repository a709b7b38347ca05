# SPDX-License-Identifier: GPL-2.0-or-later
"""Groups of decisions as the journal's JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.model.decision.event_codec import dump_group, load_group

TEXT = st.text(max_size=12)
EVENTS = st.builds(Event, st.sampled_from(EventKind), TEXT, TEXT)
GROUPS = st.builds(
    Group,
    id=TEXT,
    time=st.integers(0, 4_102_444_800_000_000),
    who=TEXT,
    origin=st.sampled_from(Origin),
    why=TEXT,
    events=st.lists(EVENTS, max_size=4).map(tuple),
    undoes=TEXT,
)
GOOD: dict[str, Any] = {
    "group": "1",
    "time": "2026-01-05T09:00:00.000001Z",
    "who": "me",
    "origin": "cli",
    "why": "",
    "events": [{"kind": "state", "message_id": "a@x", "value": "accepted"}],
}


@given(GROUPS)
def test_round_trip(group: Group) -> None:
    assert load_group(json.loads(json.dumps(dump_group(group)))) == group


def test_as_it_stands_in_the_journal() -> None:
    group = load_group(GOOD)
    assert group is not None
    assert group.time == 1_767_603_600_000_001
    assert dump_group(group) == GOOD


def test_undoes_is_there_only_where_it_says_something() -> None:
    group = Group("2", 0, "me", Origin.CLI, "", (), "1")
    assert dump_group(group)["undoes"] == "1"
    assert "undoes" not in GOOD


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "of a newer mkit"},
        {"time": "yesterday"},
        {"time": 5},
        {"time": "2026-01-05T09:00:00"},
        {"events": [{"kind": "of a newer mkit", "message_id": "a@x", "value": "1"}]},
        {"events": [{"kind": "state"}]},
        {"events": 5},
        {"events": ["text"]},
    ],
)
def test_what_only_a_newer_mkit_understands(change: dict[str, Any]) -> None:
    assert load_group(GOOD | change) is None


@pytest.mark.parametrize("name", ["group", "time", "who", "origin"])
def test_what_lacks_something(name: str) -> None:
    assert load_group({key: value for key, value in GOOD.items() if key != name}) is None


def test_optional_fields() -> None:
    group = load_group({key: GOOD[key] for key in ("group", "time", "who", "origin")})
    assert group is not None
    assert (group.why, group.events, group.undoes) == ("", (), "")
