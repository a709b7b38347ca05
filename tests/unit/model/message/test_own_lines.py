# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a reply its writer wrote."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.own_lines import own_lines


def kept(text: str) -> list[str]:
    return [line for line in own_lines(text) if line]


def test_neighbours_of_a_quote_stay_apart() -> None:
    assert own_lines("one\n> quoted\ntwo") == ["one", "", "two"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n-- \nb", ["a"]),
        ("a\n--\nb", ["a", "b"]),
        ("a\nAda> b\n > c\n\xa0> d", ["a"]),
        ("if (a->b)\na > b", ["if (a->b)", "a > b"]),
        ("a\n| b", ["a"]),
        ("a\n---- Original Message ----\nFrom: x\nb", ["a"]),
        ("a\n---- Urspr\u00fcngliche Nachricht ----\nVon: x\nb", ["a"]),
        ("a\n---- not a mail ----\n", ["a"]),
        ("a\n__________\nb\n", ["a", "__________", "b"]),
        ("a\n**From:** x\n**Sent:** y\n**To:** z\nb", ["a"]),
        ("a\nFrom: x\nSent: y\nTo: z\nb", ["a"]),
        ("a\nFrom: x\nb", ["a", "From: x", "b"]),
        ("a wrote:\n> b\nc\n---\n", ["a wrote:", "c"]),
        ("ok\na wrote:\nb\n---\n", ["ok"]),
        ("ok\na wrote:\nb\nc wrote:\n", ["ok", "a wrote:", "b", "c wrote:"]),
        ("a\n@@ -1 +1 @@\n b\n\n c\nd\n e", ["a", "d", " e"]),
        ("diff --git a/x b/x\nindex 1a..2b\nrename from x\n b\nc", ["c"]),
    ],
)
def test_what_is_left(text: str, expected: list[str]) -> None:
    assert kept(text) == expected
