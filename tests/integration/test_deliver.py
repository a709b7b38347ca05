# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit deliver``: one mail on standard input, on disk before exit 0, else 75."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build import LIST, mail, part_id, patch, posting
from tests.integration.driver import ROOT, Mkit
from tests.integration.mail_programs import held
from tests.integration.test_user_database import notmuch_config

MAIL = mail("[PATCH] pebble: help", "Please.\n", message_id="one@made.example")
FOLDER = Path("mail", "mkit")


def give(mkit: Mkit, raw: bytes, *args: str, code: int = 0) -> str:
    """Deliver one mail; what was said."""
    done = mkit.end_of("deliver", *args, stdin=raw)
    assert (done.code, done.stdout) == (code, ""), done.stderr
    return done.stderr


def imported(mkit: Mkit) -> set[str]:
    """Top-level modules that a delivery imports."""
    argv = [sys.executable, "-X", "importtime", "-m", "maintainer_kit", "deliver"]
    done = mkit.program(argv, MAIL)
    assert done.code == 0
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert {"maintainer_kit", "hashlib"} <= names
    return names


def test_a_mail_is_there_with_its_bytes_for_its_owner_alone(mkit: Mkit) -> None:
    assert give(mkit, MAIL) == ""
    assert held(mkit.home / FOLDER) == [MAIL]
    [path] = (mkit.home / FOLDER / "new").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(one.stat().st_mode) for one in path.parents[:3]} == {0o700}


def test_the_next_sync_takes_it_in_and_deliver_does_not(mkit: Mkit) -> None:
    for raw in posting("s", 2):
        give(mkit, raw)
    assert not (mkit.home / "mail" / ".notmuch").exists()
    assert mkit.json("sync")["new"] == 3
    assert mkit.topic(part_id("s", 0))["received"] == 2


@pytest.mark.parametrize("mask", [0o000, 0o777])
def test_modes_do_not_depend_on_the_mask_of_whoever_calls(mkit: Mkit, mask: int) -> None:
    argv = ["sh", "-c", f'umask {mask:o}; exec "$@"', "sh", *mkit.argv("deliver")]
    assert mkit.program(argv, MAIL).code == 0
    assert held(mkit.home / FOLDER) == [MAIL]
    [path] = (mkit.home / FOLDER / "new").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_mail_again_is_the_same_file(mkit: Mkit) -> None:
    give(mkit, MAIL)
    give(mkit, b"From bo@shale.example Mon Jan  5 09:00:00 2026\n" + MAIL)
    give(mkit, b"From bo@shale.example Mon Jan  5 09:59:59 2026\n" + MAIL)
    assert held(mkit.home / FOLDER) == [MAIL]


def test_a_file_that_was_written_into_does_not_stand_for_the_mail(mkit: Mkit) -> None:
    give(mkit, MAIL)
    [path] = (mkit.home / FOLDER / "new").iterdir()
    path.write_bytes(MAIL[:40])
    give(mkit, MAIL)
    assert held(mkit.home / FOLDER) == sorted([MAIL, MAIL[:40]])


def test_a_mail_that_a_client_filed_and_that_comes_again_is_one_message(mkit: Mkit) -> None:
    give(mkit, MAIL)
    mkit.run("sync")
    [path] = (mkit.home / FOLDER / "new").iterdir()
    path.rename(mkit.home / FOLDER / "cur" / f"{path.name}:2,S")
    give(mkit, MAIL)
    assert mkit.json("sync")["new"] == 0
    assert mkit.indexed() == {"one@made.example"}


@pytest.mark.parametrize(
    "envelope",
    [
        b"From bo@shale.example Mon Jan  5 09:00:00 2026\n",
        b"From bo@shale.example Mon Jan  5 09:00:00 2026\r\n",
        b"From \xff\x00`rm -rf /` $(x) " + b"a" * 5000 + b"\n",
        b"From bo\n>From relay@elsewhere.example Mon Jan  5 08:59:59 2026\n>From c\n",
        b">From bo@shale.example\n",
    ],
)
def test_the_envelope_of_an_mbox_is_no_part_of_a_mail(mkit: Mkit, envelope: bytes) -> None:
    body = mail("s", ">From the start\nFrom here on\n>>From\n", message_id="f@made.example")
    give(mkit, envelope + body)
    assert held(mkit.home / FOLDER) == [body]


