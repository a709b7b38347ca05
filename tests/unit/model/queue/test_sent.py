# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of what I posted, and what I may remind others of."""

from __future__ import annotations

import pytest

from maintainer_kit.model.queue.reminder import reminder
from maintainer_kit.model.queue.reviews import Tally, by_quarter, is_review, tally
from maintainer_kit.model.queue.sent import Fate, Sent, sent_by_me
from tests.build import ADA, BO, DAY, ME, ROBIN, START, mail, part_id, posting, read, reply, topic

COVER, FIRST, SECOND = (part_id("foo", n) for n in range(3))
POSTED = posting("foo", 2, sender=ROBIN)
AGAIN = posting("foo", 2, revision=2, sender=ROBIN, parents=[COVER], minutes=2 * DAY)
START_SECONDS = int(START.timestamp())
PULL = mail(
    "[GIT PULL] pebble for 6.9",
    "The following changes since commit 0123456789ab:\n\n  x (2026)\n\n"
    "are available in the Git repository at:\n\n  https://git.example/x tags/y\n",
    sender=ROBIN,
    message_id="pull@x",
)


def say(body: str, sender: str = BO, parent: str = FIRST, minutes: int = 60) -> bytes:
    return reply(parent, body, sender=sender, message_id=f"{minutes}@x", minutes=minutes)


def sent(*raws: bytes) -> Sent:
    found = sent_by_me(topic(*raws), ME)
    assert found is not None
    return found


SITUATIONS: dict[str, tuple[list[bytes], Fate]] = {
    "nothing was said": ([*POSTED], Fate.UNANSWERED),
    "only I wrote": ([*POSTED, say("I forgot to say that it is tested.", ROBIN)], Fate.UNANSWERED),
    "a comment": ([*POSTED, say("This leaks the buffer.")], Fate.CHANGES),
    "a comment that I answered": (
        [*POSTED, say("This leaks the buffer."), say("The caller frees it.", ROBIN, "60@x", 90)],
        Fate.DISCUSSED,
    ),
    "changes that I promised": (
        [*POSTED, say("This leaks the buffer."), say("Will fix in v2.", ROBIN, "60@x", 90)],
        Fate.CHANGES,
    ),
    "a new revision": ([*POSTED, say("This leaks the buffer."), *AGAIN], Fate.UNANSWERED),
    "one of two is reviewed": ([*POSTED, say(f"Reviewed-by: {BO}\n")], Fate.REVIEWED),
    "reviewed and commented": (
        [*POSTED, say(f"Reviewed-by: {BO}\n"), say("This leaks.", ADA, SECOND, 90)],
        Fate.CHANGES,
    ),
    "taken": ([*POSTED, say("Applied, thanks!", parent=COVER)], Fate.TAKEN),
    "half of it is taken": ([*POSTED, say("Applied, thanks!", parent=SECOND)], Fate.DISCUSSED),
    "taken back by me": (
        [*POSTED, say("Please ignore this series.", ROBIN, COVER)],
        Fate.WITHDRAWN,
    ),
    "a pull request": ([PULL], Fate.UNANSWERED),
    "a pull request that is pulled": ([PULL, say("Pulled, thanks.", parent="pull@x")], Fate.TAKEN),
    "a pull request, asked about": (
        [PULL, say("Is this for the next release?", parent="pull@x")],
        Fate.DISCUSSED,
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_fates(situation: str) -> None:
    raws, fate = SITUATIONS[situation]
    assert sent(*raws).fate is fate
    assert sent(*reversed(raws)) == sent(*raws)


def test_what_others_posted_is_not_mine() -> None:
    assert sent_by_me(topic(*posting("foo", 2)), ME) is None
    assert sent_by_me(topic(mail("[BUG] oops", "It crashes.", sender=ROBIN)), ME) is None


def test_who_asked_for_what_and_when() -> None:
    found = sent(
        *POSTED,
        say("This leaks the buffer."),
        say("And this one?", ADA, SECOND, 70),
        say("Good otherwise.", ADA, SECOND, 80),
        say("I'll apply it tomorrow.", ADA, COVER, 85),
        say("The caller frees it.", ROBIN, "60@x", 90),
        say(f"Right.\n\nReviewed-by: {BO}\n", BO, "90@x", 95),
    )
    assert [one.message_id for one in found.requests] == ["70@x", "80@x"]
    assert found.answered == START_SECONDS + 95 * 60
    assert (found.posted, found.moved) == (START_SECONDS, found.answered)


def test_how_much_is_taken_and_by_whom() -> None:
    half = sent(*POSTED, say("Applied, thanks!", parent=SECOND))
    assert (half.taken, half.taken_patches) == (None, 1)
    whole = sent(*POSTED, say("Applied, thanks!", parent=COVER))
    assert whole.taken is not None
    assert (str(whole.taken.submitter), whole.taken_patches) == (BO, 2)


@pytest.mark.parametrize(
    ("raws", "days", "expected"),
    [
        ([*POSTED], 13, ""),
        ([*POSTED], 14, "no answer for 14 days: if no tree has it, consider a ping"),
        (
            [*POSTED],
            50,
            "no answer for 50 days: if no tree has it, consider a resend, on today's tree",
        ),
        ([*POSTED, say("ping", ROBIN, COVER, 10 * DAY)], 20, ""),
        ([*POSTED, say("This leaks the buffer.")], 40, ""),
        (
            [*POSTED, say(f"Reviewed-by: {BO}\n", parent=COVER)],
            30,
            "",  # on a list of mine: I take it myself
        ),
        ([*POSTED, say("Applied, thanks!", parent=COVER)], 40, ""),
        ([PULL, say("Is this for 6.9?", parent="pull@x")], 3, ""),
    ],
)
def test_reminders(raws: list[bytes], days: int, expected: str) -> None:
    assert reminder(sent(*raws), START_SECONDS + days * 86400) == expected


def test_patience_is_a_number_of_days() -> None:
    assert reminder(sent(*POSTED), START_SECONDS + 5 * 86400, 5).startswith("no answer for 5 days")


def test_reviews_are_counted() -> None:
    comment = read(say("This leaks the buffer."))
    tag = read(say(f"Reviewed-by: {BO}\nTested-by: {BO}\n", minutes=100 * DAY))
    thanks, patch = read(say("Thanks!")), read(POSTED[1])
    assert [is_review(one) for one in (comment, tag, thanks, patch)] == [True, True, False, False]
    listed = [("a", comment), ("a", tag), ("b", tag)]
    assert tally(listed) == Tally(2, 3, 4)
    assert by_quarter(listed) == {"2026Q1": Tally(1, 1, 0), "2026Q2": Tally(2, 2, 4)}
    assert tally([]) == Tally()
