# SPDX-License-Identifier: GPL-2.0-or-later
"""``land``, ``prune`` and ``why`` on the sample: text, JSON, exit codes."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from tests.cli import schemas
from tests.integration.driver import SAMPLE, Mkit
from tests.integration.test_patch_id import git

ROLES = {
    "master": "mainline",
    "next": "next",
    "for-next": "queued",
    "fixes": "queued",
    "wick-next": "queued",
    "tip": "other",
    "progs": "other",
}


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """Robin's home with the sample and its repository, before anybody has looked."""
    base = tmp_path_factory.mktemp("landed")
    made = Mkit(base, quick=False).configure()
    made.run("import", *sorted(SAMPLE.glob("*.mbox")))
    repository = make_repository(base / "lumen.git")
    for branch, role in ROLES.items():
        value = f"{repository} {branch} {role}"
        git(base, "config", "--file", str(made.home / "config"), "--add", "mkit.ref", value)
    return made


def make_repository(path: Path) -> Path:
    path.mkdir()
    git(path, "init", "--quiet", "--bare", "--initial-branch=master")
    git(path, "fast-import", "--quiet", data=(SAMPLE / "repository.fi").read_bytes())
    return path


def truth(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_what_landed_is_what_the_samples_tables_say(landed: Mkit) -> None:
    told = landed.json("land")
    schemas.check(told, "land")
    assert told["problems"] == []
    by_mail = {row["message_id"]: row["landing"] for row in truth("MANIFEST.tsv") if row["landing"]}
    found = defaultdict(set)
    for one in told["landings"]:
        found[one["message_id"]].add(one["commit"])
    for message_id, commits in found.items():
        if message_id in by_mail:
            assert by_mail[message_id] in commits, message_id
    claimed = sum(message_id in found for message_id in by_mail)
    assert claimed >= 0.85 * len(by_mail)
    again = landed.json("land")
    assert (again["compared"], again["changed"]) == (0, [])
    assert again["landings"] == told["landings"]


def test_content_alone_finds_them_too(landed: Mkit) -> None:
    by_mail = landed.json("land")["landings"]
    told = landed.json("land", "--content-only")
    assert {one["tier"] for one in told["landings"]}.isdisjoint({"message-id"})
    ids = [{one["message_id"] for one in found} for found in (by_mail, told["landings"])]
    assert len(ids[1]) >= 0.8 * len(ids[0])
    assert landed.json("land")["landings"] == by_mail


def test_the_queue_says_why_they_are_gone(landed: Mkit) -> None:
    landed.run("land", "--quiet")
    gone = landed.json("list", "--all")["topics"]
    whole = [one for one in gone if one["turn_reason"].startswith("landed in mainline")]
    assert whole
    assert all(one["turn"] == "nobody" and one["landed"] == one["total"] for one in whole)
    waiting = {one["id"] for one in landed.json("list")["topics"]}
    assert waiting.isdisjoint(one["id"] for one in whole)
    shown = landed.json("show", whole[0]["id"])
    schemas.check(shown, "show")
    patches = [one for each in shown["topic"]["revisions"] for one in each["patches"] if one]
    assert any(one["landings"] for one in patches)
    landed.run("land", "--quiet", code=0)
    assert landed.run("land", "--quiet").stdout == ""


def test_the_ladder_of_a_topic(landed: Mkit) -> None:
    (one,) = (t for t in landed.json("list", "--all")["topics"] if "inode when its" in t["subject"])
    text = landed.run("land", one["id"]).stdout
    steps = [line.split()[0] for line in text.splitlines() if line.startswith("       ")]
    assert steps[:3] == ["posted", "queued", "next"] or steps[:2] == ["posted", "queued"]
    assert "mainline" in steps
    assert "(v6.2-rc5)" in text
    limited = landed.json("land", one["id"])["landings"]
    assert {each["message_id"] for each in limited} == {one["message_id"]}


def test_prune_dry_run_done_and_undone(landed: Mkit) -> None:
    landed.run("land", "--quiet")
    before = landed.run("export").stdout
    dry = landed.json("prune", "--dry-run")
    schemas.check(dry, "prune")
    assert dry["dry_run"] and dry["topics"] and dry["changes"] and dry["group"] is None
    assert landed.run("export").stdout == before
    done = landed.json("prune")
    schemas.check(done, "prune")
    assert done["topics"] == dry["topics"]
    topics = {one["id"]: one for one in landed.json("list", "--all")["topics"]}
    pruned = [topics[one["id"]] for one in done["topics"]]
    assert all(one["archived"] and one["state"] == "accepted" for one in pruned)
    assert landed.json("prune")["group"] is None
    log = landed.run("log", done["topics"][0]["id"]).stdout
    assert "landed" in log
    landed.run("undo")
    assert landed.run("export").stdout == before


def test_prune_of_what_has_not_landed_is_refused_as_a_whole(landed: Mkit) -> None:
    landed.run("land", "--quiet")
    before = landed.run("export").stdout
    topics = landed.json("list", "--all")["topics"]
    whole = next(one["id"] for one in topics if one["turn_reason"].startswith("landed"))
    other = next(one["id"] for one in topics if not one["landed"])
    done = landed.run("prune", whole, other, code=1)
    assert f"not all patches of {other}" in done.stderr
    assert landed.run("export").stdout == before


def test_candidates_are_only_asked_about_on_a_terminal(landed: Mkit) -> None:
    landed.run("land", "--quiet")
    told = landed.json("prune", "--candidates")
    schemas.check(told, "prune-candidates")
    assert told["candidates"]
    text = landed.run("prune", "--candidates", "--dry-run").stdout
    assert told["candidates"][0]["commit"][:12] in text
    assert "terminal" in landed.run("prune", "--candidates", code=1).stderr


def test_why_a_commit_and_a_line_are_there(landed: Mkit) -> None:
    landed.run("land", "--quiet")
    repository = landed.base / "lumen.git"
    row = next(one for one in truth("MANIFEST.tsv") if one["landing"])
    told = landed.json("why", row["landing"], "--repo", repository)
    schemas.check(told, "why")
    assert row["message_id"] in {one["message_id"] for one in told["mails"]}
    assert told["topics"] and told["topics"][0]["postings"]
    assert landed.run("why", row["landing"][:12]).stdout.count(row["message_id"])
    blamed = landed.json("why", "fs/pebble/inode.c:1", "--repo", repository)
    assert blamed["commit"] == git(
        repository, "blame", "-s", "-l", "-L1,1", "HEAD", "--", "fs/pebble/inode.c"
    ).decode().split()[0].lstrip("^")
    assert "no commit" in landed.run("why", "0123456789ab", code=1).stderr
    assert landed.run("why", "fs/none.c:3", code=1).stderr
    assert landed.run("why", "--output=x", code=2).stderr


def test_what_is_missing_on_either_side(landed: Mkit) -> None:
    unexplained = landed.json("land", "--unexplained", "--days", "365")
    schemas.check(unexplained, "land-unexplained")
    own = {row["commit"] for row in truth("COMMITS.tsv") if row["how"] == "own"}
    assert {one["commit"] for one in unexplained["commits"]} & own
    taken = {row["commit"] for row in truth("COMMITS.tsv") if row["how"] == "exact"}
    assert {one["commit"] for one in unexplained["commits"]}.isdisjoint(taken)
    waiting = landed.json("list")["topics"][0]["id"]
    landed.run("state", "accepted", waiting)
    missing = landed.json("land", "--not-landed", "--days", "0")
    schemas.check(missing, "land-not-landed")
    assert waiting in {one["topic"] for one in missing["patches"]}
    assert waiting[:6] in landed.run("land", "--not-landed", "--days", "0").stdout
    assert "missing" in landed.run("land", "--not-landed", "--days", "9").stdout
    landed.run("undo")


def test_what_cannot_be_is_said_in_a_line(mkit: Mkit, tmp_path: Path) -> None:
    assert "mkit.repository" in mkit.run("land", code=1).stderr
    assert mkit.run("land", "--ref", "master", code=2).stderr
    assert mkit.run("land", "--not-landed", "--unexplained", code=2).stderr
    nothing = mkit.run("land", "--repo", tmp_path)
    assert "is no git repository" in nothing.stderr
    told = mkit.json("land", "--repo", tmp_path)
    assert len(told["problems"]) == 1
    git(tmp_path, "config", "--file", str(mkit.home / "config"), "mkit.ref", "/x y")
    assert "REPOSITORY REF ROLE" in mkit.run("land", code=1).stderr
