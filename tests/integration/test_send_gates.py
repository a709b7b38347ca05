# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit send`` where something speaks against it: it says what, and waits for a reason."""

from __future__ import annotations

import json

import pytest

from tests.build import BO, reply
from tests.integration.authoring import SIGNED, Author
from tests.integration.smtp_sink import Sink

LATER = "2026-03-09T12:00:00Z"
ERROR = (
    "pebble: report I/O errors\n\nLookups drop them:\n\n"
    "diff --git a/dir.c b/dir.c\n--- a/dir.c\n+++ b/dir.c\n@@ -1 +1 @@\n-one\n+two\n"
    f"\n{SIGNED}\n"
)
"""Its example would be taken for the patch: an error in every profile."""


@pytest.fixture
def author(author: Author) -> Author:
    """With a branch of one patch."""
    author.branch("one")
    author.commit("give the buffer back", 10)
    return author


def first_id(sink: Sink) -> str:
    return str(sink.mails[0]["Message-ID"]).strip("<>")


def closed(author: Author, *args: str) -> list[str]:
    """The gates that are not open."""
    return [one["name"] for one in author.told(*args, "--show")["gates"] if not one["open"]]


def test_an_error_is_said_and_a_reason_is_kept(author: Author, sink: Sink) -> None:
    author.work.git("commit", "--quiet", "--amend", "--file=-", data=ERROR.encode())
    assert closed(author, "one") == ["check"]
    done = author.send("one", "--yes", code=1)
    assert "check      FAIL  1 error" in done.stdout
    assert "mkit send --anyway WHY" in done.stderr
    assert sink.raw == []
    author.send("one", "--yes", "--anyway", "an example of what not to do")
    assert len(sink.raw) == 1
    (kept,) = (author.mkit.home / "posting").glob("*.json")
    assert json.loads(kept.read_text())["posted"][0][3] == "an example of what not to do"


def test_a_question_waits_for_its_answer(author: Author, sink: Sink) -> None:
    author.send("one", "--yes")
    asked = reply(
        first_id(sink),
        "Why not free it there?\n",
        sender=BO,
        message_id="why@x",
        minutes=60 * 24 * 56,
    )
    author.mkit.bring(asked)
    author.at(LATER)
    assert closed(author, "one") == ["reviews"]
    done = author.send("one", "--yes", code=1)
    assert "reviews: 1 question on v1 not answered" in done.stderr
    assert "Bo Reviewer asks about pebble: give the buffer back" in done.stdout
    author.mkit.run("reply", "why@x", "-m", "Since it is used below.", "--yes")
    assert closed(author, "one") == []


def test_reviewers_get_a_day(author: Author, sink: Sink) -> None:
    author.send("one", "--yes")
    author.at("2026-03-01T15:00:00Z")
    done = author.send("one", "--yes", code=1)
    assert "reviews: v1 was posted 3 h ago; this list waits 24 h" in done.stderr
    assert closed(author.at("2026-03-02T13:00:00Z"), "one") == []


def test_a_base_that_nobody_has(author: Author, sink: Sink) -> None:
    author.commit("say which block", 30, "dir")
    assert closed(author, "HEAD~1..one") == ["base"]
    done = author.send("HEAD~1..one", "--yes", code=1)
    assert "nobody else can apply what stands on it" in done.stderr
    author.describe("one", "pebble: two things\n\nBoth.\n")
    assert closed(author, "one") == []


def test_a_confidential_topic_goes_to_no_list(author: Author, sink: Sink) -> None:
    author.send("one", "--yes")
    author.mkit.run("confidential", author.mkit.topics()[0]["id"])
    author.at(LATER)
    assert closed(author, "one") == ["confidential"]
    done = author.send("one", "--yes", code=1)
    assert "pebblefs@lists.lumen.example would learn of it" in done.stderr
    assert len(sink.raw) == 1


def test_what_cannot_be_posted(author: Author, sink: Sink) -> None:
    work = author.work
    work.git("commit", "--quiet", "--allow-empty", "-m", "nothing")
    assert "changes nothing: nothing" in author.send("one", "--yes", code=1).stderr
    author.branch("joined")
    work.git("merge", "--quiet", "--no-ff", "--no-edit", "one~1")
    assert "is a merge, which is no patch" in author.send("joined", "--yes", code=1).stderr
    assert "there is no branch nowhere" in author.send("nowhere", code=1).stderr
    work.git("checkout", "--quiet", "--detach")
    assert "no branch is checked out" in author.send(code=1).stderr
    author.branch("same")
    assert "nobody can tell where same begins" in author.send("same", code=1).stderr
    assert sink.raw == []


def test_what_tests_said_of_the_tip(author: Author, sink: Sink) -> None:
    author.mkit.configure(
        (author.mkit.home / "config").read_text()
        + "[mkit]\n\ttest = build each ! grep -q buffer_30 fs/pebble/dir.c\n"
        + "\ttest = style tip true\n"
    )
    shown = author.send("one", "--show").stdout
    assert "tests      note  build: not tested, style: not tested\n" in shown
    author.mkit.run("test", "--repo", author.path, "origin/master..one")
    assert "tests      ok    build: passed, style: passed\n" in author.send("one", "--show").stdout
    author.commit("say buffer", 30, "dir")
    author.describe("one", "pebble: two things\n\nBoth.\n")
    author.mkit.end_of("test", "--repo", author.path, "origin/master..one")
    assert closed(author, "one") == ["tests"]
    assert "tests: build: failed" in author.send("one", "--yes", code=1).stderr


def test_what_fails_in_the_base_too_closes_no_gate(author: Author, sink: Sink) -> None:
    author.mkit.configure(
        (author.mkit.home / "config").read_text() + "[mkit]\n\ttest = build each false\n"
    )
    author.mkit.run("test", "--repo", author.path, "origin/master..one")
    assert "tests      note  build: fails already in base\n" in author.send("one", "--show").stdout
