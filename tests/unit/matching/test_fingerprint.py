# SPDX-License-Identifier: GPL-2.0-or-later
"""Fingerprints of diffs: by mail and from git the same."""

from __future__ import annotations

import pytest

from maintainer_kit.matching.fingerprint import DiffPrint, diff_print
from maintainer_kit.matching.mailed import mailed_diff
from maintainer_kit.model.patch.patch_id import patch_id
from tests.build import edit
from tests.unit.matching.build import body, file_diff

RENAME = """\
diff --git a/old.c b/new.c
similarity index 100%
rename from old.c
rename to new.c
"""
MODE = "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n"
BINARY = """\
diff --git a/logo.png b/logo.png
index 1111111..2222222 100644
Binary files a/logo.png and b/logo.png differ
"""
EMPTY_FILE = "diff --git a/empty b/empty\nnew file mode 100644\nindex 0000000..e69de29\n"
NO_NEWLINE = """\
diff --git a/x b/x
index 1111111..2222222 100644
--- a/x
+++ b/x
@@ -1 +1 @@
-older text
\\ No newline at end of file
+newer text
"""


@pytest.mark.parametrize(
    "diff",
    [
        edit(),
        edit() + edit("lib/other.c", "three", "four"),
        RENAME + edit(),
        edit() + RENAME,
        MODE + edit(),
        EMPTY_FILE + edit("a/b c.c"),
        NO_NEWLINE,
    ],
)
def test_patch_id_is_that_of_the_model(diff: str) -> None:
    """Which is compared with git itself in the model's own tests."""
    assert diff_print(diff.encode()).patch_id == patch_id(diff)
    assert mailed_diff(diff).patch_id == patch_id(diff)


@pytest.mark.parametrize("diff", ["", MODE, BINARY, RENAME, EMPTY_FILE, "no diff\n"])
def test_nothing_by_which_it_could_be_another(diff: str) -> None:
    found = diff_print(diff.encode())
    assert (found.patch_id, found.lines_hash, found.lines) == ("", "", ())


def test_a_text_with_a_binary_file() -> None:
    found = diff_print((BINARY + edit()).encode())
    assert (found.patch_id, found.lines_hash) == ("", "")
    assert found.lines == diff_print(edit().encode()).lines
    assert found.paths == ("fs/pebble/inode.c", "logo.png")


def test_paths_before_and_after() -> None:
    assert diff_print(RENAME.encode()).paths == ("new.c", "old.c")
    assert diff_print(b'diff --git "a/\\303\\251" "b/\\303\\251"\n').paths == ("\u00e9",)
    assert diff_print(EMPTY_FILE.encode()).paths == ("empty",)


def test_context_and_place_do_not_count_for_the_lines() -> None:
    one = diff_print(file_diff(body("get", 0, 3)))
    other = diff_print(file_diff(body("get", 0, 3), context="int quarry(void)"))
    assert one.patch_id != other.patch_id
    assert one.lines_hash == other.lines_hash
    assert one.lines == other.lines


def test_order_of_files_does_not_matter() -> None:
    one, other = edit().encode(), edit("a.c", "three", "four").encode()
    assert diff_print(one + other) == diff_print(other + one)


def test_order_of_lines_matters_for_what_is_the_same() -> None:
    lines = body("get", 0, 3)
    one, other = diff_print(file_diff(lines)), diff_print(file_diff(lines[::-1]))
    assert one.lines == other.lines
    assert one.lines_hash != other.lines_hash


def test_only_the_beginning_of_a_diff() -> None:
    whole = diff_print(edit().encode())
    part = diff_print(edit().encode(), is_whole=False)
    assert part == DiffPrint(whole.paths, "", "", whole.lines)


def test_a_mail_with_other_prefixes_and_noise() -> None:
    """``diff --git`` left out, CRLF gone, a signature, and empty lines for empty context."""
    text = "Words.\n---\n" + edit().partition("index")[2].partition("\n")[2] + "-- \n2.39.5\n"
    assert mailed_diff(text) == diff_print(edit().replace("index 1111111", "index 3").encode())


def test_a_damaged_mail_is_never_the_same() -> None:
    text = edit().replace(" \tafter();\n", "")
    found = mailed_diff(text)
    assert (found.patch_id, found.lines_hash) == ("", "")
    assert found.lines == diff_print(edit().encode()).lines


def test_a_mail_without_diff() -> None:
    assert mailed_diff("Just words.\n") == DiffPrint()
