# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply taken apart into what is said and what is quoted."""

from __future__ import annotations

from maintainer_kit.model.message.passages import DIFF, Passage, passages_of


def unquoted_lines(text: str) -> list[str]:
    """Lines that the writer of a reply wrote."""
    own = (passage for passage in passages_of(text) if not passage.is_quote)
    return [line for passage in own for line in passage.lines if line]


def test_own_words_and_quotes_in_turns() -> None:
    text = "On Monday, Bo wrote:\n> a\n> > b\n\nmine\n| c\nmine too\n-- \nBo\n"
    assert passages_of(text) == (
        Passage(True, ("a", "b", "")),
        Passage(False, ("mine",)),
        Passage(True, ("c",)),
        Passage(False, ("mine too",)),
    )


def test_an_attribution_that_a_mailer_broke() -> None:
    text = (
        "On Mon, 5 Jan 2026 at 10:00, Somebody of a very long name\n<bo@x.example> wrote:\n> a\nb\n"
    )
    assert unquoted_lines(text) == ["b"]


def test_a_sentence_that_only_begins_like_an_attribution() -> None:
    assert unquoted_lines("On 5 of 7 machines it boots.\n") == ["On 5 of 7 machines it boots."]


def test_a_diff_in_the_reply_is_one_line() -> None:
    change = (
        "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-why?\n+so\n x\n"
    )
    text = f"Like this:\n\n{change}\nDoes it help?\n"
    assert unquoted_lines(text) == ["Like this:", DIFF, "Does it help?"]


def test_another_mail_below_is_not_the_writers() -> None:
    assert unquoted_lines("Yes.\n-----Original Message-----\nWhy?\n") == ["Yes."]
