# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is once somebody is to decide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import NOBODY, Person, parse_person
from maintainer_kit.model.queue.delegate_turn import delegated, is_me
from maintainer_kit.model.queue.delegation import BY_HAND, NOT_DELEGATED, Delegation
from maintainer_kit.model.queue.turn import Turn, Verdict, mail_turn
from tests.build import ADA, BO, ME, part_id, posting, reply, topic

JANE = Person("Jane Doe", "jane@quarry.example")
ROBIN = Person("Robin Maintainer", "robin@lumen.example")
ADA_PERSON = parse_person(ADA)
RULE = "rule 2: path=fs/foo/"


def test_my_turn_passes_to_the_delegate() -> None:
    fresh = topic(*posting("foo", 1))
    verdict = mail_turn(fresh, ME)
    assert verdict.turn is Turn.ME
    told = delegated(verdict, Delegation(JANE, RULE), ME, [fresh.root.submitter])
    assert told == Verdict(
        Turn.DELEGATE, "Jane Doe's, by rule 2: posted on 2026-01-05, no answer yet"
    )
    hand = delegated(verdict, Delegation(Person("", "james"), BY_HAND), ME)
    assert hand.reason.startswith("james', by hand: posted")


def test_what_is_mine_to_decide_is_my_turn() -> None:
    verdict = Verdict(Turn.REVIEWER, "posted on 2026-01-05, no answer yet")
    told = delegated(verdict, Delegation(ROBIN, BY_HAND), ME)
    assert told == Verdict(Turn.ME, "yours, by hand: posted on 2026-01-05, no answer yet")
    mine = Verdict(Turn.ME, "Ada wrote last")
    assert delegated(mine, Delegation(ROBIN, RULE), ME) == mine


def test_a_series_before_reviewers_is_before_its_delegate() -> None:
    verdict = Verdict(Turn.REVIEWER, "v2 has no answer yet")
    told = delegated(verdict, Delegation(JANE, RULE), ME, [ADA_PERSON])
    assert told == Verdict(Turn.DELEGATE, "Jane Doe's, by rule 2: v2 has no answer yet")


@pytest.mark.parametrize("turn", [Turn.AUTHOR, Turn.CI, Turn.NOBODY, Turn.DELEGATE])
@pytest.mark.parametrize("who", [JANE, ROBIN])
def test_other_turns_stay(turn: Turn, who: Person) -> None:
    verdict = Verdict(turn, "so it is")
    assert delegated(verdict, Delegation(who, RULE), ME, [ADA_PERSON]) == verdict


def test_the_authors_turn_on_real_mail() -> None:
    asked = topic(*posting("foo", 1), reply(part_id("foo", 1), "Why not kfree()?\n", sender=BO))
    verdict = mail_turn(asked, ME)
    assert verdict.turn is Turn.AUTHOR
    assert delegated(verdict, Delegation(JANE, RULE), ME, [asked.root.submitter]) == verdict


def test_nobody_changes_nothing() -> None:
    verdict = Verdict(Turn.ME, "posted")
    for none in (NOT_DELEGATED, Delegation(NOBODY, BY_HAND), Delegation(NOBODY, RULE)):
        assert delegated(verdict, none, ME) == verdict


def test_who_posted_it_does_not_decide_about_it() -> None:
    verdict = Verdict(Turn.ME, "posted")
    assert delegated(verdict, Delegation(ADA_PERSON, RULE), ME, [ADA_PERSON]) == verdict
    waits = Verdict(Turn.REVIEWER, "posted")
    assert delegated(waits, Delegation(ROBIN, RULE), ME, [ROBIN]) == waits


def test_my_own_series_is_mine_to_answer_for_and_anothers_to_take() -> None:
    answer = Verdict(Turn.ME, "Bo commented on your series")
    assert delegated(answer, Delegation(JANE, RULE), ME, [ROBIN]) == answer
    waits = Verdict(Turn.REVIEWER, "posted")
    assert delegated(waits, Delegation(JANE, RULE), ME, [ROBIN]).turn is Turn.DELEGATE


def test_i_am_known_by_all_my_addresses_and_my_name() -> None:
    old = Person("R. M.", "robin@old.example")
    assert not is_me(old, ME)
    people = read_mailmap("Robin Maintainer <robin@lumen.example> <robin@old.example>\n")
    assert is_me(old, replace(ME, people=people))
    assert is_me(Person("", "Robin@Lumen.example"), ME)
    elsewhere = Person("Robin Maintainer", "robin@work.example")
    assert is_me(elsewhere, replace(ME, names=("Robin Maintainer",)))
    assert not is_me(elsewhere, ME)
    assert not is_me(JANE, replace(ME, names=("Robin Maintainer",), people=people))