@pytest.mark.parametrize(
    "raw",
    [
        MAIL.replace(b"\n", b"\r\n"),
        MAIL + b"\0\0binary\0\xff\xfe",
        MAIL.rstrip(b"\n"),
        b"Subject: only\n\n",
        b"Received: by x\n" * 20_000 + MAIL,
        mail("large", "x" * 70 + "\n" * 3_000_000),
    ],
    ids=["crlf", "nul", "no-end-of-line", "no-body", "long-header", "large"],
)
def test_bytes_are_kept_as_they_came(mkit: Mkit, raw: bytes) -> None:
    give(mkit, raw)
    assert held(mkit.home / FOLDER) == [raw]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"hello, I am no mail\n",
        b"From nobody\n",
        b"X-Only: this\n\nbody\n",
        b"\0" * 99,
    ],
)
def test_what_is_no_mail_is_kept_where_it_can_be_seen(mkit: Mkit, raw: bytes) -> None:
    said = give(mkit, raw)
    kept = (
        mkit.home / "refused" / hashlib.sha256(raw.removeprefix(b"From nobody\n")).hexdigest()[:40]
    )
    assert kept.read_bytes() == raw
    assert str(kept) in said
    assert held(mkit.home / FOLDER) == []
    told = [
        one for one in mkit.json("doctor", code=1)["findings"] if "held no mail" in one["message"]
    ]
    assert [one["severity"] for one in told] == ["warning"]
    assert str(kept.parent) in told[0]["hint"]
    subprocess.run(["rm", "-r", str(kept.parent)], check=True)
    assert "held no mail" not in mkit.end_of("doctor").stdout


def test_what_is_too_large_is_kept_apart_too(mkit: Mkit) -> None:
    raw = mail("large", "x" * (1 << 20))
    assert "larger than 1 MiB" in give(mkit, raw, "--limit", "1")
    [kept] = (mkit.home / "refused").glob("[0-9a-f]*")
    assert kept.read_bytes() == raw
    give(mkit, raw, "--limit=2")
    assert held(mkit.home / FOLDER) == [raw]


def test_a_stream_without_an_end_is_not_kept(mkit: Mkit) -> None:
    argv = ["sh", "-c", 'yes "Subject: more" | "$@"', "sh", *mkit.argv("deliver", "--limit", "1")]
    done = mkit.program(argv)
    assert done.code == 75
    assert "no end" in done.stderr
    assert held(mkit.home / FOLDER) == []
    assert not (mkit.home / "refused").exists()


def test_copies_through_two_lists_are_what_an_import_makes_of_them(tmp_path: Path) -> None:
    plain = patch("[PATCH] pebble: help", message_id="p@made.example", to=f"{LIST}, wick@w.example")
    copies = [
        b"List-Id: <pebblefs.lists.lumen.example>\n" + plain,
        b"List-Id: <wick.lists.lumen.example>\n" + plain,
        b"Received: by elsewhere\nList-Id: <wick.lists.lumen.example>\n" + plain,
        plain,
    ]
    homes = [Mkit(tmp_path / name).configure() for name in ("delivered", "brought", "turned")]
    for raw in copies:
        give(homes[0], raw)
    homes[1].bring(*copies)
    for raw in reversed(copies):
        give(homes[2], raw)
    assert homes[0].json("sync")["new"] == 1
    assert homes[0].export() == homes[1].export() == homes[2].export()
    assert homes[0].bring(*copies)["new"] == 0


def test_it_imports_little(mkit: Mkit) -> None:
    slow = {"notmuch2", "sqlite3", "click", "email", "subprocess", "tempfile", "textual"}
    assert not imported(mkit) & slow


@pytest.mark.parametrize(
    "words", [["--foo"], ["--limit"], ["--limit", "x"], ["--limit=0"], ["a", "b"]]
)
def test_a_mistake_in_a_recipe_makes_no_mail_bounce(mkit: Mkit, words: list[str]) -> None:
    for one in (mkit, Mkit(mkit.base, mkit.extra, quick=False)):
        done = one.end_of("deliver", *words, stdin=MAIL)
        assert done.code == 75
        assert "mkit: not delivered: " in done.stderr


