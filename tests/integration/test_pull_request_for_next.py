# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit pull-request --for-next``: the commits of a branch as patches, each sent once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli import schemas
from tests.integration.driver import Json, Mkit
from tests.integration.pull_request_trees import commit_on, tree_to_pull
from tests.integration.replying import sending_to
from tests.integration.repositories import Work
from tests.integration.smtp_sink import Sink

NEXT = "Next List <next@lists.lumen.example>"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return tree_to_pull(tmp_path / "tree")


@pytest.fixture
def posting(mkit: Mkit, sink: Sink) -> Mkit:
    return sending_to(mkit, sink, f"\tforNextTo = {NEXT}\n")


def for_next(mkit: Mkit, work: Work, *args: str, code: int = 0) -> Json:
    argv = ("pull-request", "topic", "--for-next", "--repo", work.path, "--base=up")
    found = mkit.json(*argv, *args, code=code)
    if not code:
        schemas.check(found, "pull-request")
    return found


def test_they_arrive_in_a_thread_and_make_the_branch_again(
    posting: Mkit, sink: Sink, work: Work, tmp_path: Path
) -> None:
    found = for_next(posting, work, "-m", "What was queued today.", "--yes")
    assert found["sent"] is True
    assert sink.subjects == [
        "[for-next][PATCH 0/3] topic: 3 patches for next",
        "[for-next][PATCH 1/3] pebble: change line 3",
        "[for-next][PATCH 2/3] pebble: add a file",
        "[for-next][PATCH 3/3] pebble: rename inode.c",
    ]
    cover, *patches = sink.mails
    assert "What was queued today.\n" in sink.raw[0].decode().replace("\r\n", "\n")
    assert f"Head: {work.git('rev-parse', 'topic')}" in sink.raw[0].decode()
    for one in patches:
        assert one["In-Reply-To"] == cover["Message-ID"]
        assert str(one["To"]) == NEXT
        assert str(one["From"]) == "Robin Maintainer <robin@lumen.example>"
    # git am takes them from the server, author and all.
    mine = tmp_path / "mine"
    work.git("clone", "--quiet", "--branch=up", str(work.path), str(mine))
    for at, raw in enumerate(sink.raw[1:]):
        (tmp_path / f"{at}.eml").write_bytes(raw.replace(b"\r\n", b"\n"))
        subprocess.run(
            ["git", "-c", "user.name=R", "-c", "user.email=r@x.example", "am", "--quiet",
             str(tmp_path / f"{at}.eml")],
            cwd=mine, check=True, timeout=60,
        )  # fmt: skip
    tree = Work(mine)
    assert tree.git("rev-parse", "HEAD^{tree}") == work.git("rev-parse", "topic^{tree}")
    assert tree.git("log", "-1", "--format=%an <%ae>") == "Ada Author <ada@quarry.example>"


def test_no_patch_is_sent_twice_however_often_the_branch_is_made_anew(
    posting: Mkit, sink: Sink, work: Work
) -> None:
    for_next(posting, work, "--yes")
    again = for_next(posting, work, "--yes", code=1)
    assert "3 patches went out before" in again["error"]["message"]
    work.git("checkout", "--quiet", "up")
    commit_on(work, "pebble: upstream moved", "else.c", "else\n")
    work.git("checkout", "--quiet", "topic")
    work.git("rebase", "--quiet", "up")
    commit_on(work, "pebble: one more", "more.c", "more\n")
    found = for_next(posting, work, "--yes")
    assert sink.subjects[4:] == ["[for-next][PATCH] pebble: one more"]
    assert found["for_next"]["mails"][0]["commit"] == work.git("rev-parse", "topic")
    for_next(posting, work, "--again", "--yes")
    ids = [str(one["Message-ID"]) for one in sink.mails]
    assert len(ids) == 4 + 1 + 5
    assert len(set(ids)) == len(ids)


def test_without_an_answer_nothing_is_sent(posting: Mkit, sink: Sink, work: Work) -> None:
    done = for_next(posting, work, code=1)
    assert "nobody can be asked" in done["error"]["message"]
    shown = for_next(posting, work, "--dry-run")
    assert len(shown["for_next"]["mails"]) == 4
    assert shown["sent"] is False
    assert not sink.mails
    assert posting.json("send", "--list")["postings"] == []


