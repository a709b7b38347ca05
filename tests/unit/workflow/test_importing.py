# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails from files into the folder, the index and the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from maintainer_kit.errors import Busy, IndexLocked
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.workflow.decide import set_state
from maintainer_kit.workflow.importing import ImportReport, import_mail
from maintainer_kit.workflow.ports import BrokenMail, SourceMail
from maintainer_kit.workflow.sync import SyncReport
from tests.build import DAY, mail, part_id, patch, posting
from tests.memory.desk import Desk

PATCH = part_id("foo", 1)


def source(*raws: bytes) -> list[SourceMail | BrokenMail]:
    """Mails as a reader of files gives them."""
    return [SourceMail("a.mbox", at, raw) for at, raw in enumerate(raws)]


def summary(report: ImportReport) -> tuple[int, int, int, int, int]:
    """Messages, new, duplicates, variants, broken; the books must balance."""
    assert report.new + report.duplicates + len(report.broken) == report.messages
    broken = len(report.broken)
    return report.messages, report.new, report.duplicates, report.variants, broken


@pytest.fixture
def desk() -> Desk:
    return Desk()


def ours(desk: Desk, message_id: str = PATCH) -> set[str]:
    """The tags of mkit that a message bears."""
    return {tag for tag in desk.tags(message_id) if tag.startswith("mkit")}


def test_import(desk: Desk) -> None:
    report = import_mail(desk.stores, source(*posting("foo", 2), mail("talk")))
    assert summary(report) == (4, 4, 0, 0, 0)
    assert len(desk.rows()) == 2
    assert len(desk.folder.existing()) == 4
    assert ours(desk) == {"mkit", "mkit/new"}
    assert desk.sync() == SyncReport()


def test_again(desk: Desk) -> None:
    mails = source(*posting("foo", 2))
    import_mail(desk.stores, mails)
    before = (desk.export(), dict(desk.folder.files), desk.index.lastmod)
    assert summary(import_mail(desk.stores, mails)) == (3, 0, 3, 0, 0)
    assert (desk.export(), dict(desk.folder.files), desk.index.lastmod) == before


def test_nothing(desk: Desk) -> None:
    assert summary(import_mail(desk.stores, [])) == (0, 0, 0, 0, 0)


def test_the_same_mail_twice_in_one_source(desk: Desk) -> None:
    raw = mail("talk", message_id="t@x")
    assert summary(import_mail(desk.stores, source(raw, raw))) == (2, 1, 1, 0, 0)
    assert len(desk.folder.existing()) == 1


def test_the_same_mail_by_another_road_is_a_duplicate(desk: Desk) -> None:
    raw = mail("talk", message_id="t@x")
    travelled = b"Received: from a by b\nX-TUID: 1\n" + raw
    assert summary(import_mail(desk.stores, source(raw, travelled))) == (2, 1, 1, 0, 0)


def test_the_same_mail_by_another_list_is_kept_and_no_variant(desk: Desk) -> None:
    raws = [
        mail("talk", message_id="t@x", headers={"List-Id": f"<{name}.lists.x.example>"})
        for name in ("one", "two")
    ]
    assert summary(import_mail(desk.stores, source(*raws))) == (2, 1, 1, 0, 0)
    assert len(desk.folder.existing()) == 2
    assert {"one.lists.x.example", "two.lists.x.example"} <= set(desk.row("t@x").lists)


@pytest.mark.parametrize("together", [True, False])
def test_another_content_under_the_same_id_is_a_variant(desk: Desk, together: bool) -> None:
    raws = [mail("talk", text, message_id="t@x") for text in ("one", "two")]
    if together:
        report = import_mail(desk.stores, source(*raws))
        assert summary(report) == (2, 1, 1, 1, 0)
    else:
        import_mail(desk.stores, source(raws[0]))
        assert summary(import_mail(desk.stores, source(raws[1]))) == (1, 0, 1, 1, 0)
    assert len(desk.folder.existing()) == 2
    oddities = desk.catalogue.records(["t@x"])["t@x"].message.oddities
    assert "2 different mails under this Message-ID" in oddities


def test_which_variant_speaks_does_not_depend_on_the_order() -> None:
    raws = [mail("talk", text, message_id="t@x") for text in ("one", "two", "three")]
    exports = []
    for order in (raws, raws[::-1]):
        desk = Desk()
        import_mail(desk.stores, source(*order))
        exports.append(desk.export())
    assert exports[0] == exports[1]


def test_broken_mails_are_listed(desk: Desk) -> None:
    broken = BrokenMail("a.mbox", 7, "it does not begin with a header")
    mails = [*source(mail("talk")), broken, SourceMail("a.mbox", 9, b"nothing\n")]
    report = import_mail(desk.stores, mails)
    assert summary(report) == (3, 1, 0, 0, 2)
    assert report.broken == [broken, BrokenMail("a.mbox", 9, "notmuch takes it for no mail")]


