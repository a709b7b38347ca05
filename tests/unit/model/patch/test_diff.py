# SPDX-License-Identifier: GPL-2.0-or-later
"""Diffs as git writes them, and as mailers break them."""

from __future__ import annotations

import pytest

from maintainer_kit.model.patch.diff import Diff, FileChange, parse_diff, unquote_path
from tests.build import edit


def parsed(text: str) -> Diff:
    """The diff of a text that has one."""
    found = parse_diff(text)
    assert found is not None
    return found


def one_file(text: str) -> FileChange:
    """The only file of a whole diff."""
    found = parsed(text)
    assert found.damage == ""
    (file,) = found.files
    return file


@pytest.mark.parametrize("text", ["", "no diff\n", "--- a\nno names\n", "diff of opinions\n"])
def test_no_diff(text: str) -> None:
    assert parse_diff(text) is None


def test_modified() -> None:
    assert one_file(edit("a/b.c")) == FileChange("a/b.c", "", "modified", 1, 1)


def test_first_line_is_counted_from_one() -> None:
    assert parsed("one\ntwo\n" + edit()).first_line == 3
    assert parsed(edit()).first_line == 1


def test_counts_are_summed() -> None:
    found = parsed(edit("a.c") + edit("b.c"))
    assert [file.path for file in found.files] == ["a.c", "b.c"]
    assert (found.added, found.removed) == (2, 2)


@pytest.mark.parametrize(
    ("header", "change"),
    [
        ("new file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/x", "added"),
        ("deleted file mode 100644\nindex 1111111..0000000\n--- a/x\n+++ /dev/null", "deleted"),
    ],
)
def test_added_and_deleted(header: str, change: str) -> None:
    hunk = "@@ -0,0 +1 @@\n+x\n" if change == "added" else "@@ -1 +0,0 @@\n-x\n"
    file = one_file(f"diff --git a/x b/x\n{header}\n{hunk}")
    assert (file.path, file.change) == ("x", change)


@pytest.mark.parametrize(("verb", "change"), [("rename", "renamed"), ("copy", "copied")])
def test_renamed_and_copied(verb: str, change: str) -> None:
    text = f"diff --git a/old b/new\nsimilarity index 100%\n{verb} from old\n{verb} to new\n"
    assert one_file(text) == FileChange("new", "old", change, 0, 0)


def test_renamed_with_a_change_keeps_both() -> None:
    text = (
        "diff --git a/old b/new\nsimilarity index 90%\nrename from old\nrename to new\n"
        "index 1111111..2222222 100644\n--- a/old\n+++ b/new\n@@ -1 +1 @@\n-a\n+b\n"
    )
    assert one_file(text) == FileChange("new", "old", "renamed", 1, 1)


def test_mode_only() -> None:
    text = "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n"
    assert one_file(text) == FileChange("run", "", "mode", 0, 0)


def test_mode_with_a_change_of_content() -> None:
    text = (
        "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n"
        "index 1111111..2222222\n--- a/run\n+++ b/run\n@@ -1 +1 @@\n-a\n+b\n"
    )
    file = one_file(text)
    assert (file.path, file.added, file.removed) == ("run", 1, 1)


def test_an_empty_new_file() -> None:
    text = "diff --git a/e b/e\nnew file mode 100644\nindex 0000000..e69de29\n" + edit("f")
    assert [file.change for file in parsed(text).files] == ["added", "modified"]


@pytest.mark.parametrize(
    "body",
    [
        "GIT binary patch\nliteral 4\nLc${NkU|?VZ3IG5A\n\nliteral 0\nHcmV?d00001\n\n",
        "Binary files a/logo.png and b/logo.png differ\n",
    ],
)
def test_binary(body: str) -> None:
    text = f"diff --git a/logo.png b/logo.png\nindex 1111111..2222222 100644\n{body}{edit('f')}"
    first, second = parsed(text).files
    assert (first.path, first.change) == ("logo.png", "binary")
    assert second.path == "f"


def test_a_binary_patch_at_the_end() -> None:
    text = "diff --git a/x b/x\nindex 1..2\nBinary files a/x and b/x differ\n"
    assert one_file(text) == FileChange("x", "", "binary", 0, 0)


def test_a_rename_of_a_newer_git() -> None:
    text = "diff --git a/o b/n\nrename from o\nrename sideways\nrename to n\n"
    assert one_file(text) == FileChange("n", "o", "renamed", 0, 0)


def test_a_signature_ends_a_binary_patch() -> None:
    text = (
        "diff --git a/x b/x\nindex 1..2\nGIT binary patch\nliteral 1\nIcmV\n\n-- \n2.39\n"
        "@@ -1 +1 @@ not a hunk of it\n"
    )
    assert parsed(text).files[0].change == "binary"


