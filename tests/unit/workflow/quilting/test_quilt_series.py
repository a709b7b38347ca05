# SPDX-License-Identifier: GPL-2.0-or-later
"""Series files and names as quilt has them, and diffs as others than git write them."""

from __future__ import annotations

import pytest

from maintainer_kit.workflow.quilting.as_git import as_git, has_dos_ends
from maintainer_kit.workflow.quilting.names import file_name, leads_out, words_of
from maintainer_kit.workflow.quilting.record import Noted, Record, record_lines, split_record
from maintainer_kit.workflow.quilting.series import Entry, read_series
from tests.build import edit


def test_entries_with_options_comments_and_guards() -> None:
    text = (
        "# a comment\n\n"
        "one.patch\n"
        "  two.patch -p0 # why\n"
        "three#odd.patch\t-p ab\n"
        "+xen four.patch -p2\n"
        "-rt five.patch\n"
        "six.patch -R\n"
    )
    assert read_series(text) == [
        Entry("one.patch", 3),
        Entry("two.patch", 4, strip=0),
        Entry("three#odd.patch", 5),
        Entry("four.patch", 6, strip=2, guard="+xen"),
        Entry("five.patch", 7),
        Entry("six.patch", 8, unknown="-R"),
    ]


@pytest.mark.parametrize(
    ("number", "title", "name"),
    [
        (1, "mm: do not leak", "0001-mm-do-not-leak.patch"),
        (12, "../../etc/passwd", "0012-etc-passwd.patch"),
        (3, "a/b\\c\0d\ne", "0003-a-b-c-d-e.patch"),
        (4, "\u6797\u6885", "0004.patch"),
        (5, "-rf .. --", "0005-rf.patch"),
        (6, "x" * 300, f"0006-{'x' * 52}.patch"),
        (7, "$(touch boom); `id`", "0007-touch-boom-id.patch"),
    ],
)
def test_names_are_made_of_safe_characters(number: int, title: str, name: str) -> None:
    assert file_name(number, title) == name
    assert words_of(name) == name[5:] or "-" not in name


def test_names_that_lead_out_of_their_folder() -> None:
    assert all(map(leads_out, ("/etc/passwd", "../x", "a/../../x", "..", "a\0b")))
    assert not any(map(leads_out, ("a/b.patch", "..a", "a..b", "patches.x/y")))


def test_a_record_is_read_back_whatever_its_title_says() -> None:
    files = (Noted("0001-a.patch", "0" * 16, "a@x.example"), Noted("0002.patch", "1" * 16))
    record = Record("abcdefghij", 3, "evil\n0001-x.patch \x1b[31m# ", "c@x.example", files)
    lines = record_lines(record)
    assert all(line.startswith("#") and "\n" not in line and "\x1b" not in line for line in lines)
    found, others = split_record("\n".join([*lines, "mine.patch", "# mine"]) + "\n")
    assert found is not None
    assert (found.topic, found.revision, found.cover, found.files) == (
        "abcdefghij", 3, "c@x.example", files
    )  # fmt: skip
    assert others == ["mine.patch", "# mine"]
    assert split_record("mine.patch\r\n") == (None, ["mine.patch"])


GIT = edit("fs/a.c")
HUNK = GIT[GIT.index("@@") :]


def test_gits_own_diffs_stay_as_they_are() -> None:
    data = f"Subject: x\n\nWhy.\n---\n{GIT}".encode()
    assert as_git(data) == data
    assert as_git(b"no diff at all\n") == b"no diff at all\n"


@pytest.mark.parametrize(
    ("names", "strip"),
    [
        ("--- a/fs/a.c\n+++ b/fs/a.c\n", 1),
        ("Index: linux/fs/a.c\n" + "=" * 67 + "\n--- linux.orig/fs/a.c\n+++ linux/fs/a.c\n", 1),
        ("--- fs/a.c\t2026-01-02 10:00:00\n+++ fs/a.c\t2026-01-02 10:00:01\n", 0),
        ("--- x/y/fs/a.c\n+++ x/z/fs/a.c\n", 2),
        ("diff --git fs/a.c fs/a.c\n--- fs/a.c\n+++ fs/a.c\n", 0),
    ],
)
def test_other_headers_become_gits(names: str, strip: int) -> None:
    made = as_git(f"Subject: x\n\nWhy.\n\n{names}{HUNK}".encode(), strip).decode()
    assert made == (
        "Subject: x\n\nWhy.\n\ndiff --git a/fs/a.c b/fs/a.c\n--- a/fs/a.c\n+++ b/fs/a.c\n" + HUNK
    )


def test_files_that_come_and_go() -> None:
    new = (
        "--- a/n.c\t1970-01-01 00:00:00 +0000\n+++ b/n.c\t2026-01-01 00:00:00\n@@ -0,0 +1 @@\n+n\n"
    )
    old = "--- a/o.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-o\n"
    assert as_git(f"{new}{old}".encode()).decode() == (
        "diff --git a/n.c b/n.c\nnew file mode 100644\n--- /dev/null\n+++ b/n.c\n"
        "@@ -0,0 +1 @@\n+n\n"
        "diff --git a/o.c b/o.c\ndeleted file mode 100644\n--- a/o.c\n+++ /dev/null\n"
        "@@ -1 +0,0 @@\n-o\n"
    )


def test_moves_lose_one_folder_less() -> None:
    text = "diff --git a/x/o.c b/x/n.c\nsimilarity index 100%\nrename from x/o.c\nrename to x/n.c\n"
    assert as_git(text.encode(), 2).decode() == (
        "diff --git a/o.c b/n.c\nsimilarity index 100%\nrename from o.c\nrename to n.c\n"
    )


def test_line_ends_of_an_editor_and_of_the_file() -> None:
    assert has_dos_ends(b"a\r\nb\r\n")
    assert not has_dos_ends(b"--- a\n+b\r\n")
    assert not has_dos_ends(b"")
