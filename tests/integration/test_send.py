# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit send``: a branch is posted for the first time, through the real git send-email."""

from __future__ import annotations

from collections.abc import Callable
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from maintainer_kit.model.mail.mail import read_mail
from tests.build import LIST
from tests.cli import schemas
from tests.integration.authoring import ADDRESS, ME, ROBIN, Author, mbox, people, plain
from tests.integration.replying import editor
from tests.integration.repositories import Work
from tests.integration.smtp_sink import Sink
from tests.integration.terminal import on_terminal

LETTER = "pebble: mounts that fail\n\nTwo things that users met.\n"


@pytest.fixture
def two(author: Author) -> Author:
    """Two patches with a cover letter."""
    author.branch("fails")
    author.commit("give the buffer back", 10)
    author.commit("say which block", 30, "dir")
    author.describe("fails", LETTER)
    return author


def body(raw: bytes) -> str:
    return read_mail(plain(raw)).text


def test_a_series_goes_to_those_whom_it_concerns(two: Author, sink: Sink) -> None:
    before = two.work.fingerprint()
    done = two.send("fails", "--yes")
    assert done.stdout.endswith("3 mails sent\n")
    assert two.work.fingerprint() == before
    assert sink.subjects == [
        "[PATCH 0/2] pebble: mounts that fail",
        "[PATCH 1/2] pebble: give the buffer back",
        "[PATCH 2/2] pebble: say which block",
    ]
    cover, *patches = sink.mails
    for one in sink.mails:
        assert one["From"] == ME
        assert people(one, "To") == [ROBIN, LIST]
        assert people(one, "Cc") == ["tomasz@quarry.example"]
        assert one["Date"]
    assert cover["In-Reply-To"] is None
    for one in patches:
        assert one["In-Reply-To"] == one["References"] == cover["Message-ID"]
    assert len({one["Message-ID"] for one in sink.mails}) == 3
    text = body(sink.raw[0])
    assert text.startswith("Two things that users met.\n\nAda Author (2):\n")
    assert " fs/pebble/super.c | 2 +-\n" in text
    base = two.work.git("rev-parse", "origin/master")
    assert f"\nbase-commit: {base}\nchange-id: 20260301-fails-" in text
    assert two.applied(sink.raw[1:]) == two.tree("fails")


def test_what_was_sent_is_a_topic_at_once(two: Author, sink: Sink) -> None:
    two.send("fails", "--yes")
    (topic,) = two.mkit.topics()
    (revision,) = topic["revisions"]
    assert revision["cover"]["message_id"] == str(sink.mails[0]["Message-ID"]).strip("<>")
    titles = [one["subject"] for one in revision["patches"]]
    assert titles == [one.partition("] ")[2] for one in sink.subjects[1:]]
    assert revision["change_id"].startswith("20260301-fails-")
    assert two.mkit.run("sent").stdout.count("pebble: mounts that fail") == 1
    assert "no earlier one" not in two.send("fails", "--show").stdout


def test_a_lone_patch_has_no_letter(author: Author, sink: Sink) -> None:
    author.branch("one")
    author.commit("give the buffer back", 10)
    author.send("one", "--yes")
    (found,) = sink.mails
    assert found["Subject"] == "[PATCH] pebble: give the buffer back"
    text = body(sink.raw[0])
    base = author.work.git("rev-parse", "origin/master")
    assert f"\nbase-commit: {base}\nchange-id: 20260301-one-" in text
    assert author.applied(sink.raw) == author.tree("one")
    assert text.startswith(author.work.git("log", "-1", "--format=%b", "one") + "\n---\n")


def test_the_checked_out_branch_and_a_range(two: Author, sink: Sink) -> None:
    assert [one["subject"] for one in two.told("--show")["mails"]] == [
        "[PATCH 0/2] pebble: mounts that fail",
        "[PATCH 1/2] pebble: give the buffer back",
        "[PATCH 2/2] pebble: say which block",
    ]
    alone = two.told("HEAD~1..fails", "--show", "--prefix", "PATCH net-next", "--rfc")
    assert [one["subject"] for one in alone["mails"]] == [
        "[RFC PATCH net-next] pebble: say which block"
    ]
    assert sink.raw == []


