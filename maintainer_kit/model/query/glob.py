# SPDX-License-Identifier: GPL-2.0-or-later
"""Patterns of paths as in ``.gitignore``: matched in time that grows with pattern times path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_GLOB = 500
"""Characters of a pattern."""
_WILD = re.compile(r"[*?]")
_DEEP = "**"


@dataclass(frozen=True, slots=True)
class PathGlob:
    """A pattern; it takes in a path that it describes, and all below a directory it describes.

    ``*`` and ``?`` stop at a slash; ``**`` stands for any number of directories. One without a
    slash, but at its end, is looked for in every directory; one with a slash at the end describes
    directories only.
    """

    parts: tuple[str, ...]
    """Between the slashes."""
    directories_only: bool

    def matches(self, path: str) -> bool:
        """Whether the path of a file is meant."""
        names = path.split("/")
        ends = _ends(self.parts, names)
        whole = len(names)
        return any(end < whole or not self.directories_only for end in ends)

    @property
    def start(self) -> str:
        """What every path begins with that is meant: literally, up to the first wildcard."""
        literal: list[str] = []
        for part in self.parts:
            if wild := _WILD.search(part):
                literal.append(part[: wild.start()])
                break
            literal.append(part)
        return "/".join(literal)


def read_glob(text: str) -> PathGlob:
    """The pattern that a text is; any text is one."""
    anchored = text.lstrip("/")
    parts = tuple(part for part in anchored.split("/") if part)
    is_deep = len(parts) == 1 and not text.startswith("/")
    return PathGlob((_DEEP, *parts) if is_deep else parts, anchored.endswith("/"))


def _ends(parts: Sequence[str], names: Sequence[str]) -> list[int]:
    """After how many names of the path the whole pattern can be used up."""
    reached = {0}
    for part in parts:
        if part == _DEEP:
            reached = set(range(min(reached), len(names) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(names) and _fits(part, names[at])}
        if not reached:
            return []
    return sorted(reached)


def _fits(pattern: str, name: str) -> bool:
    """Whether a name between slashes is described; a star gives back only to the last one."""
    at = here = 0
    star, mark = -1, 0
    while here < len(name):
        if at < len(pattern) and pattern[at] == "*":
            star, mark = at, here
            at += 1
        elif at < len(pattern) and pattern[at] in ("?", name[here]):
            at += 1
            here += 1
        elif star >= 0:
            mark += 1
            at, here = star + 1, mark
        else:
            return False
    return pattern[at:].strip("*") == ""
