# SPDX-License-Identifier: GPL-2.0-or-later
"""``git push`` to a bare repository with mkit's hook."""

from __future__ import annotations

import pytest

from tests.integration.driver import Done, Mkit
from tests.integration.hooked import BAD, GOOD, WARNED, Hooked


@pytest.fixture
def work(mkit: Mkit) -> Hooked:
    made = Hooked(mkit)
    made.git("init", "--quiet", "--bare", "../there.git")
    made.git("remote", "add", "origin", "../there.git")
    made.git("push", "--quiet", "origin", "master")
    made.hooks_verb("install", "pre-push")
    return made


def push(work: Hooked, *refs: str) -> Done:
    return work.end_of("git", "push", "--quiet", "origin", *refs)


def there(work: Hooked, ref: str) -> list[str]:
    done = work.end_of("git", "--git-dir=../there.git", "log", "--format=%s", ref, "--")
    return done.stdout.splitlines()


def test_good_commits_go_and_warnings_are_not_even_said(work: Hooked) -> None:
    work.commit(GOOD)
    work.commit(WARNED)
    done = push(work, "master")
    assert (done.code, done.stderr) == (0, "")
    assert there(work, "master") == work.titles()


def test_a_bad_commit_stops_the_push_and_is_named(work: Hooked) -> None:
    work.commit(GOOD)
    work.commit(BAD)
    bad = work.said("rev-parse", "--short=12", "HEAD")
    work.commit(GOOD)
    done = push(work, "master")
    assert done.code != 0
    assert bad in done.stderr
    assert "[body-diff]" in done.stderr
    assert "MKIT_HOOKS=off" in done.stderr
    assert there(work, "master") == ["Lumen 6.0"]
    assert work.end_of("git", "push", "--quiet", "origin", "master", MKIT_HOOKS="off").code == 0
    assert len(there(work, "master")) == 4


def test_what_is_there_already_is_not_looked_at(work: Hooked) -> None:
    work.commit(BAD)
    work.git("push", "--quiet", "origin", "master", MKIT_HOOKS="off")
    work.commit(GOOD)
    assert push(work, "master").code == 0
    # A new branch: only what no remote-tracking branch holds.
    work.git("checkout", "--quiet", "-b", "topic")
    work.commit(GOOD)
    assert push(work, "topic").code == 0
    assert push(work, "master~2:refs/heads/old").code == 0
    work.commit("fixup! pebble: report I/O errors\n")
    done = push(work, "topic:refs/heads/another")
    assert done.code != 0
    assert "[fixup-commit]" in done.stderr
    assert "[body-diff]" not in done.stderr


def test_a_deletion_and_tags(work: Hooked) -> None:
    work.git("push", "--quiet", "origin", "master:refs/heads/gone", MKIT_HOOKS="off")
    assert push(work, ":refs/heads/gone").code == 0
    work.git("tag", "-a", "-m", "v1", "v1")
    assert push(work, "v1").code == 0
    blob = work.said("hash-object", "-w", "dir.c")
    work.git("tag", "a-file", blob)
    assert push(work, "a-file").code == 0
    work.commit(BAD)
    work.git("tag", "-a", "-m", "v2", "v2")
    assert push(work, "v2").code != 0
    assert push(work, "master", "v2").stderr.count("[body-diff]") == 1


def test_a_branch_that_is_not_checked_out_is_its_own_base(work: Hooked) -> None:
    (work.path / ".mkit.toml").write_text('profile = "kernel"\n')
    work.git("checkout", "--quiet", "-b", "topic")
    work.commit(GOOD)
    broken = work.said("rev-parse", "--short=12", "HEAD")
    fix = GOOD.replace("Signed", f'Fixes: {broken} ("pebble: report I/O errors")\nSigned')
    assert work.commit(fix).code == 0
    work.git("checkout", "--quiet", "master")
    done = push(work, "topic")
    assert done.code == 0, done.stderr


def test_a_tip_that_nobody_here_knows(work: Hooked) -> None:
    work.git("clone", "--quiet", "../there.git", "../other")
    other = work.path.parent / "other"
    identity = ("-c", "user.name=Bo", "-c", "user.email=bo@shale.example")
    commit = ("git", *identity, "commit", "--quiet", "--allow-empty", "-m", "theirs")
    assert work.end_of(*commit, at=other).code == 0
    assert work.end_of("git", "push", "--quiet", at=other).code == 0
    work.commit(BAD)
    done = push(work, "+master")
    assert done.code != 0
    assert "[body-diff]" in done.stderr


def test_no_more_than_the_last_500(work: Hooked) -> None:
    message = BAD.encode()
    commits = [b"reset refs/heads/many\n"]
    who = b"Ada Author <ada@quarry.example> 1767600000 +0000"
    for number in range(502):
        text = message if number == 0 else GOOD.encode()
        commits.append(
            b"commit refs/heads/many\nauthor %b\ncommitter %b\ndata %d\n%b\n"
            % (who, who, len(text), text)
        )
        commits.append(b"M 644 inline f\ndata %d\n%d\n\n" % (len(b"%d" % number), number))
    stream = b"".join(commits).decode()
    assert work.end_of("git", "fast-import", "--quiet", data=stream).code == 0
    done = push(work, "many")
    assert done.code == 0, done.stderr
    assert "502 commits are pushed: the last 500 are checked" in done.stderr


def test_the_hook_before_reads_the_same_lines(work: Hooked) -> None:
    work.hooks_verb("remove")
    work.foreign("pre-push", 'cat >.git/seen; echo "$1 $2" >>.git/seen')
    work.hooks_verb("install", "pre-push")
    work.commit(BAD)
    head = work.said("rev-parse", "HEAD")
    old = work.said("rev-parse", "HEAD~1")
    assert push(work, "master").code != 0
    seen = (work.path / ".git" / "seen").read_text()
    assert seen == f"refs/heads/master {head} refs/heads/master {old}\norigin ../there.git\n"


def test_as_pre_commit_calls_it(work: Hooked) -> None:
    work.commit(BAD)
    told = {
        "PRE_COMMIT_FROM_REF": work.said("rev-parse", "HEAD~1"),
        "PRE_COMMIT_TO_REF": work.said("rev-parse", "HEAD"),
        "PRE_COMMIT_REMOTE_NAME": "origin",
    }
    assert work.end_of("mkit", "hooks", "run", "pre-push", env=told).code == 1
    told["PRE_COMMIT_FROM_REF"] = told["PRE_COMMIT_TO_REF"]
    assert work.end_of("mkit", "hooks", "run", "pre-push", env=told).code == 0
    # A branch that shares nothing with the remote.
    alone = {"PRE_COMMIT_LOCAL_BRANCH": "refs/heads/master"}
    assert work.end_of("mkit", "hooks", "run", "pre-push", env=alone).code == 1
