# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixes of a diff that later patches of the series would not apply after."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import DIFF, GOOD
from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.later_lines import LaterLines
from maintainer_kit.checks.patch import Patch
from tests.unit.checks.bench import read_example

BAD = DIFF.replace("put(sb);", "put(sb); ")
ON_IT = BAD.replace("+\tpebble_put(sb); ", " \tpebble_put(sb); \n+\tpebble_end(sb);")
ELSEWHERE = ON_IT.replace("super.c", "inode.c")


def patches(*diffs: str, total: int = 0) -> list[Patch]:
    return [
        read_example(
            GOOD.with_(subject=f"[PATCH {at}/{total or len(diffs)}] pebble: mend", diff=one)
        )
        for at, one in enumerate(diffs, 1)
    ]


def edit_of(patch: Patch) -> list[Edit]:
    at = next(at for at, one in enumerate(patch.diff_lines) if one.endswith("; "))
    return [Edit(Part.DIFF, at, 1, (patch.diff_lines[at].rstrip(),))]


@pytest.mark.parametrize(
    ("later", "total", "reason"),
    [
        ([], 0, ""),
        ([DIFF], 0, ""),
        ([ELSEWHERE], 0, ""),
        ([ON_IT], 0, "a later patch of the series builds on that line"),
        (
            [ON_IT.replace(" \tpebble_put", "-\tpebble_put")],
            0,
            "a later patch of the series builds",
        ),
        ([DIFF], 3, "later patches of the series are not here"),
    ],
)
def test_lines_that_others_build_on(later: list[str], total: int, reason: str) -> None:
    series = patches(BAD, *later, total=total)

    said = LaterLines(series).objection(0, edit_of(series[0]))

    assert said.startswith(reason) if reason else said == ""


def test_edits_of_the_text_concern_nobody() -> None:
    series = patches(BAD, ON_IT, total=9)

    assert LaterLines(series).objection(0, [Edit(Part.BODY, 0, 1, ("Why.",))]) == ""


def test_the_last_patch_may_be_mended() -> None:
    series = patches(ON_IT, BAD)

    assert LaterLines(series).objection(1, edit_of(series[1])) == ""
