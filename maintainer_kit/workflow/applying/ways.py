# SPDX-License-Identifier: GPL-2.0-or-later
"""The ways by which a patch can get into a tree, from the one that needs nobody's judgement to a
person's own hands."""

from __future__ import annotations

from enum import StrEnum

from maintainer_kit.lazy.dataclass import dataclass


class Way(StrEnum):
    """How a patch was applied; in the order in which they are tried."""

    PLAIN = "plain"
    THREE_WAY = "3way"
    """git am -3: by the blobs that the diff names."""
    OTHER_BASE = "other-base"
    """Applied where all of its files are as it expects them, and picked from there."""
    RERERE = "rerere"
    """A conflict that was solved like this before."""
    CONTEXT = "less-context"
    """git am with fewer lines of context, and without minding white space in them."""
    MERGE = "patch-merge"
    """GNU patch, which takes lines near by and around."""
    WIGGLE = "wiggle"
    EDITED = "edited-patch"
    BY_HAND = "by-hand"
    THERE = "already-there"
    """What it does was there before: no commit."""
    SKIPPED = "skipped"


IN_WORDS = {
    Way.PLAIN: "applied as it is",
    Way.THREE_WAY: "applied by a three-way merge of the blobs that it names (git am -3)",
    Way.OTHER_BASE: "applied where its files are as it expects them, and picked from there",
    Way.RERERE: "conflict solved as it was solved before (rerere)",
    Way.CONTEXT: "applied although lines around it are others: look at it",
    Way.MERGE: "applied by patch --merge: look at it",
    Way.WIGGLE: "applied by wiggle: look at it",
    Way.EDITED: "applied after the patch was edited",
    Way.BY_HAND: "conflict solved by hand",
    Way.THERE: "was there before",
    Way.SKIPPED: "skipped",
}
CHANGED = frozenset({Way.RERERE, Way.CONTEXT, Way.MERGE, Way.WIGGLE, Way.EDITED, Way.BY_HAND})
"""After these a commit is not what was posted, or need not be."""
LADDER = (Way.THREE_WAY, Way.OTHER_BASE, Way.RERERE, Way.CONTEXT, Way.MERGE, Way.WIGGLE)
"""What is tried, in this order, without asking anybody."""
GUESSES = frozenset({Way.CONTEXT, Way.MERGE, Way.WIGGLE})
"""What may be put where nobody meant it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one try."""

    commit: str = ""
    """The new commit on top; empty where there is none."""
    is_there: bool = False
    """What the patch does was there before."""
    words: str = ""
    """Why it failed, or what is to be looked at."""

    @property
    def is_done(self) -> bool:
        return self.is_there or bool(self.commit)
