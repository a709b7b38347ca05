# SPDX-License-Identifier: GPL-2.0-or-later
"""What a backport says of the commit that it is upstream."""

from __future__ import annotations

import re

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_FORMAL = lazy_pattern(
    r"\[?[ \t]{0,3}(?:Upstream commit (?P<id>[0-9a-f]{7,64})[ \t]{0,3}\]"
    r"|commit (?P<other>[0-9a-f]{7,64}) upstream\b)",
    re.IGNORECASE,
)
_LOOSE = lazy_pattern(
    r"\(?(?:cherry[- ]picked from (?:upstream )?commit|upstream commit(?: id)?:?"
    r"|(?:this is |mainline |backport of )?(?:upstream )?commit|backported from commit"
    r"|\[ ?backport of)[ \t]{1,3}(?P<id>[0-9a-f]{12,64})\b(?P<rest>.{0,80})",
    re.IGNORECASE,
)
_UPSTREAM = lazy_pattern(r"upstream|cherry|backport|mainline", re.IGNORECASE)
_REVERT = lazy_pattern(r"(?:this )?reverts commit [0-9a-f]{7,64}", re.IGNORECASE)
_OWN = lazy_pattern(
    r"\b(?:no(?:t|t in)?|without|isn't|never)[ \t]{1,3}(?:\w{1,12}[ \t]{1,3}){0,3}upstream\b"
    r"|\bno (?:direct |exact )?(?:upstream|mainline) (?:commit|equivalent|counterpart)"
    r"|\b(?:stable|lts|backport)[- ]only\b|\bonly (?:applies to|in|for|affects) (?:the )?stable"
    r"|\bupstream[- ](?:commit|status):? ?(?:n/a|none|not applicable)",
    re.IGNORECASE,
)
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Upstream:
    """What was found; ``commit`` is empty when nothing was."""

    commit: str = ""
    index: int = 0
    """The line of the body."""
    line: str = ""
    is_formal: bool = False
    """In one of the two forms that the stable rules name."""
    is_own: bool = False
    """It says that there is no such commit, or takes one of the stable tree back."""


def upstream_of(patch: Patch) -> Upstream:
    """What the text says of the commit upstream: the formal line before any other."""
    loose: Upstream | None = None
    for at, line in enumerate(patch.body[:_MOST_LINES]):
        text = line.strip()[:300]
        found = _FORMAL.match(text)
        if found:
            commit = (found["id"] or found["other"]).lower()
            return Upstream(commit, at, text, is_formal=True)
        loose = loose or _loose(at, text)
    if loose:
        return loose
    text = " ".join(patch.body[:_MOST_LINES])[:20_000]
    return Upstream(is_own=_REVERT.search(text) is not None or _OWN.search(text) is not None)


def _loose(at: int, text: str) -> Upstream | None:
    found = _LOOSE.match(text)
    # "commit 0123..." alone may be about anything.
    if found is None or not _UPSTREAM.search(text):
        return None
    return Upstream(found["id"].lower(), at, text)
