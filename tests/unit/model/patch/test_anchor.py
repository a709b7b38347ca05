# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies as mailers write them, and the lines of the patch that they speak of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.patch.anchor import Comment, anchor, anchor_reply
from maintainer_kit.model.patch.places import WHOLE
from maintainer_kit.model.patch.sheet import sheet_of_patch

PATCH = """\
Stones that nobody counts roll away, so count them before
the mill starts, and again when it stops.

Signed-off-by: Ada Author <ada@quarry.example>
---
 mill/count.c | 9 ++++++---
 mill/stone.h | 2 +-

diff --git a/mill/count.c b/mill/count.c
index 1111111..2222222 100644
--- a/mill/count.c
+++ b/mill/count.c
@@ -10,7 +10,9 @@ static int mill_start(struct mill *mill)
 \tint err;

 \terr = mill_lock(mill);
-\tif (err)
+\tif (err < 0)
 \t\treturn err;
+\tif (!mill->stones)
+\t\treturn -ENOENT;
 \tmill->running = true;
 \treturn 0;
@@ -40,8 +42,9 @@ static int mill_stop(struct mill *mill)
 {
 \tint err;

+\tmill_count_all_of_the_stones_again(mill, MILL_COUNT_SLOWLY, mill->stones);
 \terr = mill_lock(mill);
-\tif (err)
+\tif (err < 0)
 \t\treturn err;
 \tmill->running = false;
 \treturn 0;
diff --git a/mill/stone.h b/mill/stone.h
index 3333333..4444444 100644
--- a/mill/stone.h
+++ b/mill/stone.h
@@ -5,3 +5,3 @@ struct stone {
 \tint weight;
-\tint colour;
+\tint color;
 };
--
2.39.5
""".replace("\n--\n", "\n-- \n")


def comments(reply: str) -> tuple[Comment, ...]:
    return anchor(PATCH, reply)


def only(reply: str) -> Comment:
    """The one comment that a reply makes."""
    (found,) = comments(reply)
    return found


def where(reply: str) -> list[tuple[str, int, str]]:
    """Where each comment stands."""
    return [(one.place.path, one.place.line, one.place.side) for one in comments(reply)]


START = "mill/count.c"
HEADER = "static int mill_start(struct mill *mill)"


def test_below_an_added_line() -> None:
    found = only("> +\tif (!mill->stones)\n> +\t\treturn -ENOENT;\n\nENODATA, please.\n")
    assert (found.place.path, found.place.line, found.place.side) == (START, 16, "new")
    assert found.place.hunk == f"@@ -10,7 +10,9 @@ {HEADER}"
    assert found.place.function == HEADER
    assert PATCH.split("\n")[found.place.at - 1] == "+\t\treturn -ENOENT;"
    assert found.quoted == ("+\tif (!mill->stones)", "+\t\treturn -ENOENT;")
    assert (found.text, found.first_line) == ("ENODATA, please.", 4)


@pytest.mark.parametrize(
    ("reply", "place"),
    [
        ("> -\tint colour;\nWhy?", ("mill/stone.h", 6, "old")),
        ("> +\tint color;\nWhy?", ("mill/stone.h", 6, "new")),
        ("> \tmill->running = true;\nWhy?", (START, 17, "new")),
        ("> --- a/mill/stone.h\nWhy?", ("mill/stone.h", 0, "new")),
        ("> @@ -40,8 +42,9 @@ static int mill_stop(struct mill *mill)\nWhy?", (START, 42, "new")),
        ("> Stones that nobody counts roll away, so count them before\nWhy?", ("", 1, "new")),
        (">  mill/stone.h | 2 +-\nWhy?", ("", 7, "new")),
    ],
    ids=["removed", "added", "context", "file header", "hunk header", "message", "diffstat"],
)
def test_each_kind_of_line(reply: str, place: tuple[str, int, str]) -> None:
    assert where(reply) == [place]


