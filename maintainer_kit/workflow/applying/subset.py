# SPDX-License-Identifier: GPL-2.0-or-later
"""Which patches of a series are meant: ``1-3,5``, ``4-``."""

from __future__ import annotations

from maintainer_kit.errors import Refused
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line

_PART = lazy_pattern(r"(\d{1,4})(-(\d{1,4})?)?")


def read_subset(text: str, count: int) -> list[int]:
    """Places from 0, in the order of the patches, each once; all of ``count`` where the text is
    empty. Raises Refused for what cannot be meant."""
    if not text.strip():
        return list(range(count))
    found: set[int] = set()
    for part in text.split(","):
        one = _PART.fullmatch(part.strip())
        first = int(one[1]) if one else 0
        last = first if one and not one[2] else int(one[3]) if one and one[3] else count
        if not one or not 1 <= first <= last <= count:
            words = f"{visible_line(part.strip()) or 'nothing'} names none of patches 1 to {count}"
            raise Refused(words, "--subset 1-3,5")
        found.update(range(first - 1, last))
    return sorted(found)