def test_a_branch_of_b4(author: Author, sink: Sink) -> None:
    author.branch("b4/fails")
    author.work.git(
        "commit", "--quiet", "--allow-empty", "--file=-",
        data=b"pebble: mounts that fail\n\n# a comment\nTwo things.\n\n"
        b"--- b4-submit-tracking ---\n# This section is used internally.\n"
        b'{"series": {"revision": 2, "change-id": "20260101-fails-0123456789ab",'
        b' "prefixes": ["net"], "history": {"v1": ["one@quarry.example"]}}}\n',
    )  # fmt: skip
    author.commit("give the buffer back", 10)
    author.commit("say which block", 30, "dir")
    author.send("--yes")
    assert sink.subjects == [
        "[PATCH net v2 0/2] pebble: mounts that fail",
        "[PATCH net v2 1/2] pebble: give the buffer back",
        "[PATCH net v2 2/2] pebble: say which block",
    ]
    text = body(sink.raw[0])
    assert text.startswith("Two things.\n\nAda Author (2):")
    assert "change-id: 20260101-fails-0123456789ab\n" in text
    assert f"base-commit: {author.work.git('rev-parse', 'origin/master')}\n" in text
    assert author.applied(sink.raw[1:]) == author.tree("b4/fails")


@pytest.mark.parametrize("strategy", ["commit", "branch-description", "tip-commit"])
def test_a_branch_that_b4_made(
    author: Author, sink: Sink, needs_tool: Callable[[str], str], strategy: str
) -> None:
    """Wherever ``b4 prep`` keeps its cover letter."""
    work = author.work
    for name, value in (("user.name", "Ada Author"), ("user.email", ADDRESS)):
        work.git("config", name, value)
    work.git("config", "b4.prep-cover-strategy", strategy)
    author.branch("start")
    argv = ["env", "-C", str(author.path), needs_tool("b4"), "--offline-mode", "prep"]
    made = author.mkit.program([*argv, "-n", "fails", "-f", "origin/master"])
    assert made.code == 0, made.stderr
    author.commit("give the buffer back", 10)
    author.commit("say which block", 30, "dir")
    plan = author.told("b4/fails", "--show")["plan"]
    assert "-fails-" in plan["change_id"]
    assert plan["title"].startswith("EDITME")
    assert plan["base"] == work.git("rev-parse", "origin/master")
    done = author.send("b4/fails", "--yes", "--anyway", "a test", code=1)
    assert "the cover letter still says EDITME" in done.stderr


def test_b4_takes_it_from_what_came(
    two: Author, sink: Sink, needs_tool: Callable[[str], str]
) -> None:
    two.send("fails", "--yes")
    box, ready = two.mkit.base / "came.mbox", two.mkit.base / "ready"
    box.write_bytes(mbox(sink.raw))
    ready.mkdir()
    first = str(sink.mails[0]["Message-ID"]).strip("<>")
    argv = [needs_tool("b4"), "--offline-mode", "am", "-m", str(box), "-o", str(ready), first]
    done = two.mkit.program(["env", "-C", str(two.path), *argv])
    assert done.code == 0, done.stderr
    (made,) = ready.glob("*.mbx")
    back = Work(two.mkit.base / "b4")
    back.git("fetch", "--quiet", str(two.path), "refs/remotes/origin/master")
    back.git("reset", "--quiet", "--hard", "FETCH_HEAD")
    back.git("am", "--quiet", str(made))
    assert back.git("rev-parse", "HEAD^{tree}") == two.tree("fails")


