# SPDX-License-Identifier: GPL-2.0-or-later
"""Changed lines as numbers."""

from __future__ import annotations

from maintainer_kit.matching.lines import MOST_LINES, changed_lines, kept, numbers, telling


def test_white_space_does_not_count() -> None:
    hunks = b"\n@@ -1,2 +1,2 @@\n-\tone  two();\n+ one two() ;\r\n unchanged\n+\n"
    assert changed_lines(hunks) == [b"-onetwo();", b"+onetwo();"]


def test_what_looks_like_a_change_in_the_context() -> None:
    assert changed_lines(b"\n@@ -1,2 +1,3 @@\n - item\n ++count;\n+- more\n") == [b"+-more"]


def test_lines_that_say_little() -> None:
    lines = [b"+}", b"+});", b"-else{", b"+x=1;", b"+ab12", "+\u00e9\u00e9".encode()]
    assert telling(lines) == {b"-else{", b"+ab12", "+\u00e9\u00e9".encode()}


def test_numbers_are_the_same_everywhere() -> None:
    assert numbers(b"fs/inode.c", [b"+return0;"]) == (71126715008615,)


def test_numbers_know_path_and_sign() -> None:
    found = {
        *numbers(b"a.c", [b"+return0;", b"-return0;"]),
        *numbers(b"b.c", [b"+return0;", b"-return0;"]),
    }
    assert len(found) == 4
    assert all(0 <= one < 1 << 48 for one in found)
    assert numbers(b"a.c", []) == ()


def test_of_a_flood_the_same_sample_is_kept() -> None:
    some = kept(range(MOST_LINES * 3, 0, -1))
    assert some == tuple(range(1, MOST_LINES + 1))
    assert kept([3, 1, 3]) == (1, 3)
