# SPDX-License-Identifier: GPL-2.0-or-later
"""Situations, whose turn they make it, and the words that say why."""

from __future__ import annotations

import pytest

from maintainer_kit.model.queue.turn import Me, Turn, Verdict, mail_turn, overruled
from maintainer_kit.model.topic.topic import Topic
from tests.build import (
    ADA,
    BO,
    DAY,
    ME,
    ROBIN,
    STRANGER,
    mail,
    part_id,
    patch,
    posting,
    reply,
    topic,
)

COVER, FIRST = part_id("foo", 0), part_id("foo", 1)
POSTED = posting("foo", 2)
NEWER = posting("foo", 2, revision=2, minutes=2 * DAY, change="new")
LKP = "lkp <lkp@intel.com>"
TIP = "tip-bot2 <tip-bot2@tip.example>"
COMMIT = f"Commit-ID: {'ab' * 20}\nCommitter: A <a@x>\n"
BO_ADDRESS, ADA_ADDRESS = "bo@shale.example", "ada@quarry.example"


def say(
    body: str,
    sender: str = BO,
    parent: str = FIRST,
    *,
    minutes: int = 60,
    name: str = "said@x",
    to: str = f"{ADA_ADDRESS}, pebblefs@lists.lumen.example",
) -> bytes:
    """Something said about the series."""
    return reply(parent, body, sender=sender, message_id=name, minutes=minutes, to=to)


