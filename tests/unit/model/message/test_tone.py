# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reply says, without its quotes."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.message import Says
from maintainer_kit.model.message.tone import tone_of, unquoted_lines

NOTHING: set[Says] = set()
COMMENT, QUESTION = Says.COMMENT, Says.QUESTION
PROMISE, APPLIED = Says.PROMISE, Says.APPLIED


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
        ("Both patches applied to for-next.\n", {COMMENT, APPLIED}),
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


def test_own_lines() -> None:
    text = "Am 05.01.26 um 10:00 schrieb Bo Reviewer:\n> a\n| b\n\n  mine  \n-- \nname\n"
    assert unquoted_lines(text) == ["mine"]


def test_long_text_is_bounded() -> None:
    assert QUESTION not in tone_of("words\n" * 50_000 + "why?\n")
