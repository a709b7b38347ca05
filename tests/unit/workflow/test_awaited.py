# SPDX-License-Identifier: GPL-2.0-or-later
"""Configured and awaited bots, from the settings to the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from maintainer_kit.config import Entry, read_settings
from maintainer_kit.errors import ConfigError
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.queue.line import line_of
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.workflow.decide import set_state
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import detail_now, lines, rows, select
from maintainer_kit.workflow.stores import Stores
from tests.build import BO, DAY, START, part_id, posting, reply
from tests.memory.desk import SETTINGS, Desk

AWAITED = replace(SETTINGS, expect=("list CI 4",))
EVERYTHING = Selection(open_only=False)


def clock(hours: float) -> Callable[[], int]:
    """A clock that stands."""
    return lambda: int(START.timestamp() + hours * 3600) * 1_000_000


@pytest.fixture
def desk() -> Desk:
    """Three series: one nobody answered, one that was answered, one older."""
    found = Desk(AWAITED)
    found.deliver(
        *posting("fresh", 1),
        *posting("answered", 1),
        reply(part_id("answered", 1), "Why not kfree() here?\n", sender=BO),
        *posting("old", 1, minutes=-DAY),
    )
    found.sync()
    return found


def shown(stores: Stores, wanted: Selection) -> list[tuple[str, str]]:
    """Subject and turn of what is selected, as it is shown."""
    chosen = select(stores, wanted)
    turns = dict(chosen)
    listed = rows(stores, [one for one, _ in chosen])
    assert [row.id for row in listed] == [one for one, _ in chosen]
    assert all(row.standing.verdict.turn == turns[row.id] for row in listed)
    assert lines(stores, wanted) == [line_of(row) for row in listed]
    return [(row.subject.partition(":")[0], turns[row.id]) for row in listed]


def test_the_turn_by_the_clock(desk: Desk) -> None:
    before = replace(desk.stores, clock=clock(1))
    assert shown(before, EVERYTHING) == [("old", "me"), ("answered", "author"), ("fresh", "ci")]
    after = replace(desk.stores, clock=clock(5))
    assert sorted(shown(after, EVERYTHING)) == [
        ("answered", "author"),
        ("fresh", "me"),
        ("old", "me"),
    ]


@pytest.mark.parametrize(
    ("turns", "hours", "expected"),
    [
        (("ci",), 1, ["fresh"]),
        (("ci",), 5, []),
        (("me",), 1, ["old"]),
        (("me",), 5, ["fresh", "old"]),
        (("me", "ci"), 1, ["fresh", "old"]),
        (("author",), 1, ["answered"]),
    ],
)
def test_a_selection_agrees_with_what_is_shown(
    desk: Desk, turns: tuple[str, ...], hours: int, expected: list[str]
) -> None:
    wanted = Selection(turns=frozenset(turns), open_only=False)
    found = shown(replace(desk.stores, clock=clock(hours)), wanted)
    assert sorted(subject for subject, _ in found) == expected


def test_a_decision_ends_the_waiting(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [part_id("fresh", 1)], Origin.CLI)
    assert ("fresh", "nobody") in shown(replace(desk.stores, clock=clock(1)), EVERYTHING)


def test_one_topic_now(desk: Desk) -> None:
    found = detail_now(replace(desk.stores, clock=clock(1)), desk.row(part_id("fresh", 1)))
    assert found.row.standing.verdict.turn is Turn.CI


def test_export_knows_no_clock(desk: Desk) -> None:
    one = next(topic for topic in desk.export() if topic["subject"].startswith("fresh"))
    assert (one["turn"], one["overdue"], one["checks"]["pending"]) == ("me", [], 0)


def test_a_configured_bot_is_read_from_the_settings() -> None:
    settings = replace(SETTINGS, bot=(r"pebble tests ^tests@shale\.example$ fail=^not ok",))
    desk = Desk(settings)
    word = reply(part_id("foo", 1), "not ok 1\n", sender="tests@shale.example")
    desk.deliver(*posting("foo", 1), word)
    desk.sync()
    row = desk.row(part_id("foo", 1))
    assert row.checks == (("fail", 1),)
    assert row.standing.verdict.turn is Turn.AUTHOR


def test_another_bot_is_another_reading() -> None:
    marks = {
        Desk(one).stores.reader_mark
        for one in (
            SETTINGS,
            AWAITED,
            replace(SETTINGS, bot=("x y",)),
            replace(SETTINGS, expect=()),
        )
    }
    assert len(marks) == 3


@pytest.mark.parametrize(("name", "value"), [("bot", "pebble ("), ("expect", "soon")])
def test_a_setting_that_means_nothing(name: str, value: str) -> None:
    settings = read_settings({f"mkit.{name}": [Entry(value, "file")]})
    with pytest.raises(ConfigError, match=f"mkit.{name}"):
        Desk(settings).stores.check_settings()
