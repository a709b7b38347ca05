# SPDX-License-Identifier: GPL-2.0-or-later
"""``demo``, ``doctor`` and ``config``: to begin, and to find out what is wrong."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.build import part_id, posting
from tests.cli.test_golden import GOLDEN
from tests.integration.driver import NOW, Mkit
from tests.integration.locking import held_lock


def test_the_demo_prints_the_queue_and_says_where_it_lives(mkit: Mkit) -> None:
    there = mkit.base / "the demo"
    done = mkit.having(MKIT_HOME="", MKIT_NOW="").run("demo", "--no-tui", "--home", there)
    golden = (GOLDEN / "list.txt").read_text(encoding="utf-8")
    looked = [line for line in done.stdout.splitlines() if "/5 landed: " in line]
    assert len(looked) == 1, "it has looked into its repository"
    others = [line for line in done.stdout.splitlines() if " landed: " not in line]
    assert set(others) < set(golden.splitlines()), "else it is the list of that mail"
    assert str(there) in done.stderr
    assert NOW in done.stderr
    assert not (mkit.base / "user" / ".local").exists(), "one's own home is not touched"
    by_hand = mkit.having(MKIT_HOME=str(there), MKIT_NOW=NOW)
    assert by_hand.run("list").stdout == done.stdout
    assert (there / "lumen.git").is_dir()
    assert "would be pruned" in by_hand.run("prune", "--dry-run").stdout


def test_what_was_decided_in_the_demo_stays(mkit: Mkit) -> None:
    there = mkit.base / "demo"
    mkit.run("demo", "--no-tui", "--home", there)
    by_hand = mkit.having(MKIT_HOME=str(there))
    first = by_hand.json("list")["topics"][0]["id"]
    by_hand.run("state", "accepted", first)
    start = time.monotonic()
    again = mkit.run("demo", "--no-tui", "--home", there).stdout
    assert time.monotonic() - start < 5
    assert first[:6] not in again


def _reader(home: Path, value: str = "") -> str:
    """How the mail of a home was read; ``value`` is put in its place."""
    with closing(sqlite3.connect(home / "catalogue.sqlite")) as db, db:
        (found,) = db.execute("SELECT value FROM meta WHERE key = 'reader'").fetchone()
        if value:
            db.execute("UPDATE meta SET value = ? WHERE key = 'reader'", (value,))
    return str(found)


def test_a_demo_that_an_older_mkit_made_is_read_anew(mkit: Mkit) -> None:
    there = mkit.base / "demo"
    shown = mkit.run("demo", "--no-tui", "--home", there).stdout
    now = _reader(there, "older")
    assert mkit.run("demo", "--no-tui", "--home", there).stdout == shown
    assert _reader(there) == now


def test_the_demo_takes_no_directory_that_holds_something(mkit: Mkit) -> None:
    there = mkit.base / "precious"
    there.mkdir()
    (there / "thesis.tex").write_text("42", encoding="utf-8")
    assert "precious" in mkit.run("demo", "--no-tui", "--home", there, code=1).stderr
    assert [path.name for path in there.iterdir()] == ["thesis.tex"]


def findings(mkit: Mkit) -> list[dict[str, str]]:
    found = mkit.end_of("doctor", "--json").json["findings"]
    assert isinstance(found, list)
    return found


def texts(mkit: Mkit) -> str:
    return "\n".join(f"{one['message']} | {one['hint']}" for one in findings(mkit))


def test_all_is_well(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    mkit.run("state", "accepted", part_id("s", 0))
    mkit.run("sync")
    assert [one for one in findings(mkit) if "are free" not in one["message"]] == []


def test_it_changes_nothing(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    mkit.notmuch("tag", "+mkit/accepted", f"id:{part_id('s', 1)}")
    before = mkit.notmuch("dump")
    mkit.end_of("doctor")
    assert mkit.notmuch("dump") == before
    assert mkit.run("log", "--no-sync").stdout == "nothing was decided yet\n"


def test_tags_that_disagree_are_found_and_the_advice_mends_them(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    mkit.run("sync")
    mkit.notmuch("tag", "-mkit/new", "-mkit", f"id:{part_id('s', 1)}")
    assert "do not tell the state" in texts(mkit)
    mkit.run("sync")
    assert "do not tell the state" not in texts(mkit)


def test_an_index_that_is_ahead_is_found(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    mkit.deliver(*posting("t", 1))
    mkit.notmuch("new", "--quiet")
    assert "mkit sync" in texts(mkit)
    mkit.run("sync")
    assert "mkit sync" not in texts(mkit)


def test_a_lock_is_found_and_named(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    with held_lock(mkit.home / "mail"):
        assert "locked" in texts(mkit)
    assert "locked" not in texts(mkit)


def test_settings_that_mean_nothing_are_found(mkit: Mkit) -> None:
    (mkit.home / "config").write_text(
        "[mkit]\n\tlists = a@b.c\n\tme = nobody\n\trepository = /no/such/repository\n",
        encoding="utf-8",
    )
    told = texts(mkit)
    assert "mkit.lists" in told
    assert "did you mean mkit.list?" in told
    assert "nobody" in told
    assert "/no/such/repository" in told


def test_a_theme_that_is_none_stops_with_its_names(mkit: Mkit) -> None:
    (mkit.home / "config").write_text("[mkit]\n\ttheme = darkk\n", encoding="utf-8")
    told = mkit.run("list", code=1).stderr
    assert "darkk" in told
    assert "dark" in told.splitlines()[1]
    assert "darkk" in texts(mkit)


def test_a_configuration_that_git_cannot_read_is_named(mkit: Mkit) -> None:
    (mkit.home / "config").write_text("[mkit\n me = x\n", encoding="utf-8")
    told = mkit.run("list", code=1).stderr
    assert str(mkit.home / "config") in told.splitlines()[0]


def test_a_line_of_the_journal_that_cannot_be_read_is_named(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    mkit.run("state", "accepted", part_id("s", 0))
    with (mkit.home / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write("this is no JSON\n")
    told = texts(mkit)
    assert str(mkit.home / "journal.jsonl") in told
    assert "line 3" in told


@pytest.mark.parametrize("tool", ["notmuch", "git"])
def test_a_missing_program_is_named_with_the_command_that_brings_it(mkit: Mkit, tool: str) -> None:
    programs = mkit.base / "bin"
    programs.mkdir()
    for name in {"notmuch", "git"} - {tool}:
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    there = mkit.having(PATH=str(programs))
    told = texts(there)
    assert f"{tool} is not installed" in told
    assert f"install {tool}" in told


def test_settings_are_shown_with_meaning_and_origin(mkit: Mkit) -> None:
    user = mkit.base / "user"
    user.mkdir(exist_ok=True)
    (user / ".gitconfig").write_text(
        "[user]\n\temail = jane@example.org\n[mkit]\n\tquery = tag:lists\n\tme = other@x.y\n",
        encoding="utf-8",
    )
    shown = mkit.run("config").stdout
    assert "mkit.query = tag:lists" in shown
    assert str(Path(user / ".gitconfig")) in shown
    assert "mkit.me = robin@lumen.example" in shown, "a private home's own settings come first"
    (mkit.home / "config").unlink()
    assert "mkit.me = other@x.y" in mkit.run("config").stdout
    (user / ".gitconfig").write_text("[user]\n\temail = jane@example.org\n", encoding="utf-8")
    assert "mkit.me = jane@example.org" in mkit.run("config").stdout