def test_nothing_is_kept_or_sent_by_looking(two: Author, sink: Sink) -> None:
    mails = two.send("fails", "--dry-run").stdout
    assert mails.count("From mboxrd@z") == 3
    assert mails.count(f"To: Robin Maintainer <{ROBIN}>,\n {LIST}\n") == 3
    shown = two.send("fails", "--show").stdout
    assert "fails: v1, 2 patches on " in shown
    assert "the first posting" in shown
    assert "check      ok    " in shown
    assert "tests      ?     not tested: no mkit.test is configured" in shown
    assert ", which origin/master has" in shown
    schemas.check(two.told("fails", "--show"), "send")
    assert not (two.mkit.home / "posting").exists()
    assert sink.raw == []


def test_to_oneself_and_to_nobody_else(two: Author, sink: Sink) -> None:
    two.send("fails", "--to-self")
    assert len(sink.mails) == 3
    for one in sink.mails:
        assert people(one, "To") == [ADDRESS]
        assert one["Cc"] is None
    assert two.applied(sink.raw[1:]) == two.tree("fails")
    assert two.mkit.topics() == []
    assert two.told("fails", "--show")["revision"] == 1


def test_without_a_word_nothing_goes_out(two: Author, sink: Sink) -> None:
    done = two.send("fails", code=1)
    assert "nobody can be asked" in done.stderr
    assert sink.raw == []
    two.work.git("config", "--unset", "branch.fails.description")
    two.send("--drop", "fails")
    done = two.send("fails", "--yes", code=1)
    assert "the cover letter says nothing yet" in done.stderr
    assert "mkit send --edit fails" in done.stderr


def test_the_letter_is_written_in_an_editor_and_kept(two: Author, sink: Sink) -> None:
    script = (
        'sed -i -e "s/^Subject: .*/Subject: pebble: mönts/" '
        '-e "s/^Two things.*/Three things: ä/" "$1"'
    )
    two.mkit = two.mkit.having(GIT_EDITOR=editor(two.mkit.base, script))
    two.send("fails", "--edit", code=1)
    assert two.mkit.run("send", "--list").stdout == "fails: a letter for v1 is kept\n"
    two.send("fails", "--yes")
    subject = str(make_header(decode_header(sink.subjects[0])))
    assert subject == "[PATCH 0/2] pebble: mönts"
    assert sink.mails[0]["Content-Transfer-Encoding"] == "8bit"
    assert body(sink.raw[0]).startswith("Three things: ä\n")
    assert two.mkit.run("send", "--list").stdout == ""


def test_the_result_as_json(two: Author, sink: Sink) -> None:
    found = two.told("fails", "--yes", "--to", "Boss <boss@quarry.example>")
    schemas.check(found, "send")
    assert found["sent"] == 3
    assert found["place"] == "sent"
    assert {one["stage"] for one in found["mails"]} == {"sent"}
    assert found["plan"]["to"][0] == "Boss <boss@quarry.example>"
    schemas.check(two.told("fails", "--show"), "send")


def test_the_hook_of_the_repository_sees_all_before_any_goes(two: Author, sink: Sink) -> None:
    seen = two.mkit.base / "seen"
    two.work.hook("sendemail-validate", f'head -1 "$1" >> {seen}\n')
    two.send("fails", "--yes")
    lines = Path(seen).read_text().splitlines()
    commits = two.work.git("rev-list", "--reverse", "origin/master..fails").split()
    assert [one.split()[1] for one in lines] == [commits[-1], *commits]
    two.branch("other", "fails")
    two.describe("other", LETTER)
    two.work.hook("sendemail-validate", "echo 'not today' >&2\nexit 1\n")
    done = two.send("other", "--new", "--yes", code=1)
    assert "not today" in done.stderr
    assert len(sink.raw) == 3
    assert not two.mkit.json("send", "--list")["postings"]


def test_where_no_maintainers_file_says_to_whom(two: Author, sink: Sink) -> None:
    two.work.git("rm", "--quiet", "MAINTAINERS")
    done = two.send("fails", "--yes", code=1)
    assert "it goes to nobody" in done.stderr
    assert "mkit send --to ADDRESS fails" in done.stderr
    two.work.git("config", "--add", "sendemail.to", f"The list <{LIST}>")
    two.work.git("config", "--add", "sendemail.cc", "boss@quarry.example, me@evil")
    two.send("fails", "--yes", "--cc", "one@x.example", "--cc", "no address")
    for one in sink.mails:
        assert people(one, "To") == [LIST]
        assert people(one, "Cc") == ["one@x.example", "boss@quarry.example", "me@evil"]


