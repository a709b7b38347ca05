# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of bots, gathered for patches, series and threads."""

from __future__ import annotations

from itertools import permutations

import pytest

from maintainer_kit.model.topic.checks import Checks, is_fixup
from maintainer_kit.model.topic.topic import Topic
from tests.build import DAY, edit, mail, part_id, patch, posting, read, reply, topic, topics

LKP = "kernel test robot <lkp@intel.com>"
BLUEZ = "bluez.test.bot@gmail.com"
SYZBOT = "syzbot <syzbot+0123456789abcdef@syzkaller.appspotmail.com>"
ERROR = "[auto build test ERROR on a/b]\n"
WARNING = "[auto build test WARNING on a/b]\n"


def lkp(parent: str, text: str = ERROR, minutes: int = 60) -> bytes:
    """The kernel test robot's answer to a patch."""
    return reply(parent, text, sender=LKP, minutes=minutes)


def bluez(parent: str, outcome: str, minutes: int = 60) -> bytes:
    """A list CI's answer, which is about the whole series."""
    return reply(parent, f"BuildEll   {outcome}   1.0 seconds\n", sender=BLUEZ, minutes=minutes)


def of(found: Topic, number: int) -> list[tuple[str, str]]:
    """What counts for a patch of the newest view, by number."""
    one = found.view[number - 1]
    assert one is not None
    return [(r.check.context, r.check.outcome.value) for r in Checks(found).of(one)]


def test_a_patch_has_its_own() -> None:
    found = topic(*posting("foo", 2), lkp(part_id("foo", 2)))
    assert of(found, 1) == []
    assert of(found, 2) == [("kernel test robot/build-errors", "fail")]
    assert Checks(found).counts() == (("fail", 1),)


@pytest.mark.parametrize("answered", [0, 1, 2])
def test_what_is_about_the_series_counts_for_each_patch(answered: int) -> None:
    found = topic(*posting("foo", 2), bluez(part_id("foo", answered), "PASS"))
    expected = [("bluez.test.bot/BuildEll", "success")]
    assert of(found, 1) == of(found, 2) == expected
    assert Checks(found).counts() == (("success", 1),)
    assert len(Checks(found).of_series(found.revisions[-1].series)) == 1
    assert not any(Checks(found).own(one) for one in found.view if one)


def test_what_answers_the_cover_letter_counts_for_each_patch() -> None:
    found = topic(*posting("foo", 2), lkp(part_id("foo", 0)))
    assert of(found, 1) == of(found, 2) == [("kernel test robot/build-errors", "fail")]


def test_the_newest_result_wins_however_it_arrived() -> None:
    mails = [
        *posting("foo", 1, cover=False),
        bluez(part_id("foo", 1), "FAIL", 60),
        bluez(part_id("foo", 1), "PENDING", 30),
        bluez(part_id("foo", 1), "PASS", 90),
    ]
    for order in permutations(mails):
        assert of(topic(*order), 1) == [("bluez.test.bot/BuildEll", "success")]


def test_a_series_and_a_patch_have_a_result_of_one_test() -> None:
    older = [*posting("foo", 1), lkp(part_id("foo", 0), ERROR, 60)]
    assert of(topic(*older), 1) == [("kernel test robot/build-errors", "fail")]
    fixed = lkp(part_id("foo", 1), "kernel test robot noticed the following build errors:\n", 90)
    found = Checks(newer := topic(*older, fixed))
    one = newer.view[0]
    assert one is not None
    assert [r.message.date for r in found.of(one)] == [read(fixed).date]


def test_an_error_and_a_later_warning_are_two_tests() -> None:
    first = part_id("foo", 1)
    found = topic(*posting("foo", 1), lkp(first), lkp(first, WARNING, 90))
    assert Checks(found).counts() == (("fail", 1), ("warning", 1))


def test_an_older_revision_does_not_count() -> None:
    found = topic(
        *posting("foo", 1), lkp(part_id("foo", 1)), *posting("foo", 1, revision=2, minutes=DAY)
    )
    assert Checks(found).counts() == ()
    old = found.revisions[0].series.patches[0]
    assert old is not None and len(Checks(found).of(old)) == 1


def test_a_thread_without_patches() -> None:
    report = mail(
        "[syzbot] oops", "syzbot found the following issue on:\n", sender=SYZBOT, message_id="b@x"
    )
    text = "syzbot has tested the proposed patch but it is still triggering an issue:\n"
    found = topic(report, reply("b@x", "#syz test\n"), reply("b@x", text, sender=SYZBOT))
    checks = Checks(found)
    assert checks.counts() == (("fail", 1),)
    assert [r.check.context for r in checks.of_series(None)] == ["syzbot"]


def test_a_fixup() -> None:
    first = part_id("foo", 1)
    offer = patch("[PATCH] foo: fix cocci", edit(new="three"), sender=LKP, parents=[first])
    found = topic(*posting("foo", 1), offer, lkp(first))
    assert [is_fixup(one.message) for one in found.follow_ups].count(True) == 1
    assert not any(is_fixup(one) for one in found.view if one)


# A bot's mail that answers nothing, and names the commit.

TITLE = "foo: count the pebbles of each quarry twice"


def named(title: str = TITLE, to: str = "ada@quarry.example", minutes: int = 60) -> bytes:
    """The kernel test robot about a commit in somebody's tree."""
    text = f"commit: {'ab' * 20} [2/7] {title}\n\nAll errors (new ones prefixed by >>):\n"
    subject = "[quarry:dev 2/7] fs/a.c:1: error: x"
    return mail(subject, text, sender=LKP, to=to, message_id="robot@x", minutes=minutes)


def v(revision: int, title: str = TITLE, minutes: int = 0) -> bytes:
    """A revision of the patch."""
    change = edit(new=f"count_{revision}")
    mark = f" v{revision}" if revision > 1 else ""
    subject = f"[PATCH{mark}] {title}"
    return patch(subject, change, message_id=f"v{revision}@x", minutes=minutes)


def place(*raws: bytes) -> str:
    """The patch that the robot's mail is put below; empty where it stays by itself."""
    found = [one for each in topics(*raws) for one in each.follow_ups]
    return next((one.head_id for one in found if one.message.message_id == "robot@x"), "")


def test_it_is_put_below_the_patch_of_that_title() -> None:
    assert place(v(1), named()) == "v1@x"
    assert of(topic(v(1), named()), 1) == [("kernel test robot/build-errors", "fail")]


def test_of_several_postings_the_newest_before_it() -> None:
    mails = [v(1), v(2, minutes=DAY), named(minutes=DAY + 60), v(3, minutes=2 * DAY)]
    for order in permutations(mails):
        assert place(*order) == "v2@x"


def test_a_bot_that_is_faster_than_the_list() -> None:
    assert place(v(1, minutes=DAY), named()) == "v1@x"


@pytest.mark.parametrize("title", ["foo: something else altogether, really", "", "foo"])
def test_another_title(title: str) -> None:
    assert place(v(1), named(title)) == ""


def test_somebody_elses_patch() -> None:
    assert place(v(1), named(to="bo@shale.example")) == ""


def test_what_follows_it_comes_along() -> None:
    answer = reply("robot@x", "Thanks, will fix.\n", message_id="a@x", minutes=90)
    heads = {one.message.message_id: one.head_id for one in topic(v(1), named(), answer).follow_ups}
    assert heads == {"robot@x": "v1@x", "a@x": "v1@x"}
