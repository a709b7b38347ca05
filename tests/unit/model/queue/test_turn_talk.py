# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is after longer talk: questions, calls, promises, pings, what was taken back."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from maintainer_kit.model.queue.turn import Me, Turn, Verdict, mail_turn
from maintainer_kit.model.topic.topic import FollowUp, Relation
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
    read,
    reply,
    topic,
)

COVER, FIRST, SECOND = (part_id("foo", n) for n in range(3))
POSTED = posting("foo", 2)
CY = "Cy Kaminsky <cy@basalt.example>"
LKP = "lkp <lkp@intel.com>"
ASKED = "Can one overflow here?\n\nIs two racy?\n\nWhy is three needed at all?\n"
SOME = (
    "> Can one overflow here?\nNo, it is checked above.\n\n"
    "> Is two racy?\n> Why is three needed at all?\n"
)
TO_ADA = "ada@quarry.example, pebblefs@lists.lumen.example"


def say(body: str, sender: str = BO, parent: str = FIRST, *, at: int, to: str = TO_ADA) -> bytes:
    """Something said about the series ``at`` minutes; known as ``AT@x``."""
    return reply(parent, body, sender=sender, message_id=f"{at}@x", minutes=at, to=to)


TALKS: dict[str, tuple[list[bytes], Turn, str]] = {
    "one of three questions is answered": (
        [*POSTED, say(ASKED, at=60), say(SOME + "\n", ADA, "60@x", at=70)],
        Turn.AUTHOR,
        "Bo Reviewer asked on 1/2 on 2026-01-05: 1 of 3 questions answered",
    ),
    "the other two are answered later": (
        [
            *POSTED,
            say(ASKED, at=60),
            say(SOME, ADA, "60@x", at=70),
            say("> Is two racy?\nNo.\n> Why is three needed at all?\nFor old images.\n",
                ADA, "60@x", at=80),
        ],
        Turn.ME,
        "the author answered Bo Reviewer on 1/2 on 2026-01-05",
    ),
    "answered above the quote": (
        [*POSTED, say(ASKED, at=60), say("All three are of the caller.", ADA, "60@x", at=70)],
        Turn.ME,
        "the author answered Bo Reviewer on 1/2 on 2026-01-05",
    ),
    "who asked went on and is content": (
        [
            *POSTED,
            say(ASKED, at=60),
            say(SOME, ADA, "60@x", at=70),
            say("I see, thanks!", BO, "70@x", at=80),
        ],
        Turn.ME,
        "the author answered Bo Reviewer on 1/2 on 2026-01-05",
    ),
    "somebody else answers the question": (
        [
            *POSTED,
            say("Can one overflow here?", at=60),
            say("> Can one overflow here?\nNo, never.", CY, "60@x", at=70, to=BO),
        ],
        Turn.ME,
        "Cy Kaminsky wrote last on 1/2 on 2026-01-05",
    ),
    "a comment, then the tag of who made it": (
        [
            *POSTED,
            say("Please rename it.", at=60),
            say(f"Fine as it is.\n\nReviewed-by: {BO}\n", BO, at=70),
        ],
        Turn.ME,
        "posted: Reviewed-by given, nothing open",
    ),
    "thanks do not answer a comment": (
        [*POSTED, say("Please rename it.", at=60), say("Thanks!", ADA, "60@x", at=70)],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-05",
    ),
    "thanks for a tag move nothing": (
        [
            *POSTED,
            say(f"Reviewed-by: {BO}\n", BO, COVER, at=60),
            say("Thanks a lot for the quick review!", ADA, "60@x", at=70),
        ],
        Turn.ME,
        "posted: Reviewed-by given, nothing open",
    ),
    "an out-of-office answer moves nothing": (
        [
            *POSTED,
            mail("Automatic reply: [PATCH 1/2] foo", "Back on Monday. Is it urgent?", sender=BO,
                 parents=[FIRST], minutes=60),
        ],
        Turn.ME,
        "posted on 2026-01-05, no answer yet",
    ),
    "I am called by name": (
        [*POSTED, say("Looks right. Robin, can you take this?", at=60)],
        Turn.ME,
        "Bo Reviewer asks you on 1/2 on 2026-01-05",
    ),
    "I was called and answered": (
        [
            *POSTED,
            say("Robin, can you take this?", at=60),
            say("Not before it is tested.", ROBIN, "60@x", at=70),
        ],
        Turn.AUTHOR,
        "you commented on 1/2 on 2026-01-05",
    ),
    "another is called, by an address in Cc": (
        [*POSTED, say("Cy, could you test this?", ROBIN, at=60, to=f"{TO_ADA}, {CY}")],
        Turn.REVIEWER,
        "you asked Cy on 1/2 on 2026-01-05",
    ),
    "another is called and the author answers in between": (
        [
            *POSTED,
            say("Cy, does it meet your work?", ROBIN, at=60, to=f"{TO_ADA}, {CY}"),
            say("> Cy, does it meet your work?\nIt does not, I think.", ADA, "60@x", at=70),
        ],
        Turn.REVIEWER,
        "you asked Cy on 1/2 on 2026-01-05",
    ),
    "another is called and promises": (
        [
            *POSTED,
            say("Cy, could you test this?", BO, at=60, to=f"{TO_ADA}, {CY}"),
            say("Sure, this week.", CY, "60@x", at=70),
        ],
        Turn.REVIEWER,
        "Cy Kaminsky said to look at it, 2026-01-05",
    ),
    "the author is called like one of the others": (
        [*POSTED, say("Ada, could you split this?", at=60)],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-05",
    ),
    "the author is called together with another": (
        [*POSTED, say("Hi Ada and Cy,\n\ndoes this sleep?", at=60, to=f"{TO_ADA}, {CY}")],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-05",
    ),
    "only greeted": (
        [*POSTED, say("Hi Cy,\n\nit does not sleep, I think.", at=60, to=f"{TO_ADA}, {CY}")],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-05",
    ),
    "who got the promise approves it as it is": (
        [
            *POSTED,
            say("Shall the tools say so too?", ROBIN, COVER, at=60),
            say("Ok, I will update them later.", ADA, "60@x", at=70),
            say(f"Acked-by: {ROBIN}\n", ROBIN, COVER, at=80),
        ],
        Turn.ME,
        "posted: Acked-by given, nothing open",
    ),
    "chat after an approval": (
        [
            *POSTED,
            say(f"Reviewed-by: {BO}\n", BO, COVER, at=60),
            say("The tag comes too late for this tree, sorry for that.", ADA, "60@x", at=70),
            say("It does not matter, it was my fault.", BO, "70@x", at=80),
        ],
        Turn.ME,
        "posted: Reviewed-by given, nothing open",
    ),
    "one goes on below one's own answer to an approval": (
        [
            *POSTED,
            say(f"Reviewed-by: {BO}\n", BO, COVER, at=50),
            say(f"Reviewed-by: {CY}\n", CY, COVER, at=60),
            say("It works for me on small machines, as you say.", BO, "60@x", at=70),
            say("I think the patch is good, and the numbers are, too.", BO, "70@x", at=80),
        ],
        Turn.ME,
        "posted: Reviewed-by given, nothing open",
    ),
    "reviewers among themselves": (
        [
            *POSTED,
            say(f"Reviewed-by: {CY}\n", CY, COVER, at=60),
            say("You have seen that it sleeps?", BO, "60@x", at=70, to=CY),
        ],
        Turn.REVIEWER,
        "Bo Reviewer asked Cy Kaminsky on 2026-01-05",
    ),
    "a reviewer asks me by answering me": (
        [
            *POSTED,
            say(f"Acked-by: {ROBIN}\n", ROBIN, COVER, at=60),
            say("Have you seen that it sleeps?", BO, "60@x", at=70, to=ROBIN),
        ],
        Turn.ME,
        "Bo Reviewer asks you on 2026-01-05",
    ),
    "the author asks back": (
        [
            *POSTED,
            say("Please rename it.", ROBIN, at=60),
            say("To what?", ADA, "60@x", at=70),
        ],
        Turn.ME,
        "the author asks you on 1/2 on 2026-01-05",
    ),
    "a promise stands, whatever is said after it": (
        [
            *POSTED,
            say("Please rename it.", ROBIN, at=60),
            say("Will do in v2.", ADA, "60@x", at=70),
            say(f"Reviewed-by: {BO}\n", BO, SECOND, at=80),
        ],
        Turn.AUTHOR,
        "the author announced changes on 2026-01-05",
    ),
    "I promised to apply it": (
        [*POSTED, say("Looks good, will apply later.", ROBIN, COVER, at=60)],
        Turn.ME,
        "you said on 2026-01-05 that you would look at it",
    ),
    "a nack": (
        [*POSTED, say(f"Nacked-by: {BO}\n\nNot like this.\n", BO, COVER, at=60)],
        Turn.AUTHOR,
        "Bo Reviewer said no (Nacked-by) on 2026-01-05",
    ),
    "withdrawn": (
        [*POSTED, say("Please ignore this series, it deadlocks.", ADA, COVER, at=60)],
        Turn.NOBODY,
        "withdrawn by its author on 2026-01-05",
    ),
    "superseded": (
        [*POSTED, say("Superseded by <other@x>.", ADA, COVER, at=60)],
        Turn.NOBODY,
        "withdrawn by its author on 2026-01-05",
    ),
    "one of two patches is withdrawn": (
        [*POSTED, say("Please drop this patch.", ADA, SECOND, at=60)],
        Turn.ME,
        "the author wrote last on 2/2 on 2026-01-05",
    ),
    "a reviewer wants it dropped": (
        [*POSTED, say("Please drop this patch.", BO, COVER, at=60)],
        Turn.AUTHOR,
        "Bo Reviewer commented on 2026-01-05",
    ),
    "one of two patches is applied": (
        [*POSTED, say("Applied, thanks!", ROBIN, SECOND, at=60)],
        Turn.ME,
        "you wrote last on 2/2 on 2026-01-05",
    ),
    "both are applied, said below one": (
        [*POSTED, say("Both applied, thanks!", ROBIN, SECOND, at=60)],
        Turn.NOBODY,
        "you wrote on 2026-01-05 that it is applied",
    ),
    "a tag and thanks after it was applied": (
        [
            *POSTED,
            say("Applied, thanks!", ROBIN, COVER, at=60),
            say("Thanks!", ADA, "60@x", at=70),
            say(f"Tested-by: {BO}\n", BO, COVER, at=80),
        ],
        Turn.NOBODY,
        "you wrote on 2026-01-05 that it is applied",
    ),
    "a question after it was applied, and its answer": (
        [
            *POSTED,
            say("Applied, thanks!", ROBIN, COVER, at=60),
            say("Which branch is it in?", CY, "60@x", at=70, to=ROBIN),
            say("In for-next.", ROBIN, "70@x", at=80, to=CY),
        ],
        Turn.NOBODY,
        "you wrote on 2026-01-05 that it is applied",
    ),
    "a report after it was applied": (
        [
            *POSTED,
            say("Applied, thanks!", ROBIN, COVER, at=60),
            say("This breaks the mount of old images.", CY, FIRST, at=DAY),
        ],
        Turn.AUTHOR,
        "Cy Kaminsky commented on 1/2 on 2026-01-06",
    ),
    "a bot found something after the review": (
        [
            *POSTED,
            say(f"Reviewed-by: {BO}\n", BO, COVER, at=60),
            say("error: implicit declaration", LKP, FIRST, at=70),
        ],
        Turn.AUTHOR,
        "kernel test robot reported a problem on 1/2 on 2026-01-05",
    ),
    "what the bot found is answered": (
        [
            *POSTED,
            say("error: implicit declaration", LKP, FIRST, at=60),
            say("That is of another patch in this tree.", ADA, "60@x", at=70),
        ],
        Turn.ME,
        "the author wrote last on 1/2 on 2026-01-05",
    ),
    "the author pings": (
        [
            *POSTED,
            say("Friendly ping.", ADA, COVER, at=DAY),
            say("ping", ADA, COVER, at=2 * DAY),
        ],
        Turn.ME,
        "the author asks for an answer (ping) since 2026-01-06",
    ),
    "the author pings whom he answered": (
        [
            *POSTED,
            say("Please rename it.", ROBIN, at=60),
            say("ping", ADA, "60@x", at=DAY),
        ],
        Turn.ME,
        "the author asks for an answer (ping) since 2026-01-06",
    ),
    "an RFC that is liked": (
        [
            *posting("foo", 2, prefix="RFC PATCH"),
            say(f"Acked-by: {BO}\n", BO, COVER, at=60),
        ],
        Turn.AUTHOR,
        "RFC posted: Acked-by given, nothing open",
    ),
    "sent again after comments without any change": (
        [
            *POSTED,
            say("This leaks the buffer.", at=60),
            *[one.replace(b"-v1-", b"-r-").replace(b"[PATCH ", b"[PATCH RESEND ")
              for one in posting("foo", 2, minutes=3 * DAY)],
        ],
        Turn.AUTHOR,
        "Bo Reviewer commented on 1/2 on 2026-01-05",
    ),
    "sent again because nobody answered": (
        [
            *POSTED,
            *[one.replace(b"-v1-", b"-r-").replace(b"[PATCH ", b"[PATCH RESEND ")
              for one in posting("foo", 2, minutes=3 * DAY)],
        ],
        Turn.ME,
        "resent on 2026-01-08, no answer yet",
    ),
    "a new revision after I only approved the old one": (
        [
            *POSTED,
            say(f"Reviewed-by: {ROBIN}\n", ROBIN, COVER, at=60),
            *posting("foo", 2, revision=2, minutes=2 * DAY, change="new"),
        ],
        Turn.ME,
        "v2 of 2026-01-07 has no answer yet",
    ),
    "a new revision answers several comments of mine": (
        [
            *POSTED,
            say("This leaks.", ROBIN, FIRST, at=60),
            say("This is racy here.", ROBIN, SECOND, at=70),
            *posting("foo", 2, revision=2, minutes=2 * DAY, change="new"),
        ],
        Turn.ME,
        "v2 of 2026-01-07 answers your comments on v1",
    ),
    "proposed for a stable tree by a machine": (
        [patch("[PATCH AUTOSEL 6.1 3/30] pebble: fix foo")],
        Turn.NOBODY,
        "proposed for a stable tree on 2026-01-05, no objection yet",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", TALKS)
def test_talk_about_a_series_on_my_list(situation: str) -> None:
    raws, turn, reason = TALKS[situation]
    assert mail_turn(topic(*raws), ME) == Verdict(turn, reason)


@pytest.mark.parametrize("situation", TALKS)
def test_no_order_of_arrival_matters(situation: str) -> None:
    raws, turn, reason = TALKS[situation]
    mixed = list(raws)
    random.Random(situation).shuffle(mixed)
    assert mail_turn(topic(*mixed), ME) == Verdict(turn, reason)


def test_the_author_writes_from_another_address() -> None:
    other = "Ada Author <ada@home.example>"
    raws = [*POSTED, say("This leaks.", at=60), say("It does not.", other, "60@x", at=70)]
    found = mail_turn(topic(*raws), ME)
    assert found == Verdict(Turn.ME, "the author answered Bo Reviewer on 1/2 on 2026-01-05")


def test_called_by_a_name_that_is_in_no_address() -> None:
    me = Me(frozenset({"rm@lumen.example"}), ME.lists, names=("Robin Maintainer",))
    raws = [*POSTED, say("Maintainer, Robin, can you take this?", at=60)]
    assert mail_turn(topic(*raws), me).turn is Turn.ME
    nobody = Me(frozenset({"rm@lumen.example"}), ME.lists)
    assert mail_turn(topic(*raws), nobody).turn is Turn.AUTHOR


def test_somebody_else_is_asked_to_take_it() -> None:
    to = f"Cy <{CY.rpartition('<')[2]}"
    cc = {"Cc": "Robin <robin@lumen.example>, pebblefs@lists.lumen.example"}
    posted = patch("[PATCH] foo", message_id="p@x", to=to, headers=cc)
    assert mail_turn(topic(posted), ME).turn is Turn.ME
    acked = say(f"Acked-by: {ROBIN}\n", ROBIN, "p@x", at=60)
    assert mail_turn(topic(posted, acked), ME) == Verdict(
        Turn.REVIEWER, "posted: Acked-by given, nothing open"
    )
    by_list = patch("[PATCH] foo", to=to, headers={"Cc": "pebblefs@lists.lumen.example"})
    assert mail_turn(topic(by_list), ME).turn is Turn.REVIEWER
    assert mail_turn(topic(by_list), STRANGER).turn is Turn.REVIEWER


def mine(*more: bytes) -> Verdict:
    """The verdict on a series of mine on my list."""
    return mail_turn(topic(*posting("foo", 2, sender=ROBIN), *more), ME)


def test_a_series_of_mine_that_is_wholly_reviewed_is_mine_to_take() -> None:
    one = say(f"Reviewed-by: {BO}\n", at=60)
    both = [one, say(f"Reviewed-by: {BO}\n", BO, SECOND, at=70)]
    assert mine(one).turn is Turn.REVIEWER
    assert mine(*both) == Verdict(Turn.ME, "posted: Reviewed-by given, nothing open")


def test_my_own_promise_is_mine_to_keep() -> None:
    asked = say("Please rename it.", at=60, to=ROBIN)
    promised = say("Will do in v2.", ROBIN, "60@x", at=70, to=BO)
    assert mine(asked, promised) == Verdict(Turn.ME, "you announced changes on 2026-01-05")


def test_bots_complain_to_me_about_mine() -> None:
    assert mine(say("error: no such symbol", LKP, at=60)).turn is Turn.ME


def test_a_series_that_went_on_in_another() -> None:
    found = replace(topic(*POSTED), relations=(Relation("merged-into", "whole@x"),))
    assert mail_turn(found, ME) == Verdict(Turn.NOBODY, "went on in another series: whole@x")


def test_fifty_thousand_replies_take_linear_time() -> None:
    base = topic(*POSTED)
    text = "> Why?\nRobin, is this so? And that?\nBecause.\n"
    one = read(reply(FIRST, text, sender=BO))
    author = base.root.submitter

    def talk(count: int) -> float:
        ids = [f"{n}@x" for n in range(count)]
        found = tuple(
            FollowUp(
                replace(
                    one,
                    message_id=ids[n],
                    parents=(*reversed(ids[max(0, n - 40) : n]), FIRST),
                    date=one.date + n,
                    submitter=author if n % 2 else one.submitter,
                ),
                FIRST,
            )
            for n in range(count)
        )
        begun = time.process_time()
        assert mail_turn(replace(base, follow_ups=found), ME).turn is Turn.ME
        return time.process_time() - begun

    talk(500)
    assert talk(16_000) < 12 * max(talk(4_000), 0.05)
