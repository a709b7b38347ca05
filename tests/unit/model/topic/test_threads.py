# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads without a patch: what stands for them, and what they are about."""

from __future__ import annotations

from maintainer_kit.model.topic.kind import TopicKind
from tests.build import BO, mail, reply, topic, topics

LKP = "kernel test robot <lkp@intel.com>"
ID = "ab" * 20


def test_a_good_build_is_no_topic() -> None:
    assert topics(mail("[tree:dev] BUILD SUCCESS abc", "configs tested: 9", sender=LKP)) == []


def test_what_a_person_says_to_it_is_one() -> None:
    built = mail("[tree:dev] BUILD SUCCESS abc", "fine", sender=LKP, message_id="b@x")
    found = topic(built, reply("b@x", "Please stop this.\n", subject="Re: BUILD SUCCESS"))
    assert found.kind is TopicKind.DISCUSSION
    assert len(found.messages) == 2


def test_a_bad_build_is_a_report() -> None:
    found = topic(mail("[tree:dev] BUILD REGRESSION abc", "Error ids", sender=LKP))
    assert found.kind is TopicKind.REPORT


def test_what_a_bot_answers_to_a_mail_that_is_not_here_is_kept() -> None:
    found = topic(reply("lost@x", "I see build errors.\n", sender=LKP))
    assert found.kind is TopicKind.DISCUSSION


def test_answers_to_a_report_that_is_not_here() -> None:
    subject = "Re: [syzbot] [pebble?] general protection fault in pebble_read"
    assert topic(reply("lost@x", "Hm.\n", subject=subject)).kind is TopicKind.REPORT
    assert topic(reply("lost@x", "Hm.\n", subject="Re: lunch")).kind is TopicKind.DISCUSSION


def test_a_note_and_the_talk_about_it() -> None:
    subject = 'Patch "pebble: fix it" has been added to the 6.1-stable tree'
    note = mail(subject, f"commit {ID} upstream.\n", message_id="n@x")
    assert topics(note) == []
    found = topic(note, reply("n@x", "Please drop it.\n", sender=BO, message_id="no@x"))
    assert found.root.message_id == "no@x"
