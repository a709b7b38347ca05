# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on the lines of a topic's patches, read from the mails."""

from __future__ import annotations

import pytest

from maintainer_kit.workflow.comments import Remark, topic_remarks
from maintainer_kit.workflow.reading import detail
from tests.build import ADA, BO, DAY, ROBIN, edit, mail, part_id, patch, posting, reply
from tests.memory.desk import Desk

ONE = part_id("foo", 1)
QUOTE = "> +\ttwo_1();\n"


def desk(*raws: bytes) -> Desk:
    """A desk with a series of two patches, and more."""
    found = Desk()
    found.deliver(*posting("foo", 2), *raws)
    found.sync()
    return found


def remarks(found: Desk, message_id: str = ONE) -> dict[str, list[Remark]]:
    return topic_remarks(found.stores, detail(found.stores, found.row(message_id)).topic)


def test_a_comment_on_a_line() -> None:
    found = desk(reply(ONE, f"{QUOTE}\nThree, not two.\n", message_id="r@x"))
    ((head, (one,)),) = remarks(found).items()
    assert head == ONE
    assert (one.message.message_id, str(one.message.author)) == ("r@x", BO)
    assert (one.comment.place.path, one.comment.place.line) == ("fs/foo/1.c", 8)
    assert (one.comment.text, one.question, one.answered) == ("Three, not two.", False, False)
    assert one.newer is None


def test_nobody_said_anything() -> None:
    assert remarks(desk()) == {}


def test_a_report_has_no_lines() -> None:
    found = desk(mail("[BUG] oops", message_id="b@x"), reply("b@x", "> x\nwhy?\n"))
    assert remarks(found, "b@x") == {}


def test_bots_make_no_comments() -> None:
    found = desk(reply(ONE, f"{QUOTE}error\n", sender="kernel test robot <lkp@intel.com>"))
    assert remarks(found) == {}


def test_a_cover_letter() -> None:
    found = desk(reply(part_id("foo", 0), "> This series helps.\nHow much?\n"))
    ((head, (one,)),) = remarks(found).items()
    assert (head, one.comment.place.path, one.comment.place.line) == (part_id("foo", 0), "", 1)


def test_a_cover_letter_that_does_not_say_so() -> None:
    mails = posting("foo", 2)
    found = Desk()
    text = "> This series helps.\nHow much?\n"
    cover = mails[0].replace(b"[PATCH 0/2] ", b"")
    found.deliver(cover, *mails[1:], reply(part_id("foo", 0), text))
    found.sync()
    ((head, (one,)),) = remarks(found).items()
    assert (head, one.comment.place.line) == (part_id("foo", 0), 1)


def test_an_answer_belongs_to_the_patch_of_what_it_answers() -> None:
    """References was shortened to the cover letter and the parent."""
    found = desk(
        reply(ONE, f"{QUOTE}\nThree.\n", message_id="r@x"),
        reply("r@x", "> Three.\nNo.\n", sender=ADA, above=[part_id("foo", 0)], minutes=90),
    )
    ((head, (_, answer)),) = remarks(found).items()
    assert head == ONE
    assert (answer.comment.place.path, answer.comment.place.line) == ("fs/foo/1.c", 8)


def test_a_question() -> None:
    found = desk(reply(ONE, f"{QUOTE}\nWhy is it not three?\n", message_id="q@x"))
    ((one,),) = remarks(found).values()
    assert (one.question, one.answered) == (True, False)


def test_a_question_that_is_answered_below_it() -> None:
    found = desk(
        reply(ONE, f"{QUOTE}\nWhy is it not three?\n", message_id="q@x"),
        reply(
            "q@x",
            f"> {QUOTE}> \n> Why is it not three?\n\nThree is odd.\n",
            sender=ADA,
            above=[ONE],
            minutes=90,
        ),
    )
    ((question, answer),) = remarks(found).values()
    assert (question.question, question.answered) == (True, True)
    assert not answer.question


def test_who_asks_cannot_answer() -> None:
    found = desk(
        reply(ONE, f"{QUOTE}\nWhy is it not three?\n", message_id="q@x"),
        reply("q@x", "> Why is it not three?\n\nAnyone here.\n", above=[ONE], minutes=90),
    )
    ((question, _),) = remarks(found).values()
    assert (question.question, question.answered) == (True, False)


