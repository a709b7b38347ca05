# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether later patches of a series build on lines that a fix of the diff would change: they would
not apply any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.mending import lines_of
from maintainer_kit.checks.patch import Patch, Role


class LaterLines:
    """The lines that patches expect to be there, by file."""

    def __init__(self, patches: Sequence[Patch]) -> None:
        self._patches = patches
        self._expected: dict[int, dict[str, set[str]]] = {}

    def objection(self, at: int, edits: Iterable[Edit]) -> str:
        """Why edits of the patch at an index are better not made; empty when nothing is against
        them."""
        patch = self._patches[at]
        mine = [edit for edit in edits if edit.part is Part.DIFF]
        if not mine:
            return ""
        lines = lines_of(patch, Part.DIFF)
        changed = {
            line[1:]
            for edit in mine
            for line in lines[edit.first : edit.first + edit.count]
            if line[:1] == "+"
        }
        if any(self._expects(other, patch.paths, changed) for other in self._later(at)):
            return "a later patch of the series builds on that line"
        return "" if self._are_all_here(at) else "later patches of the series are not here"

    def _later(self, at: int) -> range:
        return range(at + 1, len(self._patches))

    def _expects(self, at: int, paths: Iterable[str], changed: set[str]) -> bool:
        if at not in self._expected:
            self._expected[at] = _expected(self._patches[at])
        found = self._expected[at]
        return any(not changed.isdisjoint(found.get(path, ())) for path in paths)

    def _are_all_here(self, at: int) -> bool:
        subject = self._patches[at].subject
        if subject.number is None or subject.total is None:
            return True
        others = (self._patches[other] for other in self._later(at))
        there = {one.subject.number for one in others if one.role is Role.PATCH}
        return there >= set(range(subject.number + 1, min(subject.total, 10_000) + 1))


def _expected(patch: Patch) -> dict[str, set[str]]:
    """Context and removed lines, by the file that they are in."""
    found: dict[str, set[str]] = {}
    lines: set[str] = set()
    for line in patch.diff_lines:
        if line.startswith("diff --git "):
            lines = set()
        elif line.startswith(("--- ", "+++ ")):
            found[line[4:].partition("/")[2]] = lines
        elif line[:1] in ("", " ", "-"):
            lines.add(line[1:])
    return found