@pytest.mark.parametrize(
    ("quoted", "path"),
    [
        ("plain.c", "plain.c"),
        ("with time.c\t2026-01-01", "with time.c"),
        (r'"a/\303\244.c"', "a/\u00e4.c"),
        (r'"tab\there"', "tab\there"),
        (r'"say \"hi\""', 'say "hi"'),
        (r'"back\\slash"', "back\\slash"),
        (r'"bad\377"', "bad\ufffd"),
        ('"', '"'),
        ('""', ""),
    ],
)
def test_quoted_paths(quoted: str, path: str) -> None:
    assert unquote_path(quoted) == path


def test_quoted_path_in_a_diff() -> None:
    text = edit("x").replace("a/x", r'"a/\303\244 x"').replace("b/x", r'"b/\303\244 x"')
    assert one_file(text).path == "\u00e4 x"


def test_quoted_rename_without_content() -> None:
    text = (
        'diff --git "a/\\303\\244.c" "b/\\303\\266.c"\nsimilarity index 100%\n'
        'rename from "\\303\\244.c"\nrename to "\\303\\266.c"\n'
    )
    assert one_file(text) == FileChange("\u00f6.c", "\u00e4.c", "renamed", 0, 0)


def test_quoted_mode_change_has_only_the_git_line() -> None:
    text = 'diff --git "a/\\303\\244.c" "b/\\303\\244.c"\nold mode 100644\nnew mode 100755\n'
    assert one_file(text) == FileChange("\u00e4.c", "", "mode", 0, 0)


def test_a_path_with_spaces() -> None:
    text = "diff --git a/two words.c b/two words.c\nold mode 100644\nnew mode 100755\n"
    assert one_file(text).path == "two words.c"


def test_paths_without_prefix() -> None:
    assert one_file(edit("x").replace("a/x", "x").replace("b/x", "x")).path == "x"


def test_a_diff_without_git_header() -> None:
    text = "--- linux/fs/a.c\t2026-01-01\n+++ linux/fs/a.c\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n"
    assert one_file(text) == FileChange("linux/fs/a.c", "", "modified", 1, 1)


def test_lines_that_look_like_names_within_a_hunk() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- old rule\n-b\n+++ new rule\n+c\n"
    assert one_file(text) == FileChange("x", "", "modified", 2, 2)


def test_no_newline_at_the_end() -> None:
    text = (
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n"
        "+b\n\\ No newline at end of file\n-- \n2.39\n"
    )
    assert one_file(text) == FileChange("x", "", "modified", 1, 1)


def test_blank_context_lines_whose_space_a_mailer_took() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n\n-a\n+b\n\n-- \n2.39\n"
    assert one_file(text) == FileChange("x", "", "modified", 1, 1)


def test_several_hunks() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n a\n+b\n@@ -9,2 +10 @@ f()\n-c\n d\n"
    assert one_file(text) == FileChange("x", "", "modified", 1, 1)


@pytest.mark.parametrize(
    "below", ["", "-- \n2.39\n", "- a list\n+ of\n two\n", "\n\ntext\n", "\\ x\n"]
)
def test_what_stands_below_a_hunk_does_not_count(below: str) -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n b\n" + below
    assert one_file(text) == FileChange("x", "", "modified", 0, 1)


def test_a_path_longer_than_any_file_has_is_cut() -> None:
    path = "d/" * 100_000
    assert len(one_file(edit(path)).path) < 5000


def test_a_hunk_of_more_lines_than_can_be_counted() -> None:
    found = parsed(f"--- a/x\n+++ b/x\n@@ -1,{'9' * 9000} +1 @@\n-a\n")
    assert found.damage == "the text ends within a hunk"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (
            "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n+a long line that was\nwrapped\n c\n",
            7,
            "a line that is no part of its hunk",
        ),
        ("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n", 6, "the text ends within a hunk"),
        ("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n", 7, "the text ends within a hunk"),
        ("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n+c", 7, "the text ends within a hunk"),
        (
            "text\ndiff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\nwrapped @@ -1 +1 @@\n",
            6,
            "no hunk after the names of the file",
        ),
        (
            "diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n",
            5,
            "no hunk after the names of the file",
        ),
    ],
)
def test_mangled(text: str, line: int, reason: str) -> None:
    found = parsed(text)
    assert (found.damage_line, found.damage) == (line, reason)


def test_only_the_first_damage_is_told() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\nbroken\n"
    found = parsed(text + text.replace("/x", "/y"))
    assert found.damage_line == 5
    assert len(found.files) == 2


def test_a_header_that_names_nothing() -> None:
    assert parsed("diff --git nonsense\n").files == (FileChange("", "", "modified", 0, 0),)


def test_a_combined_diff_has_no_hunks_of_ours() -> None:
    text = "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n  a\n"
    assert parse_diff(text) is None
