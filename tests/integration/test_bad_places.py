# SPDX-License-Identifier: GPL-2.0-or-later
"""Disks and directories that refuse: one clear line that names them, and nothing is harmed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build import part_id, patch, posting
from tests.integration.driver import CONFIG, SAMPLE, Done, Mkit
from tests.integration.mboxes import mboxrd
from tests.integration.places import fill_up, remount, small_disk, without_powers

WICK = SAMPLE / "wick.mbox"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    made = Mkit(tmp_path_factory.mktemp("alone")).configure()
    made.run("import", WICK)
    return made


@pytest.fixture
def cramped(tmp_path: Path) -> Iterator[Mkit]:
    """A home on a small disk of its own, with one series in it."""
    with small_disk(tmp_path / "mkit", "24m"):
        made = Mkit(tmp_path).configure(CONFIG)
        made.bring(*posting("kept", 2))
        yield made


def is_one_clear_line(done: Done, *names: str) -> None:
    """A refusal: what, where, and a next step; no traceback, no bug."""
    assert done.code == 1, (done.code, done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert lines[0].startswith("mkit: "), done.stderr
    assert len(lines) <= 2, lines
    assert all(name in lines[0] for name in names), lines
    assert "Traceback" not in done.stderr


def test_an_unreadable_directory_is_named_and_the_rest_goes_on(mkit: Mkit) -> None:
    limited = mkit.wrapped(*without_powers())
    folder = mkit.base / "in"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed" / "a.eml").write_bytes(posting("a", 1)[1])
    (folder / "open.mbox").write_bytes(mboxrd(posting("b", 1)))
    (folder / "secret.mbox").write_bytes(mboxrd(posting("c", 1)))
    (folder / "closed").chmod(0)
    (folder / "secret.mbox").chmod(0)
    try:
        report = limited.json("import", folder)
        assert report["new"] == 2
        named = {Path(one["path"]).name: one["reason"] for one in report["broken"]}
        assert set(named) == {"closed", "secret.mbox"}
        assert all("denied" in reason for reason in named.values())
        assert "closed" in limited.run("import", folder).stderr
    finally:
        (folder / "closed").chmod(0o755)


def test_an_unreadable_mail_in_the_maildir_is_told_and_read_once_it_can_be(mkit: Mkit) -> None:
    limited = mkit.wrapped(*without_powers())
    mkit.run("sync")
    path = mkit.deliver(*posting("s", 2))[-1]
    mkit.notmuch("new", "--quiet")
    path.chmod(0)
    limited.run("sync")
    assert limited.topic(part_id("s", 0))["received"] == 1
    told = limited.end_of("doctor")
    assert path.name in told.stdout
    path.chmod(0o600)
    mkit.run("rebuild")
    assert mkit.topic(part_id("s", 0))["received"] == 2


def test_a_home_without_the_right_to_write(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    before = mkit.export()
    limited = mkit.wrapped(*without_powers())
    everything = [mkit.home, *mkit.home.rglob("*")]
    modes = {path: path.stat().st_mode for path in everything}
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        for verb in (["list"], ["sync"], ["state", "accepted", part_id("s", 0)], ["import", WICK]):
            is_one_clear_line(limited.end_of(*verb), str(mkit.home))
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert mkit.export() == before


def test_a_home_with_a_backslash_in_its_name(mkit: Mkit, tmp_path: Path) -> None:
    odd = mkit.having(MKIT_HOME=str(tmp_path / "a \\n b"))
    mail = tmp_path / "one.eml"
    mail.write_bytes(patch("[PATCH] fsck: count", message_id="one@made.example"))
    odd.run("import", mail)
    assert "fsck: count" in odd.run("list", "--all").stdout


def test_a_home_that_cannot_be_made(mkit: Mkit) -> None:
    (mkit.base / "file").write_text("", encoding="utf-8")
    there = mkit.having(MKIT_HOME=str(mkit.base / "file" / "home"))
    is_one_clear_line(there.end_of("list"), str(mkit.base / "file"))


def test_a_home_on_a_read_only_disk(cramped: Mkit) -> None:
    before = cramped.export()
    cramped.run("state", "accepted", part_id("kept", 0))
    cramped.run("undo")
    place = cramped.base / "mkit"
    remount(place, "ro")
    try:
        for verb in (["list"], ["sync"], ["undo"], ["rebuild"], ["import", WICK]):
            is_one_clear_line(cramped.end_of(*verb), str(place))
        told = cramped.end_of("doctor")
        assert told.code == 1
        assert str(place) in told.stdout
    finally:
        remount(place, "rw")
    assert cramped.export() == before


@pytest.mark.parametrize("room", [0, 60_000, 400_000, 1_500_000])
def test_an_import_onto_a_full_disk_goes_on_once_there_is_room(
    cramped: Mkit, alone: Mkit, room: int
) -> None:
    before = cramped.export()
    filler = fill_up(cramped.base / "mkit", leave=room)
    done = cramped.end_of("import", "--json", WICK)
    is_one_clear_line(done)
    assert "space" in done.stderr or "full" in done.stderr, done.stderr
    assert "error" in json.loads(done.stdout)
    filler.unlink()
    assert before[0] in cramped.export(), "what was there is there"
    report = cramped.json("import", WICK)
    assert report["new"] + report["duplicates"] == report["messages"]
    assert report["broken"] == []
    assert sorted([*alone.export(), *before]) == sorted(cramped.export())
    assert not list((cramped.home / "mail" / "mkit" / "tmp").iterdir())


def test_a_decision_on_a_full_disk_is_made_wholly_or_not_at_all(cramped: Mkit) -> None:
    before = cramped.export()
    journal = cramped.home / "journal.jsonl"
    fill_up(cramped.base / "mkit")
    done = cramped.end_of("state", "accepted", part_id("kept", 0))
    (cramped.base / "mkit" / "filler").unlink()
    decided = journal.exists() and b"accepted" in journal.read_bytes()
    if not decided:
        is_one_clear_line(done)
        assert cramped.export() == before
    cramped.run("state", "accepted", part_id("kept", 0))
    assert cramped.topic(part_id("kept", 0))["states"] == {"accepted": 2}
    assert "mkit/accepted" in cramped.tags(part_id("kept", 1))


def test_a_backup_onto_a_full_disk_leaves_nothing_behind(mkit: Mkit, tmp_path: Path) -> None:
    mkit.run("import", WICK)
    with small_disk(tmp_path / "disk", "16k") as disk:
        done = mkit.end_of("backup", disk / "b.tar.gz")
        is_one_clear_line(done, str(disk))
        assert os.listdir(disk) == []
    mkit.run("backup", tmp_path / "b.tar.gz")
