# SPDX-License-Identifier: GPL-2.0-or-later
"""Times as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.decision.moment import NoMoment, read_moment, read_since

NOW = int(datetime(2026, 11, 21, 15, 30, tzinfo=UTC).timestamp())  # a Saturday
CALIFORNIA = timezone(timedelta(hours=-8))


def said(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2026-12-24", "2026-12-24 00:00"),
        ("2026-12-24T10:00Z", "2026-12-24 10:00"),
        ("2026-12-24t10:00z", "2026-12-24 10:00"),
        ("2026-12-24T10:00+02:00", "2026-12-24 08:00"),
        ("2026-12-24 10:00", "2026-12-24 10:00"),
        (" tomorrow ", "2026-11-22 00:00"),
        ("monday", "2026-11-23 00:00"),
        ("Fri", "2026-11-27 00:00"),
        ("saturday", "2026-11-28 00:00"),
        ("sun", "2026-11-22 00:00"),
        ("12h", "2026-11-22 03:30"),
        ("3d", "2026-11-24 15:30"),
        ("2w", "2026-12-05 15:30"),
        ("1m", "2026-12-21 15:30"),
        ("3M", "2027-02-21 15:30"),
        ("1y", "2027-11-21 15:30"),
    ],
)
def test_times_to_come(text: str, means: str) -> None:
    assert said(read_moment(text, NOW)) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2026-11-20", "2026-11-20 00:00"),
        ("today", "2026-11-21 00:00"),
        ("yesterday", "2026-11-20 00:00"),
        ("saturday", "2026-11-21 00:00"),
        ("friday", "2026-11-20 00:00"),
        ("sunday", "2026-11-15 00:00"),
        ("12h", "2026-11-21 03:30"),
        ("3d", "2026-11-18 15:30"),
        ("9m", "2026-02-21 15:30"),
    ],
)
def test_past_times(text: str, means: str) -> None:
    assert said(read_since(text, NOW)) == means


def test_a_month_ends_where_the_next_is_shorter() -> None:
    january = int(datetime(2027, 1, 31, 9, tzinfo=UTC).timestamp())
    assert said(read_moment("1m", january)) == "2027-02-28 09:00"
    assert said(read_since("2m", january)) == "2026-11-30 09:00"


def test_days_begin_where_the_reader_lives() -> None:
    sunday_there = int(datetime(2026, 11, 23, 1, tzinfo=UTC).timestamp())
    assert said(read_moment("monday", sunday_there, CALIFORNIA)) == "2026-11-23 08:00"
    assert said(read_moment("monday", sunday_there)) == "2026-11-30 00:00"
    assert said(read_moment("2026-12-24", NOW, CALIFORNIA)) == "2026-12-24 08:00"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "d", "0d", "-3d", "3", "3x", "12345d", "2026", "20261224", "2026-13-01"),
        *("2026-02-30", "yesterday", "9" * 5000, "2026-12-24T", "٣d", "9999y", "--", "3 d"),
        "9999-12-31T23:59-23:00",
    ],
)
def test_no_time_to_come(text: str) -> None:
    with pytest.raises(NoMoment, match=r"is no time; try one of: 2026-12-24, .*tomorrow.* 2w"):
        read_moment(text, NOW)


@pytest.mark.parametrize("text", ["today", "2026-11-21", "2026-11-21T15:30Z", "1999-01-01"])
def test_what_is_over_is_no_end(text: str) -> None:
    with pytest.raises(NoMoment, match="is over"):
        read_moment(text, NOW)


@pytest.mark.parametrize("text", ["2026-11-22", "2030-01-01"])
def test_what_is_to_come_is_no_beginning(text: str) -> None:
    with pytest.raises(NoMoment, match="still to come"):
        read_since(text, NOW)


def test_a_long_word_is_told_short() -> None:
    with pytest.raises(NoMoment) as error:
        read_moment("x" * 10_000, NOW)
    assert len(str(error.value)) < 200


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,6}[hdwmy]|[0-9]{4}-[0-9]{2}-[0-9]{2}"))
def test_whatever_is_said_lies_ahead_or_is_refused(text: str) -> None:
    for read, sign in ((read_moment, 1), (read_since, -1)):
        try:
            found = read(text, NOW)
        except NoMoment:
            continue
        assert (found - NOW) * sign >= 0
