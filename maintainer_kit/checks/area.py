# SPDX-License-Identifier: GPL-2.0-or-later
"""The area that a title names in front: ``net: dsa: sja1105:``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.verbs import COMMANDS
from maintainer_kit.lazy.pattern import lazy_pattern

_LONGEST = 60
_MOST_WORDS = 4
_TIGHT = lazy_pattern(r"[A-Za-z0-9_./-]{2,40}:(?=[A-Za-z])")
_BLOCK = lazy_pattern(r"\[[^\]\[]{1,40}\]")
_NOT_ITS_OWN = ("Merge ", "fixup! ", "squash! ", "amend! ", "Pull request")


def area_end(title: str) -> int:
    """Column behind the area and the blanks after its colon; 0 without an area."""
    at = title.find(": ")
    if not 0 < at <= _LONGEST or not _is_area(title[:at]):
        return 0
    while True:
        at += 1
        while at < len(title) and title[at] == " ":
            at += 1
        end = title.find(": ", at)
        # Only the first part may have blanks: in "net: fix a leak: again" it is "net" alone.
        if end <= at or " " in title[at:end] or title[at] in "\"'`(":
            return at
        at = end


def _is_area(head: str) -> bool:
    words = head.split()
    if not words or len(words) > _MOST_WORDS or head[0] in "\"'`(":
        return False
    # "Fix a crash: ..." names none; "add -p: ..." does.
    is_command = words[0].lower() in COMMANDS and len(words) > 1
    return not (is_command and not words[1].startswith(("-", "/")))


def names_area(title: str) -> bool:
    """Whether a title names its area, well written (``net: ``) or not (``net:``, ``[net]``)."""
    if area_end(title) > 0:
        return True
    return bool(_BLOCK.match(title) or _TIGHT.match(title))


def area_of(title: str) -> str:
    """The area without its last colon; empty without one."""
    return title[: area_end(title)].rstrip(": ")


def usual_area(titles: Iterable[str], most: float = 0.3) -> tuple[str, float]:
    """The area that most of some titles name, empty when less than ``most`` of them agree; and
    how many of them name any, 0 to 1."""
    every = list(titles)
    areas = Counter(area for one in every if (area := area_of(one)))
    if not every or not areas:
        return "", 0.0
    named = sum(areas.values()) / len(every)
    area, count = min(areas.items(), key=lambda pair: (-pair[1], pair[0]))
    return (area if count > 1 and count >= most * len(every) else ""), named


def is_worded(patch: Patch) -> bool:
    """Whether a person chose the words of a title: not those of a revert or a merge."""
    if patch.is_merge or patch.is_revert:
        return False
    return bool(patch.title) and not patch.title.startswith(_NOT_ITS_OWN)
