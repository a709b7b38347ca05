# SPDX-License-Identifier: GPL-2.0-or-later
"""What others decided about patches, by their mails."""

from __future__ import annotations

from time import perf_counter

import pytest

from maintainer_kit.model.decision.state import DEFAULT_STATES
from maintainer_kit.model.queue.proposal import (
    Proposal,
    latest,
    narrowed,
    noticed,
    proposals_of,
    without,
)
from tests.build import (
    ADA,
    BO,
    DAY,
    ME,
    ROBIN,
    STRANGER,
    mail,
    part_id,
    posting,
    read,
    reply,
    topic,
)

COVER, FIRST, SECOND = (part_id("foo", n) for n in range(3))
POSTED = posting("foo", 2)
BARE = posting("foo", 2, cover=False)
BOT = "patchwork-bot+pebble@kernel.org"
TIP = '"tip-bot2 for Bo" <tip-bot2@linutronix.de>'
URL = "https://git.example/c/0123456789"
BOTH = f"[1/2] step 1\n      {URL}ab\n[2/2] step 2\n      {URL}cd\n"
COMMIT = f"Commit-ID:     {'0123456789' * 4}\nCommitter:     Bo <bo@shale.example>\n"


def say(
    body: str, sender: str = BO, parent: str = COVER, name: str = "said@x", minutes: int = 60
) -> bytes:
    return reply(parent, body, sender=sender, message_id=name, minutes=minutes)


Told = tuple[str, tuple[str, ...]]


def of(mail_id: str, *patches: str) -> Told:
    return mail_id, patches


def found(*raws: bytes) -> list[Told]:
    """Mail and patches of each proposal."""
    proposals = latest(proposals_of(topic(*raws), ME))
    assert all(one.state == "accepted" for one in proposals)
    return [(one.mail.message_id, one.message_ids) for one in proposals]


WHOLE = [of("said@x", FIRST, SECOND)]
SITUATIONS: dict[str, tuple[list[bytes], list[Told]]] = {
    "nothing was said": ([*POSTED], []),
    "a comment": ([*POSTED, say("This leaks.")], []),
    "a person applied the series": ([*POSTED, say("Applied, thanks!")], WHOLE),
    "I applied it": ([*POSTED, say("Applied, thanks!", ROBIN)], WHOLE),
    "the author may not say so": ([*POSTED, say("Applied, thanks!", ADA)], []),
    "below one patch": ([*POSTED, say("Applied, thanks!", parent=SECOND)], [of("said@x", SECOND)]),
    "both, below one patch": ([*POSTED, say("Both applied, thanks!", parent=SECOND)], WHOLE),
    "below the first of two without a cover letter": (
        [*BARE, say("I've applied this patch.", parent=FIRST)],
        [of("said@x", FIRST)],
    ),
    "below the first, with a list of commits": (
        [*BARE, say(f"Applied to for-next.\n\n{BOTH}", parent=FIRST)],
        WHOLE,
    ),
    "a bot for each patch": (
        [*POSTED, say(COMMIT, TIP, FIRST, "1@x"), say(COMMIT, TIP, SECOND, "2@x", 70)],
        [of("1@x", FIRST), of("2@x", SECOND)],
    ),
    "who says it first counts": (
        [
            *POSTED,
            say("Applied.", BO, FIRST, "1@x"),
            say("All applied.", ROBIN, name="2@x", minutes=9),
        ],
        [of("2@x", FIRST, SECOND)],
    ),
    "a question since": (
        [*POSTED, say("Applied, thanks!"), say("Does it build?", ROBIN, SECOND, "2@x", DAY)],
        [],
    ),
    "applied again after a question": (
        [
            *POSTED,
            say("Applied, thanks!"),
            say("Does it build?", ROBIN, SECOND, "2@x", DAY),
            say("Applied again.", name="3@x", minutes=2 * DAY),
        ],
        [of("3@x", FIRST, SECOND)],
    ),
    "said of an older revision": (
        [*POSTED, *posting("foo", 2, revision=2, parents=[COVER], minutes=DAY), say("Applied.")],
        [],
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_series(situation: str) -> None:
    raws, expected = SITUATIONS[situation]
    assert found(*raws) == expected
    assert found(*reversed(raws)) == expected


def test_who_is_no_author_and_not_me_may_say_so() -> None:
    said = topic(*posting("foo", 1, sender=ROBIN), say("Applied.", ROBIN))
    assert len(proposals_of(said, ME)) == 1
    assert proposals_of(said, STRANGER) == []


def test_a_bot_that_lists_fewer_commits_than_patches() -> None:
    said = topic(*POSTED, say(f"This series was applied to x.\n  {URL}ab", BOT))
    (one,) = proposals_of(said, ME)
    assert one.is_subset
    assert narrowed(one, said, {2}).message_ids == (SECOND,)
    assert narrowed(one, said, ()).message_ids == ()


def test_one_that_lists_nothing_is_about_all() -> None:
    said = topic(*POSTED, say("Applied, thanks!"))
    (one,) = proposals_of(said, ME)
    assert narrowed(one, said, ()) == one
    assert narrowed(one, said, {1}).message_ids == (FIRST,)


def test_a_pull_request() -> None:
    asks = mail(
        "[GIT PULL] pebble for 6.9",
        "The following changes since commit 0123456789ab:\n\n  x (2026)\n\n"
        "are available in the Git repository at:\n\n  https://git.example/x tags/y\n",
        message_id="pull@x",
    )
    (one,) = proposals_of(topic(asks, say("Pulled, thanks.", parent="pull@x")), ME)
    assert (one.state, one.message_ids, str(one.by)) == ("accepted", ("pull@x",), BO)
    assert proposals_of(topic(asks), ME) == []


def test_a_report_has_none() -> None:
    report = mail("[BUG] oops", "It crashes.", message_id="bug@x")
    assert proposals_of(topic(report, say("Applied.", parent="bug@x")), ME) == []


def test_what_a_server_says() -> None:
    made = topic(*POSTED)
    notice = read(mail("Patch notification", minutes=DAY))
    told = [
        (FIRST, "Changes Requested"),
        (SECOND, "Superseded"),
        ("other@x", "Rejected"),
        (COVER, "Rejected"),
        (SECOND, "New"),
        (SECOND, "Whatever"),
    ]
    (one,) = noticed(made, notice, told, DEFAULT_STATES)
    assert (one.state, one.message_ids) == ("changes-requested", (FIRST,))


def proposal(state: str, minutes: int, *ids: str) -> Proposal:
    return Proposal(state, ids, read(mail("x", minutes=minutes)))


def test_the_state_in_the_end_is_that_of_who_gave_it_first() -> None:
    early, late = proposal("accepted", 1, "a", "b"), proposal("accepted", 2, "a", "b", "c")
    left = [(one.mail.date, one.message_ids) for one in latest([late, early])]
    assert left == [(early.mail.date, ("a", "b")), (late.mail.date, ("c",))]
    back = proposal("rejected", 3, "a")
    states = {one.state: one.message_ids for one in latest([late, back, early])}
    assert states == {"accepted": ("c",), "rejected": ("a",)}
    assert without(late, ["a"]).message_ids == ("b", "c")


def test_a_flood_of_mails_takes_no_square_of_time() -> None:
    flood = [say("Applied, thanks!", name=f"{n}@x", minutes=60 + n) for n in range(1500)]
    made = topic(*POSTED, *flood, say("Does it build?", ROBIN, COVER, "q@x", 9 * DAY))
    start = perf_counter()
    assert proposals_of(made, ME) == []
    assert perf_counter() - start < 5
