# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers and changes find their places in commit messages and letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.workflow.posting.texts import split_letter, with_added, with_changes

SIGNED = "Signed-off-by: Ada Author <ada@quarry.example>"
REVIEWED = "Reviewed-by: Bo Reviewer <bo@shale.example>"
FIXES = 'Fixes: 0123456789ab ("pebble: begin")'


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (f"title\n\nText.\n\n{SIGNED}\n", f"title\n\nText.\n\n{REVIEWED}\n{SIGNED}\n"),
        (f"title\n\n{FIXES}\n", f"title\n\n{FIXES}\n{REVIEWED}\n"),
        ("title\n", f"title\n\n{REVIEWED}\n"),
        ("title\n\nText.\n", f"title\n\nText.\n\n{REVIEWED}\n"),
        ("Cc: me <a@b.example>\n", f"Cc: me <a@b.example>\n\n{REVIEWED}\n"),
        (
            f"title\n\nText.\n\n{SIGNED}\n---\nnote\n",
            f"title\n\nText.\n\n{REVIEWED}\n{SIGNED}\n---\nnote\n",
        ),
        (
            f"title\n\n{SIGNED}\nCc: Cleo <c@x.example>\n  [note]\n",
            f"title\n\n{SIGNED}\nCc: Cleo <c@x.example>\n  [note]\n{REVIEWED}\n",
        ),
    ],
)
def test_a_trailer_goes_above_the_last_sign_off(message: str, expected: str) -> None:
    assert with_added(message, [REVIEWED], "") == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("title\n", "title\n\n---\nChanges\n"),
        ("title\n\nText.\n", "title\n\nText.\n---\nChanges\n"),
        ("title\n\nText.\n---\nolder\n", "title\n\nText.\n---\nChanges\n\nolder\n"),
        ("title\n\nText.\n\n---\n", "title\n\nText.\n---\nChanges\n"),
    ],
)
def test_notes_go_below_the_cut(message: str, expected: str) -> None:
    assert with_added(message, [], "Changes\n") == expected


LINE = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=30)


@given(st.lists(LINE, min_size=1, max_size=12))
def test_no_line_of_a_message_is_lost(lines: list[str]) -> None:
    made = with_added("\n".join(lines), [REVIEWED], "Changes").split("\n")
    left = iter(made)
    wanted = [one for one in lines if one.strip() and one != "---"]
    assert all(one in left for one in wanted)
    assert made.count(REVIEWED) == 1 + lines.count(REVIEWED)


def test_changes_stand_above_older_ones() -> None:
    first = with_changes("Two things.", "Changes in v2:\n- one", 2)
    assert first == "Two things.\n\n---\nChanges in v2:\n- one"
    assert with_changes(first, "Changes in v3:\n- two", 3) == (
        "Two things.\n\n---\nChanges in v3:\n- two\n\nChanges in v2:\n- one"
    )


def test_changes_that_are_told_are_left_alone() -> None:
    text = "Two things.\n\nChanges in v2:\n- by hand"
    assert with_changes(text, "Changes in v2:\n- one", 2) == text
    assert with_changes(f"{text}\n\n---\n", "", 3) == text
    assert with_changes("", "", 1) == ""


def test_a_letter_is_a_title_and_a_text() -> None:
    assert split_letter("a\nb\n\nc\n\nd\n") == ("a b", "c\n\nd")
    assert split_letter("\n") == ("", "")
