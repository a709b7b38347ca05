# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that are queued, over stores in memory: which are sent, in what form, each once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.errors import Busy, Refused
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import Person
from maintainer_kit.render.posting_mail import posting_mail
from maintainer_kit.workflow.posting.record import Mail, Record
from maintainer_kit.workflow.pull_request.for_next import (
    Branch,
    begin,
    finish,
    make_mails,
    queue,
    record_of,
)
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.ports import NotSent
from tests.build import edit
from tests.memory.desk import SETTINGS
from tests.memory.desk import Desk as Stores
from tests.memory.drafts import reply_desk

LIST = Person("", "next@lists.lumen.example")
ADA = Person("Ada Author", "ada@quarry.example")
BO = Person("Bo Boss", "bo@lumen.example")


class MemoryRecords(dict[str, Record]):
    """Implements the port ``Records``."""

    is_busy = False

    def put(self, record: Record) -> None:
        self[record.id] = record

    def all(self) -> list[Record]:
        return list(self.values())

    @contextmanager
    def sending(self, wait: float = 0.0) -> Iterator[bool]:
        yield not self.is_busy


class MemorySeriesOutbox:
    """Implements the port ``SeriesOutbox``; the mail of the number ``fails`` does not go out."""

    words = "sent"
    sends = True

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.fails = -1
        self.refuses = False

    def validate(self, mails: Sequence[Mail]) -> None:
        if self.refuses:
            raise Refused("the hook says no")

    def post(self, sender: Person, mail: Mail) -> None:
        if len(self.sent) == self.fails:
            raise NotSent("the server is gone")
        self.sent.append(mail)

    def holds(self, message_id: str) -> bool:
        return False


def commit(digit: str, author: Person = ADA) -> Patch:
    change = edit(f"fs/{digit}.c")
    record = CommitRecord(
        digit * 40, ("0" * 40,), author, BO, 0, f"pebble: {digit}\n\nWhy.\n", change
    )
    return patch_of_commit(record)


def written(patches: Sequence[Patch]) -> dict[str, Patch]:
    return {one.commit or "": one for one in patches}


def mails_of(desk: Desk, patches: Sequence[Patch], words: str = "") -> tuple[Mail, ...]:
    found, known = queue(desk, patches, (), again=False)
    by_commit = written(patches)
    branch = Branch("topic", "https://git.lumen.example/p", "f" * 40, found, known)

    def format_patch(commit: str, prefix: str) -> bytes:
        one = by_commit[commit]
        head = f"From: {one.author}\nDate: x\nSubject: [{prefix}] {one.title}\n\nWhy.\n---\n"
        return f"From {commit} Mon Sep 17 00:00:00 2001\n{head}{one.diff_text}-- \n2.39\n".encode()

    return make_mails(desk, branch, [LIST], [BO], words, format_patch, posting_mail)


def desk() -> Desk:
    return reply_desk(Stores(SETTINGS).stores)


def test_several_stand_below_a_letter_that_lists_them() -> None:
    made = mails_of(desk(), [commit(one, BO if one == "a" else ADA) for one in "abc"], "Hello.")
    assert [one.subject for one in made] == [
        "[for-next][PATCH 0/3] topic: 3 patches for next",
        "[for-next][PATCH 1/3] pebble: a",
        "[for-next][PATCH 2/3] pebble: b",
        "[for-next][PATCH 3/3] pebble: c",
    ]
    letter, first, *_ = (read_mail(one.raw) for one in made)
    assert letter.text.strip() == (
        "Hello.\n\n  https://git.lumen.example/p topic\n\n"
        f"Head: {'f' * 40}\n\n"
        "Ada Author (2):\n      pebble: b\n      pebble: c\n\nBo Boss (1):\n      pebble: a"
    )
    assert first.header("in-reply-to") == f"<{made[0].message_id}>"
    assert first.header("to") == "next@lists.lumen.example"
    assert made[0].commit == "f" * 40


def test_a_lone_patch_needs_no_letter_and_many_are_numbered_in_line() -> None:
    (lone,) = mails_of(desk(), [commit("a")])
    assert lone.subject == "[for-next][PATCH] pebble: a"
    assert read_mail(lone.raw).header("in-reply-to") == ""
    many = [replace(commit("a"), commit=f"{at:040}", diff_text="") for at in range(12)]
    subjects = [one.subject for one in mails_of(desk(), many)]
    assert subjects[0].startswith("[for-next][PATCH 00/12]")
    assert subjects[9].startswith("[for-next][PATCH 09/12]")


def test_a_patch_is_known_by_what_it_changes() -> None:
    found = desk()
    records, outbox = MemoryRecords(), MemorySeriesOutbox()
    record = record_of("/tree", "topic")
    begin(records, outbox, replace(record, mails=mails_of(found, [commit("a"), commit("b")])))
    assert finish(found, records, outbox, record.id).sent == 3
    rebased = replace(commit("a"), commit="e" * 40)
    left, known = queue(found, [rebased, commit("c")], (), again=False)
    assert ([one.commit for one in left], known) == (["c" * 40], 1)
    every, known = queue(found, [rebased, commit("c")], (), again=True)
    assert (len(every), known) == (2, 0)
    assert every[0].message_id not in {one.message_id for one in outbox.sent}


def test_what_is_noted_to_have_gone_is_not_sent_either() -> None:
    found = desk()
    ((one,), _) = queue(found, [commit("a")], (), again=False)
    assert queue(found, [commit("a")], [one.message_id], again=False) == ((), 1)


def test_what_did_not_go_out_is_gone_on_with_and_nothing_begun_beside_it() -> None:
    found = desk()
    records, outbox = MemoryRecords(), MemorySeriesOutbox()
    outbox.fails = 2
    record = replace(record_of("/tree", "topic"), mails=mails_of(found, [commit("a"), commit("b")]))
    begin(records, outbox, record)
    outcome = finish(found, records, outbox, record.id)
    assert (outcome.sent, outcome.reason) == (2, "the server is gone")
    with pytest.raises(Refused, match="on their way"):
        begin(records, outbox, record)
    outbox.fails = -1
    assert finish(found, records, outbox, record.id).sent == 3
    assert [one.subject[-4:] for one in outbox.sent[1:]] == ["e: a", "e: b"]


def test_nothing_is_begun_that_git_refuses_or_beside_another() -> None:
    found = desk()
    records, outbox = MemoryRecords(), MemorySeriesOutbox()
    record = replace(record_of("/tree", "topic"), mails=mails_of(found, [commit("a")]))
    outbox.refuses = True
    with pytest.raises(Refused, match="hook"):
        begin(records, outbox, record)
    records.is_busy = True
    with pytest.raises(Busy):
        begin(records, outbox, record)
    assert not records


def test_branches_of_two_trees_are_two() -> None:
    ids = {record_of(*one).id for one in (("/a", "topic"), ("/b", "topic"), ("/a", "other"))}
    assert len(ids) == 3
    assert record_of("/a", "topic").name == "topic@for-next"
