# SPDX-License-Identifier: GPL-2.0-or-later
"""``test`` from end to end: each result once, what is new told apart, notes, bad words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.build import part_id, posting
from tests.cli import schemas
from tests.integration.driver import Json, Mkit
from tests.integration.repositories import Work
from tests.integration.test_landing import BEFORE
from tests.integration.tested import WARNS, Range, began, configured, of, verdicts

BUILD = "build timeout=1m cat said; exit $(cat code)"
SUITE = "suite cat tap"
GOOD = "TAP version 13\n1..2\nok 1 one\nnot ok 2 two\n"


def bad_range(path: Path, size: int) -> Range:
    """One commit warns, one breaks the build, one breaks a test; another test always failed."""
    made = Range(path, said=f"old.c:1:1: {WARNS}\n", code="0", tap=GOOD)
    made.steps(size * 4 - 1).step(said=f"old.c:7:1: {WARNS}\nnew.c:1:1: {WARNS}\n")
    made.steps(size * 2).step(tap=GOOD.replace("ok 1", "not ok 1"))
    made.steps(size * 2 - 1).step(code="2", said="new.c:5:1: error: gone\n")
    return made.steps(size * 2 - 1)


@pytest.fixture
def ten(tmp_path: Path) -> Range:
    return bad_range(tmp_path / "work", 1)


def test_fifty_commits_by_two_configurations(mkit: Mkit, tmp_path: Path) -> None:
    fifty = bad_range(tmp_path / "work", 5)
    configured(mkit, BUILD, SUITE)
    before = fifty.work.fingerprint()
    found = fifty.test(mkit, "--no-notes", code=1)
    assert fifty.work.fingerprint() == before, "the repository is as it was"
    assert (found["commits"], found["ran"], found["complete"]) == (50, 102, True)
    assert (found["base"], found["tip"]) == (fifty.base, fifty.commits[-1])
    warns, fails, breaks = fifty.commits[19], fifty.commits[30], fifty.commits[40]
    assert began(found, "build") == {warns: ["warning"], breaks: ["run", "error"]}
    assert verdicts(found, "build") == ["passed"] * 19 + ["warned"] * 21 + ["failed"] * 10
    assert began(found, "suite") == {fails: ["test"]}
    assert verdicts(found, "suite") == ["failed-in-base"] * 30 + ["failed"] * 20
    (failed,) = of(found, "suite")["began"][0]["problems"]
    assert (failed["test"], failed["passed_in_base"]) == ("one", True)
    again = fifty.test(mkit, "--no-notes", code=1)
    assert again == {**found, "ran": 0}, "the second time nothing is done"


def test_what_people_read(mkit: Mkit, ten: Range) -> None:
    configured(mkit, BUILD, SUITE)
    text = mkit.run("test", "topic", "--repo", ten.work.path, code=1).stdout
    warns, _, _, fails, _, breaks = (one[:12] for one in ten.commits[3:9])
    assert text.startswith(f"10 commits on {ten.base[:12]}, 22 runs\n")
    assert "build       each  3 passed, 5 new warnings, 2 failed\n" in text
    assert "suite       each  4 failed, 6 fails already in base\n" in text
    assert f"build warns since: {warns} pebble: step 4\n" in text
    assert f"  warning: new.c: {WARNS.removeprefix('warning: ')}\n" in text
    assert f"build fails since: {breaks} pebble: step 9\n" in text
    assert "  error: new.c: gone\n  exit code 2" in text
    assert f"suite fails since: {fails} pebble: step 7\n" in text
    assert "  test one fails (passed in base)\n" in text
    assert f"suite fails already in base: {ten.base[:12]} Begin\n" in text
    log = next(line for line in text.splitlines() if "log: " in line).partition("log: ")[2]
    assert "new.c:1:1" in Path(log).read_text()
    known = mkit.run("test", "topic", "--repo", ten.work.path, "--known", code=1).stdout
    assert known.splitlines()[0].endswith(", 0 runs, 22 known")
    lines = [re.sub(r"after [\d.]+ s", "after a while", one) for one in (known, text)]
    assert lines[0].splitlines()[1:] == lines[1].splitlines()[1:]


def test_of_the_tip_alone_the_first_bad_commit_is_looked_for(mkit: Mkit, tmp_path: Path) -> None:
    made = bad_range(tmp_path / "work", 3)
    configured(mkit, BUILD.replace("build", "build tip"), SUITE.replace("suite", "suite tip"))
    found = made.test(mkit, code=1)
    assert found["ran"] <= 2 * (2 + 5)
    fails, breaks = made.commits[18], made.commits[24]
    assert began(found, "build")[breaks] == ["run", "error"]
    assert began(found, "suite") == {fails: ["test"]}
    assert of(found, "suite")["began"][0]["or"] == []
    assert made.test(mkit, code=1)["ran"] == 0


def test_notes_of_others_are_believed_only_when_asked(
    mkit: Mkit, ten: Range, tmp_path: Path
) -> None:
    configured(mkit, BUILD, SUITE)
    told = ten.test(mkit, code=1)
    assert told["notes"] == 11
    note = ten.work.git("notes", "--ref=mkit", "show", "topic^{tree}")
    assert len(note.splitlines()) == 2
    assert ten.test(mkit, code=1)["notes"] == 0
    clone = Work(tmp_path / "clone")
    refs = ("refs/notes/mkit", "refs/heads/topic", "refs/heads/master:refs/heads/base")
    names = [one if ":" in one else f"{one}:{one}" for one in refs]
    clone.git("fetch", "--quiet", str(ten.work.path), *names)
    other = configured(Mkit(tmp_path / "other"), BUILD, SUITE)
    words = ("base..topic", "--repo", clone.path)
    for more in ((), ("--no-notes",)):
        known = other.json("test", *words, "--known", *more)
        assert (known["ran"], known["complete"]) == (0, False), "refs/notes/mkit is another's here"
        assert of(known, "build")["results"] == []
    believed = other.json("test", *words, "--believe", "refs/notes/mkit", code=1)
    assert (believed["ran"], believed["complete"], believed["notes"]) == (0, True, 0)
    assert verdicts(believed, "build") == verdicts(told, "build")
    says = of(believed, "build")["results"][0]["believed"]
    assert says == "refs/notes/mkit: Robin <robin@lumen.example>"
    assert other.json("test", *words, "--known")["complete"] is False, "not even a second time"


def test_what_both_found_stands_in_one_note(mkit: Mkit, tmp_path: Path) -> None:
    made = Range(tmp_path / "work", code="0").steps(1)
    configured(mkit, "build exit $(cat code)")
    made.test(mkit)
    other = Mkit(tmp_path / "other").configure(
        mkit.home.joinpath("config").read_text().replace("robin@", "bo@")
    )
    assert made.test(other)["ran"] == 2
    note = made.work.git("notes", "--ref=mkit", "show", "topic^{tree}")
    assert [line.count('"by":"Robin <') for line in note.splitlines()] == [1, 1]
    assert {"bo@", "robin@"} <= {word for word in ("bo@", "robin@") if word in note}


def test_notes_that_are_no_results(mkit: Mkit, tmp_path: Path) -> None:
    made = Range(tmp_path / "work", code="0").steps(2)
    configured(mkit, "build exit $(cat code)")
    tree = made.work.git("rev-parse", "topic^{tree}")
    made.work.git("notes", "--ref=mkit", "add", "-m", "no JSON\n\n{}\n[1]", tree)
    made.work.git("notes", "--ref=mkit", "add", "-m", "of a commit", made.base)
    assert made.test(mkit, "--believe", "mkit")["ran"] == 3
    note = made.work.git("notes", "--ref=mkit", "show", tree)
    assert "no JSON" in note, "what others wrote stays"
    assert made.work.git("notes", "--ref=mkit", "show", made.base) == "of a commit"
    said = mkit.run("test", "--believe", "no/such", "--repo", made.work.path, code=1).stderr
    assert "there is no refs/notes/no/such here" in said


def test_what_a_repository_says_of_tests_does_not_count(mkit: Mkit, tmp_path: Path) -> None:
    made = Range(tmp_path / "work", code="0").steps(1)
    made.work.git("config", "--add", "mkit.test", "evil touch evil")
    words = ("test", "--repo", made.work.path)
    assert "no test is configured" in mkit.having().run(*words, code=1).stderr
    configured(mkit, "build true")
    listed = mkit.program(
        ["sh", "-c", f"cd {made.work.path} && {' '.join(mkit.argv('test', '--list'))}"]
    )
    assert "evil" not in listed.stdout
    assert listed.stdout == "build       each  true  (3600 s)\n"


def test_a_topic_that_was_applied(mkit: Mkit, tmp_path: Path) -> None:
    posted = posting("foo", 2)
    mkit.bring(*posted)
    work = Work(tmp_path / "work")
    work.commit("Begin", **{"fs/foo/1__c": BEFORE, "fs/foo/2__c": BEFORE})
    configured(mkit, "build test ! -e broken", "warns cat fs/foo/1.c")
    topic = mkit.json("list", "--all")["topics"][0]["id"]
    words = ("test", topic, "--repo", work.path)
    said = mkit.run(*words, code=1).stderr
    assert "is in no branch that is followed" in said
    work.git("am", "--quiet", data=posted[1])
    work.commit("Between", broken="1")
    work.git("am", "--quiet", data=posted[2])
    mkit.run("land", "--repo", work.path, "--ref", "master", "--quiet")
    found = mkit.json(*words, code=1)
    assert mkit.json("test", topic, code=1) == {**found, "ran": 0, "notes": 0}, "wherever one is"
    assert found["commits"] == 2
    assert verdicts(found, "build") == ["passed", "failed"]
    assert [(one["message_id"], one["context"], one["outcome"]) for one in found["checks"]] == [
        (part_id("foo", 1), "mkit test/build", "success"),
        (part_id("foo", 1), "mkit test/warns", "success"),
        (part_id("foo", 2), "mkit test/build", "fail"),
        (part_id("foo", 2), "mkit test/warns", "success"),
    ]


def test_checks_of_patches_that_no_landing_is_known_of(mkit: Mkit, tmp_path: Path) -> None:
    posted = posting("foo", 2)
    mkit.bring(*posted)
    work = Work(tmp_path / "work")
    base = work.commit("Begin", **{"fs/foo/1__c": BEFORE, "fs/foo/2__c": BEFORE})
    work.git("am", "--quiet", data=posted[1])
    work.git("am", "--quiet", "--message-id", data=posted[2])
    work.commit("Of nobody's mail", more="1")
    configured(mkit, "build true")
    found = mkit.json("test", f"{base}..master", "--repo", work.path)
    assert [one["message_id"] for one in found["checks"]] == [part_id("foo", 1), part_id("foo", 2)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("master..nowhere",), "there is no commit nowhere"),
        (("master..master",), "no commit is in"),
        (("--output=x",), ""),
        (("master...topic",), "names commits of two branches"),
        (("nowhere",), "there is no commit nowhere"),
        (("x@y.example",), "no message"),
        (("--only", "none"), "no test is called none"),
    ],
)
def test_words_that_mean_nothing(
    mkit: Mkit, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    made = Range(tmp_path / "work", code="0").steps(1)
    configured(mkit, "build true")
    done = mkit.end_of("test", *words, "--repo", made.work.path)
    assert done.code in (1, 2), done
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_one_commit_a_number_and_a_root(mkit: Mkit, tmp_path: Path) -> None:
    made = Range(tmp_path / "work", code="0").steps(3)
    configured(mkit, "build exit $(cat code)")
    here = ("--repo", made.work.path)
    assert mkit.json("test", made.commits[1], *here)["base"] == made.commits[0]
    assert mkit.run("test", "--json", *here, "--", "-2").json["commits"] == 2
    root = mkit.json("test", made.base, *here)
    assert (root["base"], root["commits"]) == (None, 1)
    assert verdicts(root, "build") == ["passed"]
    made.work.git("switch", "--quiet", "--detach")
    assert mkit.json("test", *here)["commits"] == 3, "what HEAD has beyond master"
    made.work.git("branch", "--set-upstream-to=master", "topic")
    assert mkit.json("test", "topic", *here)["base"] == made.base
    outside = mkit.run("test", "--repo", tmp_path, code=1).stderr
    assert "is no git repository" in outside


def test_two_commits_of_one_tree_are_run_once(mkit: Mkit, tmp_path: Path) -> None:
    made = Range(tmp_path / "work", code="0")
    made.step()
    made.work.git("revert", "--no-edit", "HEAD")
    made.work.git("commit", "--quiet", "--allow-empty", "-m", "Nothing")
    configured(mkit, "build exit $(cat code)")
    found = made.test(mkit)
    assert (found["commits"], found["ran"]) == (3, 2)
    assert verdicts(found, "build") == ["passed"] * 3


def test_again_and_what_is_asked_for_in_the_exit_code(mkit: Mkit, tmp_path: Path) -> None:
    made = Range(tmp_path / "work", said="")
    made.step(said=f"a.c:1:1: {WARNS}\n")
    configured(mkit, "build cat said")
    assert made.test(mkit)["ran"] == 2
    assert made.test(mkit, "--again")["ran"] == 2
    made.test(mkit, "--fail-on", "warning", code=1)
    made.step(said="a.c:1:1: error: no\n")
    configured(mkit, "build ! grep error: said")
    made.test(mkit, code=1)
    made.test(mkit, "--fail-on", "never")


def test_lists_and_topics_show_them_as_those_of_bots(mkit: Mkit, tmp_path: Path) -> None:
    posted = posting("foo", 2)
    mkit.bring(*posted)
    work = Work(tmp_path / "work")
    base = work.commit("Begin", **{"fs/foo/1__c": BEFORE, "fs/foo/2__c": BEFORE})
    work.git("am", "--quiet", data=posted[1])
    work.git("am", "--quiet", data=posted[2])
    tip = work.git("rev-parse", "HEAD")
    configured(mkit, "build ! grep -q two_2 fs/foo/2.c")
    before = mkit.export()
    words = ("test", f"{base}..master", "--repo", work.path)
    mkit.run(*words, code=1)
    (row,) = mkit.json("list", "--all")["topics"]
    schemas.check(mkit.json("list", "--all"), "list")
    assert row["checks"] == {"success": 1, "warning": 0, "fail": 1, "pending": 0}
    assert row["turn_reason"] == json.loads(before[0])["turn_reason"]
    shown = mkit.topic(row["id"])
    patches = shown["revisions"][0]["patches"]
    assert [one["checks"] for one in patches] == [
        [check("success", part_id("foo", 1), work.git("rev-parse", "HEAD~1"))],
        [check("fail", part_id("foo", 2), tip)],
    ]
    text = mkit.run("show", row["id"]).stdout
    assert f"fail: mkit test/build on {tip[:12]}" in text
    assert mkit.export() == before, "what depends on a repository is in no export"
    mkit.run("rebuild")
    assert mkit.topic(row["id"])["revisions"] == shown["revisions"]
    work.git("revert", "--no-edit", "HEAD")
    configured(mkit, "build ! grep -q two_3 fs/foo/2.c")
    mkit.run(*words)
    (row,) = mkit.json("list", "--all")["topics"]
    assert row["checks"]["fail"] == 0, "the newest of each counts"


def check(outcome: str, message_id: str, commit: str) -> Json:
    return {
        "context": "mkit test/build",
        "outcome": outcome,
        "url": None,
        "message_id": message_id,
        "about": commit[:12],
    }
