# SPDX-License-Identifier: GPL-2.0-or-later
"""What I posted, beside the reviews that I gave and got."""

from __future__ import annotations

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.queue.reviews import Tally
from maintainer_kit.model.queue.sent import Fate
from maintainer_kit.render.sent_text import sent_text
from maintainer_kit.workflow.decide import set_archived, set_state
from maintainer_kit.workflow.sent import SentReport, sent_report
from tests.build import ADA, BO, DAY, ROBIN, START, part_id, posting, reply
from tests.memory.desk import SETTINGS, Desk

MINE, OTHER = part_id("mine", 1), part_id("other", 1)
NOW = int(START.timestamp()) + 30 * 86400


def say(body: str, sender: str, parent: str, minutes: int = 60) -> bytes:
    name = f"{minutes}-{parent}"
    return reply(parent, body, sender=sender, message_id=name, minutes=minutes)


MAILS = (
    *posting("mine", 1, sender=ROBIN),
    *posting("old", 1, sender=ROBIN, minutes=-200 * DAY),
    *posting("other", 2),
    say("This leaks the buffer.", BO, MINE),
    say(f"Reviewed-by: {ADA}\n", ADA, MINE, 70),
    say("The caller frees it.", ROBIN, f"60-{MINE}", 80),
    say("Is this tested?", ROBIN, OTHER),
    say(f"Acked-by: {ROBIN}\nTested-by: {ROBIN}\n", ROBIN, part_id("other", 2), 70),
    say("Thanks!", ADA, OTHER, 90),
)


def desk(*raws: bytes) -> Desk:
    found = Desk(SETTINGS, clock=lambda: NOW * 1_000_000)
    found.deliver(*raws)
    found.sync()
    return found


def fates(report: SentReport) -> list[tuple[str, Fate, bool]]:
    return [(one.row.message_id, one.sent.fate, bool(one.reminder)) for one in report.topics]


def test_mine_the_newest_first() -> None:
    found = sent_report(desk(*MAILS).stores, days=0)
    assert fates(found) == [
        (part_id("mine", 0), Fate.REVIEWED, True),
        (part_id("old", 0), Fate.UNANSWERED, True),
    ]
    assert fates(sent_report(desk(*MAILS).stores, days=90)) == fates(found)[:1]


def test_reviews_given_and_got() -> None:
    found = sent_report(desk(*MAILS).stores, days=90)
    assert found.reviews.given == Tally(1, 2, 2)
    assert found.reviews.got == Tally(1, 2, 1)
    assert [(name, one.given.mails) for name, one in found.quarters] == [("2026Q1", 2)]


def test_only_reviews_of_these_days_count() -> None:
    found = sent_report(
        desk(*MAILS, say("This is still racy here.", BO, MINE, 25 * DAY)).stores, days=10
    )
    assert (found.reviews.given, found.reviews.got) == (Tally(), Tally(1, 1, 0))


def test_of_what_i_decided_about_nobody_is_to_be_reminded() -> None:
    old = part_id("old", 1)
    rejected, archived = desk(*MAILS), desk(*MAILS)
    set_state(rejected.stores, "rejected", [old], Origin.CLI)
    set_archived(archived.stores, True, [old], Origin.CLI)
    for made in (rejected, archived):
        assert [one[2] for one in fates(sent_report(made.stores, days=0))] == [True, False]


def test_patience() -> None:
    made = desk(*posting("mine", 1, sender=ROBIN))
    assert [one.reminder != "" for one in sent_report(made.stores, 0, 30).topics] == [True]
    assert [one.reminder != "" for one in sent_report(made.stores, 0, 31).topics] == [False]


def test_as_text() -> None:
    mails = [
        *MAILS,
        *posting("half", 2, sender=ROBIN, minutes=5),
        say("Applied, thanks.", BO, part_id("half", 2), 30),
        say("What of the other?", BO, part_id("half", 1), 40),
        *posting("gone", 1, sender=ROBIN, minutes=6),
        say("Applied, thanks.", BO, part_id("gone", 0), 30),
    ]
    text = "\n".join(sent_text(sent_report(desk(*mails).stores, days=0), NOW, 100))
    for words in (
        "You are to act (1)",
        "asked by Bo Reviewer 4w; 1 of 2 taken",
        "Taken (1)",
        "by Bo Reviewer, 4w",
        "Reviewed, not taken yet (1)",
        "To remind others of (2)",
        "if no tree has it, consider a resend",
        "Reviews: given to 1 series (2 mails, 2 tags), got on 2 (3 mails, 1 tags)",
    ):
        assert words in text, text
    assert max(map(len, text.splitlines())) <= 100


def test_nothing_posted() -> None:
    report = sent_report(desk(*posting("other", 1)).stores, days=90)
    assert list(sent_text(report, NOW, 100)) == [
        "You posted nothing within 90 days.",
        "",
        "Reviews within 90 days: given to 0 series (0 mails, 0 tags), got on 0 (0 mails, 0 tags)",
    ]