def test_another_question_stays_open() -> None:
    found = desk(
        reply(ONE, f"{QUOTE}\nWhy is it not three?\n", message_id="q@x"),
        reply(ONE, f"{QUOTE}\nIs two enough?\n", sender=ROBIN, message_id="p@x", minutes=70),
        reply("p@x", "> Is two enough?\n\nIt is.\n", sender=ADA, above=[ONE], minutes=90),
    )
    said = {one.message.message_id: one.answered for one in remarks(found)[ONE]}
    assert (said["q@x"], said["p@x"]) == (False, True)


def test_a_plain_answer_without_quotes() -> None:
    found = desk(
        reply(ONE, f"{QUOTE}\nWhy is it not three?\n", message_id="q@x"),
        reply("q@x", "Because.\n", sender=ADA, above=[ONE], minutes=90),
    )
    assert [one.answered for one in remarks(found)[ONE]] == [True, False]


def test_where_the_line_is_in_the_newest_revision() -> None:
    moved = edit("fs/foo/1.c", new="two_1").replace("@@ -7,3 +7,3 @@", "@@ -17,3 +27,3 @@")
    gone = edit("fs/foo/2.c", new="three")
    found = desk(
        reply(ONE, f"{QUOTE}\nThree.\n"),
        reply(part_id("foo", 2), "> +\ttwo_2();\nThree.\n"),
        patch("[PATCH v2 1/2] foo: step 1", moved, minutes=DAY, message_id="n1@x"),
        patch("[PATCH v2 2/2] foo: step 2", gone, minutes=DAY, message_id="n2@x", parents=["n1@x"]),
    )
    said = remarks(found)
    assert [one.newer and (one.newer.path, one.newer.line) for one in said[ONE]] == [
        ("fs/foo/1.c", 28)
    ]
    assert [one.newer for one in said[part_id("foo", 2)]] == [None]


@pytest.mark.parametrize(("number", "other", "old"), [("2/2", "1/2", "one"), ("1/2", "2/2", "six")])
def test_where_the_line_is_in_a_patch_of_another_title(number: str, other: str, old: str) -> None:
    """By what it changes; where most of that is new, by its number."""
    renamed = edit("fs/foo/1.c", old=old, new="two_1")
    second = edit("fs/foo/2.c", new="two_2")
    found = desk(
        reply(ONE, f"{QUOTE}\nThree.\n"),
        mail("[PATCH v2 0/2] foo: make it better", message_id="n0@x", minutes=DAY),
        patch(f"[PATCH v2 {number}] foo: stride", renamed, minutes=DAY, parents=["n0@x"]),
        patch(f"[PATCH v2 {other}] foo: step 2", second, minutes=DAY, parents=["n0@x"]),
    )
    (one,) = remarks(found)[ONE]
    assert one.newer is not None
    assert one.newer.path == "fs/foo/1.c"


def test_what_stands_above_scissors_is_quoted_too() -> None:
    body = f"It is simple.\n\n-- >8 --\nWhy.\n\nSigned-off-by: {ADA}\n---\n{edit()}"
    found = desk(
        mail("[PATCH] cut", body, message_id="a@x"),
        reply("a@x", "> It is simple.\nIs it?\n"),
        reply("a@x", "> -\tone();\nKeep it.\n", message_id="k@x"),
    )
    ((first, second),) = remarks(found, "a@x").values()
    assert (first.comment.place.line, second.comment.place.side) == (1, "old")


def test_a_patch_in_an_attachment() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nSee there.\n"
        "--b\nContent-Type: text/x-patch; name=a.patch\nContent-Disposition: attachment\n\n"
        f"{edit()}\n--b--\n"
    )
    headers = {"Content-Type": "multipart/mixed; boundary=b", "MIME-Version": "1.0"}
    found = desk(
        mail("[PATCH] attached", body, message_id="a@x", headers=headers),
        reply("a@x", "> -\tone();\nKeep it.\n"),
    )
    ((one,),) = remarks(found, "a@x").values()
    assert (one.comment.place.path, one.comment.place.side) == ("fs/pebble/inode.c", "old")


def test_mails_that_are_gone_from_disk() -> None:
    found = desk(reply(ONE, f"{QUOTE}\nThree, not two.\n"))
    shown = detail(found.stores, found.row(ONE)).topic
    found.folder.files = {
        path: raw for path, raw in found.folder.files.items() if b"Three, not" in raw
    }
    ((one,),) = topic_remarks(found.stores, shown).values()
    assert (one.comment.place.at, one.comment.text) == (0, "Three, not two.")
    found.folder.files.clear()
    assert topic_remarks(found.stores, shown) == {}
