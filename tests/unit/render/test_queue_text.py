# SPDX-License-Identifier: GPL-2.0-or-later
"""The queue as text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.turn import Turn, Verdict
from maintainer_kit.render.cells import cell_width
from maintainer_kit.render.queue_text import (
    HEADINGS,
    flag,
    given,
    queue_text,
    shape,
    state_words,
)
from tests.build import BO, DAY, ME, START, mail, part_id, posting, reply, topic

NOW = int(START.timestamp()) + 3 * 86400
SERIES = make_row(topic(*posting("foo", 2, revision=3)), ME, {})
REPORT = make_row(topic(mail("[BUG] oops", message_id="b@x")), ME, {})


def with_states(**states: int) -> TopicRow:
    """The series with patches in these states."""
    counts = tuple((name.replace("_", "-"), number) for name, number in states.items())
    return replace(SERIES, standing=replace(SERIES.standing, states=counts))


def on_turn(turn: Turn, subject: str = "x") -> TopicRow:
    """A row that waits for somebody."""
    standing = replace(SERIES.standing, verdict=Verdict(turn, "a reason"))
    return replace(SERIES, subject=subject, standing=standing)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), " "),
        (("fix",), "f"),
        (("rfc",), " "),
        (("fix", "incomplete"), "~"),
        (("mangled",), "~"),
        (("fix", "regression", "mangled"), "!"),
    ],
)
def test_flag(marks: tuple[str, ...], expected: str) -> None:
    assert flag(replace(SERIES, marks=marks)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (SERIES, "v3 2/2"),
        (REPORT, "report"),
        (replace(REPORT, kind="pull-request"), "pull"),
        (replace(REPORT, kind="discussion"), "mail"),
        (replace(SERIES, received=1), "v3 1/2"),
    ],
)
def test_shape(row: TopicRow, expected: str) -> None:
    assert shape(row) == expected


def test_given() -> None:
    trailers = (("Acked-by", 1), ("Nacked-by", 1), ("Reviewed-by", 2), ("Tested-by", 3))
    assert given(replace(SERIES, trailers=trailers)) == "A1 R2 T3 N1"
    assert given(SERIES) == ""


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (SERIES, "new"),
        (with_states(accepted=1, new=1), "1/2 accepted"),
        (with_states(new=1, rfc=1), "new"),
    ],
)
def test_state_words(row: TopicRow, words: str) -> None:
    assert state_words(row) == words


def queue_line(row: TopicRow, now: int, width: int) -> str:
    """The line of a topic, below its heading."""
    _, line = queue_text([row], now, width)
    return line


def test_a_line() -> None:
    assert queue_line(SERIES, NOW, 80) == (
        f"  {SERIES.id[:6]} v3 2/2   foo: make it better                Ada Author     3d"
    )


def test_a_wide_line_has_the_reason() -> None:
    line = queue_line(SERIES, NOW, 160)
    assert line.endswith("v3 of 2026-01-05 has no answer yet")


HOSTILE = make_row(
    topic(
        mail("[BUG] \x1b[31m\u202e" + "\u6797" * 90, message_id="b@x", sender='"\x07 a" <a@x>'),
    ),
    ME,
    {},
)
REVIEWED = make_row(
    topic(*posting("foo", 2), reply(part_id("foo", 0), f"Acked-by: {BO}\n", minutes=DAY)), ME, {}
)


@pytest.mark.parametrize("width", [20, 80, 99, 100, 160, 200])
@pytest.mark.parametrize("row", [SERIES, REPORT, HOSTILE, REVIEWED])
def test_no_line_is_wider_than_asked_for(row: TopicRow, width: int) -> None:
    line = queue_line(row, NOW, width)
    assert cell_width(line) <= max(width, 66)
    assert line.isprintable() or "\u6797" in line
    assert not any(char in line for char in "\x1b\x07\u202e\n")


def test_columns_stand_below_each_other() -> None:
    lines = [queue_line(row, NOW, 120) for row in (SERIES, HOSTILE)]
    starts = [
        cell_width(line[: line.index(row.standing.verdict.reason[:10])])
        for line, row in zip(lines, (SERIES, HOSTILE), strict=True)
    ]
    assert starts[0] == starts[1]


def test_groups_with_headings() -> None:
    rows = [on_turn(Turn.ME, "a"), on_turn(Turn.ME, "b"), on_turn(Turn.AUTHOR, "c")]
    lines = list(queue_text(rows, NOW, 80))
    assert [line.strip() for line in lines if "Ada" not in line] == [
        "Your turn (2)",
        "",
        "Waiting for the author (1)",
    ]
    assert len(lines) == 6


def test_each_turn_has_a_heading() -> None:
    assert set(HEADINGS) == set(Turn)


def test_an_empty_queue() -> None:
    (line,) = queue_text([], NOW, 80)
    assert "mkit list --all" in line and "mkit import" in line
