# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders that come too late, or again."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.model.decision.past import Sent, past_of, sent_by, why_of

BO = "bo@shale.example"
DAY = 1_767_600_000
STATE = Event(EventKind.STATE, "a@x", "accepted")


def by_mail(date: int, *events: Event, message_id: str = "order@x", copies: int = 0) -> Group:
    why = why_of("pw-bot: accepted", Sent(message_id, date, copies))
    return Group(f"m{date}", (date + 3600) * 1_000_000, BO, Origin.MAIL, why, events)


def by_hand(time: int, *events: Event, undoes: str = "") -> Group:
    return Group(f"h{time}", time * 1_000_000, "me", Origin.CLI, "", events, undoes)


@pytest.mark.parametrize("copies", [0, 3])
def test_a_reason_tells_its_mail(copies: int) -> None:
    sent = Sent("odd <in> id, sent@x".replace("<", "").replace(">", ""), DAY, copies)
    why = why_of("#mkit note a in <b>, sent c; pw-bot: cr", sent)
    group = Group("g", 0, BO, Origin.MAIL, why, ())
    assert sent_by(group) == sent
    assert ", sent 2026-01-05T08:00:00Z" in why


@pytest.mark.parametrize("why", ["", "in <a@x>", "x in <a@x>, sent 2026-99-01T00:00:00Z"])
def test_other_reasons_tell_none(why: str) -> None:
    assert sent_by(Group("g", 0, BO, Origin.MAIL, why, ())) is None
    assert sent_by(Group("g", 0, BO, Origin.CLI, why_of("x", Sent("a@x", DAY)), ())) is None


def test_what_was_decided_later_stands() -> None:
    past = past_of([by_hand(DAY, STATE)])
    assert "decided later" in past.lateness(STATE, BO, DAY - 1, {"a@x"})
    assert "decided later" in past.lateness(STATE, BO, DAY, {"a@x"})
    assert not past.lateness(STATE, BO, DAY + 1, {"a@x"})
    assert not past.lateness(STATE, BO, DAY - 1, {"b@x"})


def test_an_order_counts_by_when_it_was_sent() -> None:
    """Obeyed an hour after it was sent; the next one, sent in between, is not too late."""
    past = past_of([by_mail(DAY, STATE)])
    assert not past.lateness(STATE, BO, DAY + 60, {"a@x"})
    assert past.lateness(STATE, BO, DAY, {"a@x"})


def test_what_was_taken_back_is_not_done_again() -> None:
    first = by_mail(DAY, STATE)
    past = past_of([by_hand(DAY + 9000, undoes=first.id), first])
    assert past.lateness(STATE, BO, DAY + 8000, {"a@x"})
    assert not past.lateness(STATE, BO, DAY + 9001, {"a@x"})
    assert past.is_done("order@x", 1)


def test_undos_that_go_in_a_circle() -> None:
    past = past_of([by_hand(1, undoes="h2"), by_hand(2, undoes="h1")])
    assert past.touched == {}


def test_notes_add_up_and_are_not_repeated() -> None:
    note = Event(EventKind.NOTE, "a@x", "soon")
    past = past_of([by_mail(DAY, note), by_hand(DAY + 5, note)])
    assert "repeats" in past.lateness(note, BO, DAY, {"b@x", "a@x"})
    assert not past.lateness(note, BO, DAY - 60, {"a@x"})
    assert not past.lateness(note, "ada@quarry.example", DAY, {"a@x"})


def test_a_mail_is_looked_at_once_unless_another_copy_comes() -> None:
    refused = Event(EventKind.REFUSED, "order@x", "forged")
    past = past_of([by_mail(DAY, refused, copies=1), by_mail(DAY + 1, STATE, message_id="done@x")])
    assert [past.is_done("order@x", copies) for copies in (0, 1, 2)] == [True, True, False]
    assert [past.is_done("done@x", copies) for copies in (1, 2)] == [True, True]
    assert not past.is_done("new@x", 1)
