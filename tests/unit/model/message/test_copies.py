# SPDX-License-Identifier: GPL-2.0-or-later
"""Of several files under one Message-ID the same one speaks, in whatever order they came."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from maintainer_kit.model.mail.fingerprint import CONTENT_DIGITS
from maintainer_kit.model.message.copies import Copy, choose_speaker, unreadable
from maintainer_kit.model.message.message import Kind
from tests.build import patch, read

FIRST = read(patch("[PATCH] first", message_id="a@x.example"))
LATER = read(patch("[PATCH] later", message_id="a@x.example", minutes=5))


def mark(content: str, through: str = "0") -> str:
    """A fingerprint with this content and list."""
    return content * CONTENT_DIGITS + through * (64 - CONTENT_DIGITS)


def test_the_earliest_date_speaks() -> None:
    copies = [Copy(LATER, mark("a")), Copy(FIRST, mark("b"))]
    for order in permutations(copies):
        assert choose_speaker(order).full_subject == "[PATCH] first"


def test_then_the_lowest_fingerprint() -> None:
    twin = replace(FIRST, full_subject="twin")
    copies = [Copy(FIRST, mark("b")), Copy(twin, mark("a"))]
    for order in permutations(copies):
        assert choose_speaker(order).full_subject == "twin"


def test_no_date_comes_last() -> None:
    copies = [Copy(replace(FIRST, date=0), mark("a")), Copy(LATER, mark("b"))]
    assert choose_speaker(copies).full_subject == "[PATCH] later"


def test_lists_of_all_copies() -> None:
    one, other = replace(FIRST, lists=("b",)), replace(FIRST, lists=("a", "b"))
    found = choose_speaker([Copy(one, mark("a", "1")), Copy(other, mark("a", "2"))])
    assert found.lists == ("a", "b")
    assert found.oddities == FIRST.oddities


def test_different_mails_are_told() -> None:
    found = choose_speaker([Copy(FIRST, mark("a")), Copy(LATER, mark("b"))])
    assert "2 different mails under this Message-ID" in found.oddities


def test_unreadable_stands_in() -> None:
    found = unreadable("a@x.example", "no such file")
    assert (found.message_id, found.kind) == ("a@x.example", Kind.UNREADABLE)
    assert found.oddities == ("cannot be read: no such file",)
