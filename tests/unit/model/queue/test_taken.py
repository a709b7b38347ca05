# SPDX-License-Identifier: GPL-2.0-or-later
"""When a series counts as taken, and whose turn it is then."""

from __future__ import annotations

import pytest

from maintainer_kit.model.queue.taken import pulled_by
from maintainer_kit.model.queue.turn import Turn, mail_turn
from tests.build import ADA, BO, DAY, ME, ROBIN, mail, part_id, posting, reply, topic

COVER, FIRST, SECOND = (part_id("foo", n) for n in range(3))
BOT = "patchwork-bot+pebble@kernel.org"
URL = "https://git.example/c/0123456789"
BOTH = f"Applied to for-next.\n\n[1/2] step 1\n      {URL}ab\n[2/2] step 2\n      {URL}cd\n"


def say(
    body: str,
    sender: str = BO,
    parent: str = COVER,
    minutes: int = 60,
    subject: str = "Re: [PATCH 0/2] foo",
) -> bytes:
    name = f"{minutes}@x"
    return reply(parent, body, sender=sender, message_id=name, minutes=minutes, subject=subject)


SITUATIONS: dict[str, tuple[bool, list[bytes], bool]] = {
    "a person, below the cover letter": (True, [say("Applied, thanks!")], True),
    "one link is no list": (True, [say(f"Applied, thanks!\n\n{URL}ab\n")], True),
    "by name only a subset": (
        True,
        [say(f"Applied.\n\n{URL}ab\n", subject="Re: (subset) [PATCH 0/2] foo")],
        False,
    ),
    "a bot that lists one commit of two": (True, [say(f"Applied.\n\n{URL}ab\n", BOT)], False),
    "a bot that lists both": (True, [say(BOTH, BOT)], True),
    "below the first patch only": (False, [say("Applied, thanks!", parent=FIRST)], False),
    "below each patch": (
        False,
        [say("Applied.", parent=FIRST), say("Applied.", parent=SECOND, minutes=70)],
        True,
    ),
    "below the first patch with both commits": (False, [say(BOTH, parent=FIRST)], True),
    "all, below the last patch": (False, [say("All applied, thanks!", parent=SECOND)], True),
    "a second person took it too": (
        True,
        [say("Applied, thanks!", ROBIN), say(f"Applied here too.\n\n{URL}ab\n", minutes=DAY)],
        True,
    ),
    "then a report": (
        True,
        [say("Applied, thanks!"), say("This breaks old images.", ROBIN, SECOND, DAY)],
        False,
    ),
    "its author says so": (True, [say("Applied, thanks!", ADA)], False),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_series(situation: str) -> None:
    cover, said, taken = SITUATIONS[situation]
    verdict = mail_turn(topic(*posting("foo", 2, cover=cover), *said), ME)
    assert (verdict.turn is Turn.NOBODY) == taken, verdict


def test_pull_requests() -> None:
    asks = mail(
        "[GIT PULL] pebble for 6.9",
        "The following changes since commit 0123456789ab:\n\n  x (2026)\n\n"
        "are available in the Git repository at:\n\n  https://git.example/x tags/y\n",
        message_id="pull@x",
    )
    own = say("Pulled into my other tree.", ADA, "pull@x", 10)
    person = say("Pulled, thanks.", BO, "pull@x", 20)
    bot = say(f"has been merged into x:\n{URL}ab\n", "pr-tracker-bot@kernel.org", "pull@x", 30)
    for raws, expected in (
        ([], ""),
        ([own], ""),
        ([own, person], "20@x"),
        ([own, person, bot], "30@x"),
    ):
        by = pulled_by(topic(asks, *raws))
        assert (by.message_id if by else "") == expected
