# SPDX-License-Identifier: GPL-2.0-or-later
"""What one configuration has still to be run on, as more and more is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Commit, Span, Suspects
from maintainer_kit.model.testing.problems import Problem, Sort, problems_of
from maintainer_kit.model.testing.result import Key, Outcome, Result, key_of
from maintainer_kit.workflow.testing.ports import Job

_MOST_HUNTED = 50
"""Problems of a tip whose first commits are looked for, one after the other."""


class Course:
    """The results of one configuration over a range, and the next commit to run it on."""

    def __init__(
        self, configuration: Configuration, span: Span, known: Callable[[Key], Result | None]
    ) -> None:
        self.configuration = configuration
        self.span = span
        self.found: dict[str, Result] = {}
        """By tree."""
        self._running: set[str] = set()
        self.suspects = Suspects(span.commits)
        self._problems: dict[str, frozenset[Problem]] = {}
        self._hunted: set[Problem] = set()
        for one in span.all:
            if one.tree not in self.found and (held := self._held(one, known)):
                self.found[one.tree] = held

    def _held(self, one: Commit, known: Callable[[Key], Result | None]) -> Result | None:
        result = known(key_of(one.tree, self.configuration))
        if result is None or not result.holds_for(self.configuration):
            return None
        # Others are told apart from the base by what it says: it has to say all.
        return result if result.whole or one is not self.span.base else None

    def result(self, one: Commit) -> Result | None:
        return self.found.get(one.tree)

    @property
    def base(self) -> Result | None:
        return self.result(self.span.base) if self.span.base else None

    def next(self) -> Job | None:
        """What can be run now, beside what is running; None where there is nothing."""
        if self.configuration.keeps and self._running:
            return None
        one = self._next()
        if one is None or one.tree in self._running:
            return None
        base = self.span.base.commit if self.span.base else ""
        return Job(self.configuration, one, base, self._before(one))

    def started(self, job: Job) -> None:
        self._running.add(job.commit.tree)

    def took(self, job: Job, result: Result) -> None:
        self._running.discard(job.commit.tree)
        self.found[job.commit.tree] = result

    @property
    def left(self) -> int:
        """How many commits are known to be due, those that run included."""
        return sum(one.tree not in self.found for one in self._due())

    def _due(self) -> Iterator[Commit]:
        span = self.span
        yield from span.all if self.configuration.on_each else [*span.all[:1], span.tip]

    def _next(self) -> Commit | None:
        due = (one for one in self._due() if one.tree not in self.found)
        first = next((one for one in due if one.tree not in self._running), None)
        if first or self.configuration.on_each or self._running:
            return first
        return self._hunt()

    def _before(self, one: Commit) -> str | None:
        """The commit in whose build this one's may begin, where builds are kept."""
        if not self.configuration.keeps or not self.configuration.on_each:
            return None
        line = {later.commit: before.commit for before, later in pairwise(self.span.all)}
        return line.get(one.commit)

    def _hunt(self) -> Commit | None:
        """The next commit to tell where something began that the tip has and the base has not."""
        tip, base = self.result(self.span.tip), self.base
        if tip is None or not self.span.base or base is None or base.outcome is Outcome.SKIP:
            return None
        if tip.outcome is Outcome.SKIP:
            return None
        new = self.problems(self.span.tip) - self.problems(self.span.base)
        for problem in sorted(new, key=lambda one: (_WORTH[one.sort], one))[:_MOST_HUNTED]:
            if problem not in self._hunted:
                if wanted := self._suspect(problem):
                    return wanted
                self._hunted.add(problem)
        return None

    def _suspect(self, problem: Problem) -> Commit | None:
        good, bad, untold = self.told_apart(problem)
        if not bad:
            return None
        return self.suspects.next(good, bad[0], untold)

    def told_apart(self, problem: Problem) -> tuple[list[str], list[str], list[str]]:
        """Commits that have it not, that have it, and that nobody can tell of; the oldest first."""
        good: list[str] = []
        bad: list[str] = []
        untold: list[str] = []
        for one in self.span.commits:
            result = self.result(one)
            if result is None:
                continue
            if result.outcome is Outcome.SKIP:
                untold.append(one.commit)
            else:
                (bad if problem in self.problems(one) else good).append(one.commit)
        return good, bad, untold

    def problems(self, one: Commit) -> frozenset[Problem]:
        """What is wrong with a commit that has a result."""
        if one.tree not in self._problems:
            self._problems[one.tree] = problems_of(self.found[one.tree])
        return self._problems[one.tree]


_WORTH = {Sort.RUN: 0, Sort.ERROR: 1, Sort.TEST: 2, Sort.WARNING: 3}
