# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers before keys that move, as vi has them: ``5j``, ``3]``, ``120G``."""

from __future__ import annotations

import re

_MOVE = re.compile(r"(\w+)\((-?\d+)\)")
_BY_ONE = frozenset({"item", "patch", "topic", "hunk", "file", "comment", "unread", "candidate"})
_FAR = frozenset({"line", "half", "page", "sideways"})
_MOST = 9999
_MOST_STEPS = 200
"""Steps one by one; nobody counts further, and each may ask for a mail."""


class Count:
    """The number that was typed and waits for its key."""

    def __init__(self) -> None:
        self.number = 0

    def add(self, digit: int) -> None:
        """One more digit; a number that is too large stays as it is."""
        number = self.number * 10 + digit
        self.number = number if number <= _MOST else self.number

    def take(self) -> int:
        """The number, which has then done its work; 0 without any."""
        number, self.number = self.number, 0
        return number


def counted(action: str, count: int) -> list[str]:
    """Textual's actions that stand for one with a number before its key; the action alone where
    that says nothing."""
    found = _MOVE.fullmatch(action)
    if not found or count < 1:
        return [action]
    name, by = found[1], int(found[2])
    if name in _FAR:
        return [f"{name}({by * count})"]
    if name == "edge" and by:
        return ["edge(0)", f"line({count - 1})"]
    return [action] * min(count, _MOST_STEPS) if name in _BY_ONE else [action]
