# SPDX-License-Identifier: GPL-2.0-or-later
"""``land`` and ``prune`` with the real git: branches that move, hooks, kills, hostile commits."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import BO, edit, part_id, patch, posting, reply
from tests.cli import schemas
from tests.integration.driver import SAMPLE, Json, Mkit
from tests.integration.hooked import Hooked
from tests.integration.repositories import Work
from tests.integration.terminal import on_terminal
from tests.integration.test_patch_id import git
from tests.unit.model.queue.test_claims import announcement

FIRST, SECOND = part_id("foo", 1), part_id("foo", 2)
POSTED = posting("foo", 2)
BEFORE = "".join(f"line {n}\n" for n in range(6)) + "\tbefore();\n\tone();\n\tafter();\n"


@pytest.fixture
def work(mkit: Mkit) -> Work:
    """What the patches of foo apply to."""
    made = Work(mkit.base / "work")
    made.commit("Begin", **{"fs/foo/1__c": BEFORE, "fs/foo/2__c": BEFORE, "fs/bar/1__c": BEFORE})
    return made


def apply(work: Work, *raws: bytes) -> str:
    """Apply patch mails as their reader does; the new tip."""
    for raw in raws:
        work.git("am", "--quiet", data=raw)
    return work.git("rev-parse", "HEAD")


def land(mkit: Mkit, work: Work, *more: str) -> Json:
    return mkit.json("land", "--repo", str(work.path), "--ref", "master", *more)


def turn(mkit: Mkit, message_id: str = FIRST) -> tuple[str, str]:
    found = mkit.topic(message_id)
    return found["turn"], found["turn_reason"]


def test_from_mail_to_branch_and_back_by_a_reply(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    assert land(mkit, work)["landings"] == []
    tip = apply(work, *POSTED[1:])
    before = work.fingerprint()
    told = land(mkit, work)
    assert [one["message_id"] for one in told["landings"]] == [FIRST, SECOND]
    assert told["landings"][1]["commit"] == tip
    assert {one["tier"] for one in told["landings"]} == {"lines"}, "less context, the same lines"
    assert work.fingerprint() == before, "neither the repository nor its work tree is touched"
    who, why = turn(mkit)
    assert who == "nobody"
    assert why.startswith(f"landed in mainline: 2 patches, the last as {tip[:12]}")
    work.git("tag", "v1.0-rc2")
    mkit.run("land", "--quiet")
    assert "(v1.0-rc2)" in turn(mkit)[1], "the ref is still followed, and the tag is seen"
    later = "Sat, 4 Jan 2031 10:00:00 +0000"
    mkit.bring(
        reply(SECOND, "This breaks mounting here. Why?", sender=BO).replace(
            b"Date: ", f"Date: {later}\nX-Date: ".encode(), 1
        )
    )
    assert turn(mkit)[0] != "nobody"
    assert mkit.json("prune")["topics"] == []


def test_a_rebase_and_a_revert(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    apply(work, *POSTED[1:])
    first = land(mkit, work)["landings"][1]["commit"]
    work.git("reset", "--quiet", "--hard", "HEAD~2")
    land(mkit, work)
    assert turn(mkit)[0] != "nobody", "the branch no longer holds it"
    work.commit("In between", other="x\n")
    apply(work, *POSTED[1:])
    again = land(mkit, work)["landings"][1]["commit"]
    assert again != first
    assert again[:12] in turn(mkit)[1]
    work.git("revert", "--no-edit", again)
    land(mkit, work)
    assert turn(mkit)[0] == "author"
    assert "taken back by" in turn(mkit)[1]
    assert mkit.json("prune")["topics"] == []


def test_nothing_is_fetched_unasked(mkit: Mkit, work: Work) -> None:
    clone = mkit.base / "clone"
    git(mkit.base, "clone", "--quiet", "--no-local", str(work.path), str(clone))
    mkit.bring(*POSTED)
    apply(work, *POSTED[1:])
    where = ("land", "--repo", str(clone), "--ref", "origin/master")
    assert mkit.json(*where)["landings"] == []
    assert len(mkit.json(*where, "--fetch")["landings"]) == 2
    git(clone, "remote", "set-url", "origin", str(mkit.base / "gone"))
    told = mkit.json(*where, "--fetch")
    assert len(told["landings"]) == 2
    assert "git fetch" in " ".join(told["problems"])


def test_what_is_wrong_with_one_repository_leaves_the_others(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    apply(work, *POSTED[1:])
    refs = (f"{work.path} master mainline", f"{work.path} gone next", f"{mkit.base}/no x next")
    for one in refs:
        work.git("config", "--file", str(mkit.home / "config"), "--add", "mkit.ref", one)
    told = mkit.json("land")
    assert len(told["landings"]) == 2
    assert len(told["problems"]) == 2
    shallow = mkit.base / "shallow"
    git(mkit.base, "clone", "--quiet", "--depth=1", f"file://{work.path}", str(shallow))
    half = mkit.json("land", "--repo", shallow, "--ref", "master")
    assert {one["message_id"] for one in half["landings"]} <= {FIRST, SECOND}


def test_commits_that_lie(mkit: Mkit, work: Work) -> None:
    """Neither a title nor a link, nor a mail about commits, proves that a patch landed."""
    told = "Applied to master, thanks!\n\n[1/2] foo: step 1\n      commit: 0123456789abcdef\n"
    mkit.bring(*POSTED, reply(FIRST, told, sender="patchwork-bot+foo@kernel.org"))
    work.git("config", "user.name", "Mallory")
    work.commit("foo: step 1\n\nAnother thing.\n", **{"fs/other__c": "int x;\nint y;\nint z;\n"})
    link = f"https://lore.kernel.org/r/{SECOND}"
    work.commit(f"evil\x1b[31m: words\n\nLink: {link}\n", **{"fs/evil__c": "int evil;\n"})
    empty = work.commit(f"foo: step 2\n\nLink: {link}\n")
    mode = work.write("fs/other.c", "int x;\nint y;\nint z;\n")
    mode.chmod(0o755)
    work.commit("foo: step 2")
    work.commit("foo: step 2", **{"fs/foo/picture": bytes(range(256)) * 9})
    found = land(mkit, work, "--content-only")
    assert found["landings"] == []
    assert turn(mkit)[0] != "nobody" or "landed" not in turn(mkit)[1]
    text = mkit.run("land", "--unexplained", "--days", "99999").stdout
    assert "\x1b" not in text
    assert empty[:12] not in text, "a commit that changes no file was never to be mailed"


def test_equal_one_line_patches_are_told_apart_by_their_titles(mkit: Mkit, work: Work) -> None:
    work.commit("More", **{f"x/{n}__c": BEFORE for n in range(3)})
    same = edit(new="something_else")
    mails = [
        patch(f"[PATCH] x: number {n} of these", same, message_id=f"x{n}@made.example", minutes=n)
        for n in range(40)
    ]
    mkit.bring(*mails)
    work.commit("Base", **{"fs/pebble/inode__c": BEFORE})
    tip = apply(work, mails[7])
    told = land(mkit, work, "--content-only")
    assert [(one["message_id"], one["commit"]) for one in told["landings"]] == [
        ("x7@made.example", tip)
    ]


def test_killed_at_any_moment_it_goes_on(mkit: Mkit, tmp_path: Path) -> None:
    mkit.run("import", *sorted(SAMPLE.glob("*.mbox")))
    repository = tmp_path / "lumen.git"
    repository.mkdir()
    git(repository, "init", "--quiet", "--bare", "--initial-branch=master")
    git(repository, "fast-import", "--quiet", data=(SAMPLE / "repository.fi").read_bytes())
    argv = ("land", "--repo", repository, "--ref", "master")
    killed = sum(_kill(mkit, *argv, after=0.3 + 0.15 * n) for n in range(6))
    assert killed, "at least one was killed before its end"
    told = mkit.json(*argv)
    rows = mkit.json("list", "--all")["topics"]
    for path in mkit.home.glob("commits.sqlite*"):
        path.unlink()
    assert mkit.json(*argv, "--again")["landings"] == told["landings"]
    assert mkit.json("list", "--all")["topics"] == rows
    before = mkit.export()
    for n in range(4):
        _kill(mkit, "prune", after=0.4 + 0.2 * n)
    mkit.run("prune")
    assert mkit.json("prune", "--dry-run")["topics"] == []
    groups = len(mkit.json("log")["log"])
    for _ in range(groups):
        mkit.run("undo")
    assert mkit.export() == before


def _kill(mkit: Mkit, *argv: str | Path, after: float) -> bool:
    """Kill a verb with all it has started; whether it was still there."""
    process = mkit.start(*argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def test_a_push_is_seen_by_the_hook(mkit: Mkit, work: Work) -> None:
    hooked = Hooked(mkit, "other")
    home = hooked.mkit
    bare = mkit.base / "public.git"
    git(mkit.base, "clone", "--quiet", "--bare", str(work.path), str(bare))
    home.run("hooks", "install", "--repo", bare, "post-receive", "post-merge")
    assert "installed" in home.run("hooks", "status", "--repo", bare, "post-receive").stdout
    home.bring(*POSTED)
    home.run("land", "--repo", bare, "--ref", "master", "--quiet")
    apply(work, *POSTED[1:])
    pushed = hooked.end_of("git", "push", "--quiet", bare, "master", at=work.path)
    assert pushed.code == 0, pushed.stderr
    _wait_for(home, FIRST)
    home.run("hooks", "remove", "--repo", bare, "post-receive", "post-merge")
    assert not (bare / "hooks" / "post-receive").exists()


def _wait_for(mkit: Mkit, message_id: str) -> None:
    """Until the catalogue has a landing of a message: whoever pushed does not wait for it."""
    end = time.monotonic() + 60
    query = "SELECT 1 FROM landing WHERE message = ?"
    while time.monotonic() < end:
        db = sqlite3.connect(mkit.home / "catalogue.sqlite")
        try:
            if db.execute(query, (message_id,)).fetchone():
                return
        finally:
            db.close()
        time.sleep(0.3)
    raise AssertionError("the hook's mkit land has not come to its end")


def test_why_a_line_is_there_as_the_user_stands_in_a_folder(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED, reply(FIRST, "Looks good.\n\nReviewed-by: Bo <bo@x.example>", sender=BO))
    apply(work, *POSTED[1:])
    line = 1 + BEFORE.splitlines().index("\tone();")
    told = mkit.json("why", f"fs/foo/1.c:{line}", "--repo", str(work.path))
    assert [one["message_id"] for one in told["mails"]] == [FIRST]
    assert told["topics"][0]["follow_ups"]
    inside = mkit.json("why", f"1.c:{line}", "--repo", str(work.path / "fs" / "foo"))
    assert inside["commit"] == told["commit"]
    posted_elsewhere = work.commit("bar: never mailed", **{"fs/bar/1__c": "int bar;\n"})
    assert mkit.json("why", posted_elsewhere, "--repo", str(work.path))["mails"] == []


def test_candidates_are_asked_about_one_by_one(
    mkit: Mkit, work: Work, needs_tool: Callable[[str], str]
) -> None:
    needs_tool("tmux")
    mkit.bring(*POSTED)
    work.git("config", "user.name", "Mallory Other")
    changed = BEFORE.replace("one();", "two_1();")
    commit = work.commit("fs: the same by another", **{"fs/foo/1__c": changed})
    work.git("commit", "--quiet", "--amend", "--no-edit", "--author", "Bo B <bo@shale.example>")
    commit = work.git("rev-parse", "HEAD")
    told = land(mkit, work)
    assert [one["commit"] for one in told["candidates"]] == [commit]
    for key, state, left in (("s", "new", 1), ("y", "accepted", 0), ("n", "new", 0)):
        with on_terminal(mkit.argv("prune", "--candidates"), mkit.env) as terminal:
            shown = terminal.until("is it this commit?")
            assert "fs: the same by another" in shown
            assert commit[:12] in shown
            terminal.press(key)
            terminal.end_by("Enter")
        topic = mkit.topic(FIRST)
        assert [one["state"] for one in topic["revisions"][0]["patches"]] == [state, "new"]
        assert topic["landed"] == (key == "y")
        assert len(mkit.json("prune", "--candidates")["candidates"]) == left
        if key == "y":
            assert mkit.json("land", "--repo", str(work.path))["landings"][0]["tier"] == "by-hand"
            mkit.run("undo")
    again = land(mkit, work, "--again")
    assert (again["candidates"], again["landings"]) == ([], [])


def test_what_is_judged_without_a_terminal(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    apply(work, POSTED[1])
    commit = work.commit("fs: something else", **{"fs/bar/1__c": "int bar;\n"})
    assert [one["message_id"] for one in land(mkit, work)["landings"]] == [FIRST]
    told = land(mkit, work, SECOND, "--is", commit[:10], "--why", "squashed by hand")
    (found,) = told["landings"]
    assert (found["message_id"], found["commit"], found["tier"]) == (SECOND, commit, "by-hand")
    assert turn(mkit)[0] == "nobody"
    assert "by hand" in turn(mkit)[1]
    assert "squashed by hand" in mkit.run("log", SECOND).stdout
    assert land(mkit, work, SECOND, "--is-not", commit)["landings"] == []
    mkit.run("undo")
    assert turn(mkit)[0] == "nobody"
    for wrong, code in (
        ((FIRST, "--is", "0123456789ab"), 1),
        ((FIRST, "--is", "HEAD"), 1),
        ((part_id("foo", 0), "--is", commit), 1),
        ((FIRST, SECOND, "--is", commit), 2),
        ((FIRST, "--is", commit, "--is-not", commit), 2),
        ((FIRST, "--is", commit, "--problems"), 2),
    ):
        assert mkit.run("land", *wrong, code=code).stderr


def test_a_mail_that_lies_is_named(mkit: Mkit, work: Work) -> None:
    mkit.bring(*POSTED)
    other = work.commit("bar: another change", **{"fs/bar/1__c": "int bar;\n"})
    gone = "0123456789abcdef0123456789abcdef01234567"
    mkit.bring(announcement(other, link=FIRST), announcement(gone, link=SECOND))
    told = land(mkit, work)
    schemas.check(told, "land")
    assert told["landings"] == told["candidates"] == []
    assert [(one["message_id"], one["commit"]) for one in told["refuted"]] == [(FIRST, other)]
    assert other[:12] in mkit.run("land", "--problems").stdout
    assert "1 announcement" in mkit.run("land").stdout
    shown = mkit.json("show", FIRST)
    schemas.check(shown, "show")
    patches = shown["topic"]["revisions"][0]["patches"]
    assert [one["claims"][0]["seen"] for one in patches] == ["refuted", "unseen"]
    for text in (mkit.run("show", FIRST).stdout, mkit.run("land", FIRST).stdout):
        assert "says: in torvalds/master as 0123456789ab, not seen in git here" in text
        assert f"as {other[:12]}, which is another change" in text
    told = mkit.json("land", FIRST, "--is", other)
    assert told["refuted"] == [], "who knows better has said so"
