# SPDX-License-Identifier: GPL-2.0-or-later
"""MAINTAINERS of work trees and bare repositories, as rules of delegation ask about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.maintainers_files import Folders, MaintainersFile
from maintainer_kit.config import Settings
from maintainer_kit.wiring.maintainers_known import known_maintainers, read_sections
from tests.conftest import require_tool
from tests.integration.test_patch_id import git

TEXT = "PEBBLE\nM:\tJane <jane@x.example>\nS:\tMaintained\nF:\tfs/pebble\n\nREST\nF:\t*/\n"
RULE = ("me section=pebble",)


@pytest.fixture(autouse=True)
def _needs_git() -> None:
    require_tool("git")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    made = tmp_path / "tree"
    (made / "fs" / "pebble").mkdir(parents=True)
    (made / "MAINTAINERS").write_text(TEXT, encoding="utf-8")
    (made / "fs" / "pebble" / "inode.c").write_text("x\n", encoding="utf-8")
    git(made, "init", "--quiet")
    git(made, "add", ".")
    git(made, "-c", "user.name=A", "-c", "user.email=a@x.example", "commit", "--quiet", "-m", "x")
    return made


def settings(*repositories: Path, rules: tuple[str, ...] = RULE) -> Settings:
    return Settings(repository=tuple(map(str, repositories)), delegate=rules)


def test_a_work_tree_and_its_bare_clone_say_the_same(tree: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(tree), str(bare))
    for place in (tree, bare):
        sections, mark = read_sections(settings(place))
        assert sections is not None
        assert mark
        assert sections("fs/pebble/inode.c") == {"pebble", "rest"}
        assert sections("fs/other.c") == {"rest"}
        # A name that only begins alike: where the folders are known, it is another's.
        assert ("pebble" in sections("fs/pebbles.c")) is (place == bare)


def test_the_mark_changes_with_the_text_only(tree: Path) -> None:
    _, before = read_sections(settings(tree))
    (tree / "fs" / "pebble" / "inode.c").write_text("y\n", encoding="utf-8")
    (tree / "MAINTAINERS").touch()
    assert read_sections(settings(tree))[1] == before
    (tree / "MAINTAINERS").write_text(TEXT + "F:\tmm/\n", encoding="utf-8")
    sections, mark = read_sections(settings(tree))
    assert mark != before
    assert sections is not None
    assert sections("mm/slab.c") == {"rest"}


def test_it_is_read_only_where_a_rule_asks(tree: Path) -> None:
    assert read_sections(settings(tree, rules=("me path=section",))) == (None, "")
    assert read_sections(settings(tree, rules=())) == (None, "")
    sections, _ = read_sections(settings(tree, rules=("me any-section=rest",)))
    assert sections is not None


def test_several_repositories_are_asked_and_those_without_passed_over(
    tree: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / ".git").mkdir(parents=True)
    (other / "MAINTAINERS").write_text("WICK\nM:\tBo <bo@x.example>\nF:\tfs/\n", encoding="utf-8")
    (empty := tmp_path / "empty").mkdir()
    plain = tmp_path / "plain"
    git(tmp_path, "init", "--quiet", "--bare", str(plain))
    wanted = settings(tree, empty, plain, tmp_path / "none", other)
    sections, _ = read_sections(wanted)
    assert sections is not None
    assert sections("fs/pebble/inode.c") == {"pebble", "rest", "wick"}
    assert len(known_maintainers(wanted)) == 2
    assert MaintainersFile(empty).read() is None
    assert MaintainersFile(plain).read() is None


def test_folders_are_looked_for_inside_only(tree: Path) -> None:
    folders = Folders(tree)
    assert "fs/pebble" in folders
    for path in ("fs/pebble/inode.c", "../tree/fs", str(tree / "fs"), "fs/\0", 7, "x" * 5000):
        assert path not in folders
