# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that do not apply as they are: each way of the ladder, and a person at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maintainer_kit.workflow.applying.ways import Way
from tests.cli import schemas
from tests.integration.applied import Field, text
from tests.integration.driver import Mkit


@pytest.fixture
def place(mkit: Mkit, tmp_path: Path) -> Field:
    return Field(mkit, tmp_path)


def only_way(place: Field, topic: str, branch: str = "fixes", onto: str = "master") -> Way:
    said = place.applied(topic, "--to", branch, "--onto", onto)
    (one,) = said["applied"]
    return Way(one["way"])


def test_a_three_way_merge(place: Field) -> None:
    """The line beside the change is another now."""
    place.author.commit("a: change", a__c=text(n9="x();"))
    topic = place.post(f"{place.begin}..master")
    place.work.commit("a: meanwhile", a__c=text(n6="other();"))
    assert only_way(place, topic) is Way.THREE_WAY
    assert place.show("fixes:a.c") == text(n9="x();", n6="other();").strip()


def test_a_file_that_was_renamed_meanwhile(place: Field) -> None:
    """git am -3 knows only the files of the patch, and would take b.c for the one that moved."""
    place.author.commit("a: change", a__c=text(n9="x();"))
    topic = place.post(f"{place.begin}..master")
    place.work.git("mv", "a.c", "moved.c")
    place.work.commit("a: move")
    assert only_way(place, topic) is Way.OTHER_BASE
    assert place.show("fixes:b.c") == text().strip()
    assert place.show("fixes:moved.c") == text(n9="x();").strip()


def test_the_patches_before_it_make_its_blobs(place: Field) -> None:
    """Of a series only the last is wanted: what it starts from was never anywhere but in mail."""
    place.author.commit("a: first", a__c=text(n3="one();"))
    place.author.commit("a: second", a__c=text(n3="one();", n6="two();"))
    topic = place.post(f"{place.begin}..master")
    said = place.applied(topic, "--to", "fixes", "--subset", "2", "--onto", "master")
    assert [one["way"] for one in said["applied"]] == ["other-base"]
    assert place.show("fixes:a.c") == text(n6="two();").strip()


def strange(place: Field, **changed: str) -> str:
    """A patch upon a tree of the author's that never was here: no blob of it, and no base."""
    place.author.commit("a: own", a__c=text(n25="own();"))
    base = place.author.git("rev-parse", "master")
    place.author.commit("a: change", a__c=text(n25="own();", **changed))
    return place.post(f"{base}..master")


def test_with_other_lines_around(place: Field) -> None:
    topic = strange(place, n9="x();")
    place.work.commit("a: meanwhile", a__c=text(n6="other();"))
    done = place.apply(topic, "--to", "fixes", "--onto", "master")
    assert "lines around it are others: look at it" in done.stdout
    assert place.show("fixes:a.c") == text(n6="other();", n9="x();").strip()
    assert "changed  a: change  (context)" in place.step("--range-diff").stdout


def test_gnu_patch(place: Field, needs_tool: Callable[[str], str]) -> None:
    """Half of its hunk is there already."""
    needs_tool("patch")
    topic = strange(place, n9="x();", n12="y();")
    place.work.commit("a: half of it", a__c=text(n9="x();"))
    assert only_way(place, topic) is Way.MERGE
    assert place.show("fixes:a.c") == text(n9="x();", n12="y();").strip()


def test_wiggle(place: Field, needs_tool: Callable[[str], str]) -> None:
    """Both change words of one line, each another."""
    needs_tool("wiggle")
    topic = strange(place, n9="\tstep_9(flags);")
    place.work.commit("a: meanwhile", a__c=text(n9="\tret = step_9();"))
    assert only_way(place, topic) is Way.WIGGLE
    assert place.show("fixes:a.c") == text(n9="\tret = step_9(flags);").strip()
    assert place.work.git("diff", "--name-only", "master", "fixes") == "a.c"


