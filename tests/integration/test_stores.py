# SPDX-License-Identifier: GPL-2.0-or-later
"""What cannot be derived survives; what can be derived may be lost, damaged, or of another time."""

from __future__ import annotations

import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import mail, part_id, posting, reply
from tests.integration.driver import Mkit, states

A, B = part_id("a", 1), part_id("b", 1)


def fill(mkit: Mkit) -> Mkit:
    """Two series with all kinds of decisions about them."""
    mkit.bring(*posting("a", 2), *posting("b", 1), reply(A, "Why?\n"), mail("hello"))
    mkit.run("state", "accepted", part_id("a", 0), "--why", "gut gemacht \u2713")
    mkit.run("state", "rejected", B)
    mkit.run("undo")
    mkit.run("archive", B)
    mkit.notmuch("tag", "+mkit/deferred", f"id:{part_id('a', 2)}")
    mkit.run("sync")
    return mkit


@pytest.fixture
def filled(mkit: Mkit) -> Mkit:
    return fill(mkit)


def everything(mkit: Mkit) -> tuple[list[str], object, list[str]]:
    """All that a user can see of a home, tags included."""
    tags = mkit.notmuch("dump", "--format=batch-tag", "--include=tags").splitlines()
    return mkit.export(), mkit.json("log"), sorted(tags)


def catalogue(mkit: Mkit) -> Path:
    return mkit.home / "catalogue.sqlite"


def test_a_rebuild_makes_an_equal_catalogue(filled: Mkit) -> None:
    before = everything(filled)
    assert filled.json("rebuild")["messages"] == 7
    assert everything(filled) == before


def test_the_sample_is_equal_after_a_rebuild(sample: Mkit) -> None:
    before = sample.export()
    assert len(before) > 40
    sample.run("rebuild")
    assert sample.export() == before


def test_a_rebuild_first_takes_over_what_others_tagged(filled: Mkit) -> None:
    filled.notmuch("tag", "+mkit/rfc", f"id:{A}")
    filled.run("rebuild")
    assert states(filled.topic(A))[A] == "rfc"


def test_a_backup_restored_into_an_empty_home_equals_the_first(filled: Mkit) -> None:
    before = everything(filled)
    file = filled.base / "backup.tar.gz"
    saved = filled.json("backup", file)
    assert saved["mails"] == 7
    other = filled.having(MKIT_HOME=str(filled.base / "other"))
    assert other.json("restore", file) == saved
    assert everything(other) == before
    assert everything(filled) == before, "a backup changes nothing"
    assert other.json("undo")["origin"] == "tag", "what was decided there can be undone here"


def test_what_was_sent_is_in_it_so_that_nothing_is_sent_twice(filled: Mkit) -> None:
    wanted = {
        "thanks.jsonl": b'{"thanks": "a@x"}\n',
        "posting/0123456789ab.json": b"{}\n",
        "pull-requests/0123.json": b"{}\n",
    }
    for name, data in {**wanted, "posting/notes.txt": b"not of mkit's"}.items():
        path = filled.home / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    filled.run("backup", filled.base / "b")
    other = filled.having(MKIT_HOME=str(filled.base / "other"))
    other.run("restore", filled.base / "b")
    there = filled.base / "other"
    assert {name: (there / name).read_bytes() for name in wanted} == wanted
    assert not (there / "posting" / "notes.txt").exists()


def test_a_backup_is_a_plain_tar(filled: Mkit) -> None:
    filled.run("backup", filled.base / "b")
    with tarfile.open(filled.base / "b") as tar:
        names = tar.getnames()
        journal = tar.extractfile("journal.jsonl")
        assert journal is not None
        assert journal.read() == (filled.home / "journal.jsonl").read_bytes()
    assert {"journal.jsonl", "config", "notmuch-tags"} <= set(names)
    assert sum(name.startswith("mail/mkit/cur/") for name in names) == 7


def test_a_restore_refuses_a_home_that_is_in_use(filled: Mkit) -> None:
    file = filled.base / "backup.tar.gz"
    filled.run("backup", file)
    before = everything(filled)
    assert "not empty" in filled.run("restore", file, code=1).stderr
    assert everything(filled) == before


@pytest.mark.parametrize(
    "name",
    [
        *("../out", "mail/../../out", "/tmp/mkit-out", "mail/.notmuch/hooks/post-new"),
        *(f"rr-cache/{one}/preimage" for one in ("../..", "../../out", f"{'a' * 40}/../../../out")),
    ],
)
def test_a_restore_writes_nothing_outside_its_home(mkit: Mkit, name: str) -> None:
    file = mkit.base / "evil.tar"
    (mkit.base / "payload").write_text("x", encoding="utf-8")
    with tarfile.open(file, "w") as tar:
        tar.add(mkit.base / "payload", name)
    other = mkit.having(MKIT_HOME=str(mkit.base / "deep" / "home"))
    done = other.end_of("restore", file)
    assert done.code in (0, 1)
    assert "Traceback" not in done.stderr
    assert not (mkit.base / "deep" / "out").exists()
    assert not Path("/tmp/mkit-out").exists()
    assert not (mkit.base / "deep" / "home" / "mail" / ".notmuch" / "hooks").exists()


def test_a_restore_of_something_else_is_one_line(mkit: Mkit) -> None:
    (mkit.base / "noise").write_bytes(b"\0\1\2" * 1000)
    other = mkit.having(MKIT_HOME=str(mkit.base / "fresh"))
    told = other.run("restore", mkit.base / "noise", code=1).stderr
    assert "noise" in told
    assert "Traceback" not in told


