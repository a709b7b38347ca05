# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit hooks install|remove|status``: ours come and go, somebody else's stay."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.integration.driver import ROOT, Mkit
from tests.integration.hooked import BAD, GOOD, Hooked

NAMES = ("commit-msg", "pre-push", "prepare-commit-msg", "sendemail-validate")


@pytest.fixture
def work(mkit: Mkit) -> Hooked:
    return Hooked(mkit)


def states(work: Hooked, *argv: str | Path) -> dict[str, str]:
    """What status says of each hook."""
    lines = work.hooks_verb("status", *argv).stdout.splitlines()
    return dict(line.split(maxsplit=1) for line in lines)


def ours(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if not one.name.endswith(".sample")}


def test_install_and_remove_are_idempotent_and_leave_nothing(work: Hooked) -> None:
    before = ours(work.hooks)
    first = work.hooks_verb("install").stdout
    assert states(work) == dict.fromkeys(NAMES, "installed")
    assert ours(work.hooks) == {*before, *NAMES}
    for name in NAMES:
        assert (work.hooks / name).read_bytes() == (ROOT / "hooks" / name).read_bytes()
        assert os.access(work.hooks / name, os.X_OK)
    inodes = [(work.hooks / name).stat().st_ino for name in NAMES]
    assert work.hooks_verb("install").stdout == first
    assert [(work.hooks / name).stat().st_ino for name in NAMES] == inodes
    work.hooks_verb("remove")
    assert ours(work.hooks) == before
    work.hooks_verb("remove")
    assert states(work) == dict.fromkeys(NAMES, "absent")


def test_one_hook_by_name_and_no_unknown_one(work: Hooked) -> None:
    work.hooks_verb("install", "commit-msg")
    assert ours(work.hooks) == {"commit-msg"}
    refused = work.hooks_verb("install", "post-commit", code=1)
    assert "mkit has no hook post-commit" in refused.stderr


def test_the_umask_counts(work: Hooked) -> None:
    work.end_of("sh", "-c", "umask 077 && mkit hooks install commit-msg")
    assert stat.S_IMODE((work.hooks / "commit-msg").stat().st_mode) == 0o700


def test_a_hook_that_was_there_is_kept_runs_first_and_comes_back(work: Hooked) -> None:
    there = work.foreign("commit-msg", 'echo "before $# $(cat "$1" | head -1)" >&2')
    there.chmod(0o711)
    content, inode = there.read_bytes(), there.stat().st_ino
    assert states(work)["commit-msg"] == "somebody else's"
    work.hooks_verb("install")
    assert states(work)["commit-msg"] == "installed, after commit-msg.before-mkit"
    done = work.commit(GOOD)
    assert (done.code, done.stderr) == (0, "before 1 pebble: report I/O errors\n")
    refused = work.commit(BAD)
    assert refused.code == 1
    assert refused.stderr.startswith("before 1 ")
    assert "[body-diff]" in refused.stderr
    work.hooks_verb("remove")
    assert there.read_bytes() == content
    assert (there.stat().st_ino, stat.S_IMODE(there.stat().st_mode)) == (inode, 0o711)
    assert ours(work.hooks) == {"commit-msg"}


def test_the_failure_of_the_hook_before_stands_also_while_ours_is_off(work: Hooked) -> None:
    work.foreign("commit-msg", "echo no >&2; exit 7")
    work.hooks_verb("install")
    assert (work.commit(GOOD).code, len(work.titles())) == (1, 1)
    assert work.commit(GOOD, force=True).code == 1
    assert len(work.titles()) == 1


def test_a_hook_that_could_not_run_is_kept_as_it_was(work: Hooked) -> None:
    there = work.foreign("commit-msg", "exit 1")
    there.chmod(0o644)
    work.hooks_verb("install")
    assert work.commit(GOOD).code == 0
    work.hooks_verb("remove")
    assert stat.S_IMODE(there.stat().st_mode) == 0o644


def test_a_link_is_kept_as_a_link(work: Hooked) -> None:
    script = work.path / "check.sh"
    script.write_text("#!/bin/sh\necho linked >&2\n")
    script.chmod(0o755)
    (work.hooks / "commit-msg").symlink_to("../../check.sh")
    work.hooks_verb("install", "commit-msg")
    assert "linked" in work.commit(GOOD).stderr
    assert "commit-msg" not in script.read_text()
    work.hooks_verb("remove")
    assert os.readlink(work.hooks / "commit-msg") == "../../check.sh"


