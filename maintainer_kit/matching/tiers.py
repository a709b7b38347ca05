# SPDX-License-Identifier: GPL-2.0-or-later
"""What counts as proof: all thresholds of matching, each with its reason.

They were set on erofs-utils (992 mails whose commits are known) and on what git.git's own history
tells; docs/landed-truth.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Data; likeness is the idf-weighted Jaccard index of the changed lines, 0 to 1."""

    sure: float = 0.5
    """So alike is a change of the same author proven. Two different changes in 1,072 commits are
    never more alike than 0.2; in git.git with 60,751 of them one in 1,200 is more than 0.5."""
    sure_titled: float = 0.3
    """And with the same title, which no other commit has."""
    candidate: float = 0.3
    """So alike it is worth a question: a heavy edit is between the two."""
    candidate_titled: float = 0.1
    """And with a title of which half the words are equal."""
    linked: float = 0.1
    """So alike must be what a commit only links to: links name reports and discussions too."""
    other_author: float = 0.5
    """By somebody else it is worth a question from here on; it is never proven."""
    half_title: float = 0.5
    tiny: int = 3
    """A change of at most so many lines that say something happens twice: equal lines prove it only
    with the title, and likeness only with more lines than these in common."""
    title_words: int = 3
    """A title of fewer words is generic, whoever uses it ("update readme")."""
    contained: float = 0.8
    """So much of a patch (commit) must be in a commit (patch) to be called a part of it, and so
    much of the whole must the parts explain together."""
    alone_in: float = 0.9
    alone_lines: int = 10
    """A patch that is nearly all within a larger commit, whose other parts no mail explains: worth
    a question when it has so many lines."""
    parts: int = 3
    """A patch becomes so many commits at most."""
    same_fit: float = 0.05
    """Two revisions whose likeness differs by less fit equally well: the newer one speaks."""
    early: int = 2 * DAY
    """A commit older than the mail by more is no edit of it (clocks are wrong, by hours)."""
    clocks: int = HOUR
    """A mail that is later than the commit by more is hardly what became it, unless they are the
    same: of the 992 known pairs none has its mail behind the commit at all."""
    late: int = 400 * DAY
    """A title proves nothing about a commit that came so much later."""
    beside: int = DAY
    """Patches of a series are committed within this time of each other."""
    common: int = 200
    """A line that more commits change says nothing."""
    shared: float = 0.1
    """Commits that share less than this part of a patch are not looked at."""
    looked_at: int = 5
    """The most alike commits that are."""
    copies: int = 50
    """Of commits with one patch-id those around the mail's date are."""


THRESHOLDS = Thresholds()