def test_a_backup_cut_short_is_refused_and_its_home_can_be_used_again(filled: Mkit) -> None:
    file = filled.base / "backup.tar.gz"
    filled.run("backup", file)
    before = filled.export()
    (filled.base / "cut").write_bytes(file.read_bytes()[:-200])
    other = filled.having(MKIT_HOME=str(filled.base / "other"))
    assert "cut" in other.run("restore", filled.base / "cut", code=1).stderr
    again = filled.having(MKIT_HOME=str(filled.base / "another"))
    again.run("restore", file)
    assert again.export() == before


def test_a_backup_that_cannot_be_written_leaves_the_old_one(filled: Mkit) -> None:
    told = filled.run("backup", filled.base / "no" / "such" / "place", code=1).stderr
    assert "place" in told
    file = filled.base / "b.tar.gz"
    filled.run("backup", file)
    filled.run("backup", file)
    assert not [one for one in filled.base.iterdir() if one.name.startswith(".b.tar")]


@pytest.mark.parametrize("suffixes", [("",), ("", "-wal", "-shm")])
def test_a_deleted_catalogue_is_made_again(filled: Mkit, suffixes: tuple[str, ...]) -> None:
    before = everything(filled)
    for suffix in suffixes:
        Path(f"{catalogue(filled)}{suffix}").unlink(missing_ok=True)
    assert everything(filled) == before


def test_a_catalogue_of_a_newer_version_is_left_untouched(filled: Mkit) -> None:
    with sqlite3.connect(catalogue(filled)) as db:
        db.execute("PRAGMA user_version = 9999")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    data = catalogue(filled).read_bytes()
    for verb in (["list"], ["sync"], ["state", "new", A]):
        told = filled.run(*verb, code=1).stderr
        assert "newer mkit" in told
        assert "9999" in told
    assert catalogue(filled).read_bytes() == data


def follow_hint(mkit: Mkit, told: str) -> None:
    """Do what an error advises, where it advises a command of ours."""
    hint = next(line for line in told.splitlines() if line.startswith("try: "))
    assert "mkit rebuild" in hint or "delete" in hint, hint
    if "mkit rebuild" in hint:
        mkit.run("rebuild")
    else:
        catalogue(mkit).unlink()


def newer(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 9999")
    db.commit()
    db.close()


def noise(path: Path) -> None:
    path.write_bytes(b"this is no database" * 500)


def scratched(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = b"\xff" * (len(data) // 2 - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [newer, noise, scratched])
def test_the_advice_about_a_bad_catalogue_helps(
    filled: Mkit, damage: Callable[[Path], None]
) -> None:
    before = everything(filled)
    for suffix in ("-wal", "-shm"):
        Path(f"{catalogue(filled)}{suffix}").unlink(missing_ok=True)
    damage(catalogue(filled))
    told = filled.run("list", code=1).stderr
    assert "catalogue" in told
    follow_hint(filled, told)
    assert everything(filled) == before


def test_a_torn_last_line_of_the_journal_is_as_if_it_had_not_been(filled: Mkit) -> None:
    before = everything(filled)
    journal = filled.home / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"group":"0123","time":"2026-03-20T17:00:00.0000')
    assert everything(filled) == before
    filled.run("state", "rfc", B)
    lines = journal.read_bytes()
    assert lines.startswith(whole)
    assert b'"0123"' not in lines
    assert states(filled.topic(B))[B] == "rfc"


def test_a_line_that_only_a_newer_mkit_understands_is_kept(filled: Mkit) -> None:
    journal = filled.home / "journal.jsonl"
    strange = (
        '{"group":"f00d","time":"2026-03-20T17:00:00+00:00","who":"x","origin":"hologram",'
        '"why":"","events":[{"kind":"dream","message_id":"m","value":"v"}]}\n'
    )
    journal.write_text(journal.read_text(encoding="utf-8") + strange, encoding="utf-8")
    before = filled.export()
    filled.run("state", "rfc", B)
    filled.run("undo")
    assert filled.export() == before
    assert strange in journal.read_text(encoding="utf-8")


def test_the_union_of_two_journals_is_a_journal(filled: Mkit) -> None:
    """Two machines with the same mail, each with a decision of its own."""
    common = (filled.home / "journal.jsonl").read_bytes()
    other = fill(Mkit(filled.base / "second").configure())
    (other.home / "journal.jsonl").write_bytes(common)
    filled.having(MKIT_NOW="2026-03-21T09:00:00Z").run("state", "rfc", A)
    later = other.having(MKIT_NOW="2026-03-21T10:00:00Z")
    later.run("state", "rejected", A)
    later.run("state", "under-review", B)
    one, two = ((place.home / "journal.jsonl").read_bytes() for place in (filled, other))
    (filled.home / "journal.jsonl").write_bytes(one + two.removeprefix(common))
    (other.home / "journal.jsonl").write_bytes(two + one.removeprefix(common))
    assert filled.export() == other.export()
    assert states(filled.topic(A))[A] == "rejected"
    assert states(filled.topic(B))[B] == "under-review"
    for place in (filled, other):
        assert "mkit/rejected" in place.tags(A)
        assert "mkit/under-review" in place.tags(B)
        before = everything(place)
        place.run("rebuild")
        assert everything(place) == before


def test_a_journal_that_lost_its_end_is_followed(filled: Mkit) -> None:
    """Decisions go with the journal: it is their truth, the catalogue is not."""
    journal = filled.home / "journal.jsonl"
    text = journal.read_bytes()
    before = filled.export()
    filled.run("state", "rfc", B)
    journal.write_bytes(text)
    filled.notmuch("tag", "-mkit/rfc", "+mkit/new", f"id:{B}")
    assert filled.export() == before
