# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail arrives, moves, changes and vanishes; the catalogue follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.config import Settings
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.message.message import Kind
from maintainer_kit.workflow.decide import set_archived, set_state
from maintainer_kit.workflow.reading import detail
from maintainer_kit.workflow.sync import SyncReport, sync
from tests.build import DAY, mail, part_id, patch, posting, read, reply
from tests.memory.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


class Counter:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def advance(self, done: int, total: int | None = None) -> None:
        self.seen.append(done)


def states(desk: Desk, message_id: str) -> dict[str, str]:
    """The state of each patch of a topic, by Message-ID."""
    found = detail(desk.stores, desk.row(message_id))
    return {
        message.message_id: found.state_of(message.message_id)
        for revision in found.topic.revisions
        for message in revision.series.patches
        if message
    }


def test_nothing_there(desk: Desk) -> None:
    assert desk.sync() == SyncReport()
    assert desk.rows() == []
    assert desk.catalogue.position() is not None


def test_new_mail(desk: Desk) -> None:
    desk.deliver(*posting("foo", 2), mail("talk", message_id="t@x"))
    assert desk.sync() == SyncReport(new=4)
    assert {row.kind for row in desk.rows()} == {"series", "discussion"}
    assert not desk.catalogue.has_dirty()


def test_v1_arrives_then_v2_and_v1_is_superseded(desk: Desk) -> None:
    desk.deliver(*posting("foo", 2))
    desk.sync()
    assert states(desk, part_id("foo", 0)) == {part_id("foo", 1): "new", part_id("foo", 2): "new"}
    desk.deliver(*posting("foo", 2, revision=2, minutes=DAY))
    desk.sync()
    assert states(desk, part_id("foo", 0)) == {
        part_id("foo", 1): "superseded",
        part_id("foo", 2): "superseded",
        part_id("foo", 1, 2): "new",
        part_id("foo", 2, 2): "new",
    }
    (row,) = desk.rows()
    assert (row.revision, row.revisions) == (2, 2)


def test_v2_arrives_before_v1(desk: Desk) -> None:
    desk.deliver(*posting("foo", 2, revision=2, minutes=DAY))
    desk.sync()
    desk.deliver(*posting("foo", 2))
    desk.sync()
    (row,) = desk.rows()
    assert (row.revision, row.revisions) == (2, 2)
    assert states(desk, part_id("foo", 1))[part_id("foo", 1)] == "superseded"


