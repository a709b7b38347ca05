# SPDX-License-Identifier: GPL-2.0-or-later
"""The print of a commit."""

from __future__ import annotations

from functools import lru_cache

from maintainer_kit.matching.fingerprint import DiffPrint, diff_print
from maintainer_kit.matching.mentions import read_mentions
from maintainer_kit.matching.prints import CommitPrint, Print
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.subject import parse_subject


def commit_print(
    commit: str,
    author: Person,
    date: int,
    message: str,
    diff: bytes,
    *,
    people: People = NO_MAILMAP,
    is_whole: bool = True,
    notes: tuple[str, ...] = (),
) -> CommitPrint:
    """Of a commit as ``git log -p`` tells it; ``date`` is the committer's.

    ``diff`` is git's own, with renames found and prefixes a/ and b/; empty for a merge.
    ``is_whole`` is False where only its beginning was read. ``notes`` are Message-IDs that a note
    on the commit names.
    """
    title = message.lstrip("\n").partition("\n\n")[0]
    mentions = read_mentions(message)
    return CommitPrint(
        commit,
        make_print(author, title, date, diff_print(diff, is_whole=is_whole), people),
        tuple(dict.fromkeys((*notes, *mentions.message_ids))),
        mentions.linked,
        mentions.reverts,
    )


def make_print(
    author: Person, title: str, date: int, diff: DiffPrint, people: People = NO_MAILMAP
) -> Print:
    """A change with who made it and what it is called, in the form in which these are compared."""
    known = people.canonical(author)
    return Print(
        known.key,
        author_name(known.name),
        parse_subject(title).key,
        date,
        diff.paths,
        diff.patch_id,
        diff.lines_hash,
        diff.lines,
    )


@lru_cache(maxsize=16384)
def author_name(name: str) -> str:
    """One form for all spellings of a name; empty where it is no proof of who it is."""
    return min(name_keys(name), default="")
