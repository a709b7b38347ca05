# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of an older revision, found in the newer one."""

from __future__ import annotations

from maintainer_kit.model.patch.carry import carry
from maintainer_kit.model.patch.sheet import Sheet, sheet_of_patch

OLDER = """\
diff --git a/mill.c b/mill.c
--- a/mill.c
+++ b/mill.c
@@ -10,4 +10,8 @@ int start(void)
 {
+\tif (empty())
+\t\treturn -1;
+\tcount();
+\tif (broken())
+\t\treturn -1;
 \trun();
 \treturn 0;
 }
"""
NEWER = """\
diff --git a/mill.c b/mill.c
--- a/mill.c
+++ b/mill.c
@@ -20,4 +20,9 @@ int start(void)
 {
+\tsweep();
+\tif (empty())
+\t\treturn -1;
+\tif (dull())
+\t\tsharpen();
+\tif (broken())
+\t\treturn -1;
 \trun();
 \treturn 0;
 }
"""


def line_of(text: str, *, nth: int = 0, older: str = OLDER, newer: str = NEWER) -> int | None:
    """Where a line of the older revision is in the newer one; ``nth`` counts equal ones."""
    one: Sheet = sheet_of_patch(older)
    at = [n for n, line in enumerate(older.split("\n")) if line.strip("+-\t ") == text][nth]
    place = one.places[at]
    assert place is not None
    found = carry(place, one, sheet_of_patch(newer))
    return found.line if found else None


def test_a_line_that_moved() -> None:
    assert line_of("if (empty())") == 22


def test_equal_lines_go_by_their_neighbours() -> None:
    assert line_of("return -1;", nth=0) == 23
    assert line_of("return -1;", nth=1) == 27


def test_a_line_that_is_gone() -> None:
    assert line_of("count();") is None


def test_a_context_line() -> None:
    assert line_of("run();") == 28


def test_a_line_that_an_earlier_patch_adds_now() -> None:
    newer = NEWER.replace("+\tif (empty())", " \tif (empty())")
    assert line_of("if (empty())", newer=newer) == 22


def test_a_lone_brace_is_nothing_without_its_neighbours() -> None:
    newer = "--- a/mill.c\n+++ b/mill.c\n@@ -1,1 +1,2 @@\n }\n+end();\n"
    assert line_of("}", newer=newer) is None
    assert line_of("}") == 30


def test_a_file_that_was_renamed_since() -> None:
    newer = NEWER.replace("mill.c", "grinder.c")
    assert line_of("if (empty())", newer=newer) == 22


def test_the_header_of_a_file() -> None:
    one, other = sheet_of_patch(OLDER), sheet_of_patch(NEWER)
    place = one.places[2]
    assert place is not None
    assert place.path == "mill.c"
    found = carry(place, one, other)
    assert found is not None
    assert (found.path, found.line) == ("mill.c", 0)


def test_the_message_is_not_followed() -> None:
    one = sheet_of_patch("Why.\n" + OLDER)
    place = one.places[0]
    assert place is not None
    assert carry(place, one, sheet_of_patch("Why.\n" + NEWER)) is None
