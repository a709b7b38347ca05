# SPDX-License-Identifier: GPL-2.0-or-later
"""What hooks are told, and what they make of it: without git."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.patch import Origin
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.workflow.pushing import Pushed, pushed_by_pre_commit, pushed_refs
from maintainer_kit.workflow.sending import addressed, made_from, turn_of
from maintainer_kit.workflow.skeleton import (
    is_empty,
    is_let_be,
    skeleton,
    title_of,
    with_skeleton,
)
from tests.build import patch

A, B, ZERO = "a" * 40, "b" * 40, "0" * 40


def counted(counter: str, total: str) -> dict[str, str]:
    return {"GIT_SENDEMAIL_FILE_COUNTER": counter, "GIT_SENDEMAIL_FILE_TOTAL": total}


def test_the_turn_is_known_only_where_git_says_it() -> None:
    assert turn_of({}) is None
    turn = turn_of(counted("2", "3"))
    assert turn is not None
    assert (turn.counter, turn.total, turn.is_last) == (2, 3, False)
    last = turn_of(counted("3", "3"))
    assert last is not None
    assert last.is_last


@pytest.mark.parametrize("pair", [("4", "3"), ("0", "3"), ("x", "3"), ("1", ""), ("-1", "3")])
def test_a_turn_that_cannot_be(pair: tuple[str, str]) -> None:
    assert turn_of(counted(*pair)) is None


def test_recipients_and_sender_are_the_headers_and_the_patch_stays_a_file() -> None:
    raw = patch("[PATCH] pebble: x", to="", headers={"Message-ID": ""})
    read = patch_of_mail(raw, "0001.patch")
    header = (
        b"From: Robin <robin@lumen.example>\nTo: a@x.example,\n\tb@x.example\n"
        b"Cc: c@x.example\nSubject: ignored\nMessage-ID: <1@x.example>\n"
    )
    sent = addressed(read, header)
    assert [one.address for one in sent.to] == ["a@x.example", "b@x.example"]
    assert [one.address for one in sent.cc] == ["c@x.example"]
    assert sent.submitter.address == "robin@lumen.example"
    assert (sent.author, sent.title, sent.path) == (read.author, read.title, read.path)
    assert (sent.origin, sent.message_id) == (Origin.FILE, None)
    assert addressed(read, b"") is read
    assert addressed(read, b"\xff\0nonsense").submitter == read.submitter


def test_the_commit_that_a_file_was_made_from() -> None:
    assert made_from(f"From {A} Mon Sep 17 00:00:00 2001\n".encode()) == A
    assert made_from(b"From: Ada <ada@quarry.example>\n") == ""
    assert made_from(b"From robin@lumen.example Mon Jan  5 2026\n") == ""
    assert made_from(b"") == ""


def test_lines_of_pre_push() -> None:
    text = (
        f"refs/heads/x {A} refs/heads/x {B}\n"
        f"(delete) {ZERO} refs/heads/gone {B}\n"
        f"HEAD~1 {A} refs/heads/new {ZERO}\n"
    )
    assert list(pushed_refs(text)) == [Pushed("refs/heads/x", A, B), Pushed("HEAD~1", A, ZERO)]


@pytest.mark.parametrize("line", ["", "x", f"a {A} b", f"a {A} b --all", f"a {A[:-1]} b {B}"])
def test_lines_that_say_nothing(line: str) -> None:
    assert list(pushed_refs(line)) == []


def test_what_pre_commit_says_instead() -> None:
    assert pushed_by_pre_commit({}) == ()
    told = {"PRE_COMMIT_TO_REF": A, "PRE_COMMIT_FROM_REF": B}
    assert pushed_by_pre_commit(told) == (Pushed("HEAD", A, B),)
    name = "refs/heads/x"
    assert pushed_by_pre_commit({"PRE_COMMIT_LOCAL_BRANCH": name}) == (Pushed(name, name, ""),)


@pytest.mark.parametrize("title", ["", "fixup! pebble: x", "squash! x", "amend! x"])
def test_titles_that_are_let_be(title: str) -> None:
    assert is_let_be(title)
    assert not is_let_be("fixup the mess")


def test_the_title_is_the_first_paragraph() -> None:
    assert title_of("\npebble:\n x\n\nbody\n") == "pebble: x"
    assert title_of("\n\n") == ""


def test_trailers_alone_are_no_message() -> None:
    assert is_empty("")
    assert is_empty("\n\nSigned-off-by: Ada <ada@quarry.example>\n")
    assert not is_empty("pebble: mend it\n")
    assert not is_empty("mend it\n")


def test_the_area_that_most_titles_say_is_suggested() -> None:
    titles = ["pebble: a", "pebble: b", "fs: c"]
    lines = skeleton(titles, ";")
    assert lines[0] == "; pebble: what it does, as a command, in up to 75 characters"
    assert lines[1] == ";   (2 of the last 3 commits to these files say pebble:)"
    assert all(line.startswith(";") for line in lines)
    assert skeleton([], "#")[0].startswith("# area: ")


def test_hostile_titles_make_no_line_of_their_own() -> None:
    titles = ["x\n\nBad: y: z", "x\n\nBad: y: z"]
    assert all(line.startswith("#") for line in skeleton(titles, "#"))


def test_the_skeleton_stands_above_gits_own_comments() -> None:
    assert with_skeleton("\n# Please\n", ["# ask"], "#") == "\n# ask\n#\n# Please\n"
    signed = "\n\nSigned-off-by: A <a@x.example>\n\n# Please\n"
    assert with_skeleton(signed, ["# ask"], "#") == (
        "\n\nSigned-off-by: A <a@x.example>\n\n# ask\n#\n# Please\n"
    )
    assert with_skeleton("", ["# ask"], "#") == "\n# ask\n#"
