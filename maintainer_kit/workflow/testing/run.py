# SPDX-License-Identifier: GPL-2.0-or-later
"""Run configurations on the commits of a range: what is known is not run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Span
from maintainer_kit.model.testing.result import Key, Result, key_of
from maintainer_kit.workflow.testing.course import Course
from maintainer_kit.workflow.testing.ports import Job, Laboratory, Results
from maintainer_kit.workflow.testing.reading import read_run
from maintainer_kit.workflow.testing.report import Report, bad_keys, tested

Told = Callable[[Job, Result, int, int], None]
"""A job that ended, its result, how many are done and how many are known to be due."""


@dataclass(frozen=True, slots=True)
class RunWish:
    """What is to be tested, and what counts as known."""

    span: Span
    configurations: Sequence[Configuration]
    by: str = ""
    """Who runs it."""
    believed: Mapping[Key, Result] = field(default_factory=dict)
    """What others found out."""
    sources: Mapping[Key, str] = field(default_factory=dict)
    """The notes that say so."""
    again: bool = False
    """Nothing counts as known."""


class Testing:
    """The tests of one range."""

    __test__ = False

    def __init__(self, wish: RunWish, results: Results) -> None:
        self._wish = wish
        self._results = results
        self.own: dict[Key, Result] = {}
        """Results of ours about the range."""
        self._believed: dict[Key, str] = {}
        self._problems: dict[str, None] = {}
        self._ran = 0
        self._at = {one.commit: number for number, one in enumerate(wish.span.all)}
        self._courses = [Course(one, wish.span, self._known) for one in wish.configurations]

    @property
    def left(self) -> int:
        """How many runs are known to be due."""
        return sum(course.left for course in self._courses)

    def run(self, laboratory: Laboratory, clock: Callable[[], int], told: Told) -> None:
        """Run all that is due; each result is kept before the next is waited for. ``clock`` gives
        microseconds."""
        self._start_all(laboratory)
        while not laboratory.is_idle:
            ran = laboratory.wait()
            read = read_run(ran, clock() // 1_000_000, self._wish.by)
            self._took(ran.job, read.result)
            # The next one runs while this one is written.
            self._start_all(laboratory)
            self._results.put(ran.job.key, read.result, ran.log)
            self.own[ran.job.key] = read.result
            self._problems.update(dict.fromkeys(read.problems))
            told(ran.job, read.result, self._ran, self.left)

    def note(self, words: str) -> None:
        """Something that is to be said beside the results."""
        self._problems[words] = None

    def report(self) -> Report:
        """What is known now."""
        found = tuple(tested(course) for course in self._courses)
        logs = {key: self._results.log_of(key) for key in bad_keys(found, self._wish.span.base)}
        return Report(
            span=self._wish.span,
            tested=found,
            ran=self._ran,
            believed=self._believed,
            logs={key: place for key, place in logs.items() if place},
            problems=tuple(self._problems),
            is_full=not self.left,
        )

    def _start_all(self, laboratory: Laboratory) -> None:
        while started := self._startable(laboratory):
            course, job = started
            course.started(job)
            laboratory.start(job)

    def _startable(self, laboratory: Laboratory) -> tuple[Course, Job] | None:
        """Of those that have something to run the one that is least far, so that all configurations
        tell of a commit at about the same time."""
        ready = [(job, one) for one in self._courses if (job := one.next())]
        if not ready:
            return None
        job, course = min(ready, key=lambda pair: self._at[pair[0].commit.commit])
        return (course, job) if laboratory.has_room(job.configuration.cores) else None

    def _took(self, job: Job, result: Result) -> None:
        self._ran += 1
        self._believed.pop(job.key, None)
        for course in self._courses:
            if course.configuration == job.configuration:
                course.took(job, result)

    def _known(self, key: Key) -> Result | None:
        if self._wish.again:
            return None
        if (found := self._results.get(key)) is not None:
            self.own[key] = found
            return found
        believed = self._wish.believed.get(key)
        if believed is not None:
            self._believed[key] = self._wish.sources.get(key, "")
        return believed


def keys_of(span: Span, configurations: Sequence[Configuration]) -> list[Key]:
    """All that can be known of a range."""
    return [key_of(one.tree, each) for one in span.all for each in configurations]
