# SPDX-License-Identifier: GPL-2.0-or-later
"""``branches`` with the real git: every number beside git's own, and mail that speaks of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import edit, mail, part_id, patch, posting
from tests.cli import schemas
from tests.integration.driver import CONFIG, Json, Mkit
from tests.integration.many_branches import make, plan
from tests.integration.repositories import Work
from tests.integration.test_patch_id import git

FIRST = part_id("foo", 1)
POSTED = posting("foo", 2)
BEFORE = "".join(f"line {n}\n" for n in range(6)) + "\tbefore();\n\tone();\n\tafter();\n"
LKP = "kernel test robot <lkp@intel.com>"


@pytest.fixture
def work(mkit: Mkit) -> Work:
    """A repository that follows a bare one; what the patches of foo apply to."""
    git(mkit.base, "init", "--quiet", "--bare", "--initial-branch=master", "origin.git")
    made = Work(mkit.base / "work")
    made.commit("Begin", **{"fs/foo/1__c": BEFORE, "fs/foo/2__c": BEFORE})
    made.git("remote", "add", "origin", str(mkit.base / "origin.git"))
    made.git("push", "--quiet", "--set-upstream", "origin", "master")
    made.git("remote", "set-head", "origin", "master")
    return made


def look(mkit: Mkit, work: Work, *more: str) -> dict[str, Json]:
    """Branches by name."""
    told = mkit.json("branches", "--repo", str(work.path), *more)
    schemas.check(told, "branches")
    return {one["name"]: one for one in told["branches"]}


def wants(branch: Json) -> list[str]:
    return [one["kind"] for one in branch["wants"]]


def test_every_number_is_as_git_counts_it(mkit: Mkit) -> None:
    path = mkit.base / "many"
    planned = plan(45, 150)
    make(path, planned, 150)
    work = Work(path)
    before = work.fingerprint()
    found = look(mkit, work)
    assert work.fingerprint() == before
    assert found.keys() == {"master", *(one.name for one in planned)}
    for name, one in found.items():
        for side in filter(None, (one["upstream"], one["mainline"])):
            if not side["gone"]:
                asked = f"refs/heads/{name}...{side['ref']}"
                said = work.git("rev-list", "--left-right", "--count", asked)
                assert said.split() == [str(side["ahead"]), str(side["behind"])], name
        assert one["tip"] == work.git("rev-parse", f"refs/heads/{name}")
        own = work.git("rev-list", "--count", "--no-merges", f"refs/heads/{name}", "^master")
        assert one["commits"] == int(own)
    kind = {"even": [], "local": [], "base": [], "merged": ["done"]}
    for made in planned:
        assert wants(found[made.name]) == kind.get(made.state, [made.state]), made


def test_the_most_urgent_is_listed_first(mkit: Mkit) -> None:
    path = mkit.base / "many"
    make(path, plan(20, 60), 60)
    mkit.configure(f"{CONFIG}\trepository = {path}\n")
    lines = mkit.run("branches").stdout.splitlines()
    headings = [one.partition(" (")[0] for one in lines if one[:1] != " "]
    assert headings[:-1] == [
        *("Diverged", "To push", "Upstream is gone", "Behind", "Landed: can be deleted"),
        "Nothing to do",
    ]
    assert headings[-1] == "21 branches in 1 repository; 11 want something"
    narrow = mkit.having(COLUMNS="60").run("branches").stdout.splitlines()
    assert max(map(len, narrow)) <= 60
    assert any(one.startswith("    in ") for one in narrow)
    assert not any("to push to origin" in one for one in narrow), "the columns say it"


def test_whose_patches_are_in_a_branch(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    work.git("switch", "--quiet", "--create", "titled")
    work.git("am", "--quiet", data=POSTED[1])
    work.git("switch", "--quiet", "--create", "linked", "master")
    work.commit(f"Another title\n\nLink: https://lore.example/{FIRST}/")
    work.commit("My own\n\nLink: https://lore.example/unknown@x.example/")
    found = look(mkit, work)
    topic = mkit.topic(FIRST)["id"]
    for name, unknown in (("titled", 0), ("linked", 1)):
        (part,) = found[name]["topics"]
        assert (part["id"], part["patches"], part["total"], part["newest"]) == (topic, 1, 2, True)
        assert found[name]["unknown"] == unknown
    assert found["master"]["topics"] == []
    mkit.bring(*posting("foo", 2, revision=2, parents=[part_id("foo", 0)], change="three"))
    assert look(mkit, work)["linked"]["topics"][0]["newest"] is False
    text = mkit.run("branches", "--repo", str(work.path)).stdout
    assert f"{topic[:6]} 1/2" in text
    assert "an older posting" in text


def test_another_author_with_the_same_title_is_another_patch(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    title = POSTED[1].decode().partition("Subject: ")[2].partition("] ")[2].partition("\n")[0]
    work.git("switch", "--quiet", "--create", "mine")
    work.commit(title)
    work.git("commit", "--quiet", "--amend", "--allow-empty", "--no-edit", "--author=E <e@x.y>")
    assert look(mkit, work)["mine"]["topics"] == []


def test_what_landed_as_other_commits_can_go(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    work.git("switch", "--quiet", "--create", "foo")
    for one in POSTED[1:]:
        work.git("am", "--quiet", data=one)
    work.git("switch", "--quiet", "master")
    work.commit("Something else")
    work.git("cherry-pick", "--no-commit", "foo~1")
    work.git("commit", "--quiet", "-C", "foo~1")
    mkit.run("land", "--repo", str(work.path), "--quiet")
    assert (look(mkit, work)["foo"]["landed"], wants(look(mkit, work)["foo"])) == (1, [])
    work.git("cherry-pick", "foo")
    mkit.run("land", "--quiet")
    foo = look(mkit, work)["foo"]
    assert (foo["commits"], foo["landed"], wants(foo)) == (2, 2, ["done"])
    assert foo["wants"][0]["words"] == ("its 2 patches landed as other commits")
    assert work.git("branch", "--list", "foo"), "it is said, never done"


def test_what_bots_say_of_the_tip(mkit: Mkit, work: Work) -> None:
    work.git("switch", "--quiet", "--create", "tested")
    tip = work.commit("Try", a="b")
    text = f"tree/branch: https://git.example/tree.git tested\nbranch HEAD: {tip}  Try\n"
    mkit.bring(
        mail("[tree:tested] BUILD REGRESSION " + tip, text, sender=LKP, message_id="r@x"),
        mail("[tree:tested] BUILD SUCCESS " + "0" * 40, text.replace(tip, "0" * 40), sender=LKP),
    )
    found = look(mkit, work)
    (result,) = found["tested"]["results"]
    assert (result["outcome"], result["message_id"]) == ("fail", "r@x")
    assert wants(found["tested"]) == ["fails"]
    assert found["master"]["tested"] is None
    later = mail("[tree:tested] BUILD SUCCESS " + tip, text, sender=LKP, minutes=60)
    mkit.bring(later)
    assert look(mkit, work)["tested"]["tested"] == "success", "the last word counts"


def test_what_tests_said_that_ran_here(mkit: Mkit, work: Work) -> None:
    mkit.configure(f"{CONFIG}\ttest = first tip test ! -e bad\n\ttest = other tip true\n")
    for name, file in (("good", "a"), ("worse", "bad")):
        work.git("switch", "--quiet", "--create", name, "master")
        work.commit(name, **{file: name})
    for name, code in (("good", 0), ("worse", 1)):
        argv = ("test", "--repo", str(work.path), "--only", "first", f"master..{name}")
        mkit.run(*argv, code=code)
    found = look(mkit, work)
    assert [found[one]["tested"] for one in ("good", "worse")] == ["pending", "fail"]
    assert {one["context"]: one["outcome"] for one in found["good"]["results"]} == {
        "first": "success",
        "other": "pending",
    }
    assert found["worse"]["wants"][0]["words"] == "tests fail: first"
    mkit.run("test", "--repo", str(work.path), "master..good")
    assert look(mkit, work)["good"]["tested"] == "success"


def test_what_fails_in_the_base_too_is_no_fault_of_a_branch(mkit: Mkit, work: Work) -> None:
    mkit.configure(f"{CONFIG}\ttest = build tip false\n")
    work.git("switch", "--quiet", "--create", "mine", "master")
    work.commit("mine", a="mine")
    mkit.run("test", "--repo", str(work.path), "master..mine")
    found = look(mkit, work)["mine"]
    assert [(one["context"], one["outcome"]) for one in found["results"]] == [("build", "warning")]
    assert not [one for one in found["wants"] if one["kind"] == "fails"]


def test_what_was_accepted_and_is_not_in_the_queue_branch(mkit: Mkit, work: Work) -> None:
    mkit.configure(
        f"{CONFIG}\trepository = {work.path}\n"
        f"\tref = {work.path} origin/master mainline\n\tref = {work.path} for-next next\n"
    )
    work.git("branch", "for-next")
    mkit.bring(*posting("foo", 1))
    mkit.run("state", "accepted", part_id("foo", 0))
    assert wants(look(mkit, work)["for-next"]) == [], "nobody ever looked what landed"
    mkit.run("land", "--quiet")
    found = look(mkit, work)
    assert found["for-next"]["missing"] == [mkit.topic(FIRST)["id"]]
    assert wants(found["for-next"]) == ["missing"]
    work.git("switch", "--quiet", "for-next")
    work.git("am", "--quiet", data=posting("foo", 1)[1])
    assert look(mkit, work)["for-next"]["missing"] == []


def test_of_several_branches_that_collect_the_usual_one_of_the_list(mkit: Mkit, work: Work) -> None:
    refs = (("origin/master", "mainline"), ("first", "queued"), ("second", "queued"))
    lines = "".join(f"\tref = {work.path} {ref} {role}\n" for ref, role in refs)
    mkit.configure(f"{CONFIG}\trepository = {work.path}\n{lines}")
    work.git("branch", "first")
    work.git("switch", "--quiet", "--create", "second")
    mkit.bring(*POSTED, patch("[PATCH] bar: be quick", edit("fs/bar/1.c"), message_id="b@x.y"))
    mkit.run("state", "accepted", "b@x.y")
    mkit.run("land", "--quiet")
    missing = {name: one["missing"] for name, one in look(mkit, work).items()}
    bar = mkit.topic("b@x.y")["id"]
    assert missing == {"master": [], "first": [bar], "second": []}
    for one in POSTED[1:]:
        work.git("am", "--quiet", data=one)
    mkit.run("land", "--quiet")
    missing = {name: one["missing"] for name, one in look(mkit, work).items()}
    assert missing == {"master": [], "first": [], "second": [bar]}


def test_names_are_filtered(mkit: Mkit, work: Work) -> None:
    for name in ("net/fix-a", "net/b", "fs/fix-c"):
        work.git("branch", name)
    assert set(look(mkit, work, "NET", "fix")) == {"net/fix-a"}
    done = mkit.run("branches", "--repo", str(work.path), "nothing").stdout
    assert done == "0 of 4 branches in 1 repository; 0 want something\n"


def test_several_repositories(mkit: Mkit, work: Work) -> None:
    other = Work(mkit.base / "other")
    other.commit("Begin")
    work.git("worktree", "add", "--quiet", str(mkit.base / "beside"), "-b", "beside")
    missing = mkit.base / "missing"
    paths = (work.path, mkit.base / "beside", other.path, missing)
    mkit.configure(CONFIG + "".join(f"\trepository = {one}\n" for one in paths))
    told = mkit.json("branches")
    schemas.check(told, "branches")
    assert [one["path"] for one in told["repositories"]] == [str(work.path), str(other.path)]
    assert [one["name"] for one in told["branches"]].count("beside") == 1
    assert [str(missing) in one for one in told["problems"]] == [True]
    done = mkit.having(COLUMNS="300").run("branches")
    assert "other: master" in done.stdout
    assert f"checked out in {mkit.base / 'beside'}" in done.stdout
    assert str(missing) in done.stderr
    assert str(missing) in mkit.run("branches", "--repo", str(missing), code=1).stderr


def test_where_no_repository_is_known(mkit: Mkit, tmp_path: Path) -> None:
    away = mkit.having(GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    argv = ["env", "-C", str(tmp_path), *away.argv("branches")]
    done = away.program(argv)
    assert done.code == 1
    assert "no repository is known, and this is none" in done.stderr
    assert "mkit branches --repo DIR" in done.stderr


def test_odd_repositories(mkit: Mkit, work: Work) -> None:
    empty = Work(mkit.base / "empty")
    assert look(mkit, empty) == {}
    work.commit("Second")
    work.git("switch", "--quiet", "--orphan", "pages")
    work.commit("Apart")
    work.git("symbolic-ref", "refs/heads/alias", "refs/heads/master")
    work.git("switch", "--quiet", "--detach", "master")
    shown = f"caf\u00e9-\u202e{'x' * 80}"
    work.git("branch", shown, "master~1")
    work.git("branch", "--quiet", "--set-upstream-to=master", shown)
    work.git("config", f"branch.{shown}.merge", "refs/heads/alias")
    found = look(mkit, work)
    assert set(found) == {"master", "pages", shown}
    behind = {"ref": "refs/heads/master", "gone": False, "ahead": 0, "behind": 1}
    assert found[shown]["upstream"] == behind
    assert (found["pages"]["mainline"]["ahead"], found["pages"]["mainline"]["behind"]) == (1, 1)
    assert "\u202e" not in mkit.run("branches", "--repo", str(work.path)).stdout
    url = f"file://{work.path}"
    git(mkit.base, "clone", "--quiet", "--bare", "--depth=1", "--no-single-branch", url, "shallow")
    assert look(mkit, Work(mkit.base / "shallow", "--bare"))["pages"]["commits"] == 1


def test_a_repository_that_is_broken(mkit: Mkit, work: Work) -> None:
    tip = work.commit("Second")
    (work.path / ".git" / "objects" / tip[:2] / tip[2:]).unlink()
    told = mkit.json("branches", "--repo", str(work.path))
    assert told["branches"] == []
    assert str(work.path) in told["problems"][0]


def test_patches_of_two_topics_in_one_branch(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED, patch("[PATCH] fs: bar", edit("fs/bar.c"), message_id="bar@x.example"))
    work.git("switch", "--quiet", "--create", "both")
    for number in (1, 2):
        work.commit(f"{number}\n\nMessage-ID: <{part_id('foo', number)}>")
    work.commit("3\n\nMessage-ID: <bar@x.example>")
    found = look(mkit, work)["both"]
    assert [one["patches"] for one in found["topics"]] == [2, 1]
    assert "2/2 +1" in mkit.run("branches", "--repo", str(work.path)).stdout
