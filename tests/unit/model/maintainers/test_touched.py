# SPDX-License-Identifier: GPL-2.0-or-later
"""What a patch touches, and the words that K: finds in it."""

from __future__ import annotations

import pytest

from maintainer_kit.model.maintainers.maintainers import read_maintainers
from maintainer_kit.model.maintainers.touched import LONGEST_TEXT, Touched, read_touched, together

HEAD = """\
From: Ada Author <ada@quarry.example>
Subject: [PATCH] blast: fill the hole

The hole was empty.

Fixes: 0123456789ab ("blast: drill a hole")
Fixes: 0123456789ab ("blast: drill a hole")
Fixes: none
---
 blast/cap.c | 2 +-
"""
DIFF = """\
diff --git a/blast/cap.c b/blast/cap.c
--- a/blast/cap.c
+++ b/blast/cap.c
@@ -1,3 +1,3 @@ int around(void)
 near
-old
+new
 far
--\x20
2.39
"""


def _diff(old: str, new: str) -> str:
    return f"--- {old}\n+++ {new}\n@@ -1 +1 @@\n-a\n+b\n"


def test_a_patch() -> None:
    touched = read_touched(HEAD + DIFF)
    assert touched.paths == ("blast/cap.c",)
    assert touched.fixes == ("0123456789ab",)
    assert touched.said == HEAD + "diff --git a/blast/cap.c b/blast/cap.c\n"
    assert touched.said + touched.changed == HEAD + DIFF


def test_fixes_in_the_first_line() -> None:
    assert read_touched("Fixes: abcdef").fixes == ("abcdef",)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("no patch\n", ()),
        ("", ()),
        (
            "diff --git a/x/y b/x/z\nsimilarity index 100%\nrename from x/y\nrename to x/z\n",
            ("x/y", "x/z"),
        ),
        ("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", ("x",)),
        (_diff("/dev/null", "b/x/y"), ("x/y",)),
        (_diff("a/x/y", "/dev/null"), ("x/y",)),
        (_diff("a/x y\t", "b/x y\t"), ("x y",)),
        (_diff("x/y", "x/y"), ("x/y",)),
        (_diff("hill.orig/x/y\t2026-01-05", "hill/x/y\t2026-01-05"), ("x/y",)),
        (_diff("a/x", "b/x") + "\n" + _diff("a/w", "b/w"), ("w", "x")),
        (_diff("a/x", "b/x").replace("-a\n", "--- lua/comment\n"), ("x",)),
    ],
)
def test_paths(text: str, paths: tuple[str, ...]) -> None:
    assert read_touched(text).paths == paths


def test_a_patch_of_too_many_files() -> None:
    text = "".join(f"diff --git a/x{at} b/x{at}\nold mode 1\nnew mode 2\n" for at in range(10_500))
    assert len(read_touched(text).paths) == 10_000


def _finds(keyword: str, touched: Touched) -> bool:
    made = read_maintainers({"M": f"ONE\nF: elsewhere/\nK: {keyword}\n"})
    return bool(made.matches(touched))


@pytest.mark.parametrize(
    ("keyword", "wanted"),
    [
        ("empty", True),
        ("EMPTY", False),
        ("(?i)EMPTY", True),
        ("quarry", True),
        ("new", True),
        ("old", True),
        ("near", False),
        ("around", False),
        ("drill", False),
        ("lost|near", True),
        (r"f\w+l \s the", True),
        ("n.w", True),
        ("[", False),
        ("cap", True),
        ("b/cap", False),
    ],
)
def test_words(keyword: str, wanted: bool) -> None:
    """Above the diff all lines count, in it those that change; and, as in the script, an expression
    of alternatives finds the second one in all lines."""
    assert _finds(keyword, read_touched(HEAD + DIFF)) is wanted


def test_letters_that_change_their_length() -> None:
    assert _finds("cart", Touched((), said="\u0130" * 50 + "\n", changed="+ \u0130 cart\n"))
    assert _finds("(?i)cart", Touched((), said="\u0130" * 50 + "CART\n"))


@pytest.mark.timeout(20)
def test_a_hostile_patch_takes_no_time() -> None:
    spaces = "+cart" + " " * 1_000_000 + "\n"
    carts = "+" + "cart" * 200_000 + "\n" + " cart\n" * 100_000
    for text in (spaces, carts):
        assert not _finds(r"cart\s+wheel", Touched((), changed=text))
        assert not _finds(r"\s+x", Touched((), changed=text))


def test_together() -> None:
    one = Touched(("b", "a"), "said", "+x", ("1234567",))
    other = Touched(("a", "c"), "", "+y", ("1234567", "7654321"))
    assert together([one, other]) == Touched(
        ("a", "b", "c"), "said", "+x\n+y", ("1234567", "7654321")
    )
    assert together([]) == Touched(())
    # A word does not come from the end of one patch and the beginning of the next.
    assert not _finds("saidsaid", together([one, one]))


def test_together_of_many_is_no_more_than_is_looked_at() -> None:
    large = Touched(("a",), "x" * (LONGEST_TEXT // 2), "+cart")
    found = together([large] * 5)
    assert len(found.said) <= LONGEST_TEXT + 1
    assert _finds("cart", found)