def test_a_mail_without_message_id(desk: Desk) -> None:
    mails = source(mail("talk", headers={"Message-ID": ""}))
    assert summary(import_mail(desk.stores, mails)) == (1, 1, 0, 0, 0)
    assert summary(import_mail(desk.stores, mails)) == (1, 0, 1, 0, 0)
    (message_id,) = desk.catalogue.message_ids()
    assert message_id.startswith("notmuch-sha1-")


def test_what_another_program_delivered_is_a_duplicate(desk: Desk) -> None:
    raw = mail("talk", message_id="t@x")
    desk.deliver(raw)
    assert summary(import_mail(desk.stores, source(raw))) == (1, 0, 1, 0, 0)
    assert desk.folder.existing() == {}


def test_an_import_that_was_killed_before_indexing_goes_on(desk: Desk) -> None:
    raw = mail("talk", message_id="t@x")
    import_mail(desk.stores, source(raw))
    stored = dict(desk.folder.files)
    other = Desk()
    other.folder.files.update(stored)
    assert summary(import_mail(other.stores, source(raw))) == (1, 1, 0, 0, 0)
    assert other.folder.files == stored
    assert other.export() == desk.export()


def test_tags_of_the_users_own_database() -> None:
    desk = Desk(new_tags=["inbox", "unread"])
    import_mail(desk.stores, source(*posting("foo", 1)))
    assert desk.tags(PATCH) == {"inbox", "unread", "mkit", "mkit/new"}
    assert desk.tags(part_id("foo", 0)) == {"inbox", "unread"}
    assert desk.catalogue.tags([PATCH])[PATCH] == desk.tags(PATCH)
    assert desk.sync() == SyncReport()


def test_rerolls_over_several_imports(desk: Desk) -> None:
    import_mail(desk.stores, source(*posting("foo", 1, revision=2, minutes=DAY)))
    import_mail(desk.stores, source(*posting("foo", 1)))
    (row,) = desk.rows()
    assert (row.revision, row.revisions) == (2, 2)
    assert ours(desk) == set()
    assert ours(desk, part_id("foo", 1, 2)) == {"mkit", "mkit/new"}


def test_decisions_that_are_known_before_the_mail_comes(desk: Desk) -> None:
    """As after a restore into an empty home, where the mail is imported next."""
    import_mail(desk.stores, source(*posting("foo", 1)))
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    restored = Desk()
    restored.index.uuid = "made anew"
    restored.journal.lines = list(desk.journal.lines)
    import_mail(restored.stores, source(*posting("foo", 1)))
    assert restored.row(PATCH).standing.state == "accepted"
    assert ours(restored) == {"mkit", "mkit/accepted"}
    assert len(restored.journal.read().groups) == 1


def test_a_decided_mail_that_vanished_and_is_imported_again(desk: Desk) -> None:
    mails = source(*posting("foo", 1))
    import_mail(desk.stores, mails)
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    for message_id in (PATCH, part_id("foo", 0)):
        desk.index.remove(message_id)
    desk.folder.files.clear()
    desk.sync()
    assert desk.rows() == []
    import_mail(desk.stores, mails)
    assert desk.row(PATCH).standing.state == "accepted"
    assert ours(desk) == {"mkit", "mkit/accepted"}


def test_somebody_else_writes_in_between(desk: Desk) -> None:
    def mails() -> Iterator[SourceMail | BrokenMail]:
        for at, raw in enumerate(posting("foo", 400)):
            if at == 300:
                desk.deliver(patch("[PATCH] bar", message_id="bar@x"))
            yield SourceMail("a.mbox", at, raw)

    assert summary(import_mail(desk.stores, mails())) == (401, 401, 0, 0, 0)
    assert desk.catalogue.count() == 402
    assert ours(desk, "bar@x") == {"mkit", "mkit/new"}
    assert desk.sync() == SyncReport()


class Counter:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def advance(self, done: int, total: int | None = None) -> None:
        self.seen.append(done)


def test_progress(desk: Desk) -> None:
    counter = Counter()
    import_mail(desk.stores, source(*posting("foo", 9)), counter)
    assert counter.seen[-1] == 10


def test_another_import_is_at_it(desk: Desk) -> None:
    desk.lock.taken = True
    with pytest.raises(Busy):
        import_mail(desk.stores, source(mail("talk")), wait=0)
    assert desk.folder.files == {}


def test_a_locked_index_can_be_tried_again(desk: Desk) -> None:
    mails = source(*posting("foo", 1))
    desk.index.locked = True
    with pytest.raises(IndexLocked):
        import_mail(desk.stores, mails)
    desk.index.locked = False
    assert summary(import_mail(desk.stores, mails)) == (2, 2, 0, 0, 0)
    assert len(desk.folder.files) == 2
