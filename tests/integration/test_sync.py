# SPDX-License-Identifier: GPL-2.0-or-later
"""``sync`` follows the index, whoever changed it and however."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.build import mail, part_id, posting, reply
from tests.integration.driver import Mkit, states

QUIET = ("new", "--quiet", "--no-hooks")


def test_nothing_new_is_nothing(mkit: Mkit) -> None:
    mkit.bring(*posting("calm", 2))
    for _ in range(2):
        report = mkit.json("sync")
        assert not any(report[name] for name in ("new", "changed", "vanished", "decisions"))
        assert not report["rebuilt"]


def test_delivered_mail_is_indexed_and_catalogued(mkit: Mkit) -> None:
    mkit.run("sync")
    mkit.deliver(*posting("came", 2))
    assert mkit.json("sync")["new"] == 3
    mkit.deliver(reply(part_id("came", 2), "Why?\n"))
    assert mkit.json("sync")["new"] == 1
    assert len(mkit.topic(part_id("came", 0))["revisions"][0]["follow_ups"]) == 1


def test_mail_that_others_have_indexed_already(mkit: Mkit) -> None:
    mkit.run("sync")
    mkit.deliver(*posting("came", 2))
    mkit.notmuch(*QUIET)
    assert mkit.json("sync")["new"] == 3
    assert mkit.topic(part_id("came", 0))["received"] == 2


def test_delivered_equals_imported(mkit: Mkit, tmp_path: Path) -> None:
    mails = [*posting("same", 3), reply(part_id("same", 1), "Reviewed-by: Bo <bo@shale.example>\n")]
    mkit.deliver(*mails)
    imported = Mkit(tmp_path / "other").configure()
    imported.bring(*mails)
    assert mkit.export() == imported.export()


def test_a_moved_mail_is_the_same_mail(mkit: Mkit) -> None:
    paths = mkit.deliver(*posting("moved", 2))
    before = mkit.export()
    for path in paths:
        path.rename(path.parent.parent / "cur" / f"{path.name}:2,S")
    mkit.notmuch(*QUIET)
    report = mkit.json("sync")
    assert (report["new"], report["vanished"]) == (0, 0)
    assert mkit.export() == before
    elsewhere = mkit.home / "mail" / "archive"
    shutil.move(mkit.home / "mail" / "inbox", elsewhere)
    report = mkit.json("sync")
    assert (report["new"], report["vanished"]) == (0, 0)
    assert mkit.export() == before


def test_a_vanished_mail_goes_and_what_it_made_with_it(mkit: Mkit) -> None:
    lone = mail("alone", message_id="alone@made.example")
    *_, last, path = mkit.deliver(*posting("gone", 3), lone)
    assert len(mkit.topics()) == 2
    last.unlink()
    path.unlink()
    assert mkit.json("sync")["vanished"] == 2
    (topic,) = mkit.topics()
    assert (topic["received"], topic["total"]) == (2, 3)
    assert "no message" in mkit.run("show", "alone@made.example", code=1).stderr


def test_one_goes_and_one_comes(mkit: Mkit) -> None:
    """The count alone does not tell."""
    (path,) = mkit.deliver(mail("old", message_id="old@made.example"))
    mkit.run("sync")
    path.unlink()
    mkit.deliver(mail("fresh", message_id="fresh@made.example"))
    mkit.run("sync")
    assert [one["message_id"] for one in mkit.topics()] == ["fresh@made.example"]


def test_of_two_files_one_goes(mkit: Mkit) -> None:
    first, _ = mkit.deliver(
        mail("one", message_id="two@made.example", minutes=1),
        mail("other", message_id="two@made.example", minutes=2),
    )
    assert mkit.topic("two@made.example")["subject"] == "one"
    first.unlink()
    mkit.run("sync")
    assert mkit.topic("two@made.example")["subject"] == "other"


def test_a_mail_that_was_changed_in_place_is_read_by_a_rebuild(mkit: Mkit) -> None:
    (path,) = mkit.deliver(mail("before", message_id="edit@made.example"))
    mkit.run("sync")
    path.write_bytes(mail("after", message_id="edit@made.example"))
    mkit.run("rebuild")
    assert mkit.topic("edit@made.example")["subject"] == "after"


def test_a_database_made_anew_leads_to_a_rebuild(mkit: Mkit) -> None:
    mkit.bring(*posting("kept", 3), *posting("second", 1))
    mkit.run("state", "accepted", part_id("kept", 0), "--why", "good")
    before = mkit.export()
    shutil.rmtree(mkit.home / "mail" / ".notmuch")
    mkit.notmuch(*QUIET)
    assert "mkit/accepted" not in mkit.tags(part_id("kept", 1))
    report = mkit.json("sync")
    assert report["rebuilt"]
    assert report["decisions"] == 0, "tags that a new index does not have are nobody's decision"
    assert mkit.export() == before
    assert "mkit/accepted" in mkit.tags(part_id("kept", 1))


def test_a_database_that_was_removed_is_made_again(mkit: Mkit) -> None:
    mkit.bring(*posting("kept", 2))
    before = mkit.export()
    shutil.rmtree(mkit.home / "mail" / ".notmuch")
    assert mkit.export() == before
    (mkit.home / "notmuch-config").unlink()
    assert mkit.export() == before


def test_an_older_database_put_back_in_place_is_noticed(mkit: Mkit) -> None:
    """Same uuid, smaller lastmod: what the catalogue has followed since is not there any more."""
    mkit.bring(*posting("kept", 2))
    database = mkit.home / "mail" / ".notmuch"
    shutil.copytree(database, mkit.base / "copy")
    mkit.run("state", "accepted", part_id("kept", 0))
    mkit.bring(*posting("later", 2))
    shutil.rmtree(database)
    shutil.copytree(mkit.base / "copy", database)
    mkit.notmuch(*QUIET)
    found = {one: state for topic in mkit.topics() for one, state in states(topic).items()}
    assert len(found) == 4
    for message_id, state in found.items():
        assert f"mkit/{state}" in mkit.tags(message_id)


def test_without_sync_what_is_known_is_shown(mkit: Mkit) -> None:
    mkit.bring(*posting("known", 1))
    mkit.deliver(*posting("unknown", 1))
    assert len(mkit.json("list", "--all", "--no-sync")["topics"]) == 1
    assert len(mkit.json("list", "--all")["topics"]) == 2


def test_a_home_can_be_moved(mkit: Mkit) -> None:
    mkit.bring(*posting("kept", 2))
    mkit.run("state", "accepted", part_id("kept", 0))
    before = mkit.export()
    moved = mkit.base / "elsewhere"
    mkit.home.rename(moved)
    there = mkit.having(MKIT_HOME=str(moved))
    assert there.export() == before
    there.bring(*posting("more", 1))
    assert len(there.export()) == 2
    assert not mkit.home.exists()
