# SPDX-License-Identifier: GPL-2.0-or-later
"""Purpose-made mail takes time that grows with its size, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.flowed import unflow
from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import NOBODY, parse_people
from maintainer_kit.model.message.complaint import is_complaint
from maintainer_kit.model.message.given import given_trailers
from maintainer_kit.model.message.marks import below_scissors, older_revisions
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.notification import summary_commits
from maintainer_kit.model.message.pull import read_pull
from maintainer_kit.model.message.report import report_facts
from maintainer_kit.model.message.subject import parse_subject
from maintainer_kit.model.message.tone import tone_of
from maintainer_kit.model.message.trailer import message_trailers
from maintainer_kit.model.message.withdrawn import withdrawn_trailers
from maintainer_kit.model.patch.diff import parse_diff
from maintainer_kit.model.patch.patch_id import patch_id
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import collect_topics
from tests.build import edit, mail, patch, read, reply

SECONDS = 5.0
"""Far more than any of these takes; a quadratic one takes minutes."""

FAILS = parse_subject("it fails")
LONG = 100_000
HUNK = f"--- a/x\n+++ b/x\n@@ -1,0 +1,{LONG} @@\n"


def many(text: str) -> str:
    return text * LONG


WORK: dict[str, Callable[[], object]] = {
    "a diff of 100,000 lines": lambda: parse_diff(HUNK + many("+line\n")),
    "a diff of 100,000 files": lambda: parse_diff(many("diff --git a/x b/x\n")),
    "100,000 hunks": lambda: parse_diff("--- a/x\n+++ b/x\n" + many("@@ -1 +1 @@\n-a\n+b\n")),
    "100,000 names without hunks": lambda: parse_diff(many("--- a/x\n+++ b/x\n")),
    "patch-id of 100,000 lines": lambda: patch_id("diff --git a/x b/x\n" + HUNK + many("+a\n")),
    "patch-id of 10,000 files": lambda: patch_id(edit() * 10_000),
    "a subject of brackets": lambda: parse_subject(many("[")),
    "a subject of blocks": lambda: parse_subject(many("[PATCH 1/2] ")),
    "a subject of replies": lambda: parse_subject(many("Re: ")),
    "a subject of numbers": lambda: parse_subject("[PATCH " + many("1 of ")),
    "signs of a bug in empty lines": lambda: is_complaint(FAILS, many("\n\n")),
    "signs of a bug in names": lambda: is_complaint(FAILS, many("a_") + many("a/")),
    "what a report lacks": lambda: report_facts(NOBODY, many("a-") + many("1."), is_report=True),
    "commands to trackers": lambda: report_facts(NOBODY, many("#syz x\n"), is_report=True),
    "a pull request of urls": lambda: read_pull(many("pull git://git/ ") + many("available\n")),
    "an applied summary of empty lines": lambda: summary_commits(many("[1/2]\n\n")),
    "a subject of encoded words": lambda: decode_words(many("=?utf-8?q?a?= ")),
    "a subject of half words": lambda: decode_words(many("=?")),
    "addresses": lambda: parse_people(many("a@x, ")),
    "addresses in comments": lambda: parse_people(many("(")),
    "addresses in quotes": lambda: parse_people(many('"a, ')),
    "spaces before a colon": lambda: tone_of(many(" ") + "wrote"),
    "one line of prose": lambda: tone_of(many("I will ")),
    "a line of question marks": lambda: tone_of(many("?")),
    "lines of prose": lambda: tone_of(many("why is it so?\n")),
    "trailers": lambda: message_trailers(many("Acked-by: a@x\n")),
    "trailers in a reply": lambda: given_trailers(many("Acked-by: a@x\n")),
    "trailers taken back": lambda: withdrawn_trailers(many("drop my Reviewed-by ")),
    "what is mine": lambda: withdrawn_trailers(many("my ")),
    "headers in a reply": lambda: given_trailers("Acked-by: a@x\n" + many("From: a\n")),
    "attributions": lambda: given_trailers("Acked-by: a@x\n" + many("a wrote:\n") + "---\n"),
    "a mailmap": lambda: read_mailmap(many("a <b@x> c <d@x>\n")),
    "a mailmap of one line": lambda: read_mailmap(many("a <")),
    "half trailers": lambda: given_trailers(many("Reviewed-by: ")),
    "links": lambda: older_revisions("https://x/ " + many("Link to v1: https://x/a@b\n")),
    "half links": lambda: older_revisions("https://x/ " + many("v1: ")),
    "scissors": lambda: below_scissors(many("-- >8 --\n")),
    "half scissors": lambda: below_scissors(many("-") + "8<"),
    "flowed text": lambda: unflow(many("soft \n"), join=True),
    "a mail of empty lines": lambda: read(mail("[PATCH] x", many("\n"))),
    "a mail of footers": lambda: read(mail("x", many("_" * 40 + "\n"))),
    "10,000 references": lambda: read(reply("a@x", "x", above=[f"{n}@x" for n in range(10_000)])),
    "a header of 1 MB": lambda: read(mail("x", headers={"References": many("<a@x>\t ")})),
    "an mbox of separators": lambda: list(
        split_mbox(many("From a@x Mon Jan  5 09:00:00 2026\n").encode())
    ),
    "an mbox of near separators": lambda: list(
        split_mbox(b"From a@x Mon Jan  5 09:00:00 2026\nSubject: x\n\n" + b"From \n" * LONG)
    ),
    "an mbox of lengths": lambda: list(
        split_mbox(
            b"From a@x Mon Jan  5 09:00:00 2026\nSubject: x\nContent-Length: 3\n\nabc\n\n" * 5000
        )
    ),
}


@pytest.mark.parametrize("name", WORK)
def test_time_is_bounded(name: str) -> None:
    start = time.perf_counter()
    WORK[name]()
    assert time.perf_counter() - start < SECONDS


ANSWER = read(reply("0@x", "words"))


def answers(count: int, parents: Callable[[int], range]) -> list[Message]:
    """A patch, and answers of which each names some of the mails above it, the nearest first."""
    first = read(patch("[PATCH] x", message_id="0@x"))
    return [first] + [
        replace(ANSWER, message_id=f"{at}@x", parents=tuple(f"{one}@x" for one in parents(at)))
        for at in range(1, count)
    ]


@pytest.mark.parametrize(
    ("shape", "parents"),
    [
        ("deep", lambda at: range(at - 1, max(-1, at - 6), -1)),
        ("wide", lambda at: range(1)),
    ],
)
def test_a_thread_of_many_mails(shape: str, parents: Callable[[int], range]) -> None:
    messages = answers(20_000, parents)
    start = time.perf_counter()
    (cluster,) = split_clusters(messages)
    (topic,) = collect_topics(cluster)
    assert len(topic.follow_ups) == 19_999
    assert {one.head_id for one in topic.follow_ups} == {"0@x"}
    assert time.perf_counter() - start < SECONDS


def test_many_postings_of_one_title() -> None:
    messages = [
        read(patch("[PATCH] remove unused", message_id=f"{at}@x", minutes=at)) for at in range(1500)
    ]
    start = time.perf_counter()
    assert len(collect_topics(messages)) == 1
    assert time.perf_counter() - start < SECONDS
