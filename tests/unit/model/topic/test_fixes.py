# SPDX-License-Identifier: GPL-2.0-or-later
"""From reports to the patches that mend them."""

from __future__ import annotations

import pytest

from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic, collect_topics
from tests.build import ADA, BO, DAY, mail, patch, read, reply

BUG = mail("[BUG] pebble leaks", "On 6.1, when I mount it.\n", sender=BO, message_id="bug@x")
NAME = "syzbot+0123456789abcdef0123"
SYZ = mail(
    "[syzbot] [pebble?] KASAN: use-after-free in pebble_read",
    f"Hello,\n\nReported-by: {NAME}@syzkaller.example\n",
    sender=f"syzbot <{NAME}@syzkaller.example>",
    message_id="syz@x",
)


def fix(
    trailers: str,
    *,
    name: str = "fix@x",
    parents: tuple[str, ...] = (),
    minutes: int = DAY,
    subject: str = "[PATCH] pebble: plug the leak",
) -> bytes:
    """A patch that bears some trailers."""
    text = f"Why.\n\n{trailers}\nSigned-off-by: {ADA}\n"
    return patch(subject, text=text, message_id=name, parents=parents, minutes=minutes)


def report_of(*raws: bytes) -> Topic:
    """The one report among the topics of mails."""
    groups = split_clusters(read(raw) for raw in raws)
    topics = [one for group in groups for one in collect_topics(group)]
    (found,) = [one for one in topics if one.kind is TopicKind.REPORT]
    return found


@pytest.mark.parametrize(
    ("report", "patch_mail"),
    [
        (BUG, fix("Closes: https://lore.kernel.org/r/bug@x")),
        (BUG, fix(f"Reported-by: {BO}\nLink: https://lore.kernel.org/r/bug@x")),
        (BUG, fix(f"Reported-by: {BO}", parents=("bug@x",))),
        (SYZ, fix(f"Reported-by: {NAME}@syzkaller.example")),
        (SYZ, fix(f"Closes: https://syzkaller.example/bug?extid={NAME[7:]}")),
    ],
)
def test_mended(report: bytes, patch_mail: bytes) -> None:
    assert report_of(report, patch_mail).mended_by == ("fix@x",)
    assert report_of(patch_mail, report).mended_by == ("fix@x",)


@pytest.mark.parametrize(
    "patch_mail",
    [
        fix("Closes: https://lore.kernel.org/r/other@x"),
        fix(f"Reported-by: {BO}"),
        fix("", parents=("bug@x",)),
        fix(f"Reported-by: {ADA}", parents=("bug@x",)),
    ],
)
def test_not_mended(patch_mail: bytes) -> None:
    assert report_of(BUG, patch_mail).mended_by == ()


def test_a_link_to_an_answer_is_one_to_the_report() -> None:
    answer = reply("bug@x", "Does it leak with -o sync, too?\n", sender=ADA, message_id="asked@x")
    closing = fix("Closes: https://lore.kernel.org/r/asked@x")
    assert report_of(BUG, answer, closing).mended_by == ("fix@x",)


def test_the_newest_revision_mends_it() -> None:
    trailer = "Closes: https://lore.kernel.org/r/bug@x"
    second = fix(trailer, name="v2@x", minutes=2 * DAY, subject="[PATCH v2] pebble: plug the leak")
    found = report_of(BUG, fix(trailer), second)
    assert found.mended_by == ("v2@x",)
    (fixing,) = {topic.id: topic for _, topic in found.fixes}.values()
    assert fixing.mends == ("bug@x",)


def test_a_title_that_the_tracker_was_told() -> None:
    told = reply("syz@x", "#syz fix: pebble: plug the leak\n", sender=ADA)
    posted = fix("", parents=("syz@x",))
    assert report_of(SYZ, told, posted).mended_by == ("fix@x",)
    assert report_of(SYZ, posted).mended_by == ()


def test_what_is_mended_lacks_nothing() -> None:
    bare = mail("[BUG] it leaks", "Help!\n", sender=BO, message_id="bug@x")
    assert report_of(bare).lacks == ("version", "steps")
    assert report_of(bare, fix("Closes: https://lore.kernel.org/r/bug@x")).lacks == ()
