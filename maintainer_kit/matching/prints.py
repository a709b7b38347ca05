# SPDX-License-Identifier: GPL-2.0-or-later
"""What a patch and a commit are compared by, without their texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Print:
    """Fingerprints of one change, mailed or landed."""

    author: str
    """The address, in lower case and by the mailmap."""
    author_name: str
    """The name, as ``model.mail.names`` compares names; empty for none."""
    subject: str
    """Without prefixes, in lower case, with single spaces."""
    date: int
    """When it was mailed or committed, seconds since the epoch."""
    paths: tuple[str, ...]
    """Files that it touches, before and after renames, sorted."""
    patch_id: str = ""
    """As ``git patch-id --stable``; empty for a diff that has none (empty, binary, mode only)."""
    lines_hash: str = ""
    """Of all changed lines with path and sign, without white space and context; empty without any
    changed line that says something."""
    lines: tuple[int, ...] = ()
    """Hashes of the distinct changed lines, each with its path and sign, without white space, of
    lines that say something; ascending, non-negative, below 2**63."""


@dataclass(frozen=True, slots=True)
class CommitPrint:
    """A commit of the index."""

    commit: str
    """The whole id."""
    print: Print
    message_ids: tuple[str, ...] = ()
    """Message-IDs that the commit itself names as its mail: in Message-ID: or Link: trailers, or in
    a note of amlog's kind."""
    linked: tuple[str, ...] = ()
    """Message-IDs that it only links to: a report or a discussion, perhaps its mail."""
    reverts: tuple[str, ...] = ()
    """Commits that it says to revert, as they are written."""


@dataclass(frozen=True, slots=True)
class PatchPrint:
    """A mailed patch."""

    message_id: str
    print: Print
    series: str = ""
    """What is equal in all patches of one posting."""
    number: int = 0
    total: int = 0
