# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit.listTree``: in which repository a series of a list is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.driver import CONFIG, Mkit
from tests.integration.repositories import Work
from tests.integration.test_patch_id import git

_APPLIES = ("--only", "patch-does-not-apply", "--fail-on=never")
_MAINTAINERS = """\
List of maintainers

PEBBLE
M:\tRobin Reed <robin@lumen.example>
L:\tpebblefs@lists.lumen.example
S:\tMaintained
F:\tfs/
"""


@pytest.fixture
def tree(tmp_path: Path) -> Work:
    """The tree of the list: one file, changed twice."""
    made = Work(tmp_path / "tree")
    made.write("MAINTAINERS", _MAINTAINERS)
    for text in ("one\ntwo\n", "ONE\ntwo\n", "ONE\nTWO\n"):
        made.write("fs/a.c", text)
        made.commit(f"pebble: {text[:3]} of {len(text)}\n\nBody.\n")
    return made


@pytest.fixture
def mail(tree: Work, tmp_path: Path) -> Path:
    """The last commit of the tree, as it was mailed."""
    head = "Message-ID: <one@quarry.example>\nTo: pebblefs@lists.lumen.example\n"
    exported = git(tree.path, "format-patch", "-1", "--stdout").partition(b"\n")[2]
    path = tmp_path / "one.eml"
    path.write_bytes(head.encode() + exported)
    return path


def with_tree(mkit: Mkit, place: Path, path: Path | str) -> Mkit:
    """Run in some place, with the tree of the list somewhere."""
    return mkit.configure(f"{CONFIG}\tlistTree = pebblefs {path}\n").wrapped(
        "env", "-C", str(place)
    )


def problems(mkit: Mkit, mail: Path, *args: str | Path) -> list[str]:
    found = mkit.json("check", mail, *args, *_APPLIES)["findings"]
    return [one["message"] for one in found]


def test_outside_of_a_repository_it_is_the_tree_of_the_list(
    mkit: Mkit, tree: Work, mail: Path, tmp_path: Path
) -> None:
    there = with_tree(mkit, tmp_path, tree.path)

    assert problems(there, mail, "--base", "HEAD~1") == []
    [said] = problems(there, mail, "--base", "HEAD~2")
    assert "fs/a.c:1 is not as the patch expects it" in said
    [said] = problems(there, mail)
    assert "it is there already" in said


def test_a_base_without_any_repository_is_refused(mkit: Mkit, mail: Path, tmp_path: Path) -> None:
    mail.write_bytes(mail.read_bytes().replace(b"pebblefs@lists", b"wick@lists"))
    there = with_tree(mkit, tmp_path, "tree")
    done = there.run("check", mail, "--base", "HEAD", code=1)
    assert "this is no git repository" in done.stderr
    done = there.run("check", "HEAD~1..", "--base", "HEAD", code=2)
    assert "not checked: this is no git repository" in done.stdout


def test_where_the_user_is_comes_first_if_it_has_the_files(
    mkit: Mkit, tree: Work, mail: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    git(tmp_path, "clone", "--quiet", str(tree.path), str(own))
    git(own, "checkout", "--quiet", "HEAD~1")

    assert problems(with_tree(mkit, own, tree.path), mail) == []
    assert problems(with_tree(mkit, own / "fs", tree.path), mail) == []


def test_another_project_where_the_user_is_is_not_asked(
    mkit: Mkit, tree: Work, mail: Path, tmp_path: Path
) -> None:
    other = Work(tmp_path / "other")
    other.commit("stone: begin\n", README="stone\n")
    tree.git("checkout", "--quiet", "HEAD~2")

    assert len(problems(with_tree(mkit, other.path, tree.path), mail)) == 1
    assert problems(with_tree(mkit, other.path, tree.path), mail, "--repo", other.path) == []


def test_a_tree_that_is_no_repository_is_named(mkit: Mkit, mail: Path, tmp_path: Path) -> None:
    done = with_tree(mkit, tmp_path, tmp_path / "gone").run("check", mail, code=1)
    assert f"mkit.listTree of pebblefs: {tmp_path / 'gone'} is no git repository" in done.stderr
    assert "try: git clone" in done.stderr


def test_whom_to_mail_is_told_by_the_tree(
    mkit: Mkit, tree: Work, mail: Path, tmp_path: Path
) -> None:
    mkit.bring(mail.read_bytes())
    for target in (mail, "one@quarry.example"):
        done = with_tree(mkit, tmp_path, tree.path).run("whom", "--to", target)
        assert done.stdout == "Robin Reed <robin@lumen.example>\npebblefs@lists.lumen.example\n"
    assert with_tree(mkit, tmp_path, tree.path).run("whom", "--to", "HEAD~1..", code=1).stdout == ""


def test_what_landed_in_the_tree_is_found(
    mkit: Mkit, tree: Work, mail: Path, tmp_path: Path
) -> None:
    mkit.bring(mail.read_bytes())
    there = with_tree(mkit, tmp_path, tree.path)
    commit = tree.git("rev-parse", "HEAD")

    landings = there.json("land")["landings"]
    assert [(one["message_id"], one["commit"]) for one in landings] == [
        ("one@quarry.example", commit)
    ]
    assert there.json("why", commit)["commit"] == commit


def test_the_screens_check_a_topic_there_too(
    mkit: Mkit, tree: Work, mail: Path, tmp_path: Path
) -> None:
    mkit.bring(mail.read_bytes())
    there = with_tree(mkit, tmp_path, tree.path)
    [topic] = there.json("list")["topics"]
    done = there.run("tui", "--plain", stdin=f"{topic['id']}\nC\nq\nq\n")
    assert "it is there already" in done.stdout