def test_other_programs_and_files_that_come_go_move_and_run(
    place: Field, needs_tool: Callable[[str], str]
) -> None:
    """git does that in the index; a merge in a file that was renamed goes on in the new one."""
    needs_tool("wiggle")
    author = place.author
    author.commit("a: own", a__c=text(n25="own();"), b__c=text(n25="own();"), z__c="z\n")
    base = author.git("rev-parse", "master")
    for name in ("a.c", "b.c"):
        (author.path / name).write_text(text(n25="own();", n9="\tstep_9(flags);"))
    author.git("mv", "b.c", "moved.c")
    author.git("rm", "--quiet", "old.c")
    (author.path / "a.c").chmod(0o755)
    author.git("add", "--all")
    author.commit("all: change", n__c="new\n")
    topic = place.post(f"{base}..master", "-M")
    there = text(n9="\tret = step_9();")
    place.work.commit("all: meanwhile", a__c=there, b__c=there)
    assert only_way(place, topic) is Way.WIGGLE
    merged = text(n9="\tret = step_9(flags);").strip()
    assert place.show("fixes:a.c") == place.show("fixes:moved.c") == merged
    listed = place.work.git("ls-tree", "--format=%(objectmode) %(path)", "fixes").splitlines()
    assert listed == ["100755 a.c", "100644 moved.c", "100644 n.c"]


def test_what_is_there_already_makes_no_commit(place: Field) -> None:
    place.author.commit("a: change", a__c=text(n9="x();"))
    place.author.commit("b: change", b__c=text(n9="x();"))
    topic = place.post(f"{place.begin}..master")
    place.work.commit("a: the same", a__c=text(n9="x();"))
    said = place.applied(topic, "--to", "fixes", "--onto", "master")
    schemas.check(said, "apply")
    assert [one["way"] for one in said["left_out"]] == ["already-there"]
    assert [one["way"] for one in said["applied"]] == ["plain"]
    alone = place.applied(topic, "--to", "none", "--onto", "master", "--subset", "1")
    assert alone["applied"] == [] and alone["new"] == alone["base"]
    assert "none" not in place.work.git("branch", "--list", "none")


def conflicted(place: Field, branch: str = "fixes") -> str:
    """Three patches, of which the second meets another change of its line; stopped at it."""
    place.author.commit("b: first", b__c=text(n2="x();"))
    place.author.commit("a: second\n\nWhy.", a__c=text(n9="mine();"))
    place.author.commit("b: third", b__c=text(n2="x();", n20="y();"))
    topic = place.post(f"{place.begin}..master")
    place.work.commit("a: meanwhile", a__c=text(n9="theirs();"))
    stop(place, topic, branch)
    return topic


def stop(place: Field, topic: str, branch: str) -> None:
    said = place.applied(topic, "--to", branch, "--onto", "master", code=1)
    schemas.check(said, "apply")
    assert said["new"] is None and len(said["applied"]) == 1
    assert said["stopped"]["paths"] == ["a.c"]
    assert place.work.git("branch", "--list", branch) == ""


def tree(place: Field) -> Path:
    (found,) = place.mkit.json("apply", "--status")["under_way"]
    return Path(found["stopped"]["tree"])


def test_a_conflict_is_solved_by_hand_and_known_the_next_time(place: Field) -> None:
    topic = conflicted(place)
    assert "still marked" in place.step("--continue", code=1).stderr
    assert "already" in place.apply(topic, "--to", "fixes", code=1).stderr
    (tree(place) / "a.c").write_text(text(n9="both();"))
    said = place.step("--continue").stdout
    assert "conflict solved by hand" in said
    assert place.show("fixes:a.c") == text(n9="both();").strip()
    assert place.show("fixes:b.c") == text(n2="x();", n20="y();").strip()
    author = place.work.git("show", "-s", "--format=%an|%B", "fixes~1")
    assert author == "Ada Author|a: second\n\nWhy."
    changed = place.step("--range-diff").stdout
    assert "both();" in changed and "mine();" in changed
    assert place.leftovers() == []
    again = place.applied(topic, "--to", "again", "--onto", "master")
    assert [one["way"] for one in again["applied"]] == ["plain", "rerere", "plain"]
    assert place.our_trees("master..again") == place.our_trees("master..fixes")


def test_a_patch_is_left_out(place: Field) -> None:
    conflicted(place)
    place.step("--skip")
    titles = place.work.git("log", "--format=%s", "master..fixes").splitlines()
    assert titles == ["b: third", "b: first"]


