# SPDX-License-Identifier: GPL-2.0-or-later
"""Archives that are followed: the marks go behind the import, never before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

import pytest

from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.inbox import InboxReport, Mark, Marks, News, follow_inbox
from maintainer_kit.workflow.ports import BrokenMail, SourceMail
from tests.build import mail
from tests.memory.desk import Desk

EPOCH = "archive/git/0.git"


def commit_of(count: int) -> str:
    return f"{count:040}"


class Archive:
    """An archive in memory: its n-th mail came with commit n."""

    def __init__(self, raws: Sequence[bytes], withdrawn: Sequence[bytes] = ()) -> None:
        self.name = "archive"
        self.epochs = (EPOCH,)
        self.raws = raws
        self.withdrawn_raws = withdrawn
        self.unreadable: tuple[BrokenMail, ...] = ()

    def news(self, marks: Marks) -> AbstractContextManager[News]:
        since = int(marks[EPOCH].commit) if EPOCH in marks else 0
        return nullcontext(ArchiveNews(self, since))


class ArchiveNews:
    """What came after its n-th mail."""

    def __init__(self, archive: Archive, since: int) -> None:
        self.total = len(archive.raws) - since
        self.deleted = 0
        self.rewritten = ()
        self.unreadable = archive.unreadable
        self._archive = archive
        self._since = since

    def __iter__(self) -> Iterator[SourceMail | BrokenMail]:
        for raw in self._archive.raws[self._since :]:
            yield SourceMail(EPOCH, 0, raw)

    def withdrawn(self) -> Iterator[tuple[str, str]]:
        for raw in self._archive.withdrawn_raws:
            copy = understand(raw)
            yield copy.message.message_id, copy.fingerprint

    def marks(self, given: int | None = None) -> Marks:
        count = self._since + (self.total if given is None else given)
        return {EPOCH: Mark(commit_of(count))} if count else {}


class Keeper:
    """Marks in memory, which looks at the catalogue whenever one is written."""

    def __init__(self, desk: Desk) -> None:
        self.marks: Marks = {}
        self.written: list[tuple[int, int]] = []
        """How far the mark went, and how many messages were catalogued then."""
        self._desk = desk

    def read(self, index: str) -> Marks:
        return self.marks

    def write(self, index: str, marks: Marks) -> None:
        self.marks = {**self.marks, **marks}
        if EPOCH in marks:
            pair = int(marks[EPOCH].commit), self._desk.catalogue.count()
            self.written.append(pair)


class Stopping:
    """Progress that stops its import, as ^C does."""

    def __init__(self, at: int) -> None:
        self._at = at

    def advance(self, done: int, total: int | None = None) -> None:
        assert total is not None
        if done >= self._at:
            raise KeyboardInterrupt


@pytest.fixture
def desk() -> Desk:
    return Desk()


MAILS = [mail(f"mail {at}", minutes=at) for at in range(700)]


def follow(desk: Desk, archive: Archive, keeper: Keeper, *, again: bool = False) -> InboxReport:
    return follow_inbox(desk.stores, archive, keeper, again=again)


def test_a_mark_is_never_ahead_of_the_import(desk: Desk) -> None:
    keeper = Keeper(desk)
    report = follow(desk, Archive(MAILS), keeper)
    assert report.imported.new == 700
    assert all(mark <= catalogued for mark, catalogued in keeper.written)
    assert len(keeper.written) > 3, "it goes along"
    assert keeper.marks == {EPOCH: Mark(commit_of(700))}


@pytest.mark.parametrize("at", [1, 33, 200, 690])
def test_stopped_it_goes_on_from_its_mark(desk: Desk, at: int) -> None:
    keeper = Keeper(desk)
    archive = Archive(MAILS)
    with pytest.raises(KeyboardInterrupt):
        follow_inbox(desk.stores, archive, keeper, Stopping(at))
    assert all(mark <= catalogued for mark, catalogued in keeper.written)
    follow(desk, archive, keeper)
    assert desk.catalogue.count() == 700
    whole = Desk()
    follow(whole, archive, Keeper(whole))
    assert desk.export() == whole.export()


def test_nothing_new_takes_no_lock(desk: Desk) -> None:
    keeper = Keeper(desk)
    archive = Archive(MAILS[:3])
    follow(desk, archive, keeper)
    desk.lock.taken = True
    assert follow(desk, archive, keeper).imported.messages == 0


def test_again(desk: Desk) -> None:
    keeper = Keeper(desk)
    archive = Archive(MAILS[:3])
    follow(desk, archive, keeper)
    report = follow(desk, archive, keeper, again=True)
    assert (report.imported.new, report.imported.duplicates) == (0, 3)


def test_withdrawn_mail_is_counted_where_it_is_held(desk: Desk) -> None:
    follow(desk, Archive(MAILS[:3]), Keeper(desk))
    another_text = MAILS[1] + b"more\n"
    withdrawn = [MAILS[0], MAILS[0], another_text, MAILS[9]]
    assert follow(desk, Archive(MAILS[:3], withdrawn), Keeper(desk)).kept == 1
    assert desk.catalogue.count() == 3


def test_what_cannot_be_read_is_broken(desk: Desk) -> None:
    archive = Archive(MAILS[:2])
    archive.unreadable = (BrokenMail(EPOCH, 0, "no repository"),)
    imported = follow(desk, archive, Keeper(desk)).imported
    assert (imported.messages, imported.new, len(imported.broken)) == (3, 2, 1)
