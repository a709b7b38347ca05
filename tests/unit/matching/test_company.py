# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches by the company they keep: assigned, squashed, split."""

from __future__ import annotations

from maintainer_kit.matching.prints import PatchPrint
from tests.unit.matching.build import BO, body, commit, file_diff, matched, patch, said
from tests.unit.matching.test_similar import others

FIRST, LAST = file_diff(body("first", 0, 8)), file_diff(body("last", 0, 8))


def three(second: PatchPrint) -> list[PatchPrint]:
    """A posting of which the first and the last landed as they are."""
    return [
        patch("p1", "pebblefs: take the first step", FIRST, series="s", number=1),
        second,
        patch("p3", "pebblefs: take the last step", LAST, series="s", number=3),
    ]


LANDED = [
    commit("a1", "pebblefs: take the first step", FIRST),
    commit("a3", "pebblefs: take the last step", LAST),
]


def test_what_is_left_of_a_posting() -> None:
    mailed = file_diff([*body("mid", 0, 3), *body("gone", 0, 8)])
    landed = file_diff([*body("mid", 0, 3), *body("come", 0, 8)])
    second = patch("p2", "pebblefs: walk in between", mailed, series="s", number=2)
    commits = [*LANDED, commit("a2", "pebblefs: stroll instead", landed), *others()]
    assert said(matched(three(second), commits)) == [
        ("p1", "a1", "patch-id", True),
        ("p2", "a2", "assigned", False),
        ("p3", "a3", "patch-id", True),
    ]
    alone = patch("p2", "pebblefs: walk in between", mailed)
    assert matched([alone], commits) == []


def test_company_alone_is_no_evidence() -> None:
    second = patch(
        "p2", "pebblefs: walk in between", file_diff(body("gone", 0, 9)), series="s", number=2
    )
    landed = commit("a2", "pebblefs: unrelated matter", file_diff(body("come", 0, 9)))
    found = matched(three(second), [*LANDED, landed, *others()])
    assert [one.message_id for one in found] == ["p1@made.example", "p3@made.example"]


def test_a_commit_of_another_author_is_not_assigned() -> None:
    mailed = file_diff([*body("mid", 0, 3), *body("gone", 0, 8)])
    landed = file_diff([*body("mid", 0, 3), *body("come", 0, 8)])
    second = patch("p2", "pebblefs: walk in between", mailed, series="s", number=2)
    commits = [*LANDED, commit("a2", "pebblefs: stroll", landed, author=BO), *others()]
    assert len(matched(three(second), commits)) == 2


def squashed() -> list[PatchPrint]:
    return [
        patch(
            f"p{number}",
            f"pebblefs: step {number}",
            file_diff(body(f"s{number}", 0, 6)),
            series="s",
            number=number,
        )
        for number in (1, 2, 3)
    ]


def test_several_patches_become_one_commit() -> None:
    whole = file_diff([line for number in (1, 2, 3) for line in body(f"s{number}", 0, 6)])
    found = matched(squashed(), [commit("c", "pebblefs: all steps", whole), *others()])
    assert {(one.message_id[:2], one.is_sure) for one in found} == {
        ("p1", False),
        ("p2", False),
        ("p3", False),
    }
    assert {one.commit[:1] for one in found} == {"c"}
    assert "squash" in {one.tier.value for one in found}


def test_patches_of_two_postings_are_not_squashed() -> None:
    """They are two revisions of the same."""
    small = file_diff(body("s1", 0, 6))
    whole = file_diff([*body("s1", 0, 6), *body("s2", 0, 6)])
    patches = [
        patch("v1", "pebblefs: step 1", small, series="one"),
        patch("v2", "pebblefs: all steps", whole, series="two", hours=2),
    ]
    found = matched(patches, [commit("c", "pebblefs: all steps", whole), *others()])
    assert said(found) == [("v2", "c", "patch-id", True)]


def test_one_patch_becomes_several_commits() -> None:
    parts = [body(f"s{number}", 0, 6) for number in (1, 2, 3)]
    whole = patch("p", "pebblefs: all steps", file_diff([line for one in parts for line in one]))
    commits = [
        commit(f"a{number}", f"pebblefs: do part {number}", file_diff(part))
        for number, part in enumerate(parts, 1)
    ]
    assert said(matched([whole], [*commits, *others()])) == [
        ("p", "a1", "split", False),
        ("p", "a2", "split", False),
        ("p", "a3", "split", False),
    ]


def test_parts_that_were_mailed_themselves_are_not_of_an_older_patch() -> None:
    parts = [body(f"s{number}", 0, 6) for number in (1, 2, 3)]
    whole = patch("v1", "pebblefs: all steps", file_diff([line for one in parts for line in one]))
    commits = [
        commit(f"a{number}", f"pebblefs: do part {number}", file_diff(part))
        for number, part in enumerate(parts, 1)
    ]
    mailed = [
        patch(f"v2-{number}", f"pebblefs: do part {number}", file_diff(part), hours=2)
        for number, part in enumerate(parts, 1)
    ]
    found = matched([whole, *mailed], [*commits, *others()])
    assert [one.message_id.partition("@")[0] for one in found] == ["v2-1", "v2-2", "v2-3"]
