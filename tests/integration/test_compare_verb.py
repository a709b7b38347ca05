# SPDX-License-Identifier: GPL-2.0-or-later
"""``compare``: its words, its JSON, and what it says of bad input."""

from __future__ import annotations

from email import message_from_string
from pathlib import Path

import pytest

from tests.build import ADA, BO, DAY, edit, mail, part_id, patch, posting, reply
from tests.cli import schemas
from tests.integration.driver import SAMPLE, Mkit
from tests.integration.repositories import Work


def revised(mkit: Mkit) -> str:
    """A series of three: the second patch done otherwise, one more, a comment on it answered."""
    first = posting("s", 2)
    second = posting("s", 3, revision=2, change="two", minutes=DAY, parents=[part_id("s", 0)])
    second[2] = second[2].replace(b"two_2", b"two_and_a_half")
    quoted = "".join(f"> {line}\n" for line in edit("fs/s/2.c", new="two_2").splitlines()[5:8])
    asked = reply(
        part_id("s", 2), f"{quoted}Why two?\n", above=[part_id("s", 0)],
        subject="Re: [PATCH 2/2] s: step 2", message_id="asked@made.example",
    )  # fmt: skip
    told = reply(
        "asked@made.example", "> Why two?\nIt is half more now.\n", sender=ADA, minutes=90,
        above=[part_id("s", 0), part_id("s", 2)], subject="Re: [PATCH 2/2] s: step 2",
    )  # fmt: skip
    mkit.bring(*first, *second, asked, told)
    (topic,) = mkit.json("list", "--all")["topics"]
    return str(topic["id"])


def lines_of(said: str) -> set[str]:
    """What is shown, whatever columns its tabs lead to."""
    return {" ".join(line.split()) for line in said.splitlines()}


def test_the_newest_against_the_one_before(mkit: Mkit) -> None:
    topic = revised(mkit)
    said = mkit.run("compare", topic).stdout
    assert said.startswith("v1 -> v2: 1 kept, 1 changed, 1 new\n")
    assert {"-+ two_2();", "++ two_and_a_half();"} <= lines_of(said)
    for words in (("--revisions", "1..2"), ()):
        assert mkit.run("compare", topic, *words).stdout == said
    assert mkit.run("compare", f"{topic}@v1", f"{topic}@v2").stdout == said
    assert mkit.run("compare", f"{topic}@v1", topic).stdout == said
    assert mkit.run("compare", part_id("s", 0), part_id("s", 0, 2)).stdout == said
    back = mkit.run("compare", topic, "--revisions", "2..1", "--summary").stdout
    assert back.startswith("v2 -> v1: 1 kept, 1 changed, 1 dropped\n")


def test_the_code_after_all_patches(mkit: Mkit) -> None:
    topic = revised(mkit)
    said = mkit.run("compare", topic, "--interdiff").stdout
    assert "note: by the hunks of the mails" in said
    assert {"- two_2();", "+ two_and_a_half();"} <= lines_of(said)
    assert "diff --git a/fs/s/3.c b/fs/s/3.c" in said
    each = mkit.run("compare", topic, "--each").stdout
    assert "+ two_and_a_half();" in lines_of(each)
    assert "fs/s/3.c" not in each
    assert mkit.run("compare", topic, "--patch", "1", "--each").stdout.count("diff --git") == 0
    assert "no such patch" in mkit.run("compare", topic, "--patch", "7", code=1).stderr


def test_comments_against_the_new_code(mkit: Mkit) -> None:
    topic = revised(mkit)
    said = mkit.run("compare", topic, "--comments").stdout
    assert "patch 2: s: step 2" in said
    assert "Bo Reviewer: Why two?" in said
    assert "  -> changed there: fs/s/2.c:8; answered" in said
    assert "+ two_and_a_half();" in lines_of(said)
    (first,) = (one for one in mkit.json("compare", topic)["comments"] if one["question"])
    assert (first["fate"], first["replied"], first["old"], first["new"]) == ("changed", True, 2, 2)


def test_json_is_as_its_schema_says(mkit: Mkit) -> None:
    topic = revised(mkit)
    told = mkit.json("compare", topic)
    schemas.check(told, "compare")
    assert [one["fate"] for one in told["pairs"]] == ["kept", "changed", "new"]
    changed = told["pairs"][1]
    assert changed["changed"] == ["code"]
    assert "++\ttwo_and_a_half();" in changed["range_diff"]
    assert changed["interdiff"]["files"] == ["fs/s/2.c"]
    assert told["cover"] == []
    assert told["interdiff"]["by_contents"] is False


def test_words_of_messages_are_told_by_their_columns(mkit: Mkit) -> None:
    old = patch("[PATCH] fs: quick", text="It is better so.\n", message_id="a@made.example")
    new = patch(
        "[PATCH v2] fs: quick", text="It is much better so.\n", minutes=DAY,
        message_id="b@made.example", parents=["a@made.example"],
    )  # fmt: skip
    mkit.bring(old, new)
    told = mkit.json("compare", "a@made.example", "b@made.example")
    schemas.check(told, "compare")
    (words,) = told["pairs"][0]["message"]
    ((start, end),) = words["new_spans"]
    assert words["new"][start:end].strip() == "much"
    assert words["old_spans"] == []


