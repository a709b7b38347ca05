# SPDX-License-Identifier: GPL-2.0-or-later
"""The digest over a real home: what advances its mark, what does not, and cron's script."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from email import message_from_bytes, message_from_string
from email.policy import default
from pathlib import Path

import pytest

from tests.build import BO, DAY, part_id, posting, reply
from tests.integration.driver import CONFIG, ROOT, Json, Mkit

SIXTH, EIGHTH = "2026-01-06T09:00:00Z", "2026-01-08T09:00:00Z"
CRON = ROOT / "hooks" / "cron-digest"


@pytest.fixture
def filled(mkit: Mkit) -> Mkit:
    """Robin's home on the sixth of January, with a series of the day before, of which the digest
    was told."""
    found = mkit.having(MKIT_NOW=SIXTH)
    found.bring(*posting("foo", 2))
    assert "foo: make it better" in found.run("digest").stdout
    return found


def news(mkit: Mkit, *args: str, code: int = 0) -> list[tuple[str, str]]:
    """What a digest calls new: the mail that stands for each topic, and why."""
    value = mkit.json("digest", "--peek", *args, code=code)
    return [
        (one["message_id"], one["why"])
        for section in value["sections"]
        for one in section["topics"]
        if section["name"] == "new"
    ]


def later(filled: Mkit) -> Mkit:
    """Two days on, with a late mail that is older than the first digest."""
    filled.deliver(*posting("late", 1, minutes=-DAY))
    filled.deliver(reply(part_id("foo", 1), "Why?\n", above=[part_id("foo", 0)]))
    return filled.having(MKIT_NOW=EIGHTH)


NEWS = [(part_id("late", 0), "new"), (part_id("foo", 0), "1 new mail")]


def test_what_came_since(filled: Mkit) -> None:
    assert news(filled) == []
    there = later(filled)
    assert sorted(news(there)) == sorted(NEWS)
    assert "3 new mails since 2026-01-06 09:00 UTC" in there.run("digest").stdout
    assert "No new mail since 2026-01-08 09:00 UTC" in there.run("digest").stdout


def test_neither_rebuilding_nor_tagging_makes_news(filled: Mkit) -> None:
    there = later(filled)
    there.run("sync")
    there.run("rebuild")
    there.run("state", "under-review", part_id("foo", 0))
    there.notmuch("tag", "+read", "*")
    assert sorted(news(there)) == sorted(NEWS)
    there.run("digest")
    there.run("rebuild")
    there.notmuch("tag", "-read", "*")
    assert news(there) == []


def test_a_new_database_makes_no_news(filled: Mkit) -> None:
    for path in sorted((filled.home / "mail" / ".notmuch").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (filled.home / "catalogue.sqlite").unlink()
    (filled.home / "indexed").unlink(missing_ok=True)
    assert news(filled.having(MKIT_NOW=EIGHTH)) == []


@pytest.mark.parametrize("args", [["--peek"], ["--since", "2026-01-05"], ["--json", "--peek"]])
def test_a_look_changes_nothing(filled: Mkit, args: list[str]) -> None:
    there = later(filled)
    mark = (filled.home / "digest-mark").read_bytes()
    there.run("digest", *args)
    assert (filled.home / "digest-mark").read_bytes() == mark


def test_a_digest_that_nobody_could_read_is_told_again(filled: Mkit) -> None:
    there = later(filled)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            there.argv("digest"), env=there.env, stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 1 and b"cannot write the output" in done.stderr
    assert sorted(news(there)) == sorted(NEWS)


@pytest.mark.parametrize("spoilt", [b"", b"{}\n", b"\xff\n12345678", b'{"version": 1}\n', None])
def test_a_mark_that_cannot_be_understood(filled: Mkit, spoilt: bytes | None) -> None:
    path = filled.home / "digest-mark"
    path.write_bytes(path.read_bytes()[:-3] if spoilt is None else spoilt)
    assert news(filled) == [(part_id("foo", 0), "new")], "as in a first digest"
    filled.run("digest")
    assert news(filled) == []


def test_a_mark_that_cannot_be_written(filled: Mkit) -> None:
    there = later(filled)
    (filled.home / "digest-mark").unlink()
    (filled.home / "digest-mark").mkdir()
    done = there.run("digest", code=1)
    assert "digest-mark" in done.stderr and "try: mkit doctor" in done.stderr


def test_the_lists_that_it_names_can_be_had(filled: Mkit) -> None:
    for at in range(3):
        filled.deliver(*posting(f"more{at}", 1, minutes=at))
    text = filled.having(MKIT_NOW="2026-01-30T09:00:00Z").run("digest", "--limit", "1").stdout
    named = re.findall(r"and \d+ more: mkit (list .*)", text)
    assert len(named) == 3
    for line in named:
        filled.having(MKIT_NOW="2026-01-30T09:00:00Z").run(*shlex.split(line))


def test_nothing_to_say(mkit: Mkit) -> None:
    assert mkit.run("digest", code=1).stdout == ""
    assert mkit.run("digest", "--mail", code=1).stdout == ""
    assert mkit.json("digest", code=1)["sections"] == []
    assert not (mkit.home / "digest-mark").exists()


def test_silent_while_away_and_what_happened_after(filled: Mkit) -> None:
    filled.run("away", "2026-01-10", "--delegate", BO)
    there = later(filled)
    for args in ([], ["--mail"], ["--since", "2026-01-01"]):
        assert there.run("digest", *args, code=1).stdout == ""
    silent = there.json("digest", code=1)
    assert silent["away"] == {
        "since": "2026-01-06T09:00:00Z",
        "until": "2026-01-10T00:00:00Z",
        "delegate": BO,
    }
    back = filled.having(MKIT_NOW="2026-01-10T08:00:00Z")
    text = back.run("digest").stdout
    assert "You were away from 2026-01-06 09:00 UTC to 2026-01-10 00:00 UTC.\n" in text
    assert "3 new mails since 2026-01-06 09:00 UTC" in text
    assert "You were away" not in back.run("digest").stdout


def test_back_before_the_time(filled: Mkit) -> None:
    filled.run("away", "2w", "--why", "at sea")
    there = later(filled)
    text = there.run("away", "--back").stdout
    assert "You were away from 2026-01-06 09:00 UTC to 2026-01-08 09:00 UTC.\n" in text
    assert "3 new mails since" in text
    assert there.run("away").stdout == "You are here; mkit away UNTIL says otherwise.\n"
    assert "No new mail" in there.run("digest").stdout
    assert "at sea" in there.run("log").stdout


def test_without_a_digest_before_the_absence_counts(mkit: Mkit) -> None:
    start = mkit.having(MKIT_NOW=SIXTH)
    start.bring(*posting("foo", 2))
    start.run("away", "1w")
    later(start)
    back = mkit.having(MKIT_NOW="2026-02-20T09:00:00Z")
    assert sorted(news(back)) == sorted(NEWS)


def test_a_copy_of_the_mailed_digest_is_neither_news_nor_work(filled: Mkit) -> None:
    there = later(filled)
    mailed = there.run("digest", "--mail").stdout
    there.deliver(mailed.encode())
    assert news(there) == []
    listed = [one["subject"] for one in there.json("list")["topics"]]
    assert listed and not any("digest" in subject for subject in listed)


def test_nobody_to_mail_to(mkit: Mkit) -> None:
    nameless = mkit.having(MKIT_NOW=SIXTH).configure(
        "[mkit]\n\tlist = pebblefs@lists.lumen.example\n"
    )
    nameless.bring(*posting("foo", 2))
    done = nameless.run("digest", "--mail", code=1)
    assert (done.stdout, "nobody has said to whom" in done.stderr) == ("", True)
    assert "foo" in nameless.run("digest").stdout


class Cron:
    """Runs the script as cron does, with a sendmail of ours."""

    def __init__(self, mkit: Mkit, sendmail: str) -> None:
        self.mkit = mkit
        self.sent = mkit.base / "sent"
        programs = mkit.base / "programs"
        programs.mkdir(exist_ok=True)
        self._program(programs / "mkit", f'exec {shlex.join(mkit.argv())} "$@"')
        self._program(programs / "sendmail", sendmail.format(sent=self.sent))
        self.env = {**mkit.env, "PATH": f"{programs}:{os.environ['PATH']}"}

    def _program(self, path: Path, script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["/bin/sh", str(CRON)],
            env={**self.env, **env},
            capture_output=True,
            timeout=60,
            check=False,
        )


def test_cron_mails_the_digest_when_there_is_one(filled: Mkit) -> None:
    there = later(filled)
    cron = Cron(there, '[ "$*" = -t ] && cat >"{sent}"')
    done = cron.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    mail = message_from_bytes(cron.sent.read_bytes(), policy=default)
    assert mail["Subject"] == "mkit digest: 1 waits for you, 3 new mails"
    assert "late: make it better" in mail.get_content()
    assert not list((there.base / "user").glob("tmp.*"))


def test_cron_is_quiet_when_there_is_nothing(mkit: Mkit) -> None:
    cron = Cron(mkit, 'cat >"{sent}"')
    done = cron.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert not cron.sent.exists()


def test_cron_tells_the_digest_where_it_cannot_be_mailed(filled: Mkit) -> None:
    done = Cron(later(filled), "exit 75").run()
    assert done.returncode == 75
    assert message_from_string(done.stdout.decode())["Subject"].startswith("mkit digest: 1 waits")


def test_cron_without_mkit(filled: Mkit) -> None:
    folder = filled.base / "bare"
    folder.mkdir()
    done = Cron(filled, "").run(PATH=str(folder))
    assert done.returncode != 0 and b"set PATH in your crontab" in done.stderr


def repository(mkit: Mkit, path: Path) -> Mkit:
    return mkit.configure(f"{CONFIG}\trepository = {path}\n")


def test_a_repository_that_is_gone_is_one_line(filled: Mkit) -> None:
    there = repository(filled, filled.base / "gone")
    lines = there.run("digest").stdout.splitlines()
    assert lines[-2:] == ["Calendar", f"  gone: not read: {filled.base}/gone is no git repository"]
    calendar: list[Json] = there.json("digest")["calendar"]
    assert [one["news"] for one in calendar] == [False]
