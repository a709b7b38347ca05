# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit backport`` with the real git: picked, there already, explained, gone on with."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli import schemas
from tests.integration.driver import CONFIG, Json, Mkit
from tests.integration.repositories import Work, shim

NUMBERS = [f"{n}\n" for n in range(1, 61)]
WHO = "[user]\n\tname = Robin Maintainer\n\temail = robin@lumen.example\n"


def lines(**changed: str) -> str:
    """The numbers to 60, some lines replaced: ``n30="thirty"``."""
    found = list(NUMBERS)
    for name, text in changed.items():
        found[int(name[1:]) - 1] = f"{text}\n"
    return "".join(found)


@pytest.fixture
def home(mkit: Mkit) -> Mkit:
    return mkit.configure(CONFIG + WHO)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A project with an older branch."""
    made = Work(tmp_path / "project")
    made.commit("Begin", a__c=lines())
    made.git("branch", "stable")
    return made


def backport(home: Mkit, work: Work, *argv: str, code: int = 0) -> Json:
    found = home.json("backport", "--repo", str(work.path), *argv, code=code)
    schemas.check(found, "backport")
    return found


def go_on(home: Mkit, *argv: str, code: int = 0) -> Json:
    found = home.json("backport", *argv, code=code)
    schemas.check(found, "backport")
    return found


def show(work: Work, name: str) -> str:
    return work.git("show", name)


def test_a_commit_is_picked_and_nothing_else_is_touched(home: Mkit, work: Work) -> None:
    signed = "Signed-off-by: Ada <ada@q.example>"
    commit = work.commit(f"fs: ten\n\nIt was nine.\n\n{signed}", a__c=lines(n10="ten"))
    work.write("a.c", "what I am at\n")
    old = work.git("rev-parse", "stable")
    before = work.git("status", "--porcelain"), work.git("rev-parse", "HEAD")
    mark = work.fingerprint()
    assert backport(home, work, commit, "--to", "stable", "--dry-run")["dry_run"]
    assert work.fingerprint() == mark, "a dry run leaves nothing"
    found = backport(home, work, commit, "--to", "stable")
    (picked,) = found["picked"]
    assert (found["old"], found["new"]) == (old, picked["commit"])
    assert work.git("rev-parse", "stable", "stable^").split() == [picked["commit"], old]
    assert work.git("log", "-1", "--format=%B", "stable") == (
        f"fs: ten\n\n[ Upstream commit {commit} ]\n\nIt was nine.\n\n{signed}\n"
        "Signed-off-by: Robin Maintainer <robin@lumen.example>"
    )
    assert work.git("log", "-1", "--format=%an %ae %cn %ce", "stable") == (
        "Ada Author ada@quarry.example Robin Maintainer robin@lumen.example"
    )
    dates = work.git("log", "-1", "--format=%ad", "stable"), work.git("log", "-1", "--format=%ad")
    assert dates[0] == dates[1], "the author's date stays"
    assert show(work, "stable:a.c") == lines(n10="ten").strip()
    assert (work.git("status", "--porcelain"), work.git("rev-parse", "HEAD")) == before
    assert "mkit backport" in work.git("reflog", "show", "stable")
    assert work.git("fsck", "--strict") == ""
    assert not list((home.home / "backporting").glob("*/"))


def test_by_setting_and_by_option(home: Mkit, work: Work) -> None:
    commit = work.commit("fs: ten", a__c=lines(n10="ten"))
    more = "[mkit]\n\tbackportLine = commit\n\tbackportSignOff = off\n"
    home.configure(CONFIG + WHO + more)
    backport(home, work, commit, "--to", "one", "--onto", "stable")
    body = work.git("log", "-1", "--format=%B", "one")
    assert body == f"fs: ten\n\ncommit {commit} upstream."
    argv = ("--to", "two", "--onto", "stable", "--form", "upstream", "--sign-off")
    backport(home, work, commit, *argv)
    body = work.git("log", "-1", "--format=%B", "two")
    assert f"[ Upstream commit {commit} ]" in body
    assert "Signed-off-by: Robin" in body


def test_what_is_there_already(home: Mkit, work: Work) -> None:
    """As an ancestor, by its line, by its patch-id, by its content."""
    old = work.git("rev-parse", "HEAD")
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    twenty = work.commit("fs: twenty", a__c=lines(n10="ten", n20="twenty"))
    three = work.commit("fs: 3", a__c=lines(n10="ten", n20="twenty", n30="x"))
    work.git("switch", "--quiet", "stable")
    by_line = work.commit(f"[6.1] ten\n\ncommit {ten} upstream.", a__c=lines(n10="TEN"))
    by_id = work.commit("fs: another title", a__c=lines(n10="TEN", n20="twenty"))
    work.commit("both", a__c=lines(n10="TEN", n20="twenty", n30="x", n50="y"))
    work.git("switch", "--quiet", "master")
    tip = work.git("rev-parse", "stable")
    found = backport(home, work, old, ten, twenty, three, "--to", "stable")
    assert [(one["by"], one["commit"]) for one in found["present"]] == [
        ("ancestor", old), ("upstream-line", by_line), ("patch-id", by_id), ("content", None),
    ]  # fmt: skip
    assert found["picked"] == []
    assert work.git("rev-parse", "stable") == tip


def test_a_backport_that_was_reverted_is_not_there(home: Mkit, work: Work) -> None:
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    work.git("switch", "--quiet", "stable")
    work.commit(f"fs: ten\n\n[ Upstream commit {ten} ]", a__c=lines(n10="Ten"))
    work.git("revert", "--no-edit", "HEAD")
    work.git("switch", "--quiet", "master")
    assert len(backport(home, work, ten, "--to", "stable")["picked"]) == 1


def stopping(work: Work) -> tuple[str, str, str]:
    """A commit that needs another one; there are others about, one of which mends it."""
    needed = work.commit("fs: rename", a__c=lines(n30="thirty"))
    work.commit("fs: elsewhere", a__c=lines(n30="thirty", n50="fifty"))
    wanted = work.commit("fs: fix", a__c=lines(n30="thirty(1)", n50="fifty"))
    fix = work.commit(
        f'fs: fix the fix\n\nFixes: {wanted[:12]} ("fs: fix")',
        a__c=lines(n30="thirty(2)", n50="fifty"),
    )
    return needed, wanted, fix


def test_a_conflict_is_explained_by_what_was_tried(home: Mkit, work: Work) -> None:
    needed, wanted, fix = stopping(work)
    found = backport(home, work, wanted, "--to", "stable", "--dry-run", code=1)
    stop = found["stopped_at"]
    assert stop["upstream"] == wanted
    assert [one["path"] for one in stop["conflicts"]] == ["a.c"]
    assert stop["conflicts"][0]["hunks"] == [{"first": 30, "last": 30, "commits": [needed]}]
    assert [one["commit"] for one in stop["suggestions"]] == [needed]
    assert stop["first"] == [needed]
    assert stop["tree"] is None
    assert [(one["commit"], one["mends"]) for one in found["follow_ups"]] == [(fix, wanted)]
    done = backport(home, work, needed, wanted, "--to", "stable", "--with-fixes")
    assert [one["upstream"] for one in done["picked"]] == [needed, wanted, fix]
    assert done["follow_ups"] == []
    assert show(work, "stable:a.c") == lines(n30="thirty(2)").strip()


def test_two_are_needed_and_one_is_there(home: Mkit, work: Work) -> None:
    one = work.commit("fs: one", a__c=lines(n30="thirty"))
    two = work.commit("fs: two", a__c=lines(n30="thirty", n40="forty"))
    three = work.commit("fs: three", a__c=lines(n30="thirty()", n40="forty"))
    wanted = work.commit("fs: both", a__c=lines(n30="thirty(1)", n40="forty(1)"))
    work.git("switch", "--quiet", "stable")
    there = work.commit(f"one\n\ncommit {one} upstream.", a__c=lines(n30="thirty"))
    work.git("switch", "--quiet", "master")
    stop = backport(home, work, wanted, "--to", "stable", "--dry-run", code=1)["stopped_at"]
    assert stop["first"] == [two, three], "in the order of upstream"
    present = {each["commit"]: each["present"] for each in stop["suggestions"]}
    assert present == {one: there, two: None, three: None}


def test_what_is_needed_needs_something_itself(home: Mkit, work: Work) -> None:
    first = work.commit("fs: one", a__c=lines(n30="thirty"))
    second = work.commit("fs: two", a__c=lines(n30="thirty()", n40="forty"))
    wanted = work.commit("fs: three", a__c=lines(n30="thirty()", n40="forty()"))
    stop = backport(home, work, wanted, "--to", "stable", "--dry-run", code=1)["stopped_at"]
    assert [one["commit"] for one in stop["suggestions"]] == [second]
    assert stop["first"] == [first, second]
    done = backport(home, work, first, second, wanted, "--to", "stable")
    assert show(work, "stable:a.c") == show(work, "master:a.c")
    assert len(done["picked"]) == 3


def test_a_file_that_is_not_there_and_one_that_was_renamed(home: Mkit, work: Work) -> None:
    adding = work.commit("fs: a new file", b__c=lines())
    wanted = work.commit("fs: mend it", b__c=lines(n5="five"))
    found = backport(home, work, wanted, "--to", "stable", "--dry-run", code=1)
    stop = found["stopped_at"]
    assert stop["conflicts"][0] == {
        "path": "b.c", "missing": True, "hunks": [], "commits": [adding],
    }  # fmt: skip
    assert stop["first"] == [adding]
    work.git("mv", "a.c", "moved.c")
    work.commit("fs: move")
    renamed = work.commit("fs: there", moved__c=lines(n7="seven"))
    backport(home, work, renamed, "--to", "stable")
    assert show(work, "stable:a.c") == lines(n7="seven").strip()


def test_solved_by_hand(home: Mkit, work: Work) -> None:
    needed, wanted, _ = stopping(work)
    ten = work.commit("fs: ten", a__c=lines(n10="ten", n30="thirty(2)", n50="fifty"))
    old = work.git("rev-parse", "stable")
    found = backport(home, work, ten, wanted, f"{needed}~1..{needed}", "--to", "stable", code=1)
    assert [one["upstream"] for one in found["picked"]] == [ten]
    assert found["left"] == [needed]
    tree = Path(found["stopped_at"]["tree"])
    assert work.git("rev-parse", "stable") == old, "it moves once all are there"
    said = home.run("backport", "--continue", code=1).stderr
    assert "a.c:30: a conflict is still marked there" in said
    backport_again = home.run("backport", "--repo", str(work.path), ten, "--to", "stable", code=1)
    assert "under way" in backport_again.stderr
    (tree / "a.c").write_text(lines(n10="ten", n30="by hand"))
    found = go_on(home, "--continue", code=1)
    assert found["stopped_at"]["upstream"] == needed
    found = go_on(home, "--skip", "--to", "stable")
    assert [one["upstream"] for one in found["picked"]] == [ten, wanted]
    assert show(work, "stable:a.c") == lines(n10="ten", n30="by hand").strip()
    assert f"[ Upstream commit {wanted} ]" in work.git("log", "-1", "--format=%B", "stable")
    assert work.git("log", "-1", "--format=%an", "stable") == "Ada Author"
    assert home.run("backport", "--continue", code=1).stderr.startswith("mkit: no backport")


def test_given_up(home: Mkit, work: Work) -> None:
    _, wanted, _ = stopping(work)
    before = work.fingerprint()
    backport(home, work, wanted, "--to", "stable", code=1)
    assert work.fingerprint() == before
    go_on(home, "--abort")
    assert not list((home.home / "backporting").glob("*/"))
    home.run("backport", "--abort", code=1)


def test_a_conflict_is_solved_once(home: Mkit, work: Work) -> None:
    """What a person did is known the next time, in a dry run too, and told."""
    _, wanted, _ = stopping(work)
    work.git("branch", "older", "stable")
    found = backport(home, work, wanted, "--to", "stable", code=1)
    (Path(found["stopped_at"]["tree"]) / "a.c").write_text(lines(n30="by hand"))
    assert [one["way"] for one in go_on(home, "--continue")["picked"]] == ["by-hand"]
    again = backport(home, work, wanted, "--to", "older", "--dry-run")
    assert [one["way"] for one in again["picked"]] == ["rerere"]
    argv = ("backport", "--repo", work.path, wanted, "--to", "older")
    assert "(conflict solved as it was solved before (rerere))" in home.run(*argv).stdout
    assert work.git("rev-parse", "older^{tree}") == work.git("rev-parse", "stable^{tree}")
    assert f"[ Upstream commit {wanted} ]" in work.git("log", "-1", "--format=%B", "older")


def test_what_was_solved_is_in_a_backup(home: Mkit, work: Work) -> None:
    """A person's hours are in it."""
    _, wanted, _ = stopping(work)
    work.git("branch", "older", "stable")
    found = backport(home, work, wanted, "--to", "stable", code=1)
    (Path(found["stopped_at"]["tree"]) / "a.c").write_text(lines(n30="by hand"))
    go_on(home, "--continue")
    (kept,) = (home.home / "rr-cache").iterdir()
    solved = {one.name: one.read_bytes() for one in kept.iterdir()}
    (kept / "postimage.notes").write_text("none of git's")
    (kept.with_name("README")).write_text("somebody's")
    home.run("backup", home.base / "b.tar.gz")
    other = home.having(MKIT_HOME=str(home.base / "other"))
    other.run("restore", home.base / "b.tar.gz")
    (back,) = (other.home / "rr-cache").iterdir()
    assert {one.name: one.read_bytes() for one in back.iterdir()} == solved
    assert lines(n30="by hand").encode() in solved.values()
    again = backport(other, work, wanted, "--to", "older")
    assert [one["way"] for one in again["picked"]] == ["rerere"]


