# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches and commits for tests of matching, made of real diffs."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.matching.commit import commit_print, make_print
from maintainer_kit.matching.fingerprint import diff_print
from maintainer_kit.matching.landing import Match
from maintainer_kit.matching.matcher import match_patches
from maintainer_kit.matching.prints import CommitPrint, PatchPrint
from maintainer_kit.model.mail.person import Person
from tests.memory.commit_index import MemoryCommitIndex

ADA = Person("Ada Author", "ada@quarry.example")
BO = Person("Bo Builder", "bo@shale.example")
FILE = "fs/pebble/inode.c"
HOUR = 3600
START = 1_767_600_000


def body(stem: str, first: int, last: int) -> list[str]:
    """Distinct lines of code."""
    return [f"\tpebble_{stem}(inode, {number}, {stem}_flags);" for number in range(first, last)]


def file_diff(
    added: Sequence[str] = (),
    removed: Sequence[str] = (),
    *,
    path: str = FILE,
    context: str = "int pebble(void)",
) -> bytes:
    """A git diff of one hunk."""
    lines = [f" {context}", *(f"-{one}" for one in removed), *(f"+{one}" for one in added), " }"]
    counts = f"@@ -7,{2 + len(removed)} +7,{2 + len(added)} @@"
    head = (f"diff --git a/{path} b/{path}", f"--- a/{path}", f"+++ b/{path}", counts)
    return "\n".join([*head, *lines, ""]).encode()


def patch(
    name: str,
    title: str,
    diff: bytes,
    *,
    author: Person = ADA,
    hours: int = 0,
    series: str = "",
    number: int = 0,
) -> PatchPrint:
    """A mailed patch, so many hours after START."""
    made = make_print(author, title, START + hours * HOUR, diff_print(diff))
    return PatchPrint(f"{name}@made.example", made, series, number)


def commit(
    name: str,
    title: str,
    diff: bytes,
    *,
    author: Person = ADA,
    hours: int = 24,
    text: str = "Because.",
) -> CommitPrint:
    """A commit whose id begins with ``name``, in hexadecimal digits."""
    made = name.ljust(40, "0")
    return commit_print(made, author, START + hours * HOUR, f"{title}\n\n{text}\n", diff)


def matched(
    patches: Sequence[PatchPrint],
    commits: Sequence[CommitPrint],
    *,
    content_only: bool = False,
) -> list[Match]:
    return match_patches(patches, MemoryCommitIndex(commits), content_only=content_only)


def said(matches: Sequence[Match]) -> list[tuple[str, str, str, bool]]:
    """By patch: name, commit without its zeros, tier, whether it is sure."""
    return [
        (one.message_id.partition("@")[0], one.commit.rstrip("0"), one.tier.value, one.is_sure)
        for one in matches
    ]