SERIES: dict[str, tuple[list[bytes], Turn, str]] = {
    "posted to my list": (POSTED, Turn.ME, "posted on 2026-01-05, no answer yet"),
    "a patch is missing": (
        [POSTED[0], POSTED[2]],
        Turn.ME,
        "posted on 2026-01-05, 1/2 is missing",
    ),
    "a bot found something": (
        [*POSTED, say("build fails", LKP)],
        Turn.AUTHOR,
        "kernel test robot reported a problem on 1/2 on 2026-01-05",
    ),
    "a comment of a reviewer": (
        [*POSTED, say("This leaks the buffer.")],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-05",
    ),
    "a comment of mine": (
        [*POSTED, say("This leaks the buffer.", ROBIN)],
        Turn.AUTHOR,
        "you commented on 1/2 on 2026-01-05",
    ),
    "a comment with a review trailer": (
        [*POSTED, say(f"A nit, no need to resend.\n\nReviewed-by: {BO}\n")],
        Turn.ME,
        "posted: Reviewed-by given, nothing open",
    ),
    "a question with a review trailer": (
        [*POSTED, say(f"Could this ever be null here?\n\nReviewed-by: {BO}\n")],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-05",
    ),
    "a bare trailer": (
        [*POSTED, say(f"Acked-by: {BO}\n")],
        Turn.ME,
        "posted: Acked-by given, nothing open",
    ),
    "thanks only": (
        [*POSTED, say("Thanks!\n")],
        Turn.ME,
        "posted on 2026-01-05, no answer yet",
    ),
    "the author answered a reviewer": (
        [
            *POSTED,
            say("This leaks the buffer."),
            say("It is freed by the caller.", ADA, "said@x", minutes=90, name="2@x"),
        ],
        Turn.ME,
        "the author answered Bo Reviewer on 1/2 on 2026-01-05",
    ),
    "the author answered me": (
        [
            *POSTED,
            say("Does this leak the buffer?", ROBIN),
            say("It is freed by the caller.", ADA, "said@x", minutes=90, name="2@x"),
        ],
        Turn.ME,
        "the author answered you on 1/2 on 2026-01-05",
    ),
    "the author announced a new revision": (
        [
            *POSTED,
            say("This leaks the buffer.", ROBIN),
            say("Right, will fix in v2.", ADA, "said@x", minutes=90, name="2@x"),
        ],
        Turn.AUTHOR,
        "the author announced changes on 2026-01-05",
    ),
    "the author asks nobody in particular": (
        [*POSTED, say("Any comments on this series?", ADA, COVER)],
        Turn.ME,
        "the author asks for an answer (ping) since 2026-01-05",
    ),
    "one of two comments is answered": (
        [
            *POSTED,
            say("This leaks the buffer.", BO, name="1@x"),
            say("And this is racy here.", ROBIN, minutes=70, name="2@x"),
            say("It is freed by the caller.", ADA, "1@x", minutes=80, name="3@x"),
            say(f"Reviewed-by: {BO}\n", BO, "3@x", minutes=90, name="4@x"),
        ],
        Turn.AUTHOR,
        "you commented on 1/2 on 2026-01-05",
    ),
    "I said that I would look": (
        [*POSTED, say("I will have a look at it next week.", ROBIN)],
        Turn.ME,
        "you said on 2026-01-05 that you would look at it",
    ),
    "a reviewer said to look": (
        [*POSTED, say("I'll review it tomorrow.", BO)],
        Turn.REVIEWER,
        "Bo Reviewer said to look at it, 2026-01-05",
    ),
    "a reviewer asks me": (
        [
            *POSTED,
            say(
                "Robin, which of the two do you prefer?",
                to="Robin <robin@lumen.example>, pebblefs@lists.lumen.example",
            ),
        ],
        Turn.ME,
        "Bo Reviewer asks you on 1/2 on 2026-01-05",
    ),
    "I asked another reviewer": (
        [*POSTED, say("Bo, could you test this on hardware?", ROBIN, to=BO)],
        Turn.REVIEWER,
        "you asked Bo on 1/2 on 2026-01-05",
    ),
    "applied": (
        [*POSTED, say("Applied to for-next, thanks!", ROBIN, COVER)],
        Turn.NOBODY,
        "you wrote on 2026-01-05 that it is applied",
    ),
    "applied by another": (
        [*POSTED, say("Both applied, thanks!", BO, COVER)],
        Turn.NOBODY,
        "Bo Reviewer wrote on 2026-01-05 that it is applied",
    ),
    "applied, then asked about": (
        [
            *POSTED,
            say("Applied, thanks!", ROBIN, COVER),
            say("Does this not break old images?", BO, minutes=DAY, name="2@x"),
        ],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-06",
    ),
    "the author says applied": (
        [*POSTED, say("Applied the remark of Bo here.", ADA)],
        Turn.ME,
        "the author wrote last on 1/2 on 2026-01-05",
    ),
    "a bot names the commit": (
        [*POSTED, say(COMMIT, TIP), say(COMMIT, TIP, part_id("foo", 2), name="2@x")],
        Turn.NOBODY,
        "tip-bot names the commit that it became",
    ),
    "a commit mail answers": (
        [*POSTED, say(COMMIT, "Git <git@x.example>", COVER)],
        Turn.NOBODY,
        "a notification names the commit that it became",
    ),
    "a report after the landing": (
        [
            *POSTED,
            say(COMMIT, TIP, COVER),
            say("This breaks the mount of old images.", BO, minutes=DAY, name="2@x"),
        ],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-06",
    ),
    "a new revision": (
        [*POSTED, *NEWER],
        Turn.ME,
        "v2 of 2026-01-07 has no answer yet",
    ),
    "a new revision answers a reviewer": (
        [*POSTED, say("This leaks the buffer."), *NEWER],
        Turn.ME,
        "v2 of 2026-01-07 has no answer yet",
    ),
    "a new revision answers me": (
        [*POSTED, say("This leaks the buffer.", ROBIN), *NEWER],
        Turn.ME,
        "v2 of 2026-01-07 answers your comment on 1/2 of v1",
    ),
    "a new revision is incomplete": (
        [*POSTED, *NEWER[:2]],
        Turn.ME,
        "v2 of 2026-01-07, 2/2 is missing",
    ),
    "the new revision is reviewed": (
        [*POSTED, *NEWER, say(f"Tested-by: {BO}\n", BO, part_id("foo", 0, 2), minutes=3 * DAY)],
        Turn.ME,
        "v2: Tested-by given, nothing open",
    ),
    "only an old revision is talked about": (
        [*POSTED, *NEWER, say("Still leaks here.", BO, FIRST, minutes=3 * DAY)],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 of v1 on 2026-01-08",
    ),
}


