# SPDX-License-Identifier: GPL-2.0-or-later
"""Places in files that forges annotate."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.finding import Part, Place, Spot
from maintainer_kit.render.finding_place import FileSpot, file_spot
from tests.unit.render.reports import made


@pytest.mark.parametrize(
    ("spot", "place", "expected"),
    [
        # Of an added line the changed file, without the sign of the diff.
        (Spot(Part.DIFF, 8, 5, 7), Place("p", 40, "+int a  ", "a.c", 3), ("a.c", 3, 5, 7)),
        (Spot(Part.DIFF, 8, 0, 2), Place("p", 40, "+int a  ", "a.c", 3), ("a.c", 3, None, None)),
        (Spot(Part.DIFF, 8, 5, 7), Place("p", 40, "-int a  ", "a.c", 3), ("a.c", 3, None, None)),
        (Spot(Part.DIFF, 8), Place("p", 40, "@@ -1 +1 @@", "a.c"), ("a.c", None, None, None)),
        (Spot(Part.BODY, 2, 0, 3), Place("p", 9, "foo bar"), ("p", 9, 1, 4)),
        (Spot(Part.BODY, 2), Place("p", 9, "foo bar"), ("p", 9, None, None)),
        # A header stands behind its name, and perhaps folded and encoded.
        (Spot(Part.SUBJECT, 0, 3, 4), Place("p", 4, "[PATCH] x"), ("p", 4, None, None)),
        (Spot(Part.BODY, 2, 0, 3), Place("p", None, "foo bar"), ("p", None, None, None)),
    ],
)
def test_file_spot(
    spot: Spot, place: Place, expected: tuple[str, int | None, int | None, int | None]
) -> None:
    assert file_spot(made(spot=spot, place=place)) == FileSpot(*expected)


def test_a_mail_of_the_index_is_in_no_file() -> None:
    assert file_spot(made(place=Place(None, None, "x"))) is None
