# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch beside a commit."""

from __future__ import annotations

from maintainer_kit.render.cells import cell_width
from maintainer_kit.render.land_pair import Side, changed_lines, side_by_side
from tests.build import edit

MAIL = f"Words.\n---\n fs/x.c | 2 +-\n\n{edit('fs/x.c')}-- \n2.39.5\n- no change\n"


def test_only_the_diff_of_a_mail_counts() -> None:
    assert changed_lines(MAIL) == ["fs/x.c", "-\tone();", "+\ttwo();"]
    assert changed_lines("no diff\n- at all\n") == []


def test_what_differs_is_marked_and_what_is_equal_is_left_out() -> None:
    same = [f"+same {n}" for n in range(9)]
    left = Side(["mine", "Ada"], ["fs/x.c", *same, "+one"])
    right = Side(["theirs"], ["fs/x.c", *same, "+two", "+three"])
    lines = list(side_by_side(left, right, 43))
    assert lines[0] == "mine" + " " * 19 + "theirs"
    assert lines[1].split() == ["Ada"]
    assert [line.split() for line in lines if "|" in line] == [
        ["+one", "|", "+two"],
        ["|", "+three"],
    ]
    assert "  ... 8 equal lines" in lines
    assert all(cell_width(line) <= 43 for line in lines)


def test_hostile_and_huge_sides_stay_in_their_columns() -> None:
    huge = Side(["\x1b[31mred"], [f"+\x1b[2J line {n} " + "w" * 500 for n in range(5000)])
    lines = list(side_by_side(huge, Side([], []), 80))
    assert len(lines) < 400
    assert not any("\x1b" in line for line in lines)
    assert "5000 lines here" in lines[-1]
