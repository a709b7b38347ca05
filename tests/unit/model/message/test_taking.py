# SPDX-License-Identifier: GPL-2.0-or-later
"""The sentence by which a mail says that patches were taken."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.message import Says
from maintainer_kit.model.message.taking import applied_numbers, taking_sentence
from tests.build import BO, mail, read, reply

BOT = "patchwork-bot+pebble@kernel.org"
TIP = '"tip-bot2 for Bo Reviewer" <tip-bot2@linutronix.de>'
URL = "https://git.example/pebble/c/0123456789ab"
SUMMARY = f"""Hello:

This series was applied to lumen/pebble.git (main)
by Bo Reviewer <bo@shale.example>:

On Mon, 5 Jan 2026 09:00:00 +0000 you wrote:
> This series was merged into nothing, it says here.

Here is the summary with links:
  - [v2,1/3] pebble: step 1
    {URL}
  - [v2,2/3] pebble: step 2
    (no matching commit)
  - [v2,3/3] pebble: step 3
    {URL}
"""
COMMITTED = """The following commit has been merged into the sched/core branch of tip:

Commit-ID:     0123456789abcdef0123456789abcdef01234567
Gitweb:        https://git.example/tip/0123456789abcdef
Author:        Ada Author <ada@quarry.example>
AuthorDate:    Mon, 05 Jan 2026 10:00:00 +01:00
Committer:     Bo Reviewer <bo@shale.example>
"""


def sentence(body: str, sender: str = BO) -> str:
    message = read(reply("p@x", body, sender=sender))
    return taking_sentence(message, body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Looks good.  Applied to\nfor-next, thanks!\n", "Applied to for-next, thanks!"),
        ("> Applied to for-next, thanks!\n\nIs it?\n", ""),
        (
            "Hi Ada,\n\nI\u2019ve applied this patch.  Thanks.\n\n-- \nBo\n",
            "I\u2019ve applied this patch.",
        ),
        ("Will it be applied?\n", ""),
        ("Applied this to my tree and rebuilt it.\n", ""),
        ("Applied locally, it works.\n", ""),
    ],
)
def test_people(body: str, expected: str) -> None:
    assert sentence(body) == expected
    says = read(reply("p@x", body)).says
    assert (Says.APPLIED in says) == bool(expected)


def test_bots() -> None:
    words = "This series was applied to lumen/pebble.git (main) by Bo Reviewer <bo@shale.example>"
    assert sentence(SUMMARY, BOT) == words
    words = "The following commit has been merged into the sched/core branch of tip"
    assert sentence(COMMITTED, TIP) == words


def test_a_bot_without_words_names_the_commit() -> None:
    assert sentence(f"Now at {URL}\n", BOT) == "commit 0123456789ab"


def test_the_subject_of_a_stable_queue() -> None:
    subject = 'Patch "pebble: step 1" has been added to the 6.1-stable tree'
    found = read(mail(subject, "This is a note.\n", sender=BO, parents=["p@x"]))
    assert taking_sentence(found, "This is a note.\n") == subject


def test_a_long_sentence_is_cut() -> None:
    found = sentence(f"Applied, {'x' * 500}\n")
    assert (len(found), found[-1]) == (300, "\u2026")


def test_what_a_summary_lists() -> None:
    assert applied_numbers(SUMMARY, 3) == {1, 3}
    assert applied_numbers(SUMMARY, 2) == frozenset()
    b4 = f"[1/2] pebble: step 1\n      commit: 0123456789abcdef\n[2/2] x\n      {URL}\n"
    assert applied_numbers(b4, 2) == {1, 2}
    assert applied_numbers("[1/2] only talked about\nhere\n", 2) == frozenset()