@pytest.mark.parametrize("situation", SERIES)
def test_series_on_my_list(situation: str) -> None:
    raws, turn, reason = SERIES[situation]
    assert mail_turn(topic(*raws), ME) == Verdict(turn, reason)


ELSEWHERE = {
    "posted to my list": Turn.REVIEWER,
    "a patch is missing": Turn.REVIEWER,
    "a comment of a reviewer": Turn.AUTHOR,
    "a bare trailer": Turn.REVIEWER,
    "the author answered a reviewer": Turn.REVIEWER,
    "the author announced a new revision": Turn.AUTHOR,
    "applied by another": Turn.NOBODY,
    "a new revision": Turn.REVIEWER,
}


@pytest.mark.parametrize(("situation", "turn"), ELSEWHERE.items())
def test_series_that_are_none_of_my_business(situation: str, turn: Turn) -> None:
    assert mail_turn(topic(*SERIES[situation][0]), STRANGER).turn is turn


def mine() -> list[bytes]:
    """A series that I posted to my own list."""
    return posting("foo", 1, sender=ROBIN)


@pytest.mark.parametrize(
    ("more", "turn", "reason"),
    [
        ([], Turn.REVIEWER, "posted on 2026-01-05, no answer yet"),
        (
            [say("This leaks the buffer.", to=ROBIN)],
            Turn.ME,
            "Bo Reviewer commented on your series on 2026-01-05",
        ),
        (
            [say(f"Reviewed-by: {BO}\n")],
            Turn.ME,
            "posted: Reviewed-by given, nothing open",
        ),
        (
            [
                say("This leaks the buffer."),
                say("It is freed by the caller.", ROBIN, "said@x", minutes=90, name="2@x"),
            ],
            Turn.REVIEWER,
            "you answered Bo Reviewer on 2026-01-05",
        ),
        (
            posting("foo", 1, revision=2, sender=ROBIN, minutes=DAY),
            Turn.REVIEWER,
            "v2 of 2026-01-06 has no answer yet",
        ),
    ],
)
def test_my_own_series(more: list[bytes], turn: Turn, reason: str) -> None:
    assert mail_turn(topic(*mine(), *more), ME) == Verdict(turn, reason)


def test_my_own_answers_to_my_series_are_no_comments_of_mine() -> None:
    raws = [*mine(), say("One more thought here.", ROBIN)]
    newer = posting("foo", 1, revision=2, sender=ROBIN, minutes=DAY)
    assert mail_turn(topic(*raws, *newer), ME).turn is Turn.REVIEWER


def test_put_to_me_by_name() -> None:
    raws = [patch("[PATCH] foo", to="elsewhere@lists.x.example, Robin <Robin@lumen.example>")]
    assert mail_turn(topic(*raws), ME).turn is Turn.ME


def report(*more: bytes, to: str = "pebblefs@lists.lumen.example") -> Topic:
    """A bug report with answers."""
    return topic(mail("[BUG] oops in foo", "It crashes.", message_id="r@x", to=to), *more)


def pull(*more: bytes) -> Topic:
    """A pull request with answers."""
    body = "The following changes since commit 1234567890ab:\n"
    return topic(mail("[GIT PULL] fixes", body, message_id="r@x"), *more)


def talk(*more: bytes, body: str = "An idea.", to: str = "pebblefs@lists.lumen.example") -> Topic:
    """A discussion with answers."""
    return topic(mail("What next?", body, message_id="r@x", to=to), *more)


def answer(body: str, sender: str = BO, **more: str) -> bytes:
    """An answer to the first mail of a thread."""
    return reply("r@x", body, sender=sender, to=more.get("to", ADA))