def test_what_is_under_way(home: Mkit, work: Work) -> None:
    assert home.run("backport", "--status").stdout == "no backport is under way\n"
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    needed, wanted, _ = stopping(work)
    argv = (ten, wanted, f"{needed}~1..{needed}", "--to", "stable")
    stop = backport(home, work, *argv, code=1)["stopped_at"]
    (told,) = home.json("backport", "--status")["under_way"]
    schemas.check(told, "backport")
    assert told["repository"] == str(work.path)
    assert told["stopped_at"]["upstream"] == wanted
    assert told["stopped_at"]["tree"] == stop["tree"]
    assert ([one["upstream"] for one in told["picked"]], told["left"]) == ([ten], [needed])
    text = home.run("backport", "--status").stdout
    assert f"stable of {work.path}: 1 of 3 commits done" in text
    title = work.git("log", "-1", "--format=%s", wanted)
    assert f"stopped at {wanted[:12]} {title}\nit lies open in {stop['tree']}\n" in text
    work.path.rename(work.path.with_name("gone"))
    assert f"stopped at {wanted[:12]}" in home.run("backport", "--status").stdout
    work.path.with_name("gone").rename(work.path)
    both = home.run("backport", "--skip", "--abort", code=2).stderr
    assert "--skip and --abort exclude each other" in both
    go_on(home, "--abort")


