# SPDX-License-Identifier: GPL-2.0-or-later
"""Names of commits, which came out of which, and where a branch begins: the same for all verbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.git.comparing.compared_sources import ComparedRepositories
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import branch_ref, commit_id, fork_of, is_ancestor
from maintainer_kit.adapters.inbox.history import holds
from maintainer_kit.adapters.share.read import JournalReader
from maintainer_kit.errors import RepositoryError
from tests.integration.authoring import Author
from tests.integration.repositories import Work

ABSENT = "0123456789" * 4


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A branch of two commits on a main branch that went on."""
    made = Work(tmp_path / "work")
    made.commit("Begin", a__c="1\n")
    made.git("switch", "--quiet", "--create", "topic")
    made.commit("one", a__c="2\n")
    made.commit("two", a__c="3\n")
    made.git("switch", "--quiet", "master")
    made.commit("Go on", b__c="1\n")
    return made


def pushed(work: Work, name: str, remote: str, commit: str) -> None:
    """What a fetch of a remote repository would leave, and the branch follows."""
    work.git("update-ref", f"refs/remotes/origin/{remote}", commit)
    work.git("config", "remote.origin.url", "/nowhere")
    work.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    work.git("config", f"branch.{name}.remote", "origin")
    work.git("config", f"branch.{name}.merge", f"refs/heads/{remote}")


def begins(work: Work, name: str, *main: str) -> str:
    """The title of the commit."""
    found = fork_of(Git(work.path), name, lambda: main)
    return work.git("log", "-1", "--format=%s", found) if found else ""


def test_what_a_name_means(work: Work) -> None:
    git = Git(work.path)
    tip = work.git("rev-parse", "topic")
    work.git("tag", "--annotate", "--message=x", "v1", "topic")
    assert {commit_id(git, one) for one in ("topic", "v1", "refs/heads/topic", tip[:9])} == {tip}
    for name in ("", "nosuch", "topic^{tree}", "topic:a.c", ABSENT, "-v", "--all", "a\0b"):
        assert commit_id(git, name) == ""
    assert branch_ref(git, "") == "refs/heads/master"
    assert branch_ref(git, "topic") == "refs/heads/topic"
    assert [branch_ref(git, one) for one in ("v1", "nosuch", tip, "a\0b")] == [""] * 4
    work.git("checkout", "--quiet", "--detach")
    assert branch_ref(git, "") == ""


def test_what_git_cannot_tell_is_no_no(work: Work) -> None:
    git = Git(work.path)
    base, tip = (work.git("rev-parse", one) for one in ("topic~2", "topic"))
    assert is_ancestor(git, base, tip) and is_ancestor(git, tip, tip)
    assert not is_ancestor(git, tip, base)
    with pytest.raises(RepositoryError):
        is_ancestor(git, ABSENT, tip)


def test_of_a_commit_that_is_gone_nothing_came(work: Work) -> None:
    """It was rewritten, or is none of ours: both are no failures."""
    git = Git(work.path)
    base, tip, blob = (work.git("rev-parse", one) for one in ("topic~2", "topic", "topic:a.c"))
    assert holds(git, base, tip) and not holds(git, tip, base) and not holds(git, ABSENT, tip)
    reader = JournalReader(git)
    assert reader.is_ancestor(base, tip)
    for one in (ABSENT, blob):
        assert not reader.is_ancestor(one, tip) and not reader.is_ancestor(tip, one)
    reader.close()


def test_where_a_branch_begins(work: Work) -> None:
    assert begins(work, "topic", "master") == "Begin"
    assert begins(work, "topic", "nosuch", "topic", "master") == "Begin"
    assert begins(work, "master", "master") == ""
    assert begins(work, "topic") == ""
    work.git("switch", "--quiet", "topic")
    assert begins(work, "", "master") == begins(work, "HEAD", "master") == "Begin"
    work.git("checkout", "--quiet", "--detach")
    assert begins(work, "", "master") == "Begin"
    pushed(work, "topic", "devel", work.git("rev-parse", "topic~1"))
    assert begins(work, "topic", "master") == "one", "another's branch is asked first"


def test_a_branch_that_was_pushed_under_its_own_name(work: Work) -> None:
    pushed(work, "topic", "topic", work.git("rev-parse", "topic~1"))
    assert begins(work, "topic", "master") == "Begin"
    assert begins(work, "topic") == "one", "nothing else tells"


def test_a_branch_of_many_commits_is_no_older_self(work: Work) -> None:
    """As of a stable branch, whose upstream of the same name is what it is made on."""
    stream = "".join(
        f"commit refs/heads/topic\ncommitter A <a@x.example> {number} +0000\ndata 3\nno\n"
        + ("from refs/heads/topic^0\n" if number == 0 else "")
        for number in range(205)
    )
    work.git("fast-import", "--quiet", data=stream.encode())
    for back, is_line in ((3, True), (100, False)):
        pushed(work, "topic", "topic", work.git("rev-parse", f"topic~{back}"))
        wanted = f"topic~{back}" if is_line else "topic~207"
        found = fork_of(Git(work.path), "topic", lambda: ["master"])
        assert found == work.git("rev-parse", wanted)


def test_all_verbs_agree(author: Author) -> None:
    """Of a branch that was pushed under its own name once, and went on."""
    settings = (author.mkit.home / "config").read_text()
    author.mkit.configure(settings + '[mkit]\n\ttest = "quick true"\n')
    author.branch("fails")
    for number in (10, 20, 30):
        author.commit(f"line {number}", number)
    pushed(author.work, "fails", "fails", author.work.git("rev-parse", "fails~2"))
    _, *patches = author.told("fails", "--show")["mails"]
    titles = [one["subject"].rpartition("] ")[2] for one in patches]
    argv = ("test", "fails", "--repo", author.path, "--no-notes")
    tested = author.mkit.json(*argv)
    base = author.work.git("rev-parse", "origin/master")
    assert (tested["commits"], tested["base"]) == (len(titles), base) == (3, base)
    commits = ComparedRepositories([author.path], lambda path: ["refs/remotes/origin/master"])
    assert [one.title for one in commits.branch("fails") or ()] == titles
    commits.close()
