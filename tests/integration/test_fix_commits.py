# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit check --fix A..B``: messages of one's own commits rewritten, and all else left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.checking.own_commits import read_own
from maintainer_kit.adapters.git.checking.rewrite import rewrite
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import read_range
from maintainer_kit.errors import Refused
from tests.integration.driver import Done, Mkit
from tests.integration.repositories import Work
from tests.integration.test_patch_id import git

BAD = (
    "pebble: give {} back.\n\nWithout it teh memory is gone.\n\n"
    "Signed-off-by: Ada Author <ada@quarry.example>\n"
)
GOOD = BAD.replace("back.", "back").replace("teh", "the")
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ODD_DATE = "1767603600 -0745"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A base and three commits; the first of them is good."""
    made = Work(tmp_path / "work")
    made.git("config", "user.name", "Ada Author")
    made.git("config", "user.email", "ada@quarry.example")
    made.commit("Lumen 6.0\n", super__c="0\n")
    made.git("tag", "base")
    made.commit(GOOD.format("all"), super__c="1\n")
    made.commit(BAD.format("one"), super__c="2\n")
    made.commit(BAD.format("two"), super__c="3\n")
    return made


def fix(mkit: Mkit, work: Work, *args: str, code: int = 0) -> Done:
    return mkit.run("check", "--fix", "--yes", "--repo", work.path, *args, code=code)


def messages(work: Work, wanted: str = "base..") -> list[str]:
    return work.git("log", "--reverse", "--format=%B%x00", wanted).replace("\0\n", "\0").split("\0")


def facts(work: Work) -> list[str]:
    """Trees, authors and dates: all that is to stay."""
    return work.git("log", "--reverse", "--format=%T %an %ae %ad %cn %ce", "base..").split("\n")


def test_messages_are_mended_and_nothing_else(mkit: Mkit, work: Work) -> None:
    old = work.git("rev-parse", "HEAD")
    good = work.git("rev-parse", "HEAD~2")
    before = facts(work)
    index = (work.path / ".git" / "index").read_bytes()
    work.write("super.c", "not committed\n")
    work.write("new.c", "not tracked\n")

    done = fix(mkit, work, "base..")

    wanted = [GOOD.format(one).strip() for one in ("all", "one", "two")]
    assert [one.strip() for one in messages(work)][:3] == wanted
    assert facts(work) == before
    assert work.git("rev-parse", "HEAD~2") == good
    assert (work.path / ".git" / "index").read_bytes() == index
    assert (work.path / "super.c").read_text() == "not committed\n"
    assert work.git("status", "--porcelain").split("\n") == ["M super.c", "?? new.c"]
    assert work.git("fsck", "--strict") == ""
    assert "2 commit messages mended" in done.stderr
    assert work.git("rev-parse", "HEAD@{1}") == old
    assert "mkit check --fix" in work.git("reflog", "-1", "master")
    assert "nothing to mend" in fix(mkit, work, "base..").stderr


def test_the_way_back_that_is_told_leads_back(mkit: Mkit, work: Work) -> None:
    old = work.git("rev-parse", "HEAD")
    work.write("new.c", "not tracked\n")
    done = fix(mkit, work, "base..")
    [line] = [one for one in done.stderr.split("\n") if "go back: git " in one]

    work.git(*line.partition("go back: git ")[2].split())

    assert work.git("rev-parse", "HEAD") == old
    assert (work.path / "new.c").exists()


def test_without_yes_the_difference_is_shown_and_nothing_done(mkit: Mkit, work: Work) -> None:
    before = work.fingerprint()

    done = mkit.run("check", "--fix", "--repo", work.path, "base..", code=1)

    assert "-pebble: give one back.\n+pebble: give one back\n" in done.stdout
    assert "--yes" in done.stderr
    # An object that was read may be written anew by git; refs and files must be the same.
    assert work.fingerprint() == before


def test_a_message_in_another_encoding_stays_in_it(mkit: Mkit, work: Work) -> None:
    work.git("config", "i18n.commitEncoding", "ISO-8859-1")
    work.write("super.c", "4\n")
    work.git("add", "--all")
    raw = BAD.format("caf\u00e9").encode("latin-1")
    work.git("commit", "--quiet", "--file=-", f"--date={ODD_DATE}", data=raw)

    fix(mkit, work, "HEAD")

    stored = git(work.path, "cat-file", "commit", "HEAD")
    assert b"encoding ISO-8859-1\n" in stored
    assert b"> 1767603600 -0745\n" in stored
    assert stored.endswith(GOOD.format("caf\u00e9").encode("latin-1"))


def test_hostile_messages_reach_no_command_line(mkit: Mkit, work: Work) -> None:
    body = "--amend\n$(touch /tmp/x); `id` \x1b[31m \xff\n\n-- \n%s %n teh end"
    raw = f"--help; rm -rf.\n\n{body}\n".encode("latin-1")
    # git commit would turn the bytes into UTF-8.
    head = git(work.path, "cat-file", "commit", "HEAD").partition(b"\n\n")[0]
    argv = ("hash-object", "-t", "commit", "-w", "--stdin")
    work.git("reset", "--quiet", "--hard", work.git(*argv, data=head + b"\n\n" + raw))

    done = fix(mkit, work, "--only=spelling", "--only=subject-full-stop", "HEAD")

    stored = git(work.path, "cat-file", "commit", "HEAD").partition(b"\n\n")[2]
    assert stored == raw.replace(b"-rf.", b"-rf").replace(b"teh", b"the")
    assert "\x1b" not in done.stdout


def test_the_diff_of_a_commit_is_left_and_said(mkit: Mkit, work: Work) -> None:
    work.commit(GOOD.format("it"), super__c="4 \n")

    done = fix(mkit, work, "HEAD")

    assert "whitespace-error is left: only messages of commits are rewritten" in done.stderr
    assert work.git("rev-list", "--count", "base..") == "4"


# refused


def someone_else(work: Work) -> None:
    work.git("commit", "--quiet", "--amend", "--no-edit", "--author=Bo <bo@shale.example>")


def someone_committed(work: Work) -> None:
    work.git("-c", "user.email=bo@shale.example", "commit", "--quiet", "--amend", "--no-edit")


def published(work: Work) -> None:
    work.git("update-ref", "refs/remotes/origin/master", "HEAD~1")


def tagged(work: Work) -> None:
    work.git("tag", "v1", "HEAD~2")


def merged(work: Work) -> None:
    work.git("switch", "--quiet", "-c", "side", "base")
    work.commit("flint: strike\n", other__c="1\n")
    work.git("switch", "--quiet", "master")
    work.git("merge", "--quiet", "--no-edit", "side")


def signed(work: Work) -> None:
    stored = work.git("cat-file", "commit", "HEAD")
    head, _, message = stored.partition("\n\n")
    data = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n aa\n\n{message}\n".encode()
    name = work.git("hash-object", "-t", "commit", "-w", "--stdin", data=data)
    work.git("reset", "--quiet", "--hard", name)


def detached(work: Work) -> None:
    work.git("checkout", "--quiet", "--detach")


def above(work: Work) -> None:
    work.git("branch", "later")
    work.git("reset", "--quiet", "--hard", "HEAD~1")


def rebasing(work: Work) -> None:
    (work.path / ".git" / "rebase-merge").mkdir()


def picking(work: Work) -> None:
    (work.path / ".git" / "sequencer").mkdir()


def nobody(work: Work) -> None:
    work.git("config", "user.email", "robin@lumen.example")


@pytest.mark.parametrize(
    ("spoil", "wanted", "reason"),
    [
        (someone_else, "base..", "another author: bo@shale.example"),
        (someone_committed, "base..", "another committer: bo@shale.example"),
        (published, "base..", "published already: refs/remotes/origin/master"),
        (tagged, "base..", "published already: refs/tags/v1"),
        (merged, "base..", "is a merge|do not follow"),
        (signed, "base..", "is signed"),
        (detached, "base..", "no branch is checked out"),
        (above, "base..later", "do not end at the tip of master"),
        (rebasing, "base..", "a rebase is under way"),
        (picking, "base..", "a sequencer is under way"),
        (nobody, "base..", "another author: ada@quarry.example"),
        (lambda work: None, "HEAD~1", "do not end at the tip"),
        (lambda work: None, "base..HEAD~1", "do not end at the tip"),
        (lambda work: None, "nowhere..", "there is no commit nowhere"),
        (lambda work: None, "HEAD..", "no commit is in"),
    ],
)
def test_what_is_not_one_s_own_is_refused(
    mkit: Mkit, work: Work, spoil: Callable[[Work], None], wanted: str, reason: str
) -> None:
    spoil(work)
    refs = work.git("for-each-ref")

    done = fix(mkit, work, wanted, code=1)

    assert any(one in done.stderr for one in reason.split("|")), done.stderr
    assert work.git("for-each-ref") == refs


def test_two_ranges_are_one_too_many(mkit: Mkit, work: Work) -> None:
    assert "one range" in fix(mkit, work, "HEAD~1..", "HEAD", code=2).stderr


def test_another_branch_keeps_the_old_commits_and_that_is_said(mkit: Mkit, work: Work) -> None:
    work.git("branch", "stacked")
    old = work.git("rev-parse", "HEAD")

    done = fix(mkit, work, "base..")

    assert "the branch stacked keeps the old ones" in done.stderr
    assert work.git("rev-parse", "stacked") == old


# the transaction


def test_a_branch_that_moved_meanwhile_is_not_moved(work: Work) -> None:
    repository = Git(work.path)
    own = read_own(repository, read_range(repository, "base.."))
    newer = work.commit("flint: strike\n", other__c="1\n")

    with pytest.raises(Refused, match="was not moved"):
        rewrite(repository, own, {own.tip: b"flint: mend\n"}, NOW)

    assert work.git("rev-parse", "HEAD") == newer
    assert "refs/mkit" not in work.git("for-each-ref")


def test_two_backups_of_one_second_are_two(work: Work) -> None:
    repository = Git(work.path)
    kept = []
    for title in (b"flint: mend\n", b"flint: mend it\n"):
        own = read_own(repository, read_range(repository, "base.."))
        done = rewrite(repository, own, {own.tip: title}, NOW)
        kept.append((done.backup, done.old))

    assert [name for name, _ in kept] == [
        "refs/mkit/backup/master/20260105T090000Z",
        "refs/mkit/backup/master/20260105T090000Z-2",
    ]
    assert [work.git("rev-parse", name) for name, _ in kept] == [old for _, old in kept]


def test_a_root_commit_and_an_unknown_header(work: Work) -> None:
    stored = work.git("cat-file", "commit", "base")
    head, _, message = stored.partition("\n\n")
    data = f"{head}\nchange-id zzxxyy\n\n{message}\n".encode()
    root = work.git("hash-object", "-t", "commit", "-w", "--stdin", data=data)
    work.git("reset", "--quiet", "--hard", root)
    repository = Git(work.path)
    own = read_own(repository, read_range(repository, root))

    done = rewrite(repository, own, {root: b"Lumen 6.0, begun\n"}, NOW)

    assert "\nchange-id zzxxyy\n\nLumen 6.0, begun" in work.git("cat-file", "commit", done.new)