def test_what_an_older_mkit_left(home: Mkit, work: Work) -> None:
    """It told no way, and marked no repository as whole."""
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    _, wanted, _ = stopping(work)
    found = backport(home, work, ten, wanted, "--to", "stable", code=1)
    (state,) = (home.home / "backporting").glob("*/job.json")
    told = json.loads(state.read_text())
    told["picked"] = [one[:3] for one in told["picked"]]
    state.write_text(json.dumps(told))
    (state.parent / "own" / "mkit-whole").unlink()
    (Path(found["stopped_at"]["tree"]) / "a.c").write_text(lines(n10="ten", n30="by hand"))
    done = go_on(home, "--continue")
    assert [one["upstream"] for one in done["picked"]] == [ten, wanted]
    assert show(work, "stable:a.c") == lines(n10="ten", n30="by hand").strip()


def test_commits_that_a_loss_of_power_took(home: Mkit, work: Work) -> None:
    """All are picked again."""
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    _, wanted, _ = stopping(work)
    picked = backport(home, work, ten, wanted, "--to", "stable", code=1)["picked"]
    (name,) = (one["commit"] for one in picked)
    (lost,) = (home.home / "backporting").glob(f"*/own/objects/{name[:2]}/{name[2:]}")
    lost.unlink()
    found = go_on(home, "--continue", code=1)
    assert [one["upstream"] for one in found["picked"]] == [ten]
    assert found["stopped_at"]["upstream"] == wanted
    lost.unlink(missing_ok=True)
    done = go_on(home, "--skip")
    assert [one["upstream"] for one in done["picked"]] == [ten]
    assert show(work, "stable:a.c") == lines(n10="ten").strip()