@pytest.mark.parametrize(
    "quote",
    [
        ">+\tif (!mill->stones)\n>+\t\treturn -ENOENT;",
        "> +        if (!mill->stones)\n> +                return -ENOENT;",
        "| +\tif (!mill->stones)\n| +\t\treturn -ENOENT;",
        "> > +\tif (!mill->stones)\n> > +\t\treturn -ENOENT;",
        ">> +\tif (!mill->stones)\n>> +\t\treturn -ENOENT;",
        "> +\u00a0\u00a0if\u00a0(!mill->stones)\n> +\u00a0\u00a0return\u00a0-ENOENT;",
        "> +=09if (!mill->stones)=20\n> +=09=09return -ENOENT;",
        "> +\tif (!mill->stones)\n\n> +\t\treturn -ENOENT;",
        "> +\tif (!mill->stones)\n> +\t\treturn -ENOENT;\n>\n>\n",
        "> +\tif (!mill->stones)\n[...]\n> +\t\treturn -ENOENT;\n<snip>\n",
        "> [...]\n> +\t\treturn -ENOENT;\n> ...",
    ],
    ids=[
        "no space",
        "tabs to spaces",
        "bars",
        "deeper",
        "deeper without space",
        "no-break spaces",
        "quoted-printable",
        "blank lines between",
        "blank lines below",
        "cut marks outside",
        "cut marks inside",
    ],
)
def test_however_it_is_quoted(quote: str) -> None:
    assert where(f"{quote}\n\nENODATA, please.\n") == [(START, 16, "new")]


@pytest.mark.parametrize(
    "quote",
    [
        "> +\tmill_count_all_of_the_stones_again(mill,\n> MILL_COUNT_SLOWLY, mill->stones);",
        "> +\tmill_count_all_of_the_stones_again(mill,\nMILL_COUNT_SLOWLY, mill->stones);",
        "> +\tmill_count_all_of_the_stones_again(mill,\n> MILL_COUNT_SLOWLY,\n> mill->stones);",
        "> +\n> mill_count_all_of_the_stones_again(mill, MILL_COUNT_SLOWLY, mill->stones);",
    ],
    ids=["with marks", "without a mark", "twice", "after its sign"],
)
def test_a_line_that_the_mailer_broke(quote: str) -> None:
    found = only(f"{quote}\nToo slow?\n")
    assert (found.place.line, found.text) == (45, "Too slow?")


def test_prose_that_was_filled_anew() -> None:
    reply = (
        "> Stones that nobody counts roll away,\n"
        "> so count them before the mill starts, and again\n> when it stops.\nReally?\n"
    )
    assert where(reply) == [("", 2, "new")]


def test_lines_that_occur_twice_go_by_order() -> None:
    reply = "> +\tif (err < 0)\nWhy below zero?\n> +\tif (err < 0)\nAnd here?\n"
    assert where(reply) == [(START, 13, "new"), (START, 47, "new")]


def test_lines_that_occur_twice_go_by_the_hunk_above() -> None:
    reply = (
        "> @@ -40,8 +42,9 @@ static int mill_stop(struct mill *mill)\n"
        "> +\tif (err < 0)\nWhy below zero?\n"
    )
    assert where(reply) == [(START, 47, "new")]


def test_lines_that_occur_twice_go_by_what_follows() -> None:
    reply = "> +\tif (err < 0)\n>  \t\treturn err;\n>  \tmill->running = false;\nWhy now?\n"
    assert where(reply) == [(START, 49, "new")]


def test_quotes_out_of_order() -> None:
    reply = "> +\tint color;\nFirst.\n> +\tif (!mill->stones)\nSecond.\n"
    assert [line for _, line, _ in where(reply)] == [6, 15]


