# SPDX-License-Identifier: GPL-2.0-or-later
"""Times for people: relative and short."""

from __future__ import annotations

_WEEK = 7 * 86400
_YEARS = 104 * _WEEK
"""From there on time is told in years."""
_UNITS = ((_WEEK, "w"), (86400, "d"), (3600, "h"), (60, "m"))


def age(seconds: int, now: int) -> str:
    """``3d``, ``5w``, ``2y`` before ``now``; both in seconds since the epoch."""
    if not seconds:
        return "?"
    left = max(0, now - seconds)
    if left >= _YEARS:
        return f"{left // (52 * _WEEK)}y"
    for size, unit in _UNITS:
        if left >= size:
            return f"{left // size}{unit}"
    return f"{left}s"
