# SPDX-License-Identifier: GPL-2.0-or-later
"""Absence as a decision."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.decision.away import (
    Away,
    away_at,
    away_until,
    deputy_rule,
    dump_away,
    last_away,
    load_away,
)
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin, decide

START, END = 1_764_028_800, 1_764_633_600  # 2025-11-25 and a week later
VALUE = "from:2025-11-25T00:00:00Z until:2025-12-02T00:00:00Z"


def said(*values: str) -> list[Group]:
    return [
        Group(str(at), at, "robin@x", Origin.CLI, "", (Event(EventKind.AWAY, "", value),))
        for at, value in enumerate(values)
    ]


def test_as_an_event_holds_it() -> None:
    assert dump_away(Away(START, END)) == VALUE
    assert load_away(VALUE) == Away(START, END)
    deputy = Away(START, END, "Ada Author <ada@quarry.example>")
    assert dump_away(deputy) == f"{VALUE} delegate:Ada Author <ada@quarry.example>"
    assert load_away(dump_away(deputy)) == deputy


@pytest.mark.parametrize(
    "value",
    [
        *("", "yes", "from:2025-11-25T00:00:00Z", "until:2025-12-02T00:00:00Z", "from: until:"),
        "from:2025-12-02T00:00:00Z until:2025-11-25T00:00:00Z",
        "from:2025-13-25T00:00:00Z until:2025-12-02T00:00:00Z",
        "from:1969-01-01T00:00:00Z until:2025-12-02T00:00:00Z",
    ],
)
def test_what_is_no_absence(value: str) -> None:
    assert load_away(value) is None


def test_only_while_it_lasts() -> None:
    decisions = decide(said(VALUE))
    assert [away_until(decisions, now) for now in (START - 1, START, END - 1, END)] == [
        0,
        END,
        END,
        0,
    ]
    assert away_at(decisions, END) is None
    assert last_away(decisions) == Away(START, END)


def test_back_again_and_away_longer() -> None:
    assert away_until(decide(said(VALUE, "")), START) == 0
    longer = VALUE.replace("12-02", "12-09")
    assert away_until(decide(said(VALUE, longer)), START) == END + 7 * 86_400
    assert away_until({}, START) == 0


def test_the_deputy_as_a_rule() -> None:
    assert deputy_rule(Away(START, END)) == ""
    deputy = "Ada O'Hara <ada@quarry.example>"
    assert shlex.split(deputy_rule(Away(START, END, deputy))) == [deputy, "when=away"]


@given(st.integers(1, 4_000_000_000), st.integers(1, 4_000_000_000), st.text(max_size=30))
def test_whatever_was_decided_comes_back(since: int, length: int, delegate: str) -> None:
    away = Away(since, since + length, " ".join(delegate.split()))
    assert load_away(dump_away(away)) == away


@given(st.text(max_size=80))
def test_any_value(value: str) -> None:
    found = load_away(value)
    assert found is None or found.since < found.until