def test_a_crash_between_two_commits(home: Mkit, work: Work) -> None:
    """What was picked is kept; the tree is mended."""
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    _, wanted, _ = stopping(work)
    backport(home, work, ten, wanted, "--to", "stable", code=1)
    (state,) = (home.home / "backporting").glob("*/job.json")
    state.write_text(state.read_text().replace('"is_stopped": true', '"is_stopped": false'))
    (state.parent / "tree" / "a.c").write_text("torn")
    found = go_on(home, "--continue", code=1)
    assert [one["upstream"] for one in found["picked"]] == [ten]
    assert found["stopped_at"]["upstream"] == wanted


def test_killed_between_two_commits(home: Mkit, work: Work) -> None:
    """The second cherry-pick is mkit's last word; the branch moves once, and by --continue."""
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    twenty = work.commit("fs: twenty", a__c=lines(n10="ten", n20="twenty"))
    old = work.git("rev-parse", "stable")
    seen = home.base / "seen"
    script = f"[ -e {seen} ] && [ ! -e {seen}.2 ] && touch {seen}.2 && kill -9 $PPID\ntouch {seen}"
    killed = replace(home.having(PATH=shim(home.base / "bin", "cherry-pick", script)), quick=False)
    argv = ("backport", "--repo", str(work.path), ten, twenty, "--to", "stable")
    assert killed.end_of(*argv).code == -signal.SIGKILL
    assert work.git("rev-parse", "stable") == old
    found = go_on(home, "--continue")
    assert [one["upstream"] for one in found["picked"]] == [ten, twenty]
    assert work.git("rev-list", "--count", f"{old}..stable") == "2"
    assert work.git("fsck", "--strict") == ""


