# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply taken apart into what is said, what is quoted and what is merely brought along."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.reply import DIFF, read_reply, unmarked

CHANGE = "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-why?\n+so\n x\n"
HEADERS = "From: x\nSent: y\nTo: z\n"


def passages(text: str) -> list[tuple[bool, list[str]]]:
    """Whether each passage is quoted, and its lines."""
    return [(one.is_quote, list(map(unmarked, one.raw))) for one in read_reply(text).passages]


def said(text: str) -> list[str]:
    """Lines that the writer of a reply wrote."""
    return [line for lines in read_reply(text).said for line in lines if line]


def own(text: str) -> list[str]:
    """Lines in which he may give a trailer."""
    return [line for line in read_reply(text).own if line]


def test_own_words_and_quotes_in_turns() -> None:
    text = "On Monday, Bo wrote:\n> a\n> > b\n\nmine\n| c\nmine too\n-- \nBo\n"
    assert passages(text) == [
        (True, ["a", "b", ""]),
        (False, ["mine"]),
        (True, ["c"]),
        (False, ["mine too"]),
    ]


def test_an_attribution_that_a_mailer_broke() -> None:
    text = (
        "On Mon, 5 Jan 2026 at 10:00, Somebody of a very long name\n<bo@x.example> wrote:\n> a\nb\n"
    )
    assert said(text) == ["b"]


def test_a_sentence_that_only_begins_like_an_attribution() -> None:
    assert said("On 5 of 7 machines it boots.\n") == ["On 5 of 7 machines it boots."]


def test_a_diff_in_the_reply_is_one_line() -> None:
    text = f"Like this:\n\n{CHANGE}\nDoes it help?\n"
    assert said(text) == ["Like this:", DIFF, "Does it help?"]
    assert own(text) == ["Like this:", "Does it help?"]


@pytest.mark.parametrize(
    ("below", "ends_talk", "ends_all"),
    [
        ("-- \nb", True, True),
        ("--\nb", True, False),
        ("_" * 20 + "\nb", True, False),
        ("__________\nb", False, False),
        ("-----Original Message-----\nb", True, False),
        ("---- Original Message ----\nFrom: x\nb", True, True),
        ("---- Urspr\u00fcngliche Nachricht ----\nVon: x\nb", True, True),
        ("---- not a mail ----\nb", False, False),
        ("**From:** x\n**Sent:** y\n**To:** z\nb", True, True),
        (f"{HEADERS}b", True, True),
        (f"__________\n{HEADERS}b", True, True),
        ("From: x\nb", False, False),
        (f"a wrote:\nb\n{CHANGE}", False, True),
        ("a wrote:\nb\nc wrote:\n", False, False),
        ("a wrote:\n> c\nb\n---\n", False, False),
        (f"{CHANGE}-- \nb", True, True),
    ],
)
def test_where_the_writers_words_end(below: str, ends_talk: bool, ends_all: bool) -> None:
    assert ("b" not in said(f"a\n{below}"), "b" not in own(f"a\n{below}")) == (ends_talk, ends_all)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n> quoted\n> quoted\ntwo", ["one", "", "two"]),
        ("a\nAda> b\n > c\n\xa0> d", ["a", "", "", ""]),
        ("if (a->b)\na > b", ["if (a->b)", "a > b"]),
        ("a\n| b", ["a", ""]),
        ("a\n+ b\n- c", ["a", "", ""]),
        ("a wrote:\n> b\nc", ["", "", "c"]),
        ("a\n@@ -1 +1 @@\n b\n\n c\nd\n e", ["a", "", "", "d", " e"]),
        ("diff --git a/x b/x\nindex 1a..2b\nrename from x\n b\nc", ["", "c"]),
    ],
)
def test_where_a_trailer_may_stand(text: str, expected: list[str]) -> None:
    assert read_reply(text).own == expected


def test_doubtful_quotes_are_said() -> None:
    assert said("inode->i_size, is it right?\n- one more thing\n") == [
        "inode->i_size, is it right?",
        "- one more thing",
    ]
