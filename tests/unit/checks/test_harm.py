# SPDX-License-Identifier: GPL-2.0-or-later
"""What mending must never do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.checks.example import ADA, BO, DIFF, GOOD, Example
from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.harm import harm
from maintainer_kit.checks.mending import apply_edits
from tests.unit.checks.bench import read_example

FIRST = Edit(Part.BODY, 0, 1, ("Why.",))


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (GOOD.with_(diff=DIFF.replace("put", "get")), "the diff would not be the same"),
        (GOOD.with_(diff=""), "it would not be read as a patch any more"),
        (GOOD.with_(sender=BO), "it would have another author"),
        (GOOD.with_(subject="[PATCH] pebble: other"), "its subject would be another"),
        (GOOD.with_(trailers=f"{GOOD.trailers}\nAcked-by: {BO}"), "it would sign in somebody's"),
        (GOOD.with_(trailers=f"{GOOD.trailers}\nReviewed-by: {ADA}"), "it would sign in somebody"),
    ],
)
def test_what_saving_anew_must_not_change(after: Example, reason: str) -> None:
    assert harm(read_example(GOOD), read_example(after), None, ()).startswith(reason)


def test_saving_anew_may_change_nothing_that_is_read() -> None:
    assert harm(read_example(GOOD), read_example(GOOD), None, ()) == ""


@pytest.mark.parametrize(
    ("old", "new", "is_harm"),
    [
        (f"Singed-off-by: {ADA}", f"Signed-off-by: {ADA}", False),
        (f"Tested-bu: {BO}", f"Tested-by: {BO}", False),
        (f"Acked-by: {BO}, {ADA}", f"Acked-by: {BO}\nAcked-by: {ADA}", False),
        (f"Cc: {BO}", f"Reviewed-by: {BO}", True),
        (f"Co-developed-by: {BO}", f"Co-developed-by: {BO}\nSigned-off-by: {BO}", True),
    ],
)
def test_a_misspelt_trailer_may_be_mended_and_none_added(old: str, new: str, is_harm: bool) -> None:
    before, after = (read_example(GOOD.with_(trailers=one)) for one in (old, new))
    edit = Edit(Part.BODY, 5, len(before.body) - 5, after.body[5:])
    expected = apply_edits(before, [edit])

    assert bool(harm(before, after, expected, [edit])) == is_harm


def test_a_text_that_would_be_read_otherwise_is_harm() -> None:
    before = read_example(GOOD)
    expected = apply_edits(before, [FIRST])
    cut = replace(expected, body=expected.body[:1], notes=expected.body[1:])

    assert harm(before, expected, expected, [FIRST]) == ""
    assert harm(before, cut, expected, [FIRST]) == "it would be read differently"
