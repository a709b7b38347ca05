# SPDX-License-Identifier: GPL-2.0-or-later
"""A commit as a mail announces it. The mail may lie: only git can prove what it says."""

from __future__ import annotations

from typing import NamedTuple

from maintainer_kit.model.mail.person import NOBODY, Person


class Announced(NamedTuple):
    """What a mail says of one commit, or of a patch that waits in a queue to become one; a field is
    empty where it does not say."""

    commit: str = ""
    """Whole or abbreviated, as the mail has it; empty for a patch that is only queued."""
    tree: str = ""
    """The repository as the mail names it, without host: ``tip``, ``torvalds/linux.git``."""
    ref: str = ""
    """The branch, without ``refs/heads/``; other refs by their whole names."""
    title: str = ""
    """Of the commit; in a summary that of the patch."""
    number: int = 0
    """Of the patch in its series, where a summary says it."""
    message_ids: tuple[str, ...] = ()
    """Of mails that its message names (``Link:``, ``Message-ID:``), which may be a discussion;
    those that the mail answers are the parents of its ``Message``."""
    upstream: str = ""
    """The commit that it is a copy of, by its message."""
    parent: str = ""
    author: Person = NOBODY
    date: int = 0
    """The author's, seconds since the epoch."""
