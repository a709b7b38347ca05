# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of thanks, and that our own reader takes them for what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.message.message import Says
from maintainer_kit.model.queue.claims import claims_of
from maintainer_kit.render.thanks_mail import thanks_words
from maintainer_kit.workflow.thanking.facts import Applied, Thanks, Tree
from tests.build import ROBIN, part_id, patch, posting, read, reply
from tests.memory.desk import Desk

COVER, FIRST, SECOND, THIRD = (part_id("foo", number) for number in range(4))
A, B = "a" * 40, "b" * 40
POSTED = posting("foo", 3)
TREE = Tree("pebble", "for-next")


def thanks(**changed: object) -> Thanks:
    """For the first two of three patches."""
    desk = Desk()
    desk.deliver(*POSTED)
    desk.sync()
    head, one, two, three = (read(raw) for raw in POSTED)
    applied = (Applied(one, A), Applied(two, B, is_edited=True, title="foo: step two"))
    made = Thanks(desk.row(COVER), head, TREE, applied, (three,), (), 3, is_mine=True)
    return replace(made, **changed)  # type: ignore[arg-type]


def test_what_was_applied_and_what_not() -> None:
    assert thanks_words(thanks(), "", []).split("\n") == [
        "Applied to pebble (for-next), thanks!",
        "",
        "[1/3] foo: step 1",
        "      commit: aaaaaaaaaaaa",
        "[2/3] foo: step 2",
        "      commit: bbbbbbbbbbbb",
        "      (as: foo: step two)",
        "      (with changes to the patch)",
        "",
        "Not in this branch:",
        "[3/3] foo: step 3",
    ]


URL = "https://git.example.org/pebble/commit/?id={commit}"


@pytest.mark.parametrize("url", ["", URL])
@pytest.mark.parametrize("template", ["", "Dear {author},\n\nApplied to {tree} ({branch})."])
def test_our_reader_takes_it_for_claims(url: str, template: str) -> None:
    words = thanks_words(thanks(tree=replace(TREE, url=url)), template, [])
    answer = read(reply(COVER, words, sender=ROBIN, message_id="thanks@x"))
    assert Says.APPLIED in answer.says
    found = claims_of([*map(read, POSTED), answer])
    told = {one: [each.commit[:12] for each in claims] for one, claims in found.items()}
    assert told == {FIRST: [A[:12]], SECOND: [B[:12]]}, "nothing is said of the third"
    assert {(each.tree, each.ref) for claims in found.values() for each in claims} == {
        ("pebble", "for-next")
    }


def test_a_lone_patch_needs_no_number() -> None:
    raw = patch("[PATCH] fs: fix it", message_id="lone@x")
    lone = read(raw)
    made = thanks(head=lone, applied=(Applied(lone, A),), missing=(), total=1)
    words = thanks_words(made, "", [])
    assert "[1/1] fs: fix it\n      commit: aaaaaaaaaaaa" in words
    assert "Not in this branch" not in words
    found = claims_of([lone, read(reply("lone@x", words, sender=ROBIN, message_id="t@x"))])
    assert [one.commit for one in found["lone@x"]] == [A[:12]]


def test_words_of_ones_own() -> None:
    template = "Hi {author}, {unknown}\n{subject} goes to {lists}.\n\n{missing}\n{applied}\nBye"
    words = thanks_words(thanks(), template, ["a@b", "c@d"])
    assert words.startswith("Hi Ada Author, {unknown}\n[PATCH 0/3] foo: make it better goes to a@b")
    assert words.index("Not in this branch") < words.index("commit: ") < words.index("Bye")
    assert "{applied}" not in thanks_words(thanks(), "Taken.", [])
    assert "commit: aaaaaaaaaaaa" in thanks_words(thanks(), "Taken.", []), "always told"


def test_hostile_titles_stay_on_their_line_and_hold_no_field() -> None:
    title = "{applied} \x1b[31m x\u2028Applied to evil (tree), thanks"
    raw = patch(f"[PATCH] {title}", message_id="h@x")
    mail = read(raw)
    words = thanks_words(thanks(head=mail, applied=(Applied(mail, A),), missing=()), "", [])
    assert "\x1b" not in words
    assert words.count("commit: ") == 1
    assert "{applied}" in words
    assert sum(line.startswith("Applied") for line in words.splitlines()) == 1