def test_killed_once_the_branch_has_moved(home: Mkit, work: Work) -> None:
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    script = 'git "$@"; kill -9 $PPID'
    path = shim(home.base / "bin", "update-ref", script)
    killed = replace(home.having(PATH=path), quick=False)
    argv = ("backport", "--repo", str(work.path), ten, "--to", "stable")
    assert killed.end_of(*argv).code == -signal.SIGKILL
    new = work.git("rev-parse", "stable")
    refused = home.run("backport", "--abort", code=1)
    assert "stable has all of it already" in refused.stderr
    found = go_on(home, "--continue")
    assert [one["upstream"] for one in found["picked"]] == [ten]
    assert work.git("rev-parse", "stable") == new == found["new"]
    assert "no backport" in home.run("backport", "--continue", code=1).stderr


def test_one_at_a_time_for_a_branch_from_wherever(home: Mkit, work: Work) -> None:
    """From a folder of the work tree, or another work tree, as from its top."""
    work.commit("Folder", **{"sub/b__c": "x\n"})
    _, wanted, _ = stopping(work)
    backport(home, work, wanted, "--to", "stable", code=1)
    work.git("worktree", "add", "--quiet", "--detach", str(home.base / "beside"))
    for place in (work.path / "sub", home.base / "beside"):
        refused = home.run("backport", "--repo", place, wanted, "--to", "stable", code=1)
        assert "a backport to stable is under way" in refused.stderr
    go_on(home, "--abort", "--to", "stable")


