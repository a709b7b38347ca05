# SPDX-License-Identifier: GPL-2.0-or-later
"""A posting that dies at any of its steps goes on, and no mail goes twice unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.errors import Busy, Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.workflow.posting.record import Mail, Record
from maintainer_kit.workflow.posting.sending import drop, go_on, outcome_words, recover, settle
from maintainer_kit.workflow.replying.ports import MaybeSent, NotSent
from tests.build import ADA, part_id, posting
from tests.memory.desk import Desk
from tests.memory.fuse import Crash, Fuse
from tests.memory.postings import MemoryRecords, MemorySeriesOutbox

SENDER = Person("Ada Author", "ada@quarry.example")
IDS = [part_id("foo", number) for number in range(5)]


class Author:
    """A posting of five mails that is to be sent."""

    def __init__(self) -> None:
        self.desk = Desk()
        raws = posting("foo", 4, sender=ADA)
        mails = tuple(
            Mail(one, f"[PATCH {at}/4]", (SENDER,), (), raw, "0" * 40)
            for at, (one, raw) in enumerate(zip(IDS, raws, strict=True))
        )
        self.records = MemoryRecords()
        self.outbox = MemorySeriesOutbox()
        self.records.put(Record("a", "fails", "/r", revision=1, sender=SENDER, mails=mails))

    @property
    def record(self) -> Record:
        return self.records.kept["a"]

    def stages(self) -> list[Stage]:
        """Of the mails that are not done with."""
        return [one.stage for one in self.record.mails]

    def send(self) -> str:
        outcome = go_on(self.desk.stores, self.records, self.outbox, "a")
        return outcome_words(outcome, "mkit send fails")

    def recover(self) -> bool:
        return recover(self.desk.stores, self.records, self.outbox.holds)

    def come_back(self) -> None:
        """As the user does after a crash, who knows what went out."""
        self.recover()
        if asked := self.record.uncertain:
            went = asked.message_id in self.outbox.posted
            settle(self.desk.stores, self.records, "a", went)
        if self.record.is_under_way:
            self.send()
        self.recover()


def steps() -> int:
    """How many a posting takes."""
    author, fuse = Author(), Fuse()
    author.records.before = author.outbox.around = fuse.spend
    author.send()
    return len(fuse.calls)


@pytest.mark.parametrize("at", range(1, steps() + 1))
def test_killed_at_any_step_each_mail_goes_once(at: int) -> None:
    author, fuse = Author(), Fuse(at)
    author.records.before = author.outbox.around = fuse.spend
    with pytest.raises(Crash):
        author.send()
    author.come_back()
    assert author.outbox.posted == IDS
    assert author.stages() == []
    assert [one.message_ids for one in author.record.posted] == [tuple(IDS)]
    author.desk.sync()
    assert len(author.desk.catalogue.records(IDS)) == len(IDS)


def test_what_came_in_is_not_asked_about() -> None:
    author, fuse = Author(), Fuse()
    author.records.before = author.outbox.around = fuse.spend
    fuse.at = 7  # the second went out, and nobody has noted it
    with pytest.raises(Crash):
        author.send()
    assert Stage.SENDING in author.stages()
    with pytest.raises(Refused, match="mkit ended while it sent"):
        author.send()
    author.desk.deliver(*posting("foo", 1, sender=ADA))
    author.desk.sync()
    assert author.recover()
    assert Stage.SENDING not in author.stages()
    assert author.send() == "5 mails sent"
    assert author.outbox.posted == IDS


@pytest.mark.parametrize("at", range(1, steps() + 1))
def test_where_mail_is_left_nobody_is_asked(at: int) -> None:
    author, fuse = Author(), Fuse(at)
    author.outbox.sends = False
    author.records.before = author.outbox.around = fuse.spend
    with pytest.raises(Crash):
        author.send()
    assert author.recover()
    asked = author.record.uncertain
    assert asked is None or asked.message_id not in author.outbox.posted
    author.come_back()
    assert author.outbox.posted == IDS
    author.desk.sync()
    assert not author.desk.catalogue.records(IDS)


def test_what_is_sent_counts_though_others_were_left() -> None:
    """The settings were changed between two runs."""
    author = Author()
    author.outbox.sends = False
    author.outbox.trouble[IDS[2]] = NotSent("no room")
    author.send()
    author.outbox.sends = True
    author.send()
    assert author.stages() == []
    assert set(author.desk.catalogue.records(IDS)) == set(IDS[2:])


def test_one_that_fails_is_the_next() -> None:
    author = Author()
    author.outbox.trouble[IDS[2]] = NotSent("the server is full")
    assert author.send() == (
        "2 of 5 mails sent, then: the server is full; mkit send fails goes on from there"
    )
    assert author.stages() == [Stage.SENT] * 2 + [Stage.OPEN] * 3
    assert author.send() == "5 mails sent"
    assert author.outbox.posted == IDS


def test_one_of_which_nobody_knows_is_asked_about() -> None:
    author = Author()
    author.outbox.trouble[IDS[4]] = MaybeSent("it was killed")
    assert "nobody knows whether that one went out: mkit send fails" in author.send()
    settle(author.desk.stores, author.records, "a", True)
    assert author.outbox.posted == IDS[:4]
    assert author.record.posted[0].message_ids == tuple(IDS)
    with pytest.raises(Refused, match="of no mail"):
        settle(author.desk.stores, author.records, "a", True)


def test_others_wait() -> None:
    author = Author()
    author.records.is_sending = True
    assert not author.recover()
    for act in (
        author.send,
        lambda: settle(author.desk.stores, author.records, "a", True),
        lambda: drop(author.records, "a"),
    ):
        with pytest.raises(Busy):
            act()
    assert author.outbox.posted == []


def test_an_import_that_cannot_be_now_is_made_up_for() -> None:
    author = Author()
    author.desk.lock.taken = True
    assert author.send() == "5 mails sent"
    assert author.stages() == [Stage.SENT] * 5
    author.desk.lock.taken = False
    assert author.recover()
    assert author.stages() == []
    assert len(author.desk.catalogue.records(IDS)) == len(IDS)


def test_what_is_dropped_is_remembered_as_far_as_it_went() -> None:
    author = Author()
    author.outbox.trouble[IDS[1]] = NotSent("no")
    author.send()
    drop(author.records, "a")
    assert author.record.posted[0].message_ids == (IDS[0],)
    assert author.stages() == []
    author.records.put(replace(author.record, id="b", posted=()))
    assert drop(author.records, "b").posted == ()
    with pytest.raises(Refused):
        drop(author.records, "c")