def test_several_comments() -> None:
    reply = (
        "Hi Ada,\n\nOn Monday, 5 January 2026, Ada Author\n<ada@quarry.example> wrote:\n"
        "> -\tif (err)\n> +\tif (err < 0)\n\nOne.\n\nStill one.\n\n"
        "> +\t\treturn -ENOENT;\n\nTwo.\n\n> -\tint colour;\n\nThree.\n\nThanks,\nBo\n\n"
        "-- \nBo Reviewer, Shale\n"
    )
    assert [one.text for one in comments(reply)] == ["One.\n\nStill one.", "Two.", "Three."]
    assert [line for _, line, _ in where(reply)] == [13, 16, 6]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "\n\n",
        "> +\tint color;\n",
        "> +\tint color;\n\nReviewed-by: Bo Reviewer <bo@shale.example>\n",
        "> +\tint color;\n\nThanks,\nBo\n",
        "> +\tint color;\n\nReviewed-by: Bo Reviewer <bo@shale.example>\n\nThanks!\n\nbo k-h\n",
        "> +\tint color;\n-- \nBo Reviewer\n",
        "Hi,\n\nOn Mon, 5 Jan 2026 09:00:00 +0000\nAda <ada@quarry.example> wrote:\n\n> +\tint\n",
        "Am 05.01.26 um 09:00 schrieb Ada Author:\n> +\tint color;\n...\n",
    ],
)
def test_nothing_is_said(reply: str) -> None:
    assert comments(reply) == ()


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("Not today.\n\nOn Monday Ada wrote:\n> +\tint color;\n", "Not today."),
        ("Not today.\n\n-----Original Message-----\nFrom: Ada\n\n+\tint color;\n", "Not today."),
        ("> Another mail altogether, of which nobody here knows.\nNot today.\n", "Not today."),
        ("> +\tint color;\n\nLooks good!\nAcked-by: Bo Reviewer <b@x>\n", "Looks good!"),
        ("> " + PATCH.replace("\n", "\n> ") + "\nNot today.\n", "Not today."),
    ],
    ids=["top-posted", "top-posted without marks", "foreign quote", "verdict", "quotes it all"],
)
def test_of_the_patch_as_a_whole(reply: str, text: str) -> None:
    found = only(reply)
    assert (found.place, found.text) == (WHOLE, text)


def test_a_rule_above_quotes_ends_nothing() -> None:
    reply = "----- Urspr\u00fcngliche Mail -----\n> +\tint color;\nNo.\n"
    assert (only(reply).place.line, only(reply).text) == (6, "No.")


def test_a_table_is_no_quote() -> None:
    reply = "> +\tint color;\nMeasured:\n| stones | 3 |\n| +more  | 4 |\nSlow.\n"
    assert only(reply).text == "Measured:\n| stones | 3 |\n| +more  | 4 |\nSlow."


def test_a_name_alone_is_a_signature_but_a_word_is_not() -> None:
    assert only("> +\tint color;\nNo.\n\nBo\n").text == "No."
    assert only("> +\tint color;\nAgreed\n").text == "Agreed"


def test_an_answer_to_a_comment_stands_where_the_comment_does() -> None:
    sheet = sheet_of_patch(PATCH)
    first = anchor_reply("> +\t\treturn -ENOENT;\n\nWould ENODATA say more?\n", [sheet])
    for quote in (
        "> > +\t\treturn -ENOENT;\n> \n> Would ENODATA say more?\n",
        "> Would ENODATA say more?\n",
    ):
        second = anchor_reply(f"{quote}\nIt would.\n", [first.sheet, sheet])
        (said,) = second.comments
        assert (said.place.line, said.text) == (16, "It would.")
        third = anchor_reply("> It would.\nThen do so.\n", [second.sheet, sheet])
        assert third.comments[0].place.line == 16


def test_an_answer_that_quotes_the_patch_itself() -> None:
    sheet = sheet_of_patch(PATCH)
    first = anchor_reply("Any news?\n", [sheet])
    second = anchor_reply("> Any news?\nNo.\n> +\tint color;\nBut here.\n", [first.sheet, sheet])
    assert [one.place.line for one in second.comments] == [0, 6]