def test_a_series_against_the_branch_that_it_became(mkit: Mkit, tmp_path: Path) -> None:
    work, base = repository(tmp_path / "work")
    mails = formatted(work, base)
    mkit.bring(*mails)
    work.git("checkout", "--quiet", "master")
    # By another committer: what is done within the same second would be the same commit.
    work.git("-c", "user.name=Robin Maintainer", "cherry-pick", "topic~1", "topic")
    work.git("commit", "--quiet", "--amend", "--message", "fs: second\n\nLink: https://x.example/")
    before = work.fingerprint()
    (topic,) = mkit.json("list", "--all")["topics"]
    where = ("--repo", work.path)
    said = mkit.run("compare", topic["id"], f"{base}..master", *where).stdout
    assert "1 kept, 1 changed" in said
    assert "(trailers)" in said or "(message" in said
    told = mkit.json("compare", topic["id"], "topic", *where)
    schemas.check(told, "compare")
    assert [one["fate"] for one in told["pairs"]] == ["kept", "kept"]
    assert told["interdiff"] == {"by_contents": True, "problems": [], "files": [], "lines": []}
    assert work.fingerprint() == before
    assert "was seen in a branch" in mkit.run("compare", topic["id"], "landed", code=1).stderr
    mkit.run("land", "--repo", work.path, "--ref", "master")
    told = mkit.json("compare", topic["id"], "landed")
    schemas.check(told, "compare")
    assert [one["commit"] for one in told["new"]["patches"]] == work.git(
        "rev-list", "--reverse", f"{base}..master"
    ).split()
    assert [(one["old"], one["new"]) for one in told["pairs"]] == [(1, 1), (2, 2)]


def repository(path: Path) -> tuple[Work, str]:
    work = Work(path)
    text = "".join(f"line {at}\n" for at in range(40))
    base = work.commit("Begin", a__c=text)
    work.git("checkout", "--quiet", "-b", "topic")
    more = text.replace("line 9", "line nine")
    work.commit("fs: first\n\nBecause.\n", a__c=more)
    work.commit("fs: second\n\nIndeed.\n", a__c=more.replace("line 30", "line thirty"))
    return work, base


def formatted(work: Work, base: str) -> list[bytes]:
    """As git format-patch writes them."""
    said = work.git("format-patch", "--stdout", "--thread=shallow", f"{base}..topic")
    pieces = ("\n" + said).split("\nFrom ")[1:]
    texts = [one.partition("\n")[2] for one in pieces]
    assert all(message_from_string(one)["Message-ID"] for one in texts)
    return [f"To: pebblefs@lists.lumen.example\n{one}\n".encode() for one in texts]


def test_what_cannot_be_compared_is_said_in_a_line(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2), mail("[BUG] it breaks", sender=BO))
    topics = {one["kind"]: one["id"] for one in mkit.json("list", "--all")["topics"]}
    series = topics["series"]
    for words, said in (
        ((series,), "has one revision"),
        ((series, f"{series}@v7"), "has no v7"),
        ((series, "--revisions", "1"), "names no two revisions"),
        ((series, series, "--revisions", "1..2"), "are those of one TOPIC"),
        (("landed", series), "is the second of the two"),
        ((series, "nosuchthing"), "neither a topic nor a branch"),
        ((series, "a@nowhere.example"), "no message"),
        ((series, "A..B", "--repo", mkit.base), "there is no commit A"),
        ((series, "landed"), "was seen in a branch"),
        ((next(one for kind, one in topics.items() if kind != "series"),), "has no patches"),
    ):
        done = mkit.run("compare", *words, code=1)
        assert said in done.stderr, words
        assert not done.stdout
    mkit.run("compare", series, series, series, code=2)
    mkit.run("compare", code=2)


def test_missing_mangled_and_hostile(mkit: Mkit) -> None:
    first, second = posting("s", 3), posting("s", 3, revision=2, parents=[part_id("s", 0)])
    del first[2]
    second[1] = second[1].replace(b"@@ -7,3 +7,3 @@", b"@@ -7,9 +7,9 @@")
    second[3] = second[3].replace(b"two_3", b"\x1b[31m\xe2\x80\xaetwo_3")
    mkit.bring(*first, *second)
    said = mkit.run("compare", part_id("s", 0), part_id("s", 0, 2)).stdout
    assert "note: v1: 1 of 3 patches never arrived" in said
    assert "note: v2: patch 1 is mangled" in said
    assert "\x1b" not in said and "\u202e" not in said
    told = mkit.run("compare", part_id("s", 0), part_id("s", 0, 2), "--json").stdout
    assert "\x1b" not in told and "\u202e" not in told
    alone = mkit.run("compare", part_id("s", 2, 2), part_id("s", 0)).stdout
    assert "one patch against 2" in alone or "none of the patches" in alone


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """One list of the sample."""
    made = Mkit(tmp_path_factory.mktemp("sample")).configure()
    made.run("import", SAMPLE / "pebblefs.mbox")
    return made


def test_rerolls_of_the_sample(sample: Mkit) -> None:
    topics = sample.json("list", "--all", "--no-sync")["topics"]
    rerolls = [one for one in topics if one["revisions"] > 1][:10]
    assert len(rerolls) == 10
    for one in rerolls:
        told = sample.json("compare", one["id"], "--no-sync")
        schemas.check(told, "compare")
        heads = [pair for pair in told["pairs"] if pair["fate"] in ("kept", "changed")]
        assert heads, f"nothing of {one['subject']} went on"
    for way in ("--range-diff", "--interdiff", "--each", "--comments", "--summary"):
        assert sample.run("compare", rerolls[0]["id"], way, "--no-sync").stdout
