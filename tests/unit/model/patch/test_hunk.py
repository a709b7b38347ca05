# SPDX-License-Identifier: GPL-2.0-or-later
"""Hunks as blocks: their lines, what their header promises, and where they end."""

from __future__ import annotations

import re

import pytest

from maintainer_kit.model.patch.hunk import hunk_counts, lines_of, whole_hunk

BODY = re.compile(r"[-+ \\]*")


@pytest.mark.parametrize(
    ("text", "margin", "end"),
    [
        ("", "\n", 0),
        ("\n", "\n\n", 1),
        ("+a\n\n b\n", "+\n \n", 3),
        ("+a\n-b", "+-", 2),
        ("\u5929\n\udce4", "\u5929\udce4", 2),
    ],
)
def test_lines(text: str, margin: str, end: int) -> None:
    found = lines_of(text)
    assert (list(found.lines), found.margin, found.end) == (text.split("\n"), margin, end)


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("@@ -1,3 +1,4 @@ int f(void)", (3, 4)),
        ("@@ -1 +1 @@", (1, 1)),
        ("@@ -0,0 +1,2 @@", (0, 2)),
        ("@@ -1,3 +1,4", None),
        ("@@ -x +y @@", None),
        ("@@ -\u0661,3 +1,4 @@", None),
        (" @@ -1 +1 @@", None),
        ("", None),
    ],
)
def test_counts(line: str, counts: tuple[int, int] | None) -> None:
    assert hunk_counts(line) == counts


def test_a_count_of_thousands_of_digits_is_bounded() -> None:
    counts = hunk_counts(f"@@ -1,{'9' * 9000} +1 @@")
    assert counts is not None
    assert 10**9 < counts[0] < 10**15


@pytest.mark.parametrize(
    ("body", "counts", "found"),
    [
        (" a\n-b\n+c\n d\n", (3, 3), (4, 1, 1)),
        (" a\n-b\n+c\n d\n@@ -9 +9 @@\n", (3, 3), (4, 1, 1)),
        ("-a\n+b\n-- \n2.39.5\n", (1, 1), (2, 1, 1)),
        ("-a\n+b\n--- a/x\n+++ b/x\n", (1, 1), None),
        ("-a\n\\ No newline\n+b\n\\ No newline\n", (1, 1), (4, 1, 1)),
        (" a\n-b\n+c\n d\n", (3, 2), None),
        (" a\n\n d\n", (3, 3), None),
        ("", (0, 0), (0, 0, 0)),
        ("", (1, 1), None),
        ("+a", (0, 1), (1, 1, 0)),
    ],
)
def test_whole(body: str, counts: tuple[int, int], found: tuple[int, int, int] | None) -> None:
    assert whole_hunk(lines_of(body), 0, counts, BODY) == found
