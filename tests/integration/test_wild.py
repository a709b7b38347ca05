# SPDX-License-Identifier: GPL-2.0-or-later
"""Small threads of real mail, each an oddity of the wild: imported, and shown as what it is.

The mail is not part of the project; where it is not beside the checkout, this is skipped.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.driver import ROOT, Json, Mkit, message_ids

CORPORA = ROOT.parent / "shared" / "corpora"
FOLDER = CORPORA / "samples"
FILES = sorted(FOLDER.glob("*.mbox"))

pytestmark = pytest.mark.skipif(not FILES, reason="the corpora are not beside the checkout")

# File -> what must be seen in `mkit show` of one of its topics, as text; each a line's part.
SEEN: dict[str, list[str]] = {
    "01": ["v2", "3/3 patches", "v1", "2/2 patches", "that it is applied", "Jens Axboe"],
    "02": ["v2", "1/3 patches", "linked by in-reply-to", "[superseded]", "v1"],
    "03": [
        "linked by change-id",
        "From: rewritten by a list",
        "From: in the body",
        "bluez.test.bot",
        "patchwork-bot",
        "Paul Menzel",
        "author     Ye He <ye.he@amlogic.com>",
    ],
    "06": ["signed with PGP/MIME", "3/3 patches"],
    "07": ["patch in an attachment", "1 file, +2 -1"],
    "07b": ["patch in an attachment", "1 file, +2 -2", "(series)"],
    "08": ["format=flowed", "1 file, +"],
    "09": ["mangled: ", "(line "],
    "09b": ["mangled: ", "resend", "v2", "2  (missing"],
    "10": ["charset gb", "1 file, +"],
    "11": ["charset iso-8859-1"],
    "12": ["charset iso-"],
    "13": ["unknown charset y", "1 file, +16"],
    "13b": ["unknown charset 8bit", "27 files"],
    "14": ["base64", "1 file, +1 -1"],
    "15": ["quoted-printable", "v5", "1/4 patches", "4  liburing: update changelog"],
    "16": ["From: rewritten by a list", "author     Zhao Gongyi <zhaogongyi@huawei.com>"],
    "17": ["From: in the body", "submitter  linmiaohe", "author     Miaohe Lin"],
    "18": ["resend", "Y2DfeqJB/gyUUcRQ@nx64de-df6d00"],
    "19": ["patch below scissors", "1 file, +4 -0"],
    "20": ["(pull-request)", "pr-tracker-bot"],
    "21": ["(pull-request)", "patchwork-bot"],
    "23": ["kernel test robot", "bot-report"],
    "24": ["HTML beside the text", "1 file, +1"],
    "25": ["several ids in In-Reply-To"],
    "26": ["Message-ID"],
    "27": ["2 different mails under this Message-ID"],
    "28": ["binary patch"],
    "29": ["v1", "1/1 patches"],
    "30": [
        "base-commit 8fc22e3b3348c0a6384ec926e0b19b6707622e58",
        "prerequisite-patch-id d74c76e906701902456e2b19f23c100f38f13326",
        "rfc",
    ],
    "31": ["range-diff"],
    "32": ["Cyril Hrubis", "Petr Vorel"],
    "33": ["v3", "4/4 patches", "patchwork-bot"],
}
# Files with more than one topic: it holds of each, not of one.
EACH = {"08", "09", "10", "12", "29"}


def number(path: Path) -> str:
    return path.name.split("-")[0]


@pytest.fixture(scope="module")
def wild(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """A home with all of it."""
    made = Mkit(tmp_path_factory.mktemp("wild")).configure("")
    report = made.json("import", *FILES)
    assert report["broken"] == []
    assert report["messages"] == report["new"] + report["duplicates"] == 81
    return made


Threads = Callable[[str], list[Json]]


@pytest.fixture(scope="module")
def threads(wild: Mkit) -> Threads:
    """The topics of one file."""
    topics = [json.loads(line) for line in wild.export()]

    def give(name: str) -> list[Json]:
        wanted = {row["msgid"] for row in rows(one(name))}
        # The one mail without an id of the manifest's is the only one of its subject.
        return [
            topic
            for topic in topics
            if message_ids(topic) & wanted or (name == "26" and "sq threads" in topic["subject"])
        ]

    return give


def rows(path: Path) -> list[dict[str, str]]:
    with (FOLDER / "MANIFEST.tsv").open(encoding="utf-8", newline="") as table:
        found = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in found if row["file"] == path.name]


def test_every_file_is_spoken_of() -> None:
    assert {number(path) for path in FILES} == {*SEEN, "22"}


@pytest.mark.parametrize("path", FILES, ids=number)
def test_each_is_imported_and_shown_as_what_it_is(wild: Mkit, threads: Threads, path: Path) -> None:
    wanted = {row["msgid"] for row in rows(path) if row["msgid"]}
    assert wanted <= wild.indexed()
    topics = threads(number(path))
    if number(path) != "22":
        assert wanted <= set().union(*map(message_ids, topics))
    shown = [wild.run("show", "--no-sync", topic["id"]).stdout for topic in topics]
    for text in shown if number(path) in EACH else ["\n".join(shown)]:
        missing = [part for part in SEEN.get(number(path), []) if part not in text]
        assert not missing, f"{missing} not in\n{text}"


def one(name: str) -> Path:
    return next(path for path in FILES if number(path) == name)


def test_a_commit_notification_is_shown_as_one(wild: Mkit, threads: Threads) -> None:
    assert threads("22") == []
    (row,) = rows(one("22"))
    assert "commit-notification" in wild.run("show", row["msgid"]).stdout
    value = wild.json("show", row["msgid"])
    assert value["topic"] is None
    assert len(value["message"]["commits"]) == 1


def test_slashes_and_trees_are_no_numbers(threads: Threads) -> None:
    found = threads("29")
    assert len(found) == 2
    for topic in found:
        assert (topic["revision"], topic["received"], topic["total"]) == (1, 1, 1)


def test_the_partial_reroll_is_seen_whole(threads: Threads) -> None:
    (topic,) = threads("02")
    assert (topic["revision"], topic["received"], topic["total"]) == (2, 3, 3)
    v2 = next(one for one in topic["revisions"] if one["revision"] == 2)
    assert v2["patches"][0]["patch_id"]
    assert v2["patches"][1:] == [None, None]


def test_the_reroll_with_a_patch_more_is_one_topic(threads: Threads) -> None:
    (topic,) = threads("01")
    assert [len(one["patches"]) for one in topic["revisions"]] == [2, 3]
    assert topic["turn"] == "nobody"


@pytest.mark.parametrize("name", ["03", "33"])
def test_what_a_bot_says_is_applied_is_nobodys_turn(threads: Threads, name: str) -> None:
    (topic,) = threads(name)
    assert topic["turn"] == "nobody", topic["turn_reason"]


def test_the_deep_thread_is_seven_deep(threads: Threads) -> None:
    (topic,) = threads("32")
    parent = {mail["message_id"]: mail["to"] for mail in topic["revisions"][0]["follow_ups"]}
    depths = []
    for message in parent:
        depth = 0
        while message in parent:
            message = parent[message]
            depth += 1
        depths.append(depth)
    assert max(depths) == 7


def test_charsets_are_read_as_what_they_are(threads: Threads) -> None:
    authors = {topic["author"] for topic in threads("10")}
    assert "Michael Kong(\u5b54\u946b) <michael_kong@realsil.com.cn>" in authors


@pytest.mark.parametrize("name", ["09", "09b"])
def test_a_mangled_patch_has_no_patch_id(threads: Threads, name: str) -> None:
    for topic in threads(name):
        assert "mangled" in topic["marks"]
        patches = filter(None, topic["revisions"][0]["patches"])
        assert [patch["patch_id"] for patch in patches] == [None]


def test_again_and_rebuilt(wild: Mkit) -> None:
    before = wild.export()
    again = wild.json("import", *FILES)
    assert (again["new"], again["duplicates"]) == (0, 81)
    assert wild.export() == before
    wild.run("rebuild")
    assert wild.export() == before
