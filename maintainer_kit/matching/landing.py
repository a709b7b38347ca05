# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch seen as a commit, and by what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """The kind of evidence, from the surest down: the contract of ``mkit land --json``."""

    MESSAGE_ID = "message-id"
    PATCH_ID = "patch-id"
    LINES = "lines"
    SUBJECT = "subject"
    SIMILAR = "similar"
    ASSIGNED = "assigned"
    SQUASH = "squash"
    """The patch went into a commit together with others."""
    SPLIT = "split"
    """The patch became several commits."""
    OTHER_AUTHOR = "other-author"
    """The same change, by somebody else."""


@dataclass(frozen=True, slots=True)
class Match:
    """One patch and one commit."""

    message_id: str
    commit: str
    tier: Tier
    score: float
    """0 to 1."""
    is_sure: bool
    """It may be acted on without asking a person; else it is a candidate."""
    why: str = ""
    """In a few words, for the person who is asked."""
