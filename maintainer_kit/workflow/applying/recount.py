# SPDX-License-Identifier: GPL-2.0-or-later
"""A diff that a person edited, with the counts of its hunks made right again."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.lazy.pattern import lazy_pattern

_HUNK = lazy_pattern(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$")
_OF_HUNK = " +-\\"


def recounted(diff: str) -> str:
    """The same diff; a line that was emptied by an editor counts as an empty line of context."""
    lines = diff.split("\n")
    found: list[str] = []
    at = 0
    while at < len(lines):
        hunk = _HUNK.match(lines[at])
        end = _end(lines, at + 1) if hunk else at + 1
        if hunk:
            body = lines[at + 1 : end]
            old = sum(one[:1] in ("", " ", "-") for one in body)
            new = sum(one[:1] in ("", " ", "+") for one in body)
            found.append(f"@@ -{hunk[1]},{old} +{hunk[2]},{new} @@{hunk[3]}")
            found += [one or " " for one in body]
        else:
            found.append(lines[at])
        at = end
    return "\n".join(found)


def _end(lines: Sequence[str], first: int) -> int:
    """Behind the last line of a hunk: blank lines below it are none of it, nor is a signature."""
    at = first
    while at < len(lines) and _is_inside(lines, at):
        at += 1
    while at > first and not lines[at - 1]:
        at -= 1
    return at


def _is_inside(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    if line.rstrip() == "--":
        return False
    if line.startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ "):
        return False
    return not line or line[0] in _OF_HUNK
