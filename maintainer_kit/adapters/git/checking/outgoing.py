# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits that a push would make known to a remote repository."""

from __future__ import annotations

import re

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import Range
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.workflow.pushing import Pushed

_PLAIN = re.compile(r"[\w./+-]+")


def outgoing(git: Git, pushed: Pushed, remote: str, most: int) -> tuple[Range, int] | None:
    """The newest ``most`` commits that a line of pre-push's input would bring to ``remote``, and
    how many there are in all; None when there are none.

    A branch that is new there, or whose tip there nobody here knows, brings what no
    remote-tracking branch holds.
    """
    tip = _commit(git, pushed.local)
    if not tip:
        return None  # a tag of something else than a commit
    since = _commit(git, pushed.remote)
    # git takes "*" to be any name.
    names = remote if since and _PLAIN.fullmatch(remote) else "*"
    found = Range(tip, since, most, remotes="" if since and names == "*" else names)
    every = Range(tip, since, 0, remotes=found.remotes)
    count = int(git.output("rev-list", "--count", *every.revisions) or 0)
    return (found, count) if count else None


def _commit(git: Git, name: str) -> str:
    """The full id of the commit that an object is or names; empty when there is none here."""
    return commit_id(git, name) if name.strip("0") else ""