def test_a_decided_series_starts_anew_with_its_next_revision(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    set_state(desk.stores, "changes-requested", [part_id("foo", 1)], Origin.CLI)
    assert desk.row(part_id("foo", 1)).standing.state == "changes-requested"
    desk.deliver(*posting("foo", 1, revision=2, minutes=DAY))
    desk.sync()
    row = desk.row(part_id("foo", 1))
    assert row.standing.state == "new"
    assert row.standing.verdict.turn == "me"


def test_a_second_sync_finds_nothing(desk: Desk) -> None:
    desk.deliver(*posting("foo", 2))
    desk.sync()
    position = desk.catalogue.position()
    assert desk.sync() == SyncReport()
    assert desk.catalogue.position() == position


def test_an_answer_joins_its_topic(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    desk.deliver(reply(part_id("foo", 1), "This leaks the buffer.", message_id="r@x"))
    assert desk.sync() == SyncReport(new=1)
    assert desk.row("r@x").id == desk.row(part_id("foo", 1)).id
    assert desk.row("r@x").standing.verdict.turn == "author"


def test_a_mail_between_joins_two_topics(desk: Desk) -> None:
    desk.deliver(mail("talk", message_id="a@x"), reply("b@x", "3", message_id="c@x"))
    desk.sync()
    assert len(desk.rows()) == 2
    desk.deliver(reply("a@x", "2", message_id="b@x"))
    desk.sync()
    assert len(desk.rows()) == 1


def test_a_vanished_mail(desk: Desk) -> None:
    desk.deliver(*posting("foo", 2), mail("talk", message_id="t@x"))
    desk.sync()
    desk.index.remove(part_id("foo", 2))
    assert desk.sync() == SyncReport(vanished=1)
    assert desk.row(part_id("foo", 0)).received == 1
    assert desk.catalogue.count() == desk.index.count()


def test_a_vanished_mail_between_parts_two_topics(desk: Desk) -> None:
    desk.deliver(
        mail("talk", message_id="a@x"),
        reply("a@x", "2", message_id="b@x"),
        patch("[PATCH] foo", message_id="p@x", parents=["b@x"]),
    )
    desk.sync()
    desk.index.remove("a@x")
    desk.index.remove("b@x")
    assert desk.sync().vanished == 2
    assert [row.message_id for row in desk.rows()] == ["p@x"]


def test_a_whole_topic_vanishes(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    for number in (0, 1):
        desk.index.remove(part_id("foo", number))
    assert desk.sync() == SyncReport(vanished=2)
    assert (desk.rows(), desk.catalogue.all_clusters()) == ([], [])


def test_one_vanishes_and_another_comes(desk: Desk) -> None:
    desk.deliver(mail("one", message_id="1@x"))
    desk.sync()
    desk.index.remove("1@x")
    desk.deliver(mail("two", message_id="2@x"))
    desk.sync()
    assert desk.sync() == SyncReport()
    assert desk.catalogue.message_ids() <= {"1@x", "2@x"}
    desk.deliver(mail("three", message_id="3@x"))
    desk.sync()
    desk.sync()
    assert "2@x" in desk.catalogue.message_ids()


def test_a_message_that_was_passed_over_is_found_again(desk: Desk) -> None:
    desk.deliver(mail("one", message_id="1@x"), mail("two", message_id="2@x"))
    desk.sync()
    with desk.catalogue.transaction():
        desk.catalogue.drop_messages(["1@x"])
    desk.sync()
    assert desk.catalogue.message_ids() == {"1@x", "2@x"}
    assert desk.row("1@x").subject == "one"


def move(desk: Desk, message_id: str, path: str) -> None:
    """A mail client renames a mail's file, as for a flag."""
    (found,) = desk.index.find([message_id])
    (old,) = found.paths
    desk.folder.files[path] = desk.folder.files.pop(old)
    entry = desk.index.entries[message_id]
    desk.index.lastmod += 1
    moved = replace(entry, paths=(path,), lastmod=desk.index.lastmod)
    desk.index.entries[message_id] = moved


def test_a_moved_mail_is_not_read_again(desk: Desk) -> None:
    desk.deliver(mail("talk", message_id="t@x"))
    desk.sync()
    move(desk, "t@x", "archive/0:2,S")
    desk.folder.files["archive/0:2,S"] = b"From: x\n\nnobody looks at this\n"
    assert desk.sync() == SyncReport(changed=1)
    assert desk.row("t@x").subject == "talk"
    record = desk.catalogue.records(["t@x"])["t@x"]
    assert [file.path for file in record.files] == ["archive/0:2,S"]


def test_a_mail_under_another_name_is_read_again(desk: Desk) -> None:
    desk.deliver(mail("talk", message_id="t@x"))
    desk.sync()
    move(desk, "t@x", "archive/other")
    desk.folder.files["archive/other"] = mail("[BUG] oops", message_id="t@x")
    desk.sync()
    assert desk.row("t@x").kind == "report"


def test_two_contents_under_one_message_id(desk: Desk) -> None:
    later = mail("[PATCH 0/2] later", message_id="t@x", minutes=9)
    desk.deliver(later)
    desk.sync()
    desk.deliver(mail("talk", message_id="t@x"))
    assert desk.sync() == SyncReport(changed=1)
    (message,) = (record.message for record in desk.catalogue.records(["t@x"]).values())
    assert message.full_subject == "talk"
    assert "2 different mails under this Message-ID" in message.oddities


def test_an_unreadable_mail_has_a_place_until_it_can_be_read(desk: Desk) -> None:
    desk.deliver(mail("[BUG] oops", message_id="b@x"))
    raw = desk.folder.files.pop("inbox/0")
    assert desk.sync().new == 1
    record = desk.catalogue.records(["b@x"])["b@x"]
    assert record.message.kind is Kind.UNREADABLE
    assert "inbox/0" in record.message.oddities[0]
    assert desk.rows() == []
    desk.folder.files["inbox/0"] = raw
    desk.tag("b@x", add=["flagged"])
    desk.sync()
    assert desk.row("b@x").kind == "report"


def test_one_of_two_files_cannot_be_read(desk: Desk) -> None:
    desk.deliver(mail("talk", message_id="t@x"), mail("talk", message_id="t@x") + b"more\n")
    del desk.folder.files["inbox/0"]
    desk.sync()
    assert desk.row("t@x").subject == "talk"


def test_a_new_uuid_leads_to_a_rebuild(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    desk.index.uuid = "second"
    desk.index.remove(part_id("foo", 0))
    desk.index.lastmod = 1
    report = desk.sync()
    assert (report.rebuilt, report.new) == (True, 1)
    assert desk.catalogue.message_ids() == {part_id("foo", 1)}


def test_decisions_survive_a_new_database_without_tags(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    set_state(desk.stores, "accepted", [part_id("foo", 1)], Origin.CLI)
    raws = list(desk.folder.files.values())
    desk.index.entries.clear()
    desk.index.uuid, desk.index.lastmod = "second", 0
    desk.deliver(*raws)
    desk.sync()
    assert desk.row(part_id("foo", 1)).standing.state == "accepted"
    assert "mkit/accepted" in desk.tags(part_id("foo", 1))


def test_an_older_copy_of_the_database_does_not_take_decisions_back(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    entries, lastmod = dict(desk.index.entries), desk.index.lastmod
    set_state(desk.stores, "accepted", [part_id("foo", 1)], Origin.CLI)
    set_state(desk.stores, "rejected", [part_id("foo", 1)], Origin.CLI)
    desk.index.entries, desk.index.lastmod = entries, lastmod
    desk.sync()
    assert desk.row(part_id("foo", 1)).standing.state == "rejected"
    assert "mkit/rejected" in desk.tags(part_id("foo", 1))


def test_other_settings_of_the_reader_lead_to_new_turns(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    assert desk.row(part_id("foo", 1)).standing.verdict.turn == "me"
    stranger = replace(desk.stores, settings=Settings(me=("nobody@x.example",)))
    assert sync(stranger).judged
    assert desk.row(part_id("foo", 1)).standing.verdict.turn == "reviewer"


def test_decisions_of_another_process_are_followed(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    other = Desk()
    other.deliver(*posting("foo", 1))
    other.sync()
    set_state(other.stores, "accepted", [part_id("foo", 1)], Origin.CLI)
    for group in other.journal.read().groups:
        desk.journal.append(group)
    desk.sync()
    assert desk.row(part_id("foo", 1)).standing.state == "accepted"
    assert "mkit/accepted" in desk.tags(part_id("foo", 1))


def test_a_journal_that_was_replaced_is_read_whole(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1), mail("[BUG] oops", message_id="b@x"))
    desk.sync()
    set_archived(desk.stores, True, [part_id("foo", 1)], Origin.CLI)
    kept = desk.journal.read().groups
    set_archived(desk.stores, True, ["b@x"], Origin.CLI)
    desk.journal.lines = list(kept)
    desk.sync()
    assert desk.row(part_id("foo", 1)).standing.archived
    assert not desk.row("b@x").standing.archived


def test_what_only_a_tag_tells_comes_back_into_a_replaced_journal(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.sync()
    set_state(desk.stores, "accepted", [part_id("foo", 1)], Origin.CLI)
    desk.journal.lines = []
    desk.sync()
    assert desk.row(part_id("foo", 1)).standing.state == "accepted"
    assert [group.origin for group in desk.journal.read().groups] == [Origin.TAG]


def test_another_mkit_is_at_it(desk: Desk) -> None:
    desk.deliver(*posting("foo", 1))
    desk.lock.taken = True
    assert desk.sync() == SyncReport(skipped=True)
    assert desk.catalogue.count() == 0


def test_progress(desk: Desk) -> None:
    desk.deliver(*posting("foo", 2))
    counter = Counter()
    sync(desk.stores, counter)
    assert counter.seen == [3]


def test_no_message_is_in_two_topics(desk: Desk) -> None:
    raws = [*posting("foo", 2), *posting("foo", 2, revision=2, minutes=DAY)]
    desk.deliver(*raws)
    desk.sync()
    owners = desk.catalogue.topic_ids([read(raw).message_id for raw in raws])
    assert len(owners) == 6
