# SPDX-License-Identifier: GPL-2.0-or-later
"""Names of trailers that people use, how they are spelt, and which of them name a person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

VOUCHING = (
    "Signed-off-by",
    "Reviewed-by",
    "Acked-by",
    "Tested-by",
    "Co-developed-by",
)
"""Whoever gives one vouches for the patch, and has to be reachable."""

THANKS = (
    "Reported-by",
    "Suggested-by",
    "Requested-by",
    "Debugged-by",
    "Diagnosed-by",
    "Bisected-by",
    "Analyzed-by",
    "Co-authored-by",
    "Helped-by",
    "Mentored-by",
    "Noticed-by",
    "Noted-by",
    "Spotted-by",
    "Originally-by",
    "Originally-authored-by",
    "Inspired-by",
    "Improved-by",
    "Contributions-by",
    "Explained-by",
    "Commented-by",
    "Verified-by",
    "Validated-by",
    "Encouraged-by",
    "Pointed-out-by",
    "Nacked-by",
)
"""Others that name a person; of a reporter often only the name is known."""

REFERENCES = ("Fixes", "Link", "Closes", "Cc", "Reverts", "References")
OTHERS = (
    "Assisted-by",
    "Generated-by",
    "Based-on-patch-by",
    "Based-on-patches-by",
    "Best-viewed-with",
    "Original-patch-by",
    "Depends-on",
    "Message-id",
    "Change-id",
    "Base-commit",
    "Cve",
    "Coverity-id",
    "Bug",
    "Bugzilla",
    "Buglink",
    "Url",
    "Upstream-status",
    "Patchwork",
    "Acked-for-mfd-by",
)
"""Known, but with no one spelling or value that could be asked for."""

PEOPLE = frozenset((*VOUCHING, *THANKS))
KNOWN = frozenset((*VOUCHING, *THANKS, *REFERENCES, *OTHERS))
SPELT = frozenset((*VOUCHING, *THANKS, *REFERENCES, "Assisted-by"))
"""Those that are always spelt as they stand here."""

_WORDS = frozenset(word for name in (*VOUCHING, *THANKS) for word in name.split("-"))


@lru_cache(maxsize=1024)
def meant_by(name: str) -> str:
    """The name that was meant by a misspelt one (``Signeo-off-by``); empty for one that is known,
    or that is like none."""
    if name in KNOWN or len(name) > 40:
        return ""
    if len(name) <= 7:
        return ""  # too few letters to tell a slip from another word
    from difflib import get_close_matches

    near = get_close_matches(name, _candidates(), n=1, cutoff=0.86)
    return near[0] if near and not _is_another_word(name, near[0]) else ""


@lru_cache(maxsize=1)
def _candidates() -> tuple[str, ...]:
    return (*VOUCHING, *(one for one in THANKS if len(one) > 7), "Assisted-by")


def _is_another_word(name: str, near: str) -> bool:
    """Whether what differs is a whole word that is right in itself: ``Co-reviewed-by``."""
    extra = set(name.lower().split("-")) - set(near.lower().split("-"))
    if len(name.split("-")) != len(near.split("-")):
        # A missing or doubled hyphen is a slip.
        return name.replace("-", "").lower() != near.replace("-", "").lower()
    return any(one in _WORDS for one in extra)


def combined(name: str) -> tuple[str, ...]:
    """The trailers that one of several stands for: ``Reported-and-tested-by``; else none."""
    low = name.lower()
    if "-and-" not in low or not low.endswith("-by"):
        return ()
    parts = low[:-3].split("-and-")
    return tuple(f"{one[:1].upper()}{one[1:]}-by" for one in parts if one)


def is_one_of(name: str, names: Iterable[str]) -> bool:
    """Whether a name is in a list that a profile gives, whatever its case."""
    low = name.lower()
    return any(low == one.lower() for one in names)
