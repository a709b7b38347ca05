# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the parts of a diff stand, and what stands beside them."""

from __future__ import annotations

import pytest

from maintainer_kit.model.patch.outline import Outline, outline_of, prose_of
from tests.build import edit

PLAIN = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


def outlined(text: str) -> Outline:
    """The outline of a text that has a diff."""
    found = outline_of(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text", ["", "words\n", "--- a\n+++ b\n", "-----\n", " diff --git a/x b/x\n"]
)
def test_no_diff(text: str) -> None:
    assert outline_of(text) is None
    assert prose_of(text) == text


@pytest.mark.parametrize(
    ("above", "diff"),
    [
        ("", edit()),
        ("", PLAIN),
        ("Why.\n---\n x | 2 +-\n\n", edit()),
        ("Why.\n--- not a name\n", PLAIN),
        ("Why.\n", PLAIN + edit()),
        ("Why.\n", edit() + PLAIN),
    ],
)
def test_where_it_begins(above: str, diff: str) -> None:
    found = outlined(above + diff)
    assert (above + diff)[found.start :] == diff
    assert found.diff.first_line == above.count("\n") + 1


def test_prose_is_all_but_headers_and_hunks() -> None:
    text = f"Why.\n---\n{edit()}between\n{edit('b.c')}-- \n2.39.5\n\nbase-commit: 1234567\n"
    assert prose_of(text) == "Why.\n---\nbetween\n-- \n2.39.5\n\nbase-commit: 1234567\n"


def test_prose_below_a_binary_file() -> None:
    text = "diff --git a/x b/x\nindex 1..2\nGIT binary patch\nliteral 1\nIcmV\n\nbase-commit: 1\n"
    assert "\nbase-commit: 1\n" in prose_of(text)


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        (edit(), True),
        (edit() + edit("b.c") + "-- \n2.39.5\n", True),
        (edit() + "\n" + edit("b.c"), False),
        (PLAIN, False),
        ("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", False),
        (edit().replace(" \tafter();\n", "\n"), False),
        (edit().replace("+\ttwo();", "+\ttwo(a,\nb);"), False),
    ],
)
def test_usual(text: str, usual: bool) -> None:
    assert outlined(text).is_usual is usual


def test_bodies_are_the_hunks_without_blanks_and_remarks() -> None:
    change = edit().replace(" \tafter();\n", " \tafter();\n\\ No newline at end of file\n")
    assert outlined(f"{change}{edit('b.c')}-- \n2.39.5\n").bodies == [
        b"before();\n-one();\n+two();\nafter();",
        b"before();\n-one();\n+two();\nafter();",
    ]


def test_of_a_damaged_diff_nothing_is_lost() -> None:
    found = outlined(edit().replace("+\ttwo();", "+\ttwo(a,\n+\tb);") + edit("b.c"))
    assert found.diff.damage
    assert b"+b);" in found.bodies[0]
    assert b"diff" not in b"".join(found.bodies)
