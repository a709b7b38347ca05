# SPDX-License-Identifier: GPL-2.0-or-later
"""A description that was written below the --- line of a patch mail."""

from __future__ import annotations

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.prose import is_wordy
from maintainer_kit.lazy.pattern import lazy_pattern

_LEAST_WORDS = 7
_MOST_LINES = 200
# What authors do write there: changes between revisions, what it is based on, asides, figures of
# git's, trailers.
_NOT_DESCRIPTION = lazy_pattern(
    r"(?i)(?:\W{0,4}(?:v|rfc|rev|ver|version|revision)[ .]?\d|[^a-z]{0,4}(?:change|changes|changed|"
    r"changelog|history|since|compared|diff|difference|differences|resend|resent|rebased?|based|"
    r"base-commit|depends|prerequisite|applies|note|notes|nb|ps|hi|hello|dear|sorry|thanks|cc|fyi|"
    r"tested|test|this (?:patch|series|is|was|applies|depends|one|version)|i|as|not|no|please|"
    r"link|lore|see|range|interdiff|new|new in|unchanged|previous|previously|addressed|"
    r"suggested|original|for|in v\d)\b|[-*+>\[#(]|.{0,300}\|\s{1,9}(?:\d|Bin)|\d+ files? changed|"
    r"(?:create|delete|rename|mode|copy|rewrite) |[\w-]{1,30}:|https?:)"
)


def description_in_notes(patch: Patch) -> range:
    """Lines of the notes that read as the description of a commit; empty when there are none.

    Only the first paragraph there is taken, with those that follow it up to what is something else.
    """
    notes = patch.notes[:_MOST_LINES]
    first = next((at for at, line in enumerate(notes) if line.strip()), len(notes))
    end = first
    while end < len(notes) and not _ends(notes[end], end == first or not notes[end - 1].strip()):
        end += 1
    while end > first and not notes[end - 1].strip():
        end -= 1
    text = " ".join(notes[first:end])
    return range(first, end if _describes(text) else first)


def _ends(line: str, begins_paragraph: bool) -> bool:
    if line[:1] == " " and "|" in line:
        return True
    return begins_paragraph and bool(_NOT_DESCRIPTION.match(line))


def _describes(text: str) -> bool:
    return len(text.split()) >= _LEAST_WORDS and is_wordy(text) and text.rstrip()[-1:] in ".:!?)"
