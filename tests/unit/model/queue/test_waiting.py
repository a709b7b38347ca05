# SPDX-License-Identifier: GPL-2.0-or-later
"""Bots whose word is awaited: pending, then overdue; only the clock of the reader tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.turn import Turn, Verdict
from maintainer_kit.model.queue.waiting import read_expectation
from tests.build import BO, DAY, ME, START, mail, part_id, posting, reply, topic

LKP = "kernel test robot <lkp@intel.com>"
NOW = int(START.timestamp())
HOUR = 3600
WAITING = replace(ME, expects=(("Kernel Test Robot", 48 * HOUR), ("list CI", 4 * HOUR)))


def row(*raws: bytes, me: object = WAITING) -> TopicRow:
    """The row of a topic for somebody who expects two bots."""
    assert isinstance(me, type(ME))
    return make_row(topic(*raws), me, {})


def test_before_their_time_they_are_pending() -> None:
    found = row(*posting("foo", 1)).at(NOW + HOUR)
    assert found.checks == (("pending", 2),)
    assert (found.awaited, found.overdue) == (("Kernel Test Robot", "list CI"), ())
    reason = "no word from Kernel Test Robot, list CI yet"
    assert found.standing.verdict == Verdict(Turn.CI, reason)


def test_one_of_them_is_late() -> None:
    found = row(*posting("foo", 1)).at(NOW + 4 * HOUR)
    assert (found.checks, found.awaited) == ((("pending", 1),), ("Kernel Test Robot",))
    assert found.overdue == ("list CI",)
    assert found.standing.verdict.turn is Turn.CI


def test_after_their_time_they_are_overdue_and_wait_no_longer() -> None:
    plain = row(*posting("foo", 1), me=ME)
    found = row(*posting("foo", 1)).at(NOW + 48 * HOUR)
    assert (found.checks, found.overdue) == ((), ("Kernel Test Robot", "list CI"))
    assert found.standing.verdict == plain.standing.verdict
    assert found.standing.verdict.turn is Turn.ME


def test_without_a_clock_nothing_is_said() -> None:
    found = row(*posting("foo", 1))
    assert (found.checks, found.awaited, found.overdue) == ((), (), ())
    assert found.standing == row(*posting("foo", 1), me=ME).standing


def test_the_clock_is_counted_in_once() -> None:
    found = row(*posting("foo", 1)).at(NOW + HOUR)
    assert found.at(NOW + HOUR) == found


def test_who_has_spoken_is_not_awaited() -> None:
    word = reply(part_id("foo", 1), "[auto build test WARNING on a/b]\n", sender=LKP)
    found = row(*posting("foo", 1), word)
    assert [bot for bot, _ in found.expects] == ["list CI"]
    assert found.at(NOW + HOUR).checks == (("pending", 1), ("warning", 1))


def test_each_revision_is_waited_for_anew() -> None:
    word = reply(part_id("foo", 1), "CheckPatch PASS\n", sender="ci@x.example")
    found = row(*posting("foo", 1), word, *posting("foo", 1, revision=2, minutes=DAY))
    assert dict(found.expects) == {
        "Kernel Test Robot": NOW + DAY * 60 + 48 * HOUR,
        "list CI": NOW + DAY * 60 + 4 * HOUR,
    }


def test_an_answer_of_a_person_ends_the_waiting_but_not_the_expectation() -> None:
    question = reply(part_id("foo", 1), "Why not kfree() here?\n", sender=BO)
    found = row(*posting("foo", 1), question).at(NOW + HOUR)
    assert found.standing.verdict.turn is Turn.AUTHOR
    assert found.checks == (("pending", 2),)


def test_an_incomplete_series_does_not_wait() -> None:
    assert row(*posting("foo", 2)[:2]).at(NOW + HOUR).standing.verdict.turn is Turn.ME


def test_a_failure_is_the_authors_turn() -> None:
    word = reply(part_id("foo", 1), "[auto build test ERROR on a/b]\n", sender=LKP)
    assert row(*posting("foo", 1), word).at(NOW + HOUR).standing.verdict.turn is Turn.AUTHOR


def test_a_decided_topic_waits_for_nobody() -> None:
    found = row(*posting("foo", 1))
    over = replace(found.standing, verdict=Verdict(Turn.NOBODY, "accepted: decided"))
    decided = replace(found, standing=over).at(NOW + HOUR)
    assert (decided.checks, decided.overdue, decided.standing) == ((), (), over)


def test_only_lists_of_mine_are_tested() -> None:
    other = posting("foo", 1, cover=False)[0].replace(b"pebblefs@lists", b"other@lists")
    assert row(other).expects == ()
    assert row(other, me=replace(WAITING, lists=frozenset())).expects != ()


def test_other_topics_expect_nothing() -> None:
    assert row(mail("[BUG] oops")).expects == ()
    undated = posting("foo", 1, cover=False)[0].replace(b"Date:", b"X-Date:")
    assert row(undated).expects == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kernel test robot 48", ("kernel test robot", 48 * HOUR)),
        (" list CI  4 ", ("list CI", 4 * HOUR)),
    ],
)
def test_expectations(line: str, expected: tuple[str, int]) -> None:
    assert read_expectation(line) == expected


@pytest.mark.parametrize(
    "line", ["", "48", "robot", "robot 0", "robot -1", "robot 1.5", "r 999999"]
)
def test_lines_that_expect_nothing(line: str) -> None:
    with pytest.raises(ConfigError, match=r"mkit\.expect"):
        read_expectation(line)
