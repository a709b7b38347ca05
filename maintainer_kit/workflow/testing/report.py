# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests of a range came to: each result beside the base's, and where what is new began."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Commit, Span
from maintainer_kit.model.testing.problems import Judgement, Problem, Sort, Verdict, judge
from maintainer_kit.model.testing.result import Key, Result, key_of
from maintainer_kit.workflow.testing.course import Course


@dataclass(frozen=True, slots=True)
class Row:
    """One commit that has a result."""

    commit: Commit
    result: Result
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Began:
    """Problems that the base has not, and the first commit that has them."""

    commit: Commit
    problems: tuple[Problem, ...]
    others: tuple[Commit, ...] = ()
    """Commits that may have been the first as well: they were not or cannot be tested."""


@dataclass(frozen=True, slots=True)
class Tested:
    """One configuration over the range."""

    __test__ = False

    configuration: Configuration
    base: Result | None
    rows: tuple[Row, ...]
    began: tuple[Began, ...]
    """In the order of the commits."""

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its commits; None where nothing was tested."""
        found = {row.judgement.verdict for row in self.rows}
        return next((one for one in _WORST_FIRST if one in found), None)


@dataclass(frozen=True, slots=True)
class Report:
    """All configurations over the range."""

    span: Span
    tested: tuple[Tested, ...]
    ran: int = 0
    """Commands that were run for it; the other results were known."""
    believed: Mapping[Key, str] = field(default_factory=dict)
    """Results that others found out, each with the notes that say so."""
    logs: Mapping[Key, str] = field(default_factory=dict)
    """Where the logs are of what did not go well."""
    problems: tuple[str, ...] = ()
    """What is to be said beside it."""
    is_full: bool = True
    """Nothing that is due was left out."""

    def has(self, verdicts: Collection[Verdict]) -> bool:
        """Whether any commit came to one of these."""
        return any(row.judgement.verdict in verdicts for one in self.tested for row in one.rows)


_WORST_FIRST = (
    Verdict.FAILED,
    Verdict.WARNED,
    Verdict.KNOWN,
    Verdict.SKIPPED,
    Verdict.PASSED,
)


def tested(course: Course) -> Tested:
    """What is known of one configuration now."""
    found = ((one, course.result(one)) for one in course.span.commits)
    rows = [Row(one, result, judge(result, course.base)) for one, result in found if result]
    return Tested(course.configuration, course.base, tuple(rows), tuple(_began(course, rows)))


def bad_keys(tested: Sequence[Tested], base: Commit | None) -> Iterator[Key]:
    """Of runs whose log somebody may want to read."""
    for one in tested:
        if base and one.base and one.base.is_bad:
            yield key_of(base.tree, one.configuration)
        for row in one.rows:
            if row.judgement.verdict not in (Verdict.PASSED, Verdict.SKIPPED):
                yield key_of(row.commit.tree, one.configuration)


def _began(course: Course, rows: Sequence[Row]) -> Iterator[Began]:
    """New problems by the commit that has them first."""
    first: dict[Problem, Commit] = {}
    for row in rows:
        for problem in row.judgement.new:
            first.setdefault(problem, row.commit)
    by_commit: dict[str, dict[tuple[Commit, ...], list[Problem]]] = {}
    for problem, commit in first.items():
        others = _others(course, problem, commit)
        by_commit.setdefault(commit.commit, {}).setdefault(others, []).append(problem)
    for row in rows:
        for others, some in by_commit.get(row.commit.commit, {}).items():
            yield Began(row.commit, tuple(sorted(some, key=_order)), others)


def _others(course: Course, problem: Problem, commit: Commit) -> tuple[Commit, ...]:
    good, _, _ = course.told_apart(problem)
    left = course.suspects.between(good, commit.commit)
    found = (course.span.commits[at] for at in left)
    return tuple(one for one in found if one.commit != commit.commit)


def _order(one: Problem) -> tuple[int, Problem]:
    return tuple(Sort).index(one.sort), one
