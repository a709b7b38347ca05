# SPDX-License-Identifier: GPL-2.0-or-later
"""What a digest tells, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from maintainer_kit.model.calendar.outlook import outlook_of
from maintainer_kit.model.calendar.version import Tag
from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.workflow.away import come_back, go_away
from maintainer_kit.workflow.decide import decide, set_archived
from maintainer_kit.workflow.digest.collect import DigestWish, collect_digest
from maintainer_kit.workflow.digest.mark import OWN, digest_of, mark_all
from maintainer_kit.workflow.digest.parts import CalendarLine, Digest, Mark, Part
from tests.build import ADA, BO, DAY, LIST, ROBIN, START, mail, part_id, posting, reply
from tests.memory.desk import Desk

SECONDS = 86_400
STARTED = int(START.timestamp())


class Days:
    """A clock that stands, in days after the first mail."""

    def __init__(self) -> None:
        self.day = 0.0

    def __call__(self) -> int:
        return round((STARTED + self.day * SECONDS) * 1_000_000)


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def desk(days: Days) -> Desk:
    return Desk(clock=days)


def no_calendar(now: int) -> Sequence[CalendarLine]:
    return ()


def digest(desk: Desk, mark: Mark | None, wish: DigestWish = DigestWish()) -> Digest:  # noqa: B008
    desk.sync()
    return collect_digest(desk.stores, mark, no_calendar, wish)


def told(found: Digest, part: Part) -> list[tuple[str, str]]:
    """The mails that stand for the topics of a section, each with why."""
    sections = [one for one in found.sections if one.part is part]
    return [(line.row.message_id, line.why) for one in sections for line in one.lines]


def test_an_empty_desk(desk: Desk) -> None:
    found = digest(desk, None)
    assert not found.says_something
    assert (found.mails, found.sections, found.mark.known) == (0, (), frozenset())


def test_the_first_digest_tells_of_a_week(desk: Desk, days: Days) -> None:
    desk.deliver(*posting("old", 1), *posting("young", 2, minutes=20 * DAY))
    days.day = 21
    found = digest(desk, None)
    assert found.since == STARTED + 14 * SECONDS
    assert (found.mails, told(found, Part.NEW)) == (3, [(part_id("young", 0), "new")])


def test_what_came_in_is_new_whatever_its_date(desk: Desk, days: Days) -> None:
    desk.deliver(*posting("foo", 1, minutes=5 * DAY))
    days.day = 6
    mark = digest(desk, None).mark
    desk.deliver(*posting("late", 1, minutes=DAY))
    days.day = 7
    found = digest(desk, mark)
    assert (found.mails, told(found, Part.NEW)) == (2, [(part_id("late", 0), "new")])
    assert found.since == STARTED + 6 * SECONDS
    assert told(digest(desk, found.mark), Part.NEW) == []


def test_what_is_new_in_a_topic(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1), *posting("bar", 1))
    mark = digest(desk, None).mark
    desk.deliver(
        *posting("foo", 1, revision=2, minutes=DAY, change="three"),
        reply(part_id("bar", 1), "Why?", above=[part_id("bar", 0)]),
        reply(part_id("bar", 1), "And why that?", above=[part_id("bar", 0)], minutes=70),
    )
    assert sorted(told(digest(desk, mark), Part.NEW)) == [
        (part_id("bar", 0), "2 new mails"),
        (part_id("foo", 0, 2), "v2 is new"),
    ]


def test_rebuilding_makes_nothing_new(desk: Desk) -> None:
    desk.deliver(*posting("foo", 2))
    mark = digest(desk, None).mark
    with desk.catalogue.transaction():
        desk.catalogue.clear()
    assert digest(desk, mark).mails == 0


def test_what_another_client_tags_is_not_new(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    mark = digest(desk, None).mark
    desk.tag(part_id("foo", 1), add=["read"])
    assert digest(desk, mark).mails == 0


def test_mail_that_was_away_for_a_while_is_not_new_again(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    mark = digest(desk, None).mark
    smaller = Mark(mark.time, mark.known - {digest_of(part_id("foo", 1))})
    assert digest(desk, smaller).mails == 1
    kept = mark_all(desk.stores, mark.time + 1, Mark(0, frozenset({b"12345678"})))
    assert kept.known == mark.known | {b"12345678"}


def test_a_mailed_digest_is_no_news(desk: Desk) -> None:
    mark = digest(desk, None).mark
    own = mail("mkit digest: 3 wait for you", sender=ROBIN, message_id=f"{OWN}x@lumen.example")
    desk.deliver(own)
    assert digest(desk, mark).mails == 0
    assert digest(desk, None, DigestWish(since=STARTED - 1)).mails == 0


def test_topics_that_need_nobody_are_no_news_unless_watched(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    mark = digest(desk, None).mark
    set_archived(desk.stores, True, [part_id("foo", 1)], Origin.CLI)
    desk.deliver(reply(part_id("foo", 1), "Why?"))
    found = digest(desk, mark)
    assert (found.mails, found.says_something) == (1, False)
    decide(desk.stores, [Event(EventKind.ATTENTION, part_id("foo", 0), "watch")], Origin.CLI, "")
    assert told(digest(desk, mark), Part.NEW) == [(part_id("foo", 0), "1 new mail")]


def test_since_goes_by_dates(desk: Desk, days: Days) -> None:
    desk.deliver(*posting("foo", 1), *posting("bar", 1, minutes=3 * DAY))
    desk.deliver(reply(part_id("foo", 1), "Why?", minutes=2 * DAY))
    days.day = 4
    mark = digest(desk, None).mark
    found = digest(desk, mark, DigestWish(since=STARTED + 2 * SECONDS))
    assert (found.since, found.mails) == (STARTED + 2 * SECONDS, 3)
    assert sorted(why for _, why in told(found, Part.NEW)) == ["1 new mail", "new"]


def test_the_longest_waiting_comes_first_and_the_rest_is_counted(desk: Desk) -> None:
    for at in range(5):
        desk.deliver(*posting(f"s{at}", 1, minutes=(5 - at) * DAY))
    found = digest(desk, None, DigestWish(most=2))
    waiting = next(one for one in found.sections if one.part is Part.WAITING)
    assert (waiting.total, waiting.query) == (5, "mkit:open turn:me")
    assert [line.row.message_id for line in waiting.lines] == [part_id("s4", 0), part_id("s3", 0)]


ROBOT = "kernel test robot <lkp@intel.com>"
OTHERS = f"jane@elsewhere.example, {LIST.replace('pebble', 'other')}"


@pytest.mark.parametrize(
    ("answers", "day", "is_told"),
    [
        ((), 6, False),
        ((), 8, True),
        ((), 89, True),
        ((), 91, False),
        ((ADA,), 8, True),
        ((BO,), 8, False),
        ((ROBOT,), 8, True),
    ],
)
def test_authors_that_wait_for_a_first_answer(
    desk: Desk, days: Days, answers: tuple[str, ...], day: int, is_told: bool
) -> None:
    thread = posting("foo", 1, cover=False)
    subject = "[pebble:master] BUILD SUCCESS 1234567890ab"
    said = [reply(part_id("foo", 1), "Ok.", sender=one, subject=subject) for one in answers]
    desk.deliver(*(raw.replace(LIST.encode(), OTHERS.encode()) for raw in (*thread, *said)))
    days.day = day
    found = digest(desk, None)
    assert [one for one, _ in told(found, Part.UNANSWERED)] == [part_id("foo", 1)] * is_told


def test_a_late_answer_to_an_older_revision_is_none(desk: Desk, days: Days) -> None:
    mails = [
        *posting("foo", 1),
        *posting("foo", 1, revision=2, change="three", minutes=DAY),
        reply(part_id("foo", 1), "Thanks.", above=[part_id("foo", 0)], minutes=2 * DAY),
    ]
    desk.deliver(*(raw.replace(LIST.encode(), OTHERS.encode()) for raw in mails))
    days.day = 12
    assert [one for one, _ in told(digest(desk, None), Part.UNANSWERED)] == [part_id("foo", 0, 2)]


@pytest.mark.parametrize(("day", "is_told"), [(22, False), (24, True), (29, True), (31, False)])
def test_what_is_about_to_go_stale(desk: Desk, days: Days, day: int, is_told: bool) -> None:
    desk.deliver(*posting("foo", 1))
    days.day = day
    assert bool(told(digest(desk, None), Part.STALE)) is is_told


def test_what_was_snoozed_and_is_back_is_told_once(desk: Desk, days: Days) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    until = Event(EventKind.SNOOZE, part_id("foo", 1), "until:2026-01-08T00:00:00Z")
    decide(desk.stores, [until], Origin.CLI, "")
    days.day = 1
    asleep = digest(desk, None)
    assert asleep.sections == ()
    days.day = 4
    found = digest(desk, asleep.mark)
    assert [one for one, _ in told(found, Part.WOKEN)] == [part_id("foo", 0)]
    assert "back, " in found.sections[-1].lines[0].row.standing.verdict.reason
    assert told(digest(desk, found.mark), Part.WOKEN) == []
    decide(desk.stores, [replace(until, value="until:2026-01-10T00:00:00Z")], Origin.CLI, "")
    asleep = digest(desk, found.mark)
    days.day = 6
    assert told(digest(desk, asleep.mark), Part.WOKEN) != []


def test_the_calendar_is_news_once(desk: Desk) -> None:
    tags = [Tag("v1.0", STARTED - 9 * SECONDS)]

    def calendar(now: int) -> Sequence[CalendarLine]:
        both = (CalendarLine(path, outlook_of(tags, now)) for path in ("a.git", "b.git"))
        return [*both, CalendarLine("c.git", problem="c.git is no git repository")]

    found = collect_digest(desk.stores, None, calendar, DigestWish())
    assert [(one.repository, one.is_news) for one in found.calendar] == [
        ("a.git", True),
        ("c.git", False),
    ]
    assert found.says_something
    again = collect_digest(desk.stores, found.mark, calendar, DigestWish())
    assert (again.says_something, len(again.calendar)) == (False, 2)
    tags.append(Tag("v1.1", STARTED - SECONDS))
    assert collect_digest(desk.stores, again.mark, calendar, DigestWish()).says_something


def test_the_first_digest_after_an_absence_says_so(desk: Desk, days: Days) -> None:
    mark = digest(desk, None).mark
    go_away(desk.stores, STARTED + 3 * SECONDS, Origin.CLI)
    days.day = 2
    assert digest(desk, mark).returned is None
    days.day = 4
    found = digest(desk, mark)
    assert found.returned is not None and found.says_something
    assert (found.returned.since, found.returned.until) == (STARTED, STARTED + 3 * SECONDS)
    assert digest(desk, found.mark).returned is None
    days.day = 30
    assert digest(desk, None).returned is None, "too long ago for a first digest"


def test_who_came_back_early_was_told_then(desk: Desk, days: Days) -> None:
    go_away(desk.stores, STARTED + 3 * SECONDS, Origin.CLI)
    come_back(desk.stores, Origin.CLI)
    days.day = 4
    assert digest(desk, None).returned is None