def test_nothing_of_others_is_overwritten(work: Hooked) -> None:
    work.foreign("commit-msg", "exit 0")
    kept = work.foreign("commit-msg.before-mkit", "exit 3")
    refused = work.hooks_verb("install", "commit-msg", code=1)
    assert "somebody else's" in refused.stderr
    assert "try: " in refused.stderr
    assert "exit 3" in kept.read_text()
    assert "exit 0" in (work.hooks / "commit-msg").read_text()
    (work.hooks / "pre-push").mkdir()
    assert "is a directory" in work.hooks_verb("install", "pre-push", code=1).stderr
    work.hooks_verb("remove")
    assert (work.hooks / "pre-push").is_dir()
    assert "exit 0" in (work.hooks / "commit-msg").read_text()


def test_an_older_hook_of_ours_is_renewed(work: Hooked) -> None:
    work.hooks_verb("install", "commit-msg")
    there = work.hooks / "commit-msg"
    there.write_text("\n".join(there.read_text().splitlines()[:3]) + "\nexit 0\n")
    assert states(work, "commit-msg")["commit-msg"].startswith("outdated")
    work.hooks_verb("install", "commit-msg")
    assert states(work, "commit-msg")["commit-msg"] == "installed"
    there.chmod(0o644)
    assert states(work, "commit-msg")["commit-msg"].startswith("outdated")


def test_hooks_of_a_linked_work_tree_are_those_of_the_repository(work: Hooked) -> None:
    linked = work.base / "linked"
    work.git("worktree", "add", "--quiet", linked, "-b", "other")
    assert work.end_of("mkit", "hooks", "install", at=linked).code == 0
    assert {*NAMES} <= ours(work.hooks)
    (linked / "dir.c").write_text("changed\n")
    argv = ("git", "commit", "--all", "--quiet", "--file=-")
    assert work.end_of(*argv, data=BAD, at=linked).code == 1
    assert work.end_of(*argv, data=GOOD, at=linked).code == 0


def test_a_folder_that_is_configured_is_pointed_out(work: Hooked) -> None:
    work.git("config", "core.hooksPath", ".husky/_")
    below = work.path / "deep" / "down"
    below.mkdir(parents=True)
    done = work.end_of("mkit", "hooks", "install", "commit-msg", at=below)
    assert done.code == 0
    assert "inside the work tree" in done.stderr
    assert ours(work.path / ".husky/_") == {"commit-msg"}
    assert not (below / ".husky").exists()
    assert work.commit(BAD).code == 1
    shared = work.base / "shared hooks"
    work.git("config", "core.hooksPath", shared)
    done = work.end_of("mkit", "hooks", "status", "--repo", work.path, at=work.base)
    assert "every repository that names it" in done.stderr
    assert "absent" in done.stdout
    assert not shared.exists()


def test_a_bare_repository_has_hooks_too(work: Hooked) -> None:
    bare = work.base / "bare.git"
    work.git("init", "--quiet", "--bare", bare)
    work.hooks_verb("install", "--repo", bare, "pre-push")
    assert "pre-push" in ours(bare / "hooks")


def test_outside_of_a_repository_it_says_so(work: Hooked) -> None:
    done = work.end_of("mkit", "hooks", "install", at=work.base)
    assert (done.code, done.stdout) == (1, "")
    assert "is no git repository" in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_mkit_blocks_nothing_and_is_said(work: Hooked, name: str) -> None:
    work.hooks_verb("install")
    done = work.end_of(work.hooks / name, "file", PATH="/usr/bin:/bin")
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr == f"mkit is not on PATH: the hook {name} checks nothing\n"


def test_install_says_when_the_hooks_would_find_no_mkit(work: Hooked) -> None:
    program = next(Path(one) for one in work.mkit.env["PATH"].split(":") if "programs" in one)
    done = work.end_of(program / "mkit", "hooks", "status", PATH="/usr/bin:/bin")
    assert "mkit is not on PATH" in done.stderr
