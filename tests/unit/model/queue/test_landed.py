# SPDX-License-Identifier: GPL-2.0-or-later
"""What landings make of a series: whose turn it is, and what brings it back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.queue.landed import Landing, Place, Role, count_landed, outcome_of
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.turn import Turn, mail_turn
from tests.build import ADA, BO, DAY, ME, ROBIN, part_id, posting, reply, topic

COVER, FIRST, SECOND = (part_id("foo", n) for n in range(3))
POSTED = posting("foo", 2)
MADE = topic(*POSTED).root.date + 3600
IDS = {FIRST: "a" * 40, SECOND: "b" * 40}


def place(commit: str, role: str = Role.MAINLINE, date: int = MADE, **more: object) -> Place:
    made = Place(role, "refs/heads/master", "/r.git", commit, date)
    return replace(made, **more)  # type: ignore[arg-type]


def landing(message_id: str, *places: Place, sure: bool = True, tier: str = "patch-id") -> Landing:
    commit = IDS[message_id]
    held = places or (place(commit),)
    return Landing(message_id, commit, tier, 1.0, sure, "the same patch-id", held)


def both(**more: object) -> dict[str, tuple[Landing, ...]]:
    return {one: (landing(one, place(IDS[one], **more)),) for one in IDS}  # type: ignore[arg-type]


def words(landings: dict[str, tuple[Landing, ...]], *said: bytes) -> tuple[Turn, str]:
    verdict = mail_turn(topic(*POSTED, *said), ME, landings=landings)
    return verdict.turn, verdict.reason


def test_all_patches_in_the_mainline_wait_for_nobody() -> None:
    found = words(both(tag="v6.12-rc3"))
    expected = "landed in mainline: 2 patches, the last as bbbbbbbbbbbb (v6.12-rc3), by patch-id"
    assert found == (Turn.NOBODY, expected)


def test_one_patch_is_told_in_short() -> None:
    one = part_id("bar", 1)
    held = Landing(one, "c" * 40, "similar", 0.7, True, "", (place("c" * 40),))
    verdict = mail_turn(topic(*posting("bar", 1, cover=False)), ME, landings={one: (held,)})
    assert verdict.reason == "landed in mainline as cccccccccccc, by similar"


@pytest.mark.parametrize(
    "landings",
    [
        {},
        {FIRST: (landing(FIRST),)},
        {**both(), SECOND: (landing(SECOND, sure=False),)},
        both(role=Role.QUEUED),
        both(role=Role.OTHER),
        {**both(), SECOND: (replace(landing(SECOND), places=()),)},
    ],
    ids=["none", "one of two", "a candidate", "queued", "another's tree", "in no ref"],
)
def test_less_than_that_keeps_it_in_the_queue(landings: dict[str, tuple[Landing, ...]]) -> None:
    turn, reason = words(landings)
    assert turn is not Turn.NOBODY
    assert "landed" not in reason


def test_patches_may_have_arrived_in_different_branches() -> None:
    mixed = {**both(), SECOND: (landing(SECOND, place(IDS[SECOND], Role.NEXT)),)}
    assert words(mixed)[1].startswith("landed in mainline and next: 2 patches")
    ahead = (place(IDS[FIRST], Role.NEXT, tag="no"), place(IDS[FIRST], Role.MAINLINE))
    climbed = {**mixed, FIRST: (landing(FIRST, *ahead),)}
    assert words(climbed)[1].startswith("landed in next: 2 patches")


AFTER = {
    "a question": ([reply(SECOND, "Does this hold on sparc?", sender=BO, minutes=DAY)], True),
    "a report": ([reply(FIRST, "This breaks old images.", sender=ROBIN, minutes=DAY)], True),
    "thanks": ([reply(COVER, "Thanks!", sender=ADA, minutes=DAY)], False),
    "a late tag": ([reply(COVER, "Reviewed-by: Bo <b@x>", sender=BO, minutes=DAY)], False),
    "that it is applied": ([reply(COVER, "Applied, thanks!", sender=BO, minutes=DAY)], False),
    "a question before it": ([reply(SECOND, "Does this hold?", sender=BO, minutes=20)], False),
}


@pytest.mark.parametrize("said", AFTER)
def test_what_is_said_after_it_brings_it_back(said: str) -> None:
    mails, comes_back = AFTER[said]
    turn, _ = words(both(), *mails)
    assert (turn is not Turn.NOBODY) == comes_back


def test_an_answered_question_leaves_it_landed() -> None:
    asked = reply(SECOND, "Does this hold?", sender=BO, minutes=DAY, message_id="q@x")
    told = reply("q@x", "Yes, it does.", sender=ADA, minutes=DAY + 60)
    assert words(both(), asked, told)[0] is Turn.NOBODY


def test_a_revert_is_the_authors_matter_until_somebody_speaks() -> None:
    back = place(IDS[SECOND], reverted="d" * 40, reverted_at=MADE + 60)
    landings = {**both(), SECOND: (landing(SECOND, back),)}
    turn, reason = words(landings)
    assert turn is Turn.AUTHOR
    assert reason == (
        "1 of 2 patches were taken back: landed as bbbbbbbbbbbb, taken back by dddddddddddd"
    )
    later = reply(SECOND, "Robin, what now?", sender=ADA, minutes=3 * DAY)
    assert "taken back" not in words(landings, later)[1]
    assert count_landed(topic(*POSTED).view, landings) == 1


def test_a_patch_that_has_not_arrived_keeps_it() -> None:
    assert outcome_of(topic(*POSTED[:-1]).view, both()) is None
    assert outcome_of((), both()) is None


def test_the_row_counts_them_and_a_decision_still_holds() -> None:
    row = make_row(topic(*POSTED), ME, {}, landings=both())
    assert (row.landed, row.total) == (2, 2)
    assert row.standing.verdict == row.by_mail
    assert make_row(topic(*POSTED), ME, {}).landed == 0
