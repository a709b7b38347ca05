# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of a commit, and what one branch holds."""

from __future__ import annotations

from maintainer_kit.matching.later import copies_of, reverted
from maintainer_kit.matching.matcher import match_patches
from maintainer_kit.matching.within import Within
from tests.memory.commit_index import MemoryCommitIndex
from tests.unit.matching.build import BO, body, commit, file_diff, patch, said

DIFF = file_diff(body("get", 0, 8))
MOVED = file_diff(body("get", 0, 8), context="int quarry(void)")
TITLE = "pebblefs: get inodes in one go"


def full(name: str) -> str:
    return name.ljust(40, "0")


def test_copies() -> None:
    index = MemoryCommitIndex(
        [
            commit("a1", TITLE, DIFF, hours=1),
            commit("a2", TITLE, DIFF, hours=3),
            commit("a3", TITLE, MOVED, hours=2),
            commit("a4", TITLE, DIFF, author=BO),
            commit("a5", "pebblefs: other words", MOVED),
            commit("a6", "empty", b""),
            commit("a7", "empty", b""),
        ]
    )
    found = copies_of(index, [full("a1"), full("a6"), full("b")])
    assert found == {full("a1"): (full("a3"), full("a2"))}


def test_reverted() -> None:
    index = MemoryCommitIndex(
        [
            commit("aa11111", TITLE, DIFF),
            commit("bb22222", "Revert it", b"", text="This reverts commit aa11111000."),
            commit("cc33333", TITLE, DIFF, hours=90),
        ]
    )
    assert reverted(index, [full("aa11111"), full("cc33333")]) == {full("aa11111"): full("bb22222")}


def test_a_revert_that_was_reverted() -> None:
    index = MemoryCommitIndex(
        [
            commit("aa11111", TITLE, DIFF),
            commit("bb22222", "Revert it", b"", text="This reverts commit aa11111000."),
            commit("cc33333", "Revert that", b"", text="This reverts commit bb22222000."),
        ]
    )
    assert reverted(index, [full("aa11111")]) == {}
    assert reverted(index, [full("bb22222")]) == {full("bb22222"): full("cc33333")}


def test_commits_that_lie_about_each_other() -> None:
    index = MemoryCommitIndex(
        [
            commit("aa11111", TITLE, DIFF, text="This reverts commit bb22222000."),
            commit("bb22222", TITLE, DIFF, text="This reverts commit aa11111000."),
            commit("cc33333", TITLE, DIFF, text="This reverts commit cc33333000."),
        ]
    )
    found = reverted(index, [full("aa11111"), full("bb22222"), full("cc33333")])
    assert found.keys() <= {full("aa11111"), full("bb22222"), full("cc33333")}


def test_each_branch_has_its_own_commit() -> None:
    index = MemoryCommitIndex(
        [commit("a1", TITLE, DIFF, hours=1), commit("a2", TITLE, DIFF, hours=3)]
    )
    mails = [patch("p", TITLE, DIFF)]
    assert said(match_patches(mails, index)) == [("p", "a1", "patch-id", True)]
    later = Within(index, {full("a2")}.intersection)
    assert said(match_patches(mails, later)) == [("p", "a2", "patch-id", True)]
    assert match_patches(mails, Within(index, lambda commits: ())) == []


def test_a_title_is_its_own_within_a_branch() -> None:
    edited = file_diff([*body("get", 0, 2), *body("put", 0, 9)])
    index = MemoryCommitIndex([commit("a1", TITLE, edited), commit("a2", TITLE, edited)])
    found = match_patches([patch("p", TITLE, DIFF)], Within(index, {full("a2")}.intersection))
    assert said(found) == [("p", "a2", "subject", False)]