def test_a_wrong_address_in_the_letter_keeps_its_text(two: Author, sink: Sink) -> None:
    script = 'sed -i -e "s/^To: .*/To: robin at lumen,/" -e "s/^Two things.*/Much./" "$1"'
    two.mkit = two.mkit.having(GIT_EDITOR=editor(two.mkit.base, script))
    done = two.send("fails", "--edit", "--yes", code=1)
    assert "is no address; the text is kept" in done.stderr
    assert "Much." in two.told("fails", "--show")["plan"]["text"]
    assert sink.raw == []


def test_from_a_bare_repository_and_a_linked_work_tree(two: Author, sink: Sink) -> None:
    bare, linked = two.mkit.base / "bare.git", two.mkit.base / "linked"
    two.work.git("worktree", "add", "--quiet", "-b", "third", str(linked), "fails")
    two.describe("third", LETTER)
    found = two.mkit.json("send", "--repo", linked, "--show")
    assert (found["branch"], len(found["mails"])) == ("third", 3)
    two.work.git("clone", "--quiet", "--bare", "--no-local", str(two.path), str(bare))
    done = two.mkit.run(
        "send", "--repo", bare, "origin/master..fails", "--no-cover", "--yes", code=1
    )
    assert "there is no commit origin/master" in done.stderr
    base = two.work.git("rev-parse", "origin/master")
    two.mkit.run("send", "--repo", bare, f"{base}..fails", "--no-cover", "--yes")
    assert sink.subjects == [
        "[PATCH 1/2] pebble: give the buffer back",
        "[PATCH 2/2] pebble: say which block",
    ]
    assert people(sink.mails[0], "To") == [ROBIN, LIST]
    assert sink.mails[1]["In-Reply-To"] == sink.mails[0]["Message-ID"]
    assert two.applied(sink.raw) == two.tree("fails")


def test_on_a_terminal_it_is_written_shown_and_asked(two: Author, sink: Sink) -> None:
    script = 'sed -i "s/^Two things.*/Written./" "$1"'
    two.mkit = two.mkit.having(GIT_EDITOR=editor(two.mkit.base, script))
    argv = two.mkit.argv("send", "--repo", two.path, "fails")
    with on_terminal(argv, two.mkit.env) as terminal:
        shown = terminal.until("send 3 mails? [y/N]")
        assert "    Written." in shown
        assert "check      ok    " in shown
        terminal.press("n", "Enter")
        terminal.until("nothing is sent; the letter is kept")
    assert sink.raw == []
    with on_terminal(argv, two.mkit.having(GIT_EDITOR="false").env) as terminal:
        terminal.until("send 3 mails? [y/N]")
        terminal.press("y", "Enter")
        terminal.until("3 mails sent")
    assert body(sink.raw[0]).startswith("Written.")


def test_left_for_another_program(two: Author, sink: Sink) -> None:
    """As replies are, by mkit.replyTo: the demo sends nothing."""
    config = two.mkit.home / "config"
    config.write_text(config.read_text() + "[mkit]\n\treplyTo = drafts\n")
    done = two.send("fails", "--yes")
    assert done.stdout.splitlines()[-1].startswith("3 mails left in ")
    assert sink.raw == []
    drafts = sorted((two.mkit.home / "outbox" / "cur").iterdir())
    assert len(drafts) == 3
    assert two.mkit.topics() == []
    assert two.told("fails", "--show")["revision"] == 2
    box = two.mkit.base / "left.mbox"
    config.write_text(config.read_text() + f"\treplyTo = {box}\n")
    two.send("fails", "--to-self")
    assert box.read_bytes().count(b"\nTo: Ada Author <ada@quarry.example>\n") == 3
