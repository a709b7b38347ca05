# SPDX-License-Identifier: GPL-2.0-or-later
"""The wildcards of ``F:`` and ``X:``, with the meaning that get_maintainer.pl gives them."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

_WILD = re.compile(r"[*?\[]")
_PART = re.compile(r"\[[!^]?\]?[^\]]*\]|.", re.DOTALL)
_SPECIAL = re.compile(r"--|[\\\[\]^&~|]")
REST_DEPTH = -1
"""Of a pattern that begins with a star: it is the least precise of all."""


def start_of(pattern: str) -> str:
    """What stands before the first wildcard."""
    wild = _WILD.search(pattern)
    return pattern[: wild.start()] if wild else pattern


def depth_of(pattern: str) -> int:
    """How precise it is: the slashes in it, one more for the name of a file; ``REST_DEPTH`` for
    one that begins with a star."""
    if pattern.startswith("*"):
        return REST_DEPTH
    return pattern.count("/") + (not pattern.endswith("/"))


def takes_in(pattern: str, path: str, directories: Container[str] = ()) -> bool:
    """Whether ``path`` is meant.

    With a slash at its end, or the name of a directory, a pattern takes in all below it; else the
    files of its own depth whose paths begin with it. A star stands for anything, slashes too.
    ``directories`` are those known, without a slash at the end; one that holds ``path`` is taken
    for a directory even when it is not among them.
    """
    if _WILD.search(pattern):
        return _begins(path, pattern) and (pattern.endswith("/") or _is_as_deep(path, pattern))
    if not path.startswith(pattern):
        return False
    if pattern.endswith("/") or path.startswith("/", len(pattern)):
        return True
    return _is_as_deep(path, pattern) and pattern not in directories


def _is_as_deep(path: str, pattern: str) -> bool:
    return path.count("/") == pattern.count("/")


def _begins(path: str, pattern: str) -> bool:
    """Whether a path begins as a wildcard wants it; in time that grows with the path only."""
    parts = pattern.split("*")
    at = 0
    for number, part in enumerate(parts):
        at = _after(path, part, at, anywhere=number > 0)
        if at < 0:
            return False
    return True


def _after(path: str, part: str, at: int, *, anywhere: bool) -> int:
    """Where the first occurrence of a part without stars ends, -1 when there is none."""
    if not _WILD.search(part):
        if anywhere:
            found = path.find(part, at)
            return found + len(part) if found >= 0 else -1
        return at + len(part) if path.startswith(part, at) else -1
    expression = _compiled(part)
    hit = expression.search(path, at) if anywhere else expression.match(path, at)
    return hit.end() if hit else -1


@lru_cache(maxsize=4096)
def _compiled(part: str) -> re.Pattern[str]:
    """Of one length only, so that matching it never goes back."""
    made = "".join(
        "." if one == "?" else _class(one) if len(one) > 1 else re.escape(one)
        for one in _PART.findall(part)
    )
    return re.compile(made, re.DOTALL)


def _class(text: str) -> str:
    """``[a-z]`` or ``[!a-z]``; taken for plain signs where it is no class."""
    sign = "^" if text[1] in "!^" else ""
    inner = _SPECIAL.sub(r"\\\g<0>", text[1 + len(sign) : -1])
    made = f"[{sign}{inner}]"
    try:
        re.compile(made)
    except re.error:
        return re.escape(text)
    return made
