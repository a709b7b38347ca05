# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reply says, without its quotes."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.model.message.message import Says
from maintainer_kit.model.message.tone import tone_of

NOTHING: set[Says] = set()
COMMENT, QUESTION = Says.COMMENT, Says.QUESTION
PROMISE, APPLIED = Says.PROMISE, Says.APPLIED
LOOK, WITHDRAWN, WHOLE, PING = Says.WILL_LOOK, Says.WITHDRAWN, Says.WHOLE, Says.PING


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", NOTHING),
        ("Reviewed-by: Bo <bo@x.example>\n", NOTHING),
        ("Thanks!\n\nReviewed-by: Bo <bo@x.example>\n", NOTHING),
        ("Hi Ada,\n\nthanks\n", NOTHING),
        ("This leaks the buffer.\n", {COMMENT}),
        ("Why not kfree()?\n", {COMMENT, QUESTION}),
        ("> Why not kfree()?\n", NOTHING),
        ("> Why not kfree()?\nBecause it is on the stack.\n", {COMMENT}),
        ("Bo wrote:\n> x\n", NOTHING),
        ("Am 05.01.26 um 10:00 schrieb Bo Reviewer:\n> x\n", NOTHING),
        ("Le lun. 5 janv. 2026, Bo a \u00e9crit :\n> x\n", NOTHING),
        ("On Monday, Bo Reviewer wrote:\n> x\nYes it is.\n", {COMMENT}),
        ("Will fix in v3.\n", {COMMENT, PROMISE}),
        ("I'll send a new version.\n", {COMMENT, PROMISE}),
        ("Good catch, v2 coming.\n", {COMMENT, PROMISE}),
        ("Will you send a v2?\n", {COMMENT, QUESTION}),
        ("Applied, thanks!\n", {COMMENT, APPLIED}),
        ("Both patches applied to for-next.\n", {COMMENT, APPLIED, WHOLE}),
        ("Queued up for 6.3.\n", {COMMENT, APPLIED}),
        ("I've pushed it to next.\n", {COMMENT, APPLIED}),
        ("Applied cleanly here, but crashes.\n", {COMMENT}),
        ("Applied on top of what?\n", {COMMENT, QUESTION}),
        ("Has this been applied?\n", {COMMENT, QUESTION}),
        ("It works.\n-- \nBo\nWhy would I ask below a signature?\n", {COMMENT}),
        ("It works.\n-----Original Message-----\nwhat?\n", {COMMENT}),
    ],
)
def test_tone(text: str, says: set[Says]) -> None:
    assert tone_of(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "Hi Bo,\nThanks for taking care of this!\nAda\n",
        "Many thanks, Bo\n",
        "Great work, thanks!\n",
        "LGTM, thanks\n",
        "Looks good to me.\n",
        "Okay, thanks a lot for your time and the review.\n",
        "Got it. Thanks for your suggestion.\n",
        "No problem.\n\nBest,\nBo\n",
        "You're welcome!\n",
        "[adding fsdevel for awareness]\n",
        "(+Cc linux-fsdevel)\n",
    ],
)
def test_polite_words_say_nothing(text: str) -> None:
    assert tone_of(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Thanks, applied.\n\nThanks,\nBo\n", {APPLIED}),
        ("Thanks for the review, will fix it.\n", {PROMISE}),
        ("Done.\nAda\n", {PROMISE}),
        ("Makes sense.\n", {PROMISE}),
        ("I'll send v2 tomorrow.\n", {PROMISE}),
        ("Ah, okay, will\nrespin.\n", {PROMISE}),
        ("If you like, I can send a v2.\n", NOTHING),
        ("I will do so in the future.\n", NOTHING),
        ("Thanks for the new version.\nIt boots here.\n", NOTHING),
        ("Shall I send a v2?\n", {QUESTION}),
        ("I'll review it tomorrow.\n", {LOOK}),
        ("Sure, this week.\n", {LOOK}),
        ("I will measure first and then think again.\n", {LOOK}),
        ("Will apply later.\n", {LOOK}),
        ("I'll review v2 once it is there.\n", NOTHING),
        ("Let me know whether it boots.\n", NOTHING),
        ("Sorry for the delay, all now queued up.\n", {APPLIED, WHOLE}),
        ("added to the-tree.git for-next since it is a regression\n", {APPLIED}),
        ("The patches are from the list, applied on master.\n", NOTHING),
        ("It does not boot with the patch applied.\n", NOTHING),
        ("Please drop this patch.\n", {WITHDRAWN}),
        ("Sorry, please ignore this series, v2 follows.\n", {WITHDRAWN, WHOLE}),
        ("It does not help, so please disregard this patch.\n", {WITHDRAWN}),
        ("After some thought I plan to drop this patch.\n", {WITHDRAWN}),
        ("Self-NAK, it deadlocks.\n", {WITHDRAWN}),
        ("This is superseded by <x@y>.\n", {WITHDRAWN}),
        ("Please ignore this if it is known.\n", NOTHING),
        ("Could you drop this patch?\n", {QUESTION}),
        ("Please drop this line.\n", NOTHING),
        ("Adding to the list here is racy.\n", NOTHING),
        ("ping\n", {PING}),
        ("Hi all,\n\ngentle ping.\n", {PING}),
        ("Any comments on this series?\n", {PING, QUESTION}),
        ("Ping the server, then mount it.\n", NOTHING),
        ("Is it right that the lock is taken here? It is late", {QUESTION}),
    ],
)
def test_claims(text: str, says: set[Says]) -> None:
    assert tone_of(text) == {COMMENT, *says}


def test_a_sentence_of_a_script_that_parts_no_words() -> None:
    assert tone_of("\u6ca1\u6709\u542f\u7528\u76f4\u63a5\u8bfb\u5199\n") == {Says.COMMENT}
    assert tone_of("\u5f20\u4e09\n") == frozenset()


def test_a_patch_without_a_word() -> None:
    assert tone_of("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n") == {COMMENT}


def test_a_long_mail_is_no_ping() -> None:
    assert PING not in tone_of("ping\n\n" + "It works on all machines that I have here. " * 20)


@pytest.mark.parametrize(
    "text", ["i'll " * 40_000, "w" * 200_000, "a, " * 60_000, "will a b c " * 20_000, ". " * 90_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    begun = time.process_time()
    tone_of(text)
    assert time.process_time() - begun < 1


def test_long_text_is_bounded() -> None:
    assert QUESTION not in tone_of("words\n" * 50_000 + "why?\n")
