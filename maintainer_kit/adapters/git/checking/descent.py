# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether one commit is an ancestor of another, for many pairs: commits on top of a base, and what
they name of the past.

A process a pair would cost seconds in a big repository, so the history of the base is read once,
and the few commits above it are walked through. What that does not settle, git is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from maintainer_kit.adapters.git.checking.abbreviated import Commits
from maintainer_kit.adapters.git.checking.ancestry import Ancestry
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import is_ancestor

_MOST_STEPS = 3000
_SKEW = 86_400
"""Seconds by which a clock may have been wrong when a commit was made."""


class Descent:
    """Answers for one base."""

    def __init__(self, git: Git, commits: Commits, base: str) -> None:
        self._git = git
        self._commits = commits
        self._base = base
        self._below = Ancestry(git, base)
        self._above: set[str] = {base}
        """Commits known to have the base below them."""
        self._asked: dict[tuple[str, str], bool] = {}

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Both by their full ids."""
        if newer == self._base:
            return self._below.has(older)
        if older == newer:
            return True
        key = (older, newer)
        if key not in self._asked:
            self._asked[key] = self._is_found(older, newer) or self._ask(older, newer)
        return self._asked[key]

    def close(self) -> None:
        self._below.close()

    def _is_found(self, older: str, newer: str) -> bool:
        """Whether there is a way down from one to the other; False when none was found."""
        if self._date(older) >= self._date(self._base):
            return self._reaches(newer, older, lambda one: one == older)
        if not self._reaches(newer, self._base, self._above.__contains__):
            return False
        self._above.add(newer)
        return self._below.has(older)

    def _reaches(self, start: str, goal: str, is_goal: Callable[[str], bool]) -> bool:
        """Walk down from a commit, not further than the date of what is looked for."""
        floor = self._date(goal) - _SKEW
        waiting, seen = [start], {start}
        while waiting and len(seen) < _MOST_STEPS:
            one = waiting.pop()
            if is_goal(one):
                return True
            fresh = [x for x in self._commits.parents(one) if x not in seen]
            seen.update(fresh)
            waiting.extend(x for x in reversed(fresh) if self._date(x) >= floor)
        return False

    def _date(self, name: str) -> int:
        known = self._commits.find(name)
        return known.date if known else 0

    def _ask(self, older: str, newer: str) -> bool:
        return is_ancestor(self._git, older, newer)
