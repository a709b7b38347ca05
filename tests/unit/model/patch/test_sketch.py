# SPDX-License-Identifier: GPL-2.0-or-later
"""Two diffs compared by a handful of numbers."""

from __future__ import annotations

import pytest

from maintainer_kit.model.patch.sketch import NO_SKETCH, likeness, sketch
from tests.build import edit


def diff(*lines: str, path: str = "fs/pebble/inode.c") -> str:
    """A diff of these changed lines."""
    body = "".join(f"{line}\n" for line in lines)
    head = f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"
    return f"{head}@@ -1,9 +1,9 @@ int pebble(void)\n \tcontext();\n{body}-- \n2.39.5\n"


def many(first: int, last: int) -> list[str]:
    """Distinct added lines."""
    return [f"+\tpebble_call_number({at}, inode);" for at in range(first, last)]


def alike(one: str, other: str) -> float:
    return likeness(sketch(one).hashes, sketch(other).hashes)


def test_equal_diffs() -> None:
    assert alike(edit(), edit()) == 1.0


def test_context_white_space_and_place_do_not_count() -> None:
    moved = edit().replace("@@ -7,3 +7,3 @@", "@@ -99,3 +99,3 @@").replace("before", "afterwards")
    assert sketch(moved) == sketch(edit())
    assert sketch(moved.replace("\t", "    ")) == sketch(edit())


def test_nothing_in_common() -> None:
    assert alike(edit(old="aa", new="bb"), edit(old="cc", new="dd")) == 0.0


@pytest.mark.parametrize("shared", [0, 25, 50, 75, 100])
def test_an_estimate_of_the_share_of_equal_lines(shared: int) -> None:
    """24 hashes of 100 and more lines: within a fifth of the truth."""
    one, other = diff(*many(0, 100)), diff(*many(100 - shared, 200 - shared))
    true = shared / (200 - shared)
    assert alike(one, other) == pytest.approx(true, abs=0.2)
    assert alike(one, other) == alike(other, one)


def test_the_same_lines_in_another_file_are_another_change() -> None:
    assert alike(diff(*many(0, 30)), diff(*many(0, 30), path="fs/pebble/super.c")) == 0.0


def test_the_name_of_a_new_and_of_a_removed_file() -> None:
    lines = "".join(f"{line}\n" for line in many(0, 9))
    added = f"--- /dev/null\n+++ b/fs/x.c\n@@ -0,0 +1,9 @@\n{lines}"
    changed = f"--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1,0 +1,9 @@\n{lines}"
    assert alike(added, changed) == 1.0


def test_the_lines_of_a_removed_file_are_its_own() -> None:
    lines = "".join(f"{line}\n" for line in many(0, 9)).replace("+", "-")
    removed = f"--- a/fs/x.c\n+++ /dev/null\n@@ -1,9 +0,0 @@\n{lines}"
    changed = f"--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1,9 +1,0 @@\n{lines}"
    assert alike(removed, changed) == 1.0
    assert alike(edit() + removed, edit("fs/y.c") + removed) == pytest.approx(9 / 13)


def test_changed_lines_may_begin_like_a_name() -> None:
    assert len(sketch(diff("+\t++count;", "-\t--count;")).hashes) == 2


def test_lines_without_words_say_nothing() -> None:
    assert sketch(diff("+", "-", "+\t}", "-\t};")) == NO_SKETCH


def test_only_the_diff_is_read() -> None:
    text = "+ a line of the text, quoted as changed\n- another one of the text\n" + edit()
    assert sketch(text) == sketch(edit())


def test_the_signature_is_no_removed_line() -> None:
    bare = edit()
    assert sketch(bare + "-- \n2.39.5\n") == sketch(bare)


def test_nothing_to_compare() -> None:
    assert likeness((), ()) == likeness((1,), ()) == likeness((), (1,)) == 0.0


def test_few_numbers_however_long_the_diff() -> None:
    found = sketch(diff(*many(0, 50_000)))
    assert len(found.hashes) == 24
    assert found.hashes == tuple(sorted(found.hashes))
    assert len(found.landmarks) == 3


def test_landmarks_are_the_longest_lines_of_code() -> None:
    long = "+\tpebble_write_the_superblock(inode, buffer, length);"
    other = "-\tpebble_read_the_superblock(inode, buffer);"
    notes = "+/* A comment that is copied from file to file, and is longer than any code. */"
    one = sketch(diff(long, other, "+\tx = 1;", notes)).landmarks
    assert one == sketch(diff(other, long)).landmarks
    assert len(one) == 2


def test_landmarks_do_not_know_their_file() -> None:
    """A file is renamed from one revision to the next."""
    long = "+\tpebble_write_the_superblock(inode, buffer, length);"
    assert sketch(diff(long)).landmarks == sketch(diff(long, path="fs/y.c")).landmarks


def test_bytes_that_are_no_text() -> None:
    assert len(sketch(diff("+\tname = \udcff\udcfe;")).hashes) == 1


def test_small_diffs_are_compared_by_all_of_their_lines() -> None:
    assert likeness((1, 2), (1, 3)) == likeness((1, 3), (2, 3)) == 1 / 3
    assert likeness((1,), (1, 2, 3, 4)) == 1 / 4
