# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit send`` where something goes wrong on the way: killed, refused by the server, hostile."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from maintainer_kit.adapters.kept.posting_records import PostingFolder
from maintainer_kit.adapters.mail.left_mail import MboxFile
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.workflow.replying.ports import Posting
from tests.build import LIST
from tests.cli import schemas
from tests.integration.authoring import ADDRESS, ROBIN, SIGNED, Author, people, plain
from tests.integration.repositories import Work
from tests.integration.smtp_sink import Sink
from tests.integration.terminal import on_terminal

LETTER = "pebble: mounts that fail\n\nFour things that users met.\n"


@pytest.fixture
def four(author: Author) -> Author:
    """Four patches and a letter: five mails."""
    author.branch("fails")
    for number in range(4):
        author.commit(f"give back buffer_{number}", 10 * number)
    author.describe("fails", LETTER)
    return author


def by_program(author: Author, script: str) -> Path:
    """Let a shell script send the mail; its place for files is returned."""
    base = author.mkit.base
    program = base / "sendmail"
    program.write_text(f'#!/bin/sh\ncd "{base}"\n{script}\n', encoding="utf-8")
    program.chmod(0o700)
    config = author.mkit.home / "config"
    config.write_text(config.read_text() + f"[sendemail]\n\tsmtpServer = {program}\n")
    return base


def sent(place: Path) -> list[str]:
    """Subjects of what the script took."""
    lines = (place / "sent").read_text().splitlines()
    return [one for one in lines if one.startswith("Subject: ")]


HOLD = (
    "cat > mail\ncat mail >> sent\n"
    'if test "$(grep -c ^Subject: sent)" = 3 && test -e hold; then\n'
    "echo > reached\ncat hold > /dev/null\nfi"
)


def killed(four: Author) -> Path:
    """Killed when the third of five had gone out, and mkit did not know."""
    place = by_program(four, HOLD)
    os.mkfifo(place / "reached")
    os.mkfifo(place / "hold")
    running = four.mkit.start("send", "--repo", four.path, "fails", "--yes")
    (place / "reached").read_text()
    running.kill()
    running.communicate(timeout=60)
    with (place / "hold").open("w"):
        pass
    (place / "hold").unlink()
    return place


def test_killed_after_two_of_five_it_goes_on_with_the_third(four: Author) -> None:
    place = killed(four)
    assert four.mkit.topics() == []
    done = four.send("fails", "--yes", code=1)
    assert "mkit ended while it sent [PATCH 2/4] pebble: give back buffer_1" in done.stderr
    assert "mkit send --went-out fails, or --not-sent fails" in done.stderr
    told = four.mkit.json("send", "--list")
    schemas.check(told, "send-list")
    (left,) = told["postings"]
    assert [one["stage"] for one in left["mails"]] == ["sent", "sent", "sending", "open", "open"]
    four.mkit.run("send", "--not-sent", "fails")
    done = four.send("fails", "--yes")
    assert "2 of 5 mails of v1 went out; going on with [PATCH 2/4]" in done.stdout
    assert len(sent(place)) == 6  # the third twice, as it was said that it had not gone
    text = (place / "sent").read_text()
    ids = [one for one in text.splitlines() if one.lower().startswith("message-id: ")]
    assert len(set(ids)) == 5
    (topic,) = four.mkit.topics()
    assert len(topic["revisions"][0]["patches"]) == 4
    assert four.mkit.json("send", "--list")["postings"] == []


def test_killed_once_a_mail_was_left_nobody_is_asked(four: Author, sink: Sink) -> None:
    box = four.mkit.base / "away" / "left.mbox"
    config = four.mkit.home / "config"
    config.write_text(config.read_text() + f"[mkit]\n\treplyTo = {box}\n")
    four.send("fails", "--yes", code=1)  # there is no such folder yet
    box.parent.mkdir()
    records = PostingFolder(four.mkit.home)
    (record,) = records.all()
    first, *others = record.mails
    # What a kill leaves between the mail and the note that it is done.
    MboxFile(box, mboxrd).post(Posting(first.message_id, ADDRESS, (LIST,), (), first.raw))
    leaving = replace(first, stage=Stage.SENDING, is_left=True)
    records.put(replace(record, mails=(leaving, *others)))
    done = four.send("fails", "--yes")
    assert "1 of 5 mails of v1 went out; going on with [PATCH 1/4]" in done.stdout
    ids = [one for one in box.read_text().splitlines() if one.startswith("Message-ID: ")]
    assert len(ids) == len(set(ids)) == 5
    assert sink.raw == []
    assert four.mkit.topics() == []


