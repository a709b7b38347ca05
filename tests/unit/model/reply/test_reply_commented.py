# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments in a trimmed quote, and our own reader of replies, which finds their lines again."""

from __future__ import annotations

import time

from hypothesis import given, settings

from maintainer_kit.model.patch.anchor import anchor
from maintainer_kit.model.patch.places import read_places
from maintainer_kit.model.reply.commented import GAP, commented_quote
from maintainer_kit.model.reply.draft import Note
from tests.unit.model.reply.patches import commented

PATCH = """\
Stones that nobody counts roll away.

Signed-off-by: Ada Author <ada@quarry.example>
---
 mill/count.c | 4 ++--

diff --git a/mill/count.c b/mill/count.c
index 1111111..2222222 100644
--- a/mill/count.c
+++ b/mill/count.c
@@ -10,4 +10,4 @@ static int mill_start(struct mill *mill)
 \tint err;

 \terr = mill_lock(mill);
-\tif (err)
+\tif (err < 0)
@@ -40,4 +40,4 @@ static int mill_stop(struct mill *mill)
 \tint err;

 \terr = mill_lock(mill);
-\tif (err)
+\tif (err < 0)
--\x20
2.39.5
"""


def line_of(text: str, line: str, nth: int = 1) -> int:
    """Where a line stands for the n-th time, from 1."""
    return [at for at, one in enumerate(text.split("\n"), 1) if one == line][nth - 1]


@settings(max_examples=300)
@given(commented())
def test_each_comment_is_found_again_at_its_line(case: tuple[str, tuple[Note, ...]]) -> None:
    text, notes = case
    reply = "\n".join(["On Monday, 5 Jan 2026, Ada wrote:", *commented_quote(text, notes), ""])
    found = anchor(text, reply)
    assert [(one.place.at, one.text) for one in found] == [(one.line, one.text) for one in notes]
    places = read_places(text.split("\n"))
    for one in found:
        expected = places[one.place.at - 1]
        assert (one.place.path, one.place.side, one.place.line, one.place.hunk) == (
            expected.path,
            expected.side,
            expected.line,
            expected.hunk,
        )


def test_headers_stand_above_the_lines_and_the_rest_is_left_out() -> None:
    at = line_of(PATCH, "+\tif (err < 0)", 2)
    assert commented_quote(PATCH, (Note(at, "Why?"),)) == [
        GAP,
        "> diff --git a/mill/count.c b/mill/count.c",
        "> index 1111111..2222222 100644",
        "> --- a/mill/count.c",
        "> +++ b/mill/count.c",
        "> @@ -40,4 +40,4 @@ static int mill_stop(struct mill *mill)",
        "> \tint err;".replace("> ", ">  "),
        ">",
        ">  \terr = mill_lock(mill);",
        "> -\tif (err)",
        "> +\tif (err < 0)",
        "",
        "Why?",
        "",
    ]


def test_two_comments_in_a_hunk_quote_it_once_and_each_gap_is_marked_once() -> None:
    lock = line_of(PATCH, " \terr = mill_lock(mill);", 1)
    last = line_of(PATCH, "+\tif (err < 0)", 2)
    made = commented_quote(PATCH, (Note(2 + lock - 2, "One."), Note(last, "Two.")))
    assert made.count("> diff --git a/mill/count.c b/mill/count.c") == 1
    assert made.count(GAP) == 2
    assert made[made.index("One.") + 1 :][:3] == ["", GAP, ""]


def test_the_message_is_commented_on_by_paragraphs() -> None:
    made = commented_quote(PATCH, (Note(1, "Which stones?"),))
    assert made == ["> Stones that nobody counts roll away.", "", "Which stones?", ""]


def test_a_long_hunk_is_cut_and_one_that_repeats_itself_is_not() -> None:
    head = PATCH.split("@@ -10")[0]
    lines = [f"+\tcall_{number}();" for number in range(400)]
    text = head + "\n".join(["@@ -0,0 +1,400 @@", *lines, ""])
    cut = commented_quote(text, (Note(line_of(text, "+\tcall_300();"), "Why?"),))
    assert len(cut) < 30
    assert cut.count(GAP) == 2
    same = head + "\n".join(["@@ -0,0 +1,400 @@", *["+\tcall();"] * 400, ""])
    note = Note(len(head.split("\n")) + 300, "Why?")
    whole = commented_quote(same, (note,))
    assert len(whole) > 300
    assert [one.place.at for one in anchor(same, "\n".join(whole))] == [note.line]


def test_where_a_patch_holds_the_same_file_twice_all_is_quoted() -> None:
    diff = PATCH.partition("diff --git")[2].partition("\n-- \n")[0] + "\n"
    text = f"Twice.\n\ndiff --git{diff}diff --git{diff}"
    note = Note(line_of(text, "+\tif (err < 0)", 3), "Again?")
    made = commented_quote(text, (note,))
    assert GAP not in made
    assert [one.place.at for one in anchor(text, "\n".join(made))] == [note.line]


def test_a_blank_line_is_commented_on_in_a_short_quote_too() -> None:
    text = PATCH.replace("+\tif (err < 0)", " ", 1)
    note = Note(line_of(text, " "), "Why is it gone?")
    made = commented_quote(text, (note,))
    assert made[-4:] == [">  ", "", "Why is it gone?", ""]
    assert made[0] == GAP


def test_a_paragraph_of_the_message_and_the_header_of_a_file() -> None:
    text = "First.\n\nOne line\nand another.\n---\n a.c | 1 +\n\n" + (
        "diff --git a/b.c b/c.c\nsimilarity index 100%\nrename from b.c\nrename to c.c\n"
        "diff --git a/a.c b/a.c\nindex 1..2 100755\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-x\n+y\n"
    )
    notes = (
        Note(4, "Which?"),
        Note(line_of(text, "rename to c.c"), "Why rename it?"),
        Note(line_of(text, "index 1..2 100755"), "Why that mode?"),
        Note(line_of(text, "+y"), "Why y?"),
    )
    made = commented_quote(text, notes)
    assert made[:4] == [GAP, "> One line", "> and another.", ""]
    found = anchor(text, "\n".join(made))
    assert [(one.place.at, one.text) for one in found] == [(one.line, one.text) for one in notes]


def test_a_line_that_is_gone_loses_no_words() -> None:
    assert "Why?" in commented_quote(PATCH, (Note(4000, "Why?"),))


def test_a_hundred_thousand_lines_take_seconds() -> None:
    lines = [f"+\tcall_{number % 977}({number});" for number in range(100_000)]
    text = PATCH.split("@@ -10")[0] + "\n".join(["@@ -0,0 +1,100000 @@", *lines, ""])
    notes = tuple(Note(at, "This is wrong, and so is the next.") for at in range(100, 100_000, 999))
    start = time.perf_counter()
    made = commented_quote(text, notes)
    assert time.perf_counter() - start < 20
    assert len(made) < 20 * len(notes)
