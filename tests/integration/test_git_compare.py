# SPDX-License-Identifier: GPL-2.0-or-later
"""A commit beside a patch, with the real git: in every sort of repository, none of them touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.git.comparing.beside_mail import GitCompare
from maintainer_kit.errors import RepositoryError
from maintainer_kit.workflow.landing.pair import DoesNotApply, Version
from tests.build import edit, patch
from tests.integration.driver import Mkit
from tests.integration.repositories import Work
from tests.integration.test_patch_id import git

BEFORE = "".join(f"line {n}\n" for n in range(6)) + "\tbefore();\n\tone();\n\tafter();\n"
FILE = "fs/pebble/inode.c"
MOST = 1 << 20


def mailed(diff: str, title: str = "fs: be quick", name: str = "Ada Author") -> Version:
    body = ("It is better so.", "", "Signed-off-by: Ada Author <ada@quarry.example>")
    return Version("a@made.example", title, (name, "ada@quarry.example"), 0, body, diff)


def make(path: Path, *options: str) -> tuple[Work, str]:
    """A repository, and a commit of it that does what a patch does, and a little else."""
    work = Work(path, *options)
    work.commit("Begin", **{FILE.replace(".", "__"): BEFORE})
    after = BEFORE.replace("one();", "two_and_more();")
    said = "fs: be quicker\n\nIt is better so.\n\nSigned-off-by: Ada Author <ada@quarry.example>\n"
    return work, work.commit(said, **{FILE.replace(".", "__"): after})


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)])
def test_what_range_diff_tells(tmp_path: Path, options: tuple[str, ...]) -> None:
    work, commit = make(tmp_path / 'a "quoted\\ name:', *options)
    before = work.fingerprint()
    said = GitCompare(work.path).range_diff(mailed(edit()), commit)
    assert "-    fs: be quick" in said
    assert "+    fs: be quicker" in said
    assert "-+\ttwo();" in said
    assert "++\ttwo_and_more();" in said
    assert work.fingerprint() == before


def test_nothing_where_nothing_differs(tmp_path: Path) -> None:
    work, commit = make(tmp_path / "work")
    quick = mailed(edit(new="two_and_more"), title="fs: be quicker")
    assert GitCompare(work.path).range_diff(quick, commit) == []


def test_a_bare_repository_and_a_first_commit(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    first = work.commit("fs: begin\n\nIt is better so.\n", new__c="int x;\n")
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(work.path), str(bare))
    diff = (
        "diff --git a/new.c b/new.c\nnew file mode 100644\nindex 0000000..1111111\n"
        "--- /dev/null\n+++ b/new.c\n@@ -0,0 +1 @@\n+int y;\n"
    )
    said = GitCompare(bare).range_diff(mailed(diff), first)
    assert "-+int y;" in said
    assert "++int x;" in said


def test_what_cannot_be_applied_is_told(tmp_path: Path) -> None:
    work, commit = make(tmp_path / "work")
    compare = GitCompare(work.path)
    with pytest.raises(DoesNotApply, match=r"fs/pebble/inode.c:\d+ is not as the patch expects"):
        compare.range_diff(mailed(edit(old="another")), commit)
    with pytest.raises(DoesNotApply):
        compare.range_diff(mailed(edit("fs/none.c")), commit)
    with pytest.raises(DoesNotApply):
        compare.range_diff(mailed("diff --git a/x b/x\n"), commit)
    with pytest.raises(DoesNotApply):
        compare.range_diff(mailed(edit("../../outside.c")), commit)


def test_a_patch_finds_its_place_by_the_blobs_that_it_names(tmp_path: Path) -> None:
    """Its context changed meanwhile; what it was made on is still among the objects."""
    work = Work(tmp_path / "work")
    name = FILE.replace(".", "__")
    base = work.commit("Begin", **{name: BEFORE})
    made = work.commit("fs: be quick", **{name: BEFORE.replace("one();", "two();")})
    diff = work.diff(base, made).decode()
    work.git("reset", "--quiet", "--hard", base)
    other = BEFORE.replace("line 4", "line four")
    work.commit("Other", **{name: other})
    commit = work.commit("fs: be quick", **{name: other.replace("one();", "two();")})
    said = GitCompare(work.path).range_diff(mailed(diff), commit)
    assert "++\ttwo();" not in said


def test_a_shallow_clone_has_no_parent(tmp_path: Path) -> None:
    work, commit = make(tmp_path / "work")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{work.path}", str(clone))
    compare = GitCompare(clone)
    assert compare.commit(commit, MOST).title == "fs: be quicker"
    with pytest.raises(RepositoryError):
        compare.range_diff(mailed(edit("new.c", old="x")), commit)


def test_nothing_of_a_repository_is_run(tmp_path: Path) -> None:
    """Text conversions, external diffs, hooks and filters stay where they are."""
    work, commit = make(tmp_path / "work")
    mark = tmp_path / "ran"
    script = work.write("run.sh", f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    work.write(".git/info/attributes", "*.c diff=evil filter=evil merge=evil\n")
    for key in ("diff.evil.textconv", "diff.evil.command", "diff.external", "filter.evil.clean",
                "filter.evil.smudge", "merge.evil.driver", "core.fsmonitor"):  # fmt: skip
        work.git("config", key, str(script))
    work.hook("post-index-change", f"touch {mark}")
    compare = GitCompare(work.path)
    assert "two_and_more" in compare.commit(commit, MOST).diff
    assert compare.range_diff(mailed(edit()), commit)
    assert not mark.exists()
    work.git("log", "--patch", "-1")
    assert mark.exists(), "the trap is one"


def test_hostile_names_and_words(tmp_path: Path) -> None:
    work, commit = make(tmp_path / "work")
    quick = mailed(edit(), title="\x1b[31m\nparent 0\0", name="<\n>\0 --exec=x")
    said = GitCompare(work.path).range_diff(quick, commit)
    assert any("--exec=x" in line for line in said)
    nobody = Version("a", "", ("", ""), 0, (), edit())
    assert GitCompare(work.path).range_diff(nobody, commit)


def test_a_long_diff_is_cut_at_the_end_of_a_line(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    commit = work.commit("grow", table="".join(f"row {n}\n" for n in range(100_000)))
    found = GitCompare(work.path).commit(commit, 10_000)
    assert found.left_out
    assert len(found.diff) <= 10_000
    assert found.diff.endswith("\n")
    assert not GitCompare(work.path).commit(commit, 1 << 24).left_out


def test_what_is_gone_is_said_in_a_line(tmp_path: Path) -> None:
    work, _ = make(tmp_path / "work")
    with pytest.raises(RepositoryError) as told:
        GitCompare(work.path).commit("0" * 39 + "1", MOST)
    assert "\n" not in told.value.message
    with pytest.raises(RepositoryError, match="is no git repository"):
        GitCompare(tmp_path / "none").commit("0" * 39 + "1", MOST)


def test_on_the_command_line(mkit: Mkit, tmp_path: Path) -> None:
    raw = patch("[PATCH] fs: be quick", message_id="a@made.example")
    work = Work(tmp_path / "work")
    name = FILE.replace(".", "__")
    work.commit("Begin", **{name: BEFORE})
    work.commit("fs: be quick\n\nIt is better now.\n", **{name: BEFORE.replace("one()", "two()")})
    work.git("commit", "--quiet", "--amend", "--no-edit", "--author", "Bo\x1b[31m B <bo@x.example>")
    mkit.bring(raw)
    where = ("land", "--repo", work.path, "--ref", "master")
    said = mkit.run(*where, "a@made.example", "--range-diff").stdout
    assert "    -    It is better so.\n" in said
    assert "    +    It is better now.\n" in said
    assert "\x1b" not in said
    (tmp_path / "work").rename(tmp_path / "gone")
    said = mkit.run("land", "a@made.example", "--range-diff").stdout
    assert said.count("no range-diff: the commit cannot be read: ") == 1
    assert "needs TARGETs" in mkit.run("land", "--range-diff", code=2).stderr