THREADS: dict[str, tuple[Topic, Turn, str]] = {
    "a report on my list": (report(), Turn.ME, "sent on 2026-01-05, no answer yet"),
    "a report elsewhere": (
        report(to="other@lists.x.example"),
        Turn.REVIEWER,
        "sent on 2026-01-05, no answer yet",
    ),
    "I asked the reporter": (
        report(answer("Which version is it?", ROBIN)),
        Turn.AUTHOR,
        "you wrote last, on 2026-01-05",
    ),
    "another asked the reporter": (
        report(answer("Which version is it?", to=ADA)),
        Turn.AUTHOR,
        "Bo Reviewer asked on 2026-01-05",
    ),
    "another asked me": (
        report(answer("Robin, is this known already?", to=ROBIN)),
        Turn.ME,
        "Bo Reviewer asks you by name, on 2026-01-05",
    ),
    "the reporter gave more": (
        report(answer("It is version 6.1, log below.", ADA)),
        Turn.ME,
        "Ada Author wrote last, on 2026-01-05",
    ),
    "a pull request": (pull(), Turn.ME, "sent on 2026-01-05, no answer yet"),
    "pulled": (
        pull(answer("Pulled, thanks!", ROBIN)),
        Turn.NOBODY,
        "you pulled it on 2026-01-05",
    ),
    "pulled by another": (
        pull(answer("Pulled, thanks!")),
        Turn.NOBODY,
        "Bo Reviewer pulled it on 2026-01-05",
    ),
    "its tracker answered": (
        pull(answer("has been merged:\nhttps://git.example/t/c/0123456789ab\n",
                    "pr-tracker-bot@kernel.org")),
        Turn.NOBODY,
        "pr-tracker-bot says that it was pulled",
    ),
    "talk": (talk(), Turn.NOBODY, "Ada Author wrote last, on 2026-01-05"),
    "talk of mine": (
        talk(answer("Good idea, go on.", ROBIN)),
        Turn.NOBODY,
        "you wrote last, on 2026-01-05",
    ),
    "a question to my list": (
        talk(body="Where is the format written down?"),
        Turn.ME,
        "Ada Author asks, on 2026-01-05",
    ),
    "a question to another list": (
        talk(body="Where is the format written down?", to="other@lists.x.example"),
        Turn.NOBODY,
        "Ada Author wrote last, on 2026-01-05",
    ),
    "a question to me in the thread": (
        talk(answer("What do you think of it, Robin?", to=ROBIN)),
        Turn.ME,
        "Bo Reviewer asks you by name, on 2026-01-05",
    ),
    "a question to somebody else": (
        talk(answer("What do you think of it, Ada?", to=ADA)),
        Turn.NOBODY,
        "Bo Reviewer wrote last, on 2026-01-05",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", THREADS)
def test_threads(situation: str) -> None:
    found, turn, reason = THREADS[situation]
    assert mail_turn(found, ME) == Verdict(turn, reason)


def test_my_own_report() -> None:
    found = topic(mail("[BUG] oops in foo", "It crashes.", sender=ROBIN))
    assert mail_turn(found, ME) == Verdict(Turn.REVIEWER, "you wrote last, on 2026-01-05")


def test_a_series_whose_date_nobody_knows() -> None:
    raws = [raw.replace(b"Date: ", b"X-Date: ") for raw in POSTED]
    assert mail_turn(topic(*raws), ME).reason == "posted on unknown date, no answer yet"


def test_nobody_said_who_i_am() -> None:
    assert mail_turn(topic(*POSTED), Me(frozenset())).turn is Turn.REVIEWER


BY_MAIL = Verdict(Turn.ME, "by mail")


@pytest.mark.parametrize(
    ("state", "archived", "verdict"),
    [
        ("new", False, BY_MAIL),
        ("under-review", False, BY_MAIL),
        ("rfc", False, BY_MAIL),
        ("of-a-newer-mkit", False, BY_MAIL),
        ("new", True, Verdict(Turn.NOBODY, "archived")),
        ("accepted", True, Verdict(Turn.NOBODY, "archived")),
        ("changes-requested", False, Verdict(Turn.AUTHOR, "changes requested")),
        ("accepted", False, Verdict(Turn.NOBODY, "accepted: decided")),
        ("rejected", False, Verdict(Turn.NOBODY, "rejected: decided")),
        ("deferred", False, Verdict(Turn.NOBODY, "deferred: decided")),
        ("awaiting-upstream", False, Verdict(Turn.NOBODY, "awaiting-upstream: decided")),
    ],
)
def test_decisions_overrule(state: str, archived: bool, verdict: Verdict) -> None:
    assert overruled(BY_MAIL, state, archived) == verdict