def test_what_failed_on_the_way_is_gone_on_with(
    posting: Mkit, sink: Sink, work: Work, tmp_path: Path
) -> None:
    """The server is gone after the second mail; the next run sends the others, and only these."""
    config = (posting.home / "config").read_text(encoding="utf-8")
    count = tmp_path / "count"
    script = tmp_path / "smtp"
    script.write_text(
        f"#!/bin/sh\ncat >/dev/null\necho x >>{count}\ntest $(wc -l <{count}) -le 2\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    server = config.replace("smtpServer = 127.0.0.1", f"smtpServer = {script}")
    posting.configure(server)
    done = for_next(posting, work, "--yes", code=1)
    assert done["failed"]
    stages = [one["stage"] for one in done["for_next"]["mails"]]
    assert stages == ["sent", "sent", "open", "open"]
    posting.configure(config)
    commit_on(work, "pebble: after it began", "late.c", "late\n")
    found = for_next(posting, work, "--yes")
    assert sink.subjects == [
        "[for-next][PATCH 2/3] pebble: add a file",
        "[for-next][PATCH 3/3] pebble: rename inode.c",
    ]
    assert {one["stage"] for one in found["for_next"]["mails"]} == {"sent"}
    for_next(posting, work, "--yes")
    assert sink.subjects[2:] == ["[for-next][PATCH] pebble: after it began"]


def test_merges_and_odd_commits_do_no_harm(posting: Mkit, sink: Sink, work: Work) -> None:
    work.git("checkout", "--quiet", "-B", "topic", "up")
    commit_on(work, "-x --option: \u00e4 title", "a.c", "a\n")
    work.commit("empty\n\nSigned-off-by: Ada Author <ada@quarry.example>\n")
    work.write("latin.c", "caf\u00e9\n".encode("latin-1"))
    work.commit("latin: bytes\n\nSigned-off-by: Ada Author <ada@quarry.example>\n")
    for_next(posting, work, "--dry-run")
    done = posting.run(
        "pull-request", "topic", "--for-next", "--repo", work.path, "--base=up", "--dry-run"
    )
    assert "[for-next][PATCH 1/3]" in done.stdout
    for_next(posting, work, "--yes")
    assert len(sink.raw) == 4
    assert b"caf\xe9" in sink.raw[3]


def test_where_mail_is_left_to_others_each_is_left_once(
    posting: Mkit, sink: Sink, work: Work
) -> None:
    """As in the demo, whatever the user's own git would send with."""
    config = (posting.home / "config").read_text(encoding="utf-8")
    posting.configure(f"{config}[mkit]\n\treplyTo = drafts\n")
    argv = ("pull-request", "topic", "--for-next", "--repo", work.path, "--base=up", "--yes")
    assert posting.run(*argv).stdout.splitlines()[-1].startswith("4 mails left in ")
    drafts = list((posting.home / "outbox" / "cur").iterdir())
    assert len(drafts) == 4
    assert not sink.mails
    assert posting.topics() == []
    again = for_next(posting, work, "--yes", code=1)
    assert "3 patches went out before" in again["error"]["message"]
    commit_on(work, "pebble: one more", "more.c", "more\n")
    posting.configure(config)
    for_next(posting, work, "--yes")
    assert sink.subjects == ["[for-next][PATCH] pebble: one more"]


def test_where_it_stopped_it_says_how_to_go_on(posting: Mkit, sink: Sink, work: Work) -> None:
    config = (posting.home / "config").read_text(encoding="utf-8")
    posting.configure(f"{config}[mkit]\n\treplyTo = {posting.base}/away/left.mbox\n")
    argv = ("pull-request", "topic", "--for-next", "--repo", work.path, "--base=up", "--yes")
    told = posting.run(*argv, code=1).stderr
    assert "0 of 4 mails left in " in told
    assert told.endswith("; mkit pull-request topic --for-next goes on from there\n")
    posting.configure(config)
    assert posting.run(*argv).stdout.endswith("4 mails sent\n")
    assert len(sink.mails) == 4


def test_nobody_is_mailed_unasked(mkit: Mkit, sink: Sink, work: Work) -> None:
    made = sending_to(mkit, sink)
    done = for_next(made, work, "--yes", code=1)
    assert "to whom" in done["error"]["message"]
    for_next(made, work, "--yes", "--to=Bo <bo@lumen.example>")
    assert {str(one["To"]) for one in sink.mails} == {"Bo <bo@lumen.example>"}
