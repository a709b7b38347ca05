# SPDX-License-Identifier: GPL-2.0-or-later
"""Words of changed lines, hunks of line diffs, and what of a cover letter is compared."""

from __future__ import annotations

from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.render.compare_text import cover_text, shown_line
from maintainer_kit.render.line_diff import diff_lines
from maintainer_kit.render.word_pairs import word_pairs
from tests.build import mail


def test_words_that_changed_with_their_columns() -> None:
    old = ["the same", "It is better so.", "gone"]
    new = ["the same", "It is much better so."]
    first, second = word_pairs(old, new)
    assert first.new is not None
    assert [first.new[a:b].strip() for a, b in first.new_spans] == ["much"]
    assert first.old_spans == ()
    assert (second.old, second.new) == ("gone", None)
    assert word_pairs(old, old) == []


def test_hunks_with_three_lines_around() -> None:
    old = [f"line {at}" for at in range(30)]
    new = [*old[:5], "five", *old[6:20], *old[21:]]
    found = diff_lines(old, new, lambda lines, at: f"@@ {at}")
    assert found == [
        "@@ 2", " line 2", " line 3", " line 4", "-line 5", "+five",
        " line 6", " line 7", " line 8",
        "@@ 17", " line 17", " line 18", " line 19", "-line 20", " line 21", " line 22", " line 23",
    ]  # fmt: skip
    assert diff_lines(old, old, lambda lines, at: "@@") == []


def test_shortlog_and_diffstat_are_no_words_of_a_letter() -> None:
    said = "Why.\n\nAda Author (2):\n  fs: one\n  fs: two\n\n fs/a.c | 2 +-\n 1 file changed\n"
    cover = patch_of_mail(mail("[PATCH 0/2] fs: both", said, message_id="c@x"))
    assert cover_text(cover) == ["fs: both", "", "Why."]
    prose = "We ask (twice): why?\n a | b\nEnd.\n"
    cover = patch_of_mail(mail("[PATCH 0/2] fs: both", prose, message_id="c@x"))
    assert cover_text(cover)[2:] == prose.rstrip().split("\n")


def test_what_a_terminal_would_obey_is_shown() -> None:
    assert shown_line("+\tx") == "+       x"
    assert "\x1b" not in shown_line("\x1b[31m") and "\u202e" not in shown_line("\u202e")
