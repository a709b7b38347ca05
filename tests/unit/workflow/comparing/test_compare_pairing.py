# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of each patch between two revisions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.workflow.comparing.comparison import Comparison, compare
from maintainer_kit.workflow.comparing.pairing import Fate, pair_patches
from maintainer_kit.workflow.comparing.side import Side, Sides
from tests.build import ADA, BO, edit, patch

WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india")


def step(name: str, *calls: str, path: str = "", text: str = "Why.\n", sender: str = ADA) -> Patch:
    """A patch that adds a call of each name."""
    added = "".join(f"+\tdo_{call}_now();\n" for call in calls or (name,))
    count = len(calls or (name,))
    diff = (
        f"diff --git a/{path or name}.c b/{path or name}.c\nindex 1111111..2222222 100644\n"
        f"--- a/{path or name}.c\n+++ b/{path or name}.c\n"
        f"@@ -7,2 +7,{2 + count} @@ int f(void)\n \tbefore();\n{added} \tafter();\n"
    )
    return patch_of_mail(patch(f"[PATCH] fs: {name}", diff, text=text, sender=sender))


def told(old: Sequence[Patch | None], new: Sequence[Patch | None]) -> list[str]:
    """``1>2 changed moved``, patch by patch."""
    found = pair_patches(Sides(Side("v1", tuple(old)), Side("v2", tuple(new))))
    lines = []
    for one in found:
        mine = "-" if one.old is None else one.old + 1
        theirs = "-" if one.new is None else one.new + 1
        lines.append(f"{mine}>{theirs} {one.fate.value}{' moved' if one.is_moved else ''}")
    return lines


def test_kept_changed_new_and_dropped() -> None:
    old = [step("one"), step("two"), step("three", *WORDS[:4]), step("four")]
    new = [step("one"), step("three", *WORDS[:3], "other"), step("four"), step("five")]
    assert told(old, new) == [
        "1>1 kept", "2>- dropped", "3>2 changed", "4>3 kept", "->4 new",
    ]  # fmt: skip


def test_patches_that_changed_places() -> None:
    steps = [step(name) for name in WORDS[:4]]
    assert told(steps, [steps[3], *steps[:3]]) == [
        "4>1 kept moved", "1>2 kept", "2>3 kept", "3>4 kept",
    ]  # fmt: skip


def test_crossed_titles_do_not_deceive() -> None:
    """A patch that got another title is found by its lines."""
    old = [step("first name", *WORDS[:4], path="a"), step("second", *WORDS[4:8], path="b")]
    new = [step("quite another", *WORDS[:4], path="a"), step("second", *WORDS[4:7], path="b")]
    assert told(old, new) == ["1>1 changed", "2>2 changed"]


def test_a_split_and_a_merged_patch() -> None:
    whole = step("all of it", *WORDS[:8], path="a")
    first = step("all of it", *WORDS[:4], path="a")
    second = step("the rest of it", *WORDS[4:8], path="a")
    split = pair_patches(Sides(Side("v1", (whole,)), Side("v2", (first, second))))
    assert [(one.fate, one.others) for one in split] == [(Fate.CHANGED, ()), (Fate.SPLIT, (0,))]
    merged = pair_patches(Sides(Side("v1", (first, second)), Side("v2", (whole,))))
    assert {(one.fate, one.others) for one in merged} == {(Fate.CHANGED, ()), (Fate.MERGED, (0,))}


def test_what_changed_is_named() -> None:
    plain = step("one")
    for other, parts in (
        (step("one", text="Why indeed.\n"), ("message",)),
        (step("one", text="Why.\n\nReviewed-by: Bo <bo@shale.example>\n"), ("trailers",)),
        (step("one", sender=BO), ("author",)),
        (step("one", "two"), ("code",)),
    ):
        (pair,) = pair_patches(Sides(Side("v1", (plain,)), Side("v2", (other,))))
        assert (pair.fate, pair.changed) == (Fate.CHANGED, parts)


def test_context_alone_is_told_apart_from_code() -> None:
    diff = edit()
    mails = [patch("[PATCH] x", one) for one in (diff, diff.replace("before", "sooner"))]
    old, new = map(patch_of_mail, mails)
    (pair,) = pair_patches(Sides(Side("v1", (old,)), Side("v2", (new,))))
    assert pair.changed == ("context",)


def test_missing_patches_are_said_and_the_rest_is_compared() -> None:
    one = step("one")
    found = compare(Sides(Side("v1", (one, None)), Side("v2", (None, one, None))))
    assert [(pair.old, pair.new) for pair in found.pairs] == [(0, 1)]
    assert found.problems == (
        "v1: 1 of 2 patches never arrived", "v2: 2 of 3 patches never arrived",
    )  # fmt: skip


def test_one_patch_against_a_series() -> None:
    steps = tuple(step(name) for name in WORDS[:5])
    found = compare(Sides(Side("v1", (steps[3],)), Side("v2", steps)))
    assert [pair.fate for pair in found.pairs] == [Fate.KEPT]
    assert "one patch against 5" in found.problems[0]
    other = step("something else", "zulu")
    assert len(whole := compare(Sides(Side("v1", (other,)), Side("v2", steps))).pairs) == 6
    assert {pair.fate for pair in whole} == {Fate.NEW, Fate.DROPPED}


def test_a_mangled_diff_is_said() -> None:
    raw = patch("[PATCH] fs: one", edit().replace("@@ -7,3 +7,3 @@", "@@ -7,9 +7,9 @@"))
    found: Comparison = compare(Sides(Side("v1", (patch_of_mail(raw),)), Side("v2", (step("x"),))))
    assert any("patch 1 is mangled" in words for words in found.problems)


@pytest.mark.timeout(60)
def test_hundreds_of_patches_at_once() -> None:
    """Series of hundreds, of which nothing is equal, are compared without each with each."""
    old = tuple(step(f"part {at}", *WORDS, f"x{at}", path=f"d{at}") for at in range(400))
    new = tuple(step(f"part {at}", *WORDS, f"y{at}", path=f"d{at}") for at in range(400))
    pairs = pair_patches(Sides(Side("v1", old), Side("v2", new)))
    assert [(one.old, one.new) for one in pairs] == [(at, at) for at in range(400)]
