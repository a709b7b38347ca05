# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a report that somebody has taken care of."""

from __future__ import annotations

import pytest

from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.turn import Turn, Verdict, mail_turn
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic
from tests.build import ADA, BO, DAY, LIST, ME, ROBIN, mail, patch, reply, topics

BUG = mail("[BUG] pebble leaks", "On 6.1, when I mount it.\n", sender=BO, message_id="bug@x")
FIX = patch(
    "[PATCH] pebble: plug it",
    text=f"Why.\n\nCloses: https://lore.kernel.org/r/bug@x\nSigned-off-by: {ADA}\n",
    message_id="fix@x",
    minutes=DAY,
)
BACKPORT = patch(
    "[PATCH 6.1.y] pebble: plug it",
    text=f"Why.\n\nCloses: https://lore.kernel.org/r/bug@x\nSigned-off-by: {ADA}\n",
    message_id="fix61@x",
    minutes=3 * DAY,
)
APPLIED = reply("fix@x", "Applied, thanks.\n", sender=ROBIN, minutes=2 * DAY)


def said(text: str, days: int, sender: str = BO) -> bytes:
    """An answer to the report."""
    return reply("bug@x", text, sender=sender, minutes=days * DAY, subject="Re: [BUG] pebble leaks")


def report(*raws: bytes) -> Topic:
    (found,) = [one for one in topics(*raws) if one.kind is TopicKind.REPORT]
    return found


POSTED = "a fix was posted on 2026-01-06 by Ada Author: pebble: plug it"
TAKEN = "fixed by pebble: plug it, which was taken"


@pytest.mark.parametrize(
    ("raws", "turn", "reason"),
    [
        ([BUG], Turn.ME, "sent on 2026-01-05, no answer yet"),
        ([BUG, FIX], Turn.ME, POSTED),
        ([BUG, FIX, said("It still leaks.\n", 2)], Turn.ME, POSTED),
        ([BUG, FIX, BACKPORT], Turn.ME, POSTED),
        ([BUG, FIX, APPLIED], Turn.NOBODY, TAKEN),
        ([BUG, FIX, APPLIED, said("Is it?\n", 1)], Turn.NOBODY, TAKEN),
        ([BUG, FIX, APPLIED, said(f"Thanks!\n\nTested-by: {BO}\n", 3)], Turn.NOBODY, TAKEN),
        (
            [BUG, FIX, APPLIED, said("It leaks again.\n", 3)],
            Turn.ME,
            "Bo Reviewer wrote last, on 2026-01-08",
        ),
        (
            [BUG, said("#syz invalid\n", 1, ADA)],
            Turn.NOBODY,
            "Ada Author called it invalid on 2026-01-06",
        ),
        (
            [BUG, said("#regzbot dup: https://x.example/y\n", 1, ROBIN)],
            Turn.NOBODY,
            "you called it a duplicate on 2026-01-06",
        ),
        (
            [BUG, said("#syz dup: other\n", 1, ADA), said("#syz undup\n", 2, ADA)],
            Turn.ME,
            "Ada Author wrote last, on 2026-01-07",
        ),
        (
            [BUG, said("#regzbot resolved: gone\n", 1, ADA), said("It is back.\n", 2)],
            Turn.ME,
            "Bo Reviewer wrote last, on 2026-01-07",
        ),
    ],
)
def test_turn(raws: list[bytes], turn: Turn, reason: str) -> None:
    assert mail_turn(report(*raws), ME) == Verdict(turn, reason)


def test_a_report_that_is_tracked_is_a_regression() -> None:
    told = said("#regzbot introduced: v6.0..v6.1\n", 1)
    assert make_row(report(BUG), ME, {}).marks == ()
    assert make_row(report(BUG, told), ME, {}).marks == ("regression",)


def test_it_does_not_matter_to_whom_it_was_sent() -> None:
    assert mail_turn(report(BUG.replace(LIST.encode(), b"other@x.example"), FIX), ME).turn is (
        Turn.ME
    )