def test_two_repositories_with_one_name_for_a_branch(
    home: Mkit, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the one that is named, or in which the user is."""
    other = Work(tmp_path / "other")
    other.commit("Begin", a__c=lines())
    other.git("branch", "stable")
    for each in (work, other):
        _, wanted, _ = stopping(each)
        backport(home, each, wanted, "--to", "stable", code=1)
    refused = home.run("backport", "--abort", "--to", "stable", code=1).stderr
    assert f"stable in {other.path}" in refused and f"stable in {work.path}" in refused
    go_on(home, "--skip", "--to", "stable", "--repo", str(other.path))
    again = home.run("backport", "--continue", "--repo", other.path, code=1)
    assert "no backport is under way" in again.stderr
    backport(home, other, wanted, "--to", "stable", code=1)
    monkeypatch.chdir(other.path)
    go_on(replace(home, quick=False), "--abort")
    go_on(home, "--abort", "--repo", str(work.path))
    assert not list((home.home / "backporting").glob("*/"))


def test_a_state_that_cannot_be_understood(home: Mkit, work: Work) -> None:
    """It is no absence: what a person did in the tree stays."""
    _, wanted, _ = stopping(work)
    found = backport(home, work, wanted, "--to", "stable", code=1)
    mended = Path(found["stopped_at"]["tree"]) / "a.c"
    mended.write_text("by hand")
    (state,) = (home.home / "backporting").glob("*/job.json")
    state.write_text(state.read_text().replace('"todo"', '"done"'))
    argv = ("--repo", str(work.path), wanted, "--to", "stable")
    for words in (argv, ("--continue",), ("--abort",)):
        assert f"{state} cannot be understood" in home.run("backport", *words, code=1).stderr
    assert mended.read_text() == "by hand"


def test_ids_of_64_digits(home: Mkit, tmp_path: Path) -> None:
    work = Work(tmp_path / "long", "--object-format=sha256")
    work.commit("Begin", a__c=lines())
    work.git("branch", "stable")
    needed, wanted, _ = stopping(work)
    stop = backport(home, work, wanted, "--to", "stable", "--dry-run", code=1)["stopped_at"]
    assert stop["first"] == [needed]
    done = backport(home, work, needed, wanted, "--to", "stable")
    assert len(done["new"]) == 64
    again = backport(home, work, wanted, "--to", "stable")
    assert [one["by"] for one in again["present"]] == ["upstream-line"]


def test_the_branch_moved_meanwhile(home: Mkit, work: Work) -> None:
    _, wanted, _ = stopping(work)
    tree = Path(backport(home, work, wanted, "--to", "stable", code=1)["stopped_at"]["tree"])
    work.git("branch", "--force", "stable", "master")
    (tree / "a.c").write_text(lines(n30="by hand"))
    assert "moved" in home.run("backport", "--continue", code=1).stderr
    assert work.git("rev-parse", "stable") == work.git("rev-parse", "master")


def test_refused_before_anything_is_done(home: Mkit, work: Work) -> None:
    ten = work.commit("fs: ten", a__c=lines(n10="ten"))
    work.git("switch", "--quiet", "-c", "side", "HEAD~1")
    work.commit("Aside", b__c="x\n")
    work.git("merge", "--quiet", "--no-edit", "master")
    before = work.fingerprint()

    def refused(*argv: str) -> str:
        return home.run("backport", "--repo", str(work.path), *argv, code=1).stderr

    assert "is a merge" in refused("HEAD", "--to", "stable")
    assert "checked out" in refused(ten, "--to", "side")
    assert "no branch nowhere" in refused(ten, "--to", "nowhere")
    assert "no commit" in refused("nothing", "--to", "stable")
    assert "only moves forward" in refused(ten, "--to", "stable", "--onto", "master")
    for name in ("-x", "a..b", "a b"):
        assert "is no name of a branch" in refused(ten, f"--to={name}", "--onto", "master")
    assert "no commit" in refused("--to", "stable", "--", "--output=/tmp/x")
    assert work.fingerprint() == before
    assert not list((home.home / "backporting").glob("*/"))


def test_a_branch_begins_at_the_remotes(home: Mkit, work: Work, tmp_path: Path) -> None:
    work.git("clone", "--quiet", str(work.path), str(tmp_path / "clone"))
    clone = Work(tmp_path / "clone")
    ten = clone.commit("fs: ten", a__c=lines(n10="ten"))
    found = backport(home, clone, ten, "--to", "stable")
    assert found["old"] is None
    assert found["base"] == clone.git("rev-parse", "origin/stable")
    assert clone.git("rev-parse", "stable") == found["new"]


def test_hostile_commits(home: Mkit, work: Work) -> None:
    """Controls in a title reach no terminal; an author without a name stays as he is."""
    tree = work.git("write-tree")
    work.write("a.c", lines(n10="ten"))
    work.git("add", "--all")
    tree = work.git("write-tree")
    head = work.git("rev-parse", "HEAD")
    raw = (
        f"tree {tree}\nparent {head}\nauthor  <> 1 +0000\ncommitter x <y> 1 +0000\n"
        "encoding ISO-8859-1\n\n--evil \x1b[31m t\xfctle\n\nFixes: --all\n"
    ).encode("latin-1")
    commit = work.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=raw)
    done = home.run("backport", "--repo", str(work.path), commit, "--to", "stable")
    assert "\x1b" not in done.stdout
    made = work.git("cat-file", "commit", "stable")
    assert "\nauthor  <> 1 +0000\n" in made
    assert "t\u00fctle" in made