def test_killed_and_it_did_go_out(four: Author) -> None:
    place = killed(four)
    four.mkit.run("send", "--went-out")
    four.send("fails", "--yes")
    assert [one.split("]")[0] for one in sent(place)] == [
        f"Subject: [PATCH {number}/4" for number in range(5)
    ]


def test_killed_and_it_comes_back_by_the_list(four: Author) -> None:
    """Nothing is to be asked then."""
    place = killed(four)
    mails = (place / "mail").read_bytes()
    four.mkit.bring(mails)
    four.send("fails", "--yes")
    assert len(sent(place)) == 5


def test_killed_and_asked_on_a_terminal(four: Author) -> None:
    place = killed(four)
    argv = four.mkit.argv("send", "--repo", four.path, "fails")
    with on_terminal(argv, four.mkit.env) as terminal:
        terminal.until("did it go out? [y/N]")
        terminal.press("y", "Enter")
        terminal.until("send 2 mails? [y/N]")
        terminal.press("y", "Enter")
        terminal.until("5 mails sent")
    assert len(sent(place)) == 5


def test_a_server_that_fails_in_the_middle(four: Author) -> None:
    place = by_program(
        four,
        "cat > mail\n"
        "if grep -q 'PATCH 2/4' mail && test -e full; then exit 75; fi\ncat mail >> sent",
    )
    (place / "full").touch()
    done = four.send("fails", "--yes", code=1)
    assert "2 of 5 mails sent, then: git send-email: " in done.stderr
    assert "mkit send fails goes on from there" in done.stderr
    assert "2 of 5 mails of v1 went out" in four.mkit.run("send", "--list").stdout
    # What was made is what goes out, whatever became of the branch.
    four.commit("something else", 55)
    four.send("fails", "--show")
    (place / "full").unlink()
    found = four.told("fails", "--yes")
    schemas.check(found, "send")
    assert (found["sent"], found["plan"]) == (5, None)
    assert len(sent(place)) == 5


def test_the_rest_can_be_dropped(four: Author) -> None:
    place = by_program(
        four, "cat > mail\nif grep -q 'PATCH 1/4' mail; then exit 75; fi\ncat mail >> sent"
    )
    four.send("fails", "--yes", code=1)
    schemas.check(four.mkit.json("send", "--drop", "fails"), "send-list")
    assert four.mkit.json("send", "--list")["postings"] == []
    assert len(sent(place)) == 1


def test_killed_before_the_import_the_next_start_makes_up_for_it(four: Author) -> None:
    by_program(four, "cat > mail\nif grep -q 'PATCH 4/4' mail; then exit 75; fi")
    four.send("fails", "--yes", code=1)
    assert four.mkit.topics() == []
    (path,) = (four.mkit.home / "posting").glob("*.json")
    path.write_text(path.read_text().replace('"stage": "open"', '"stage": "sent"'))
    assert four.mkit.json("send", "--list")["postings"] == []
    (topic,) = four.mkit.topics()
    assert len(topic["revisions"][0]["patches"]) == 4


def test_names_that_are_no_names(author: Author, sink: Sink) -> None:
    """A branch called as an option, a title of two lines, an author called as an address."""
    work = author.work
    work.git("update-ref", "refs/heads/-x", "origin/master")
    work.git("symbolic-ref", "HEAD", "refs/heads/-x")
    work.git("reset", "--quiet", "--hard")
    author.commit("give the buffer back", 10)
    title = f"pebble: a title\nof two lines -- --to=x@evil.example\n\nText.\n\n{SIGNED}\n"
    work.git(
        "commit", "--quiet", "--amend", "--author=eve@evil.example, <eve@good.example>",
        "--file=-", data=title.encode(),
    )  # fmt: skip
    author.send("--yes", "--", "-x")
    (found,) = sink.mails
    subject = " ".join(str(found["Subject"]).split())
    assert subject == "[PATCH] pebble: a title of two lines -- --to=x@evil.example"
    assert people(found, "From") == [ADDRESS]
    assert people(found, "To") == [ROBIN, LIST]
    assert people(found, "Cc") == ["tomasz@quarry.example", "eve@good.example"]
    assert read_mail(plain(sink.raw[0])).text.startswith("From: ")
    assert author.applied(sink.raw) == author.tree("refs/heads/-x")
    work.git("checkout", "--quiet", "--detach", "refs/heads/-x")


