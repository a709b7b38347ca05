# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a tree, one thing at a time, so that two trees can be told apart."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum
from typing import NamedTuple

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.testing.result import Outcome, Result, TestOutcome

_MOST_PLACES = 20


class Sort(StrEnum):
    """What kind of thing is wrong; the gravest first."""

    RUN = "run"
    """The command as a whole."""
    TEST = "test"
    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One thing that is wrong; the same in two trees where it is the same thing."""

    sort: Sort
    place: str
    """The file, or the test; empty of a run as a whole."""
    words: str
    number: int = 1
    """Of several places in one file with the same words the first, the second, ..."""


class Verdict(StrEnum):
    """What a result means beside that of the base."""

    PASSED = "passed"
    WARNED = "new warnings"
    FAILED = "failed"
    KNOWN = "fails already in base"
    SKIPPED = "cannot be tested"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A result beside the base's."""

    verdict: Verdict
    new: tuple[Problem, ...] = ()
    """That the base has not; sorted, the gravest first."""
    known: int = 0
    """How many the base has too, warnings left out."""
    is_compared: bool = True
    """There is a result of the base; else all that is wrong counts as new."""
    gone: tuple[str, ...] = ()
    """Tests that the base passes, and that were not run."""


def problems_of(result: Result) -> frozenset[Problem]:
    """All that is wrong. Warnings count in a run that went well, too."""
    found: set[Problem] = set()
    if result.is_bad:
        found.add(Problem(Sort.RUN, "", _words(result.outcome)))
    found.update(Problem(Sort.TEST, one, "") for one in result.named(TestOutcome.FAIL))
    for said, count in result.diagnostics:
        sort = Sort.WARNING if said.kind == "warning" else Sort.ERROR
        words = f"{said.message} [{said.flag}]" if said.flag else said.message
        places = range(1, min(count, _MOST_PLACES) + 1)
        found.update(Problem(sort, said.path, words, number) for number in places)
    return frozenset(found)


def judge(result: Result, base: Result | None) -> Judgement:
    """What of a result was there before the range."""
    if result.outcome is Outcome.SKIP:
        return Judgement(Verdict.SKIPPED)
    known: Set[Problem] = frozenset()
    is_compared = base is not None and base.outcome is not Outcome.SKIP
    if is_compared and base is not None:
        known = problems_of(base)
    found = problems_of(result)
    new = sorted(found - known, key=_order)
    graver = [one for one in new if one.sort is not Sort.WARNING]
    before = sum(one.sort is not Sort.WARNING for one in found & known)
    gone = _gone(result, base) if is_compared and base is not None else ()
    return Judgement(_verdict(result, new, graver), tuple(new), before, is_compared, gone)


def has_passed(name: str, base: Result | None) -> bool:
    """Whether a test is known to have passed in the base."""
    return base is not None and name in base.named(TestOutcome.PASS)


def _verdict(result: Result, new: list[Problem], graver: list[Problem]) -> Verdict:
    if result.is_bad:
        # Errors that do not fail a run (a probe of a configure script) are nobody's.
        return Verdict.FAILED if graver else Verdict.KNOWN
    return Verdict.WARNED if new else Verdict.PASSED


def _gone(result: Result, base: Result) -> tuple[str, ...]:
    told = {name for name, _ in result.tests}
    return tuple(sorted(base.named(TestOutcome.PASS) - told)) if not result.is_cut else ()


def _words(outcome: Outcome) -> str:
    return {Outcome.TIMEOUT: "took too long", Outcome.MEMORY: "took too much memory"}.get(
        outcome, "failed"
    )


def _order(one: Problem) -> tuple[int, Problem]:
    return _RANK[one.sort], one


_RANK = {sort: at for at, sort in enumerate(Sort)}
