# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that were changed on the way, their older revisions, and traps."""

from __future__ import annotations

import time

from maintainer_kit.matching.prints import CommitPrint
from tests.unit.matching.build import BO, body, commit, file_diff, matched, patch, said

TITLE = "pebblefs: get inodes in one go"
OTHER = "pebblefs: never look back"
LANDED = file_diff(body("get", 0, 10))
EDITED = file_diff([*body("get", 0, 9), *body("put", 0, 1)])
HEAVY = file_diff([*body("get", 0, 4), *body("put", 0, 5)])
APART = file_diff(body("put", 0, 9))


def others(count: int = 30) -> list[CommitPrint]:
    """Commits about other things, as rarity needs some to count against."""
    return [
        commit(f"9{number:03x}", f"lib: thing number {number}", file_diff(body(f"n{number}", 0, 4)))
        for number in range(count)
    ]


def test_an_edit_under_its_title() -> None:
    found = matched([patch("p", TITLE, EDITED)], [commit("c", TITLE, LANDED), *others()])
    assert said(found) == [("p", "c", "subject", True)]
    assert "the same title" in found[0].why


def test_an_edit_under_another_title() -> None:
    found = matched([patch("p", TITLE, EDITED)], [commit("c", OTHER, LANDED), *others()])
    assert said(found) == [("p", "c", "similar", True)]


def test_a_heavy_edit_is_a_question() -> None:
    titled = matched([patch("p", TITLE, APART)], [commit("c", TITLE, LANDED), *others()])
    assert said(titled) == [("p", "c", "subject", False)]
    half = file_diff([*body("get", 0, 7), *body("put", 0, 4)])
    found = matched([patch("p", TITLE, half)], [commit("c", OTHER, LANDED), *others()])
    assert said(found) == [("p", "c", "similar", False)]


def test_an_edit_by_another_author_is_never_proof() -> None:
    landed = commit("c", OTHER, LANDED, author=BO)
    found = matched([patch("p", TITLE, EDITED)], [landed, *others()])
    assert said(found) == [("p", "c", "other-author", False)]


def test_a_title_that_several_commits_have_proves_nothing() -> None:
    commits = [commit("a", TITLE, LANDED), commit("b", TITLE, file_diff(body("set", 0, 9)))]
    assert matched([patch("p", TITLE, APART)], [*commits, *others()]) == []


def test_a_generic_title_proves_nothing() -> None:
    commits = [commit("a", "fix typo", LANDED), *others()]
    assert matched([patch("p", "fix typo", APART)], commits) == []


def test_a_title_in_another_file_proves_nothing() -> None:
    landed = file_diff(body("put", 0, 9), path="lib/other.c")
    assert matched([patch("p", TITLE, APART)], [commit("c", TITLE, landed), *others()]) == []


def test_a_commit_from_before_the_mail_is_no_edit_of_it() -> None:
    old = commit("c", TITLE, LANDED, hours=-100)
    assert matched([patch("p", TITLE, EDITED)], [old, *others()]) == []


def test_a_title_says_nothing_years_later() -> None:
    late = commit("c", TITLE, LANDED, hours=24 * 800)
    assert matched([patch("p", TITLE, APART)], [late, *others()]) == []


def test_one_line_in_common_is_chance() -> None:
    mailed = file_diff(["\tpebble_new(inode, 1);"], ["\tpebble_old(inode, 1);"])
    landed = file_diff(["\tpebble_own(inode, 2);"], ["\tpebble_old(inode, 1);"])
    found = matched([patch("p", TITLE, mailed)], [commit("c", OTHER, landed), *others()])
    assert not any(one.is_sure for one in found)


def test_an_older_revision_of_what_landed_unchanged() -> None:
    patches = [patch("v1", TITLE, EDITED), patch("v2", TITLE, LANDED, hours=5)]
    found = matched(patches, [commit("c", TITLE, LANDED), *others()])
    assert said(found) == [("v2", "c", "patch-id", True)]


def test_of_two_edited_revisions_the_better_one_is_claimed() -> None:
    patches = [patch("v1", TITLE, HEAVY), patch("v2", TITLE, EDITED, hours=5)]
    found = matched(patches, [commit("c", TITLE, LANDED), *others()])
    assert said(found) == [("v2", "c", "subject", True)]
    patches = [patch("v1", TITLE, EDITED), patch("v2", TITLE, HEAVY, hours=5)]
    found = matched(patches, [commit("c", TITLE, LANDED), *others()])
    assert said(found) == [("v1", "c", "subject", True)]


def test_of_two_that_fit_equally_well_the_newer_one_is_claimed() -> None:
    alike = file_diff([*body("get", 0, 9), *body("set", 0, 1)])
    patches = [patch("v1", TITLE, alike), patch("v2", TITLE, EDITED, hours=5)]
    found = matched(patches, [commit("c", TITLE, LANDED), *others()])
    assert said(found) == [("v2", "c", "subject", True)]


def test_a_repost_of_what_landed_edited_is_a_question() -> None:
    patches = [patch("v1", TITLE, EDITED), patch("v2", TITLE, EDITED, hours=5)]
    found = matched(patches, [commit("c", TITLE, LANDED), *others()])
    assert said(found) == [("v1", "c", "subject", False), ("v2", "c", "subject", True)]


def test_what_was_mailed_after_the_commit_is_a_question() -> None:
    patches = [patch("v1", TITLE, HEAVY), patch("v2", TITLE, EDITED, hours=40)]
    found = matched(patches, [commit("c", TITLE, LANDED), *others()])
    assert said(found) == [("v1", "c", "subject", False), ("v2", "c", "subject", False)]
    alone = matched(patches[1:], [commit("c", TITLE, LANDED), *others()])
    assert said(alone) == [("v2", "c", "subject", False)]


def test_what_never_landed() -> None:
    commits = [commit("c", TITLE, LANDED), *others()]
    assert matched([patch("p", OTHER, APART)], commits) == []


def test_landed_in_part() -> None:
    landed = file_diff(body("get", 0, 6))
    found = matched([patch("p", TITLE, LANDED)], [commit("c", TITLE, landed), *others()])
    assert said(found) == [("p", "c", "subject", True)]
    assert "landed in part" in found[0].why


def test_floods_of_a_licence_header() -> None:
    """Ten thousand files get the same lines; a patch for one more is none of these."""
    header = ["// SPDX-License-Identifier: GPL-2.0-only", "/* Copyright Ada Author */"]
    flood = [
        commit(f"{number:x}e", f"header of {number}", file_diff(header, path=f"lib/{number}.c"))
        for number in range(2000)
    ]
    start = time.perf_counter()
    patches = [
        patch(f"p{number}", f"lib: header for file {number}", file_diff(header, path="lib/new.c"))
        for number in range(2000)
    ]
    assert matched(patches, flood) == []
    assert time.perf_counter() - start < 20


def test_a_line_that_many_commits_change_says_nothing() -> None:
    common = ["\tpebble_version = PEBBLE_NEXT;", "\tpebble_date = PEBBLE_TODAY;"]
    commits = [
        commit(f"{number:x}e", f"release {number}", file_diff([*common, *body(f"r{number}", 0, 2)]))
        for number in range(300)
    ]
    found = matched([patch("p", TITLE, file_diff([*common, *body("mine", 0, 1)]))], commits)
    assert not any(one.is_sure for one in found)