class TestTheUsersDatabase:
    """Where notmuch has a database, mail goes below its mail root, as imports do."""

    @pytest.fixture
    def robin(self, tmp_path: Path) -> Mkit:
        root = tmp_path / "user" / "Mail"
        root.mkdir(parents=True)
        (tmp_path / "user" / ".notmuch-config").write_text(notmuch_config(root), encoding="utf-8")
        made = Mkit(tmp_path).having(MKIT_HOME="")
        made.notmuch("new", "--quiet")
        return made

    def folder(self, robin: Mkit) -> Path:
        return robin.base / "user" / "Mail" / "mkit"

    def test_it_goes_there_and_notmuch_finds_it(self, robin: Mkit) -> None:
        give(robin, MAIL)
        assert held(self.folder(robin)) == [MAIL]
        assert robin.json("sync")["new"] == 0, "indexing is not ours to do there"
        robin.notmuch("new", "--quiet")
        assert robin.json("sync")["new"] == 1

    def test_the_second_mail_does_not_open_the_database(self, robin: Mkit) -> None:
        give(robin, MAIL)
        assert "notmuch2" not in imported(robin)

    def test_another_configuration_is_followed_at_once(self, robin: Mkit) -> None:
        give(robin, MAIL)
        other = robin.base / "user" / "Other"
        other.mkdir()
        config = robin.base / "user" / ".notmuch-config"
        config.write_text(notmuch_config(other), encoding="utf-8")
        robin.notmuch("new", "--quiet")
        give(robin, MAIL)
        assert held(other / "mkit") == [MAIL]

    def test_while_it_cannot_be_opened_mail_goes_where_it_went(self, robin: Mkit) -> None:
        give(robin, MAIL)
        os.utime(robin.base / "user" / ".local" / "share" / "mkit" / "mail-root", (0, 0))
        database = robin.base / "user" / "Mail" / ".notmuch"
        database.rename(database.with_name("away"))
        second = MAIL.replace(b"one@", b"two@")
        give(robin, second)
        assert held(self.folder(robin)) == sorted([MAIL, second])

    def test_a_damaged_one_lets_mail_wait(self, robin: Mkit) -> None:
        glass = robin.base / "user" / "Mail" / ".notmuch" / "xapian" / "iamglass"
        glass.write_bytes(b"damaged")
        assert "cannot open its database" in give(robin, MAIL, code=75)
        assert not self.folder(robin).exists()

    def test_a_mail_root_that_is_not_mounted_lets_mail_wait(self, robin: Mkit) -> None:
        give(robin, MAIL)
        root = robin.base / "user" / "Mail"
        root.rename(root.with_name("unmounted"))
        assert str(root) in give(robin, MAIL, code=75)
        assert not root.exists()

    def test_one_that_was_never_made_is_not_waited_for(self, robin: Mkit) -> None:
        config = notmuch_config(robin.base / "user" / "never")
        (robin.base / "user" / ".notmuch-config").write_text(config, encoding="utf-8")
        give(robin, MAIL)
        assert held(robin.base / "user" / ".local" / "share" / "mkit" / FOLDER) == [MAIL]

    def test_where_procmail_says_that_it_is_counts_for_nothing(self, robin: Mkit) -> None:
        root = robin.base / "user" / "Mail"
        root.rename(robin.base / "user" / "mail")  # where notmuch looks when nobody says
        config = robin.base / "user" / ".notmuch-config"
        config.write_text("[user]\nprimary_email=robin@lumen.example\n", encoding="utf-8")
        root.mkdir()
        give(robin.having(MAILDIR=str(root)), MAIL)
        assert held(robin.base / "user" / "mail" / "mkit") == [MAIL]


def test_the_home_directory_is_looked_up_where_the_environment_names_none(tmp_path: Path) -> None:
    """As an alias is called: what notmuch and mkit then go by is the password file."""
    code = (
        "import os, pwd\n"
        "from maintainer_kit.adapters.mail.delivery_place import find_mail_folder\n"
        "from maintainer_kit.adapters.home import Home\n"
        "from pathlib import Path\n"
        f"find_mail_folder(Home(Path({str(tmp_path)!r}), False))\n"
        "assert os.environ['HOME'] == pwd.getpwuid(os.geteuid()).pw_dir\n"
    )
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "NOTMUCH_CONFIG": str(tmp_path / "no")}
    subprocess.run([sys.executable, "-c", code], env=env, timeout=60, check=True)


def test_a_minimal_environment_will_do(mkit: Mkit) -> None:
    bare = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "MKIT_HOME": str(mkit.home)}
    argv = mkit.argv("deliver")
    done = subprocess.run(argv, env=bare, input=MAIL, timeout=60, check=False)
    assert done.returncode == 0
    assert held(mkit.home / FOLDER) == [MAIL]