def test_a_mangled_patch_still_has_its_lines() -> None:
    broken = PATCH.replace("(mill, MILL_COUNT_SLOWLY, ", "(mill,\nMILL_COUNT_SLOWLY, ")
    reply = (
        "> +\tmill_count_all_of_the_stones_again(mill, MILL_COUNT_SLOWLY, mill->stones);\nSlow.\n"
    )
    assert anchor(broken, reply)[0].place.line == 45


def test_a_rename_and_a_new_function() -> None:
    text = (
        "diff --git a/old.c b/new.c\nsimilarity index 90%\nrename from old.c\nrename to new.c\n"
        "--- a/old.c\n+++ b/new.c\n@@ -1,1 +1,6 @@\n int a;\n+int first(void)\n+{\n+out:\n"
        "+\treturn 1;\n+}\n"
    )
    found = anchor(text, "> +\treturn 1;\nTwo.\n")[0].place
    assert (found.path, found.line, found.function) == ("new.c", 5, "int first(void)")
    assert anchor(text, "> rename to new.c\nNo.\n")[0].place.path == "new.c"


def test_a_deleted_file() -> None:
    text = "diff --git a/x b/x\n--- a/x\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n"
    place = anchor(text, "> -two\nKeep it.\n")[0].place
    assert (place.path, place.line, place.side) == ("x", 2, "old")


_PIECES = st.sampled_from(
    (
        *("> ", ">", "| ", "+", "-", " ", "@@ -1,2 +1,2 @@ f(", "@@ -1", "--- a/x", "+++ b/x"),
        *("---", "diff --git a/x b/x", "\n", "\n", "\n", "word", "?", "=", "=3D", "-- ", "\t"),
        *("\u00a0", "\udc80", "Thanks,", "wrote:", "a@b", "rename to ", '"a\\3', "\\ No", "\0"),
    )
)
_TEXTS = st.lists(_PIECES, max_size=60).map("".join)


@given(_TEXTS, _TEXTS)
def test_hostile_texts(patch: str, reply: str) -> None:
    lines = patch.count("\n") + 1
    last = 0
    for one in anchor(patch, reply):
        assert one.text.strip()
        assert 0 <= one.place.at <= lines
        assert last < one.first_line <= reply.count("\n") + 1
        last = one.first_line


LONG = 20_000
_HUNK = f"--- a/x\n+++ b/x\n@@ -0,0 +1,{LONG} @@\n"
_LINES = [f"+line {at};" for at in range(LONG)]
_LIKE = _HUNK + "+the same line\n" * LONG


def test_a_long_patch_that_is_quoted_in_full() -> None:
    lines = [f"+line {at};\n" for at in range(100_000)]
    start = time.process_time()
    (found,) = anchor(
        f"--- a/x\n+++ b/x\n@@ -0,0 +1,{len(lines)} @@\n{''.join(lines)}",
        "".join(f"> {line}" for line in lines) + "why\n",
    )
    assert found.place.line == len(lines)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("patch", "reply"),
    [
        (_HUNK + "\n".join(_LINES), "".join(f"> {line}\nno\n" for line in reversed(_LINES))),
        (_LIKE, "> +the same line\n> but not this one\n" * LONG + "why\n"),
        (_LIKE, "> +the line that is not there at all\n" * LONG + "why\n"),
        (_LIKE, "> +the same\n> line\n" * LONG + "why\n"),
        (_HUNK, ">" * 1_000_000 + "\nwhy\n"),
        (_HUNK, "> " * 500_000 + "\nwhy\n"),
        (_HUNK, "-" * 1_000_000 + "\nA" + "-a" * 1_000_000 + "\n"),
        (_HUNK, "a@b:\n> x\n" * LONG),
        (_HUNK + "+" + "a " * 500_000, "> +" + "a " * 500_000 + "\nwhy\n"),
        ("@@ -1 +1 @@\n" * LONG, "why\n"),
        ("--- a/x\n+++ b/x\n@@ -" + "9" * 100_000 + " +1 @@\n", "why\n"),
    ],
)
def test_time_grows_with_the_size(patch: str, reply: str) -> None:
    start = time.process_time()
    anchor(patch, reply)
    assert time.process_time() - start < 5
