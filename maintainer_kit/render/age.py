# SPDX-License-Identifier: GPL-2.0-or-later
"""Times for people: relative and short."""

from __future__ import annotations

_STEPS = ((60, "s"), (60, "m"), (24, "h"), (7, "d"), (52, "w"))


def age(seconds: int, now: int) -> str:
    """``3d``, ``5w``, ``2y`` before ``now``; both in seconds since the epoch."""
    if not seconds:
        return "?"
    left = max(0, now - seconds)
    for size, unit in _STEPS:
        if left < size or (unit == "w" and left < 104):
            return f"{left}{unit}"
        left //= size
    return f"{left}y"
