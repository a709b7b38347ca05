# SPDX-License-Identifier: GPL-2.0-or-later
"""A repository that borrows from another, and how commits come from it: the real git."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.publish import RefMove, checked_out, publish
from maintainer_kit.errors import Refused, RepositoryError
from tests.integration.repositories import Work

_WHO = {"GIT_AUTHOR_NAME": "Ada Author", "GIT_AUTHOR_EMAIL": "ada@quarry.example"}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path / 'a "quoted\\ name:')
    made.commit("Begin", one__c="int one;\n")
    return made


def tip(own: Borrowed, name: str) -> str:
    """A commit, by the names of the repository that is borrowed from."""
    return own.source.output("rev-parse", name).decode().strip()


def grown(own: Borrowed, base: str, tree: Path, name: str = "two.c") -> str:
    """A commit upon another, made in a work tree of the borrower."""
    own.add_tree(tree, tip(own, base))
    (tree / name).write_text("int two;\n")
    own.say("add", "--", name, tree=tree)
    said = identity("Robin <\n>Reviewer", "robin@quarry.example")
    own.say("commit", "--quiet", "-m", "fs: grow", env={**_WHO, **said}, tree=tree)
    return own.say("rev-parse", "HEAD", tree=tree)


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)])
def test_what_is_made_stays_in_our_folder(tmp_path: Path, options: tuple[str, ...]) -> None:
    work = Work(tmp_path / 'an "odd\\ name:', *options)
    base = work.commit("Begin", one__c="int one;\n")
    work.hook("post-checkout", "touch ../called")
    work.git("config", "core.autocrlf", "true")
    before = work.fingerprint()
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    new = grown(own, tip(own, "master"), tmp_path / "tree")
    assert len(new) == own.digits == len(base)
    assert own.say("show", "-s", "--format=%an, %cn <%ce>", new) == (
        "Ada Author, Robin Reviewer <robin@quarry.example>"
    )
    assert work.fingerprint() == before
    assert not (tmp_path / "called").exists()
    with pytest.raises(RepositoryError):
        Borrowed.create(Git(work.path), tmp_path / "own")


def test_it_is_there_again_after_a_crash(tmp_path: Path, work: Work) -> None:
    source = Git(work.path)
    new = grown(Borrowed.create(source, tmp_path / "own"), "master", tmp_path / "tree")
    again = Borrowed.open(source, tmp_path / "own")
    assert again.say("rev-parse", "HEAD", tree=tmp_path / "tree") == new
    again.drop_tree(tmp_path / "tree")
    assert not (tmp_path / "tree").exists()
    with pytest.raises(RepositoryError):
        again.say("rev-parse", "HEAD", tree=tmp_path / "tree")
    with pytest.raises(RepositoryError):
        Borrowed.open(source, tmp_path / "not-there")


def test_a_tree_that_tells_git_to_look_elsewhere(tmp_path: Path, work: Work) -> None:
    """A test that runs in it may write what it likes."""
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    new = grown(own, "master", tmp_path / "tree")
    (tmp_path / "tree" / ".git").write_text(f"gitdir: {work.path}/.git\n")
    assert own.say("rev-parse", "HEAD", tree=tmp_path / "tree") == new


def test_a_branch_comes_with_what_it_needs(tmp_path: Path, work: Work) -> None:
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    base = tip(own, "master")
    new = grown(own, base, tmp_path / "tree")
    publish(own, [RefMove("refs/heads/topic", new, None)], "mkit apply: a topic", [base])
    assert work.git("rev-parse", "topic") == new
    assert work.git("show", "topic:two.c") == "int two;"
    assert "mkit apply: a topic" in work.git("reflog", "show", "topic")
    assert work.git("fsck", "--full", "--strict") == ""
    assert work.git("status", "--porcelain") == ""


def test_whoever_was_killed_after_it_may_do_it_again(tmp_path: Path, work: Work) -> None:
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    base = tip(own, "master")
    new = grown(own, base, tmp_path / "tree")
    for _ in range(2):
        publish(own, [RefMove("refs/heads/topic", new, None)], "mkit apply: a topic", [base])
    work.git("branch", "-f", "topic", base)
    for _ in range(2):
        publish(own, [RefMove("refs/heads/topic", new, base)], "mkit apply: a topic", [base])
    assert work.git("rev-parse", "topic") == new
    assert work.git("reflog", "show", "topic").count("mkit apply") == 2
    publish(own, [RefMove("refs/heads/x", new, None), RefMove("refs/heads/topic", new, base)], "x")
    assert work.git("rev-parse", "x") == new


def test_many_objects_come_as_one_pack(tmp_path: Path, work: Work) -> None:
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    base = tip(own, "master")
    tree = tmp_path / "tree"
    new = grown(own, base, tree)
    for number in range(60):
        (tree / f"{number}.c").write_text(f"int n{number};\n")
    own.say("add", "--all", tree=tree)
    own.say("commit", "--quiet", "-m", "fs: more", env={**_WHO, **identity("R", "r@x")}, tree=tree)
    (tree / "deep" / "er").mkdir(parents=True)
    for number in range(60):
        (tree / "deep" / "er" / f"{number}.c").write_text(f"int deep{number};\n")
    own.say("add", "--all", tree=tree)
    own.say("commit", "--quiet", "-m", "fs: deep", env={**_WHO, **identity("R", "r@x")}, tree=tree)
    new = own.say("rev-parse", "HEAD", tree=tree)
    loose = len(list((work.path / ".git" / "objects").glob("??/*")))
    publish(own, [RefMove("refs/heads/topic", new, None)], "mkit apply", [base])
    assert work.git("rev-parse", "topic") == new
    assert len(list((work.path / ".git" / "objects").glob("??/*"))) == loose
    assert len(list((work.path / ".git" / "objects" / "pack").glob("*.pack"))) == 1
    assert work.git("fsck", "--full", "--strict") == ""


def test_all_refs_or_none(tmp_path: Path, work: Work) -> None:
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    base = tip(own, "master")
    new = grown(own, base, tmp_path / "tree")
    work.git("branch", "moved", "master")
    work.git("branch", "still", "master")
    moves = [RefMove("refs/heads/still", new, base), RefMove("refs/heads/moved", new, new)]
    with pytest.raises(Refused, match="no branch was moved"):
        publish(own, moves, "mkit apply")
    with pytest.raises(Refused, match="no branch was moved"):
        publish(own, [RefMove("refs/heads/still", new, None)], "mkit apply")
    assert work.git("rev-parse", "still", "moved").split() == [base, base]


@pytest.mark.parametrize("name", ["refs/heads/-x", "refs/heads/a..b", "refs/heads/a b", "HEAD"])
def test_no_name_of_a_branch(tmp_path: Path, work: Work, name: str) -> None:
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    before = work.git("for-each-ref")
    new = grown(own, "master", tmp_path / "tree")
    with pytest.raises((Refused, RepositoryError)):
        publish(own, [RefMove(name, new, None)], "mkit apply")
    assert work.git("for-each-ref") == before


def test_a_branch_at_which_somebody_works(tmp_path: Path, work: Work) -> None:
    base = work.git("rev-parse", "master")
    work.git("worktree", "add", "--quiet", "-b", "linked", str(tmp_path / "linked"))
    work.git("switch", "--quiet", "-c", "under-way")
    work.commit("Theirs", one__c="int theirs;\n")
    work.git("switch", "--quiet", "-c", "rebased", "master")
    work.commit("Ours", one__c="int ours;\n")
    with pytest.raises(AssertionError):
        work.git("rebase", "under-way")
    held = checked_out(Git(work.path))
    assert held == {
        "refs/heads/rebased": str(work.path),
        "refs/heads/linked": str(tmp_path / "linked"),
    }
    own = Borrowed.create(Git(work.path), tmp_path / "own")
    new = grown(own, base, tmp_path / "tree")
    for name in ("linked", "rebased"):
        with pytest.raises(Refused, match=f"{name} is checked out in"):
            publish(own, [RefMove(f"refs/heads/{name}", new, base)], "mkit apply")


def test_a_shallow_clone(tmp_path: Path, work: Work) -> None:
    work.commit("More", one__c="int more;\n")
    work.git("clone", "--quiet", "--depth=1", f"file://{work.path}", str(tmp_path / "shallow"))
    source = Git(tmp_path / "shallow")
    own = Borrowed.create(source, tmp_path / "own")
    base = tip(own, "HEAD")
    new = grown(own, base, tmp_path / "tree")
    publish(own, [RefMove("refs/heads/topic", new, None)], "mkit apply", [base])
    assert source.output("rev-list", "--count", "topic") == b"2\n"
