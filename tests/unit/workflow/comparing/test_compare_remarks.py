# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on an old revision against the new code."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.workflow.comparing.comparison import compare
from maintainer_kit.workflow.comparing.line_fate import LineFate
from maintainer_kit.workflow.comparing.named import read_sides
from maintainer_kit.workflow.comparing.remarks import ComparedRemark, compared_remarks
from tests.build import ADA, DAY, mail, patch, reply
from tests.memory.desk import Desk
from tests.unit.workflow.comparing.test_compare_named import MemoryCommits

OLD, NEW = "old@x", "new@x"


def diff(*lines: str, path: str = "a.c") -> str:
    old = sum(line[0] in " -" for line in lines)
    new = sum(line[0] in " +" for line in lines)
    body = "".join(f"{line}\n" for line in lines)
    return (
        f"diff --git a/{path} b/{path}\nindex 1111111..2222222 100644\n--- a/{path}\n+++ b/{path}\n"
        f"@@ -7,{old} +7,{new} @@ int f(void)\n{body}"
    )


BEFORE = (" \tint first;", " \tint second;", "+\tlock_it(now);", "+\tuse_it(now);", " \treturn 1;")


def judged(after: str, body: str, *more: bytes, text: str = "Why.\n") -> list[ComparedRemark]:
    """Comments on ``BEFORE`` when the next revision is ``after``."""
    found = Desk()
    new = patch("[PATCH v2] fs: x", after, message_id=NEW, parents=[OLD], minutes=DAY, text=text)
    found.deliver(
        patch("[PATCH] fs: x", diff(*BEFORE), message_id=OLD, text="Why.\n"),
        reply(OLD, body, message_id="said@x"), new, *more,
    )  # fmt: skip
    found.sync()
    sides = read_sides(found.stores, MemoryCommits(), (found.row(OLD).id,))
    return compared_remarks(found.stores, compare(sides), sides.topic)


QUOTE = "> +\tlock_it(now);\nDo not lock here.\n"


@pytest.mark.parametrize(
    ("after", "fate", "now"),
    [
        (BEFORE, LineFate.UNCHANGED, ""),
        ((*BEFORE[:2], "+\tlock_it(later);", *BEFORE[3:]), LineFate.CHANGED, "+\tlock_it(later);"),
        ((*BEFORE[:2], *BEFORE[3:]), LineFate.CHANGED, "+\tuse_it(now);"),
        ((*BEFORE[:3], "+\tuse_it(twice);", BEFORE[4]), LineFate.CHANGED, "+\tuse_it(twice);"),
        ((" \tother();", "+\tfoo();", " \tcode();"), LineFate.GONE, ""),
    ],
)
def test_what_became_of_the_line(after: tuple[str, ...], fate: LineFate, now: str) -> None:
    (one,) = judged(diff(*after), QUOTE)
    assert one.fate is fate
    assert now in one.now or not (now or one.now)
    assert (one.old, one.replied) == (0, False)


def test_a_line_in_another_file_is_gone() -> None:
    (one,) = judged(diff(" \tother();", "+\tfoo_bar();", path="b.c"), QUOTE)
    assert one.fate is LineFate.GONE


def test_lines_of_the_message_and_no_line_at_all() -> None:
    (one,) = judged(diff(*BEFORE), "> Why.\nThat is no reason.\n")
    assert one.fate is LineFate.UNCHANGED
    (one,) = judged(diff(*BEFORE), "> Why.\nThat is no reason.\n", text="Because.\n")
    assert one.fate is LineFate.CHANGED
    (one,) = judged(diff(*BEFORE), "I do not like it at all.\n")
    assert one.fate is LineFate.WHOLE


def test_answers_are_counted_by_whom_they_answer() -> None:
    answer = reply("said@x", "> Do not lock here.\nAll right.\n", sender=ADA, above=[OLD])
    robot = reply(
        "said@x", "Build failed.\n", sender="kernel test robot <lkp@intel.com>", above=[OLD]
    )
    by_reply = {
        one.remark.message.message_id: one.replied for one in judged(diff(*BEFORE), QUOTE, answer)
    }
    assert by_reply["said@x"]
    assert not judged(diff(*BEFORE), QUOTE, robot)[0].replied


def test_without_a_topic_there_are_none() -> None:
    found = Desk()
    found.deliver(mail("hello", message_id="x@x"))
    found.sync()
    commits = MemoryCommits(cabc=_any())
    sides = read_sides(found.stores, commits, ("A..B", "C..D"))
    assert compared_remarks(found.stores, compare(sides), sides.topic) == []


def _any() -> Patch:

    return patch_of_mail(patch("[PATCH] x"))