def test_it_is_given_up(place: Field) -> None:
    conflicted(place)
    before = place.work.fingerprint()
    place.step("--abort")
    assert place.work.fingerprint() == before
    assert place.leftovers() == []
    assert "no patches are being applied" in place.step("--continue", code=1).stderr
    assert place.step("--status").stdout == "no patches are being applied\n"


def with_editor(place: Field, script: str) -> None:
    """An editor that is a script over its files."""
    path = place.base / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    place.mkit = place.mkit.having(GIT_EDITOR=str(path))


def test_the_patch_is_edited_and_its_counts_are_mended(place: Field) -> None:
    conflicted(place)
    script = r"s/^-.*step_9();$/-theirs();/;s/^+mine();$/+mine();\n+more();/"
    with_editor(place, f'sed -i "{script}" "$1"')
    place.step("--edit-patch")
    assert place.show("fixes:a.c") == text(n9="mine();\nmore();").strip()


def test_an_edited_patch_that_does_not_apply_leaves_all_as_it_was(place: Field) -> None:
    conflicted(place)
    with_editor(place, 'sed -i "s/^ .*step_8.*/ nowhere/" "$1"')
    assert "not as the patch expects it" in place.step("--edit-patch", code=1).stderr
    with_editor(place, ': > "$1"')
    assert "nothing is left" in place.step("--edit-patch", code=1).stderr
    assert "<<<<<<<" in (tree(place) / "a.c").read_text()


def test_the_files_are_edited(place: Field) -> None:
    conflicted(place)
    with_editor(place, r'sed -i -e "/^<<<<<<</,/^=======/d" -e "/^>>>>>>>/d" "$1"')
    place.step("--edit-tree")
    assert place.show("fixes:a.c") == text(n9="mine();").strip()


def test_a_shell_in_the_tree(place: Field) -> None:
    conflicted(place)
    shell = place.base / "shell"
    shell.write_text("#!/bin/sh\ngit checkout --quiet --theirs a.c && git add a.c\n")
    shell.chmod(0o755)
    place.mkit = place.mkit.having(SHELL=str(shell))
    place.step("--shell")
    assert place.show("fixes:a.c") == text(n9="mine();").strip()


def test_rejects_lie_beside_their_files(place: Field) -> None:
    """No blob, no base, no place that resembles it."""
    lines = "".join(f"other {number}\n" for number in range(20))
    place.author.commit("a: own", a__c=lines)
    base = place.author.git("rev-parse", "master")
    place.author.commit("a: change", a__c=lines.replace("other 9\n", "better\n"), n__c="new\n")
    topic = place.post(f"{base}..master")
    said = place.applied(topic, "--to", "fixes", "--onto", "master", code=1)
    assert said["stopped"]["paths"] == ["a.c.rej"]
    lies = Path(said["stopped"]["tree"])
    assert "+better" in (lies / "a.c.rej").read_text()
    assert "take over what it holds" in place.step("--continue", code=1).stderr
    (lies / "a.c.rej").unlink()
    (lies / "a.c").write_text(text(n9="better();"))
    place.step("--continue")
    assert place.show("fixes:a.c") == text(n9="better();").strip()
    assert place.show("fixes:n.c") == "new"
    assert place.work.git("ls-tree", "--name-only", "fixes").split() == [
        "a.c",
        "b.c",
        "n.c",
        "old.c",
    ]


def test_two_at_once(place: Field) -> None:
    topic = conflicted(place, "one")
    stop(place, topic, "two")
    assert "name one: --to BRANCH" in place.step("--abort", code=1).stderr
    place.mkit.run("apply", "--abort", "--to", "one")
    (left,) = place.mkit.json("apply", "--status")["under_way"]
    assert left["branch"] == "two"


def test_the_branch_was_moved_meanwhile(place: Field) -> None:
    """What was mended is not lost: it can be given another try, or up."""
    conflicted(place)
    (tree(place) / "a.c").write_text(text(n9="both();"))
    place.work.git("branch", "fixes", "master")
    assert "no branch was moved" in place.step("--continue", code=1).stderr
    place.work.git("branch", "-D", "fixes")
    place.step("--continue")
    assert place.show("fixes:a.c") == text(n9="both();").strip()
