# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines that tools leave for tools."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.marks import (
    base_commit,
    below_scissors,
    change_id,
    commit_message,
    in_body_headers,
    listed_revisions,
    message_id_of,
    older_revisions,
    prerequisites,
)


def test_base_commit() -> None:
    assert base_commit("x\nbase-commit: 1a2b3c4d5e6f\n") == "1a2b3c4d5e6f"
    assert base_commit("no base-commit: 1a2b3c4d") == ""
    assert base_commit("base-commit: (none)\n") == ""
    assert base_commit("") == ""


def test_change_id() -> None:
    assert change_id("---\nchange-id: 20260105-pebble-ab12\n") == "20260105-pebble-ab12"
    assert change_id("change-id: two words\n") == ""
    assert change_id("nothing") == ""


def test_prerequisites() -> None:
    lines = "".join(f"prerequisite-patch-id: {at:040x}\n" for at in range(3))
    assert prerequisites(f"base-commit: abcdef0\n{lines}") == tuple(f"{at:040x}" for at in range(3))
    assert prerequisites("none") == ()


@pytest.mark.parametrize(
    ("target", "message_id"),
    [
        ("a@b.example", "a@b.example"),
        ("<a@b.example>", "a@b.example"),
        ("a@b.example.", "a@b.example"),
        ("https://lore.kernel.org/r/a@b.example", "a@b.example"),
        ("https://lore.kernel.org/all/a@b.example/", "a@b.example"),
        ("https://lore.kernel.org/all/a%2Fb@c.example/T/#u", "a/b@c.example"),
        ("https://patch.msgid.link/a@b.example", "a@b.example"),
        ("https://www.lkml.kernel.org/r/a@b.example", "a@b.example"),
        ("https://inbox.example/pebble/a@b.example/", "a@b.example"),
        ("https://inbox.example/about", None),
        ("a3f2", None),
        ("", None),
    ],
)
def test_message_id_of(target: str, message_id: str | None) -> None:
    assert message_id_of(target) == message_id


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("- Link to v1: https://lore.kernel.org/r/v1@x.example\n", ("v1@x.example",)),
        ("Supersedes: <v2@x.example>\n", ("v2@x.example",)),
        ("supersedes: v2@x.example\nnothing\n", ("v2@x.example",)),
        ("  * Link to v1: https://lore.kernel.org/r/v1@x.example\n", ("v1@x.example",)),
        ("v2: fixed what Bo said, see http://x.example\n", ()),
        ("Link: https://lore.kernel.org/r/v1@x.example\n", ()),
        ("> Link to v1: https://lore.kernel.org/r/v1@x.example\n", ()),
    ],
)
def test_older_revisions(text: str, ids: tuple[str, ...]) -> None:
    assert older_revisions(text) == ids


def test_listed_revisions() -> None:
    text = (
        "v2: https://lore.kernel.org/all/b@x.example/\n"
        "v1: https://lore.kernel.org/all/a@x.example/\n"
    )
    assert listed_revisions(text) == ("b@x.example", "a@x.example")
    assert older_revisions(text) == ()
    assert listed_revisions("v2: fixed what Bo said, see http://x.example\n") == ()


def test_in_body_headers() -> None:
    text = "\nFrom: Yael <yael@x.example>\nSubject: [PATCH] other\n\nWhy.\n"
    headers, rest = in_body_headers(text)
    assert headers == {"from": "Yael <yael@x.example>", "subject": "[PATCH] other"}
    assert rest == "\nWhy.\n"


@pytest.mark.parametrize(
    "text",
    ["Why.\nFrom: later <x@y>\n", "Date: today\n\nWhy.\n", "", "To: all of you\n\nWhy."],
)
def test_no_in_body_headers(text: str) -> None:
    assert in_body_headers(text) == ({}, text)


def test_very_many_in_body_headers() -> None:
    headers, rest = in_body_headers("From: A <a@b>\n" + "Cc: c@d\n" * 20)
    assert headers == {"from": "A <a@b>", "cc": "c@d"}
    assert rest == "Cc: c@d\n" * 9


def test_in_body_headers_up_to_the_end() -> None:
    assert in_body_headers("From: A <a@b>") == ({"from": "A <a@b>"}, "")


@pytest.mark.parametrize(
    "line", ["-- >8 --", "---8<---", "- - 8< - - cut here - -", ">8", "--%<--", "--->8--- cut here"]
)
def test_scissors(line: str) -> None:
    assert below_scissors(f"talk\n{line}\npatch\n") == "patch\n"


@pytest.mark.parametrize("line", ["> -- >8 --", "i >8 be", "8", "---", "x -- 8< --"])
def test_no_scissors(line: str) -> None:
    assert below_scissors(f"talk\n{line}\npatch\n") is None


def test_the_last_scissors_count() -> None:
    assert below_scissors("a\n-- 8< --\nb\n-- 8< --\nc\n") == "c\n"


def test_commit_message() -> None:
    assert commit_message("Why.\n---\n stat\n") == "Why.\n"
    assert commit_message("Why.\n-----\n--- a\n---\t \nx") == "Why.\n-----\n--- a\n"
    assert commit_message("Why.\n") == "Why.\n"
    assert commit_message("Why --- not.\n --- \n") == "Why --- not.\n --- \n"