def test_a_letter_is_text_and_nothing_else(four: Author, sink: Sink) -> None:
    four.describe(
        "fails",
        "pebble: [PATCH 9/9] Ünï \x1b[31m\r\nBcc: x@evil.example\n\n"
        "From: eve@evil.example\nSubject: another\n\nFrom ada Mon Jan  5 00:00:00 2026\n.\n"
        "---\n--- a/x\n+++ b/x\n\u202eäöü\n",
    )
    four.send("fails", "--yes", "--anyway", "a test")
    first = sink.mails[0]
    assert len(sink.mails) == 5
    assert people(first, "To") == [ROBIN, LIST]
    assert first["Bcc"] is None
    subject = str(make_header(decode_header(str(first["Subject"]))))
    assert subject.startswith("[PATCH 0/4] pebble: [PATCH 9/9] Ünï ")
    assert "\n" not in subject
    text = read_mail(plain(sink.raw[0])).text
    assert "From: eve@evil.example\nSubject: another\n" in text
    assert "\n.\n---\n--- a/x\n" in text
    assert four.applied(sink.raw[1:]) == four.tree("fails")


def test_a_commit_in_another_charset_and_bytes_of_none(author: Author, sink: Sink) -> None:
    author.branch("old")
    work = author.work
    work.write("fs/pebble/latin.c", "/* \xe4 */\n".encode("latin-1"))
    work.git("add", "--all")
    message = f"pebble: \xe4ndern\n\nWeil es sch\xf6n ist.\n\n{SIGNED}\n".encode("latin-1")
    work.git("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "--quiet", "--file=-", data=message)
    author.send("old", "--yes")
    subject = str(make_header(decode_header(sink.subjects[0])))
    assert subject == "[PATCH] pebble: ändern"
    assert "Weil es schön ist." in read_mail(plain(sink.raw[0])).text
    assert author.applied(sink.raw) == author.tree("old")


def test_two_at_once_send_it_once(four: Author) -> None:
    place = by_program(four, HOLD)
    os.mkfifo(place / "reached")
    os.mkfifo(place / "hold")
    running = four.mkit.start("send", "--repo", four.path, "fails", "--yes")
    (place / "reached").read_text()
    done = four.send("fails", "--yes", code=1)
    assert "another mkit is sending" in done.stderr
    with (place / "hold").open("w"):
        pass
    assert running.wait(60) == 0
    running.communicate(timeout=60)
    assert len(sent(place)) == 5
    assert len(four.mkit.topics()) == 1


def test_who_looks_for_a_moment_is_waited_for(four: Author) -> None:
    """As mkit send --list does, in another terminal."""
    place = killed(four)
    four.mkit.run("send", "--not-sent", "fails")
    with PostingFolder(four.mkit.home).sending() as mine:
        assert mine
        running = four.mkit.start("send", "--repo", four.path, "fails", "--yes")
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(1)
    _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (0, "")
    assert len(sent(place)) == 6


def test_bytes_of_any_sort_arrive(author: Author, sink: Sink) -> None:
    author.branch("bytes")
    for name, data in (
        ("dos.c", b"one\r\ntwo\r\n"),
        ("blob.bin", bytes(range(256)) * 8),
        ("cut.c", b"no newline at the end"),
        ("long.c", b"x" * 3000 + b"\n"),
        ("mail.txt", b"From ada Mon Jan  5 00:00:00 2026\n.\n..\n-- \n---\n>From me\n"),
    ):
        author.work.write(f"fs/pebble/{name}", data)
        author.work.commit(f"pebble: add {name}\n\nNeeded.\n\n{SIGNED}\n")
    author.describe("bytes", LETTER)
    author.send("bytes", "--yes", "--anyway", "a test")
    assert len(sink.raw) == 6
    assert author.applied(sink.raw[1:]) == author.tree("bytes")
    (topic,) = author.mkit.topics()
    assert all(one["patch_id"] for one in topic["revisions"][0]["patches"])


def test_a_repository_of_sha256_and_one_with_replaced_commits(author: Author, sink: Sink) -> None:
    long = Work(author.mkit.base / "long", "--object-format=sha256")
    base = long.commit("begin", one="1\n")
    long.commit(f"one: change\n\nNeeded.\n\n{SIGNED}\n", one="2\n")
    found = author.mkit.run(
        "send", "--repo", long.path, f"{base}..master", "--to", LIST, "--dry-run"
    )
    assert f"base-commit: {base}\n" in found.stdout
    assert len(base) == 64
    author.branch("fails")
    true = author.commit("give the buffer back", 10)
    text = f"pebble: give it back sooner\n\nNeeded.\n\n{SIGNED}\n"
    argv = ("commit-tree", "-p", f"{true}~1", "-F", "-", f"{true}^{{tree}}")
    author.work.git("replace", true, author.work.git(*argv, data=text.encode()))
    author.send("fails", "--yes")
    assert sink.subjects == ["[PATCH] pebble: give it back sooner"]
    assert author.applied(sink.raw) == author.tree("fails")
