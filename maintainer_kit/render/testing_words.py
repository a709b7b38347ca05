# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests found, in words that text and JSON share."""

from __future__ import annotations

from collections import Counter

from maintainer_kit.model.testing.problems import Problem, Sort, Verdict, has_passed
from maintainer_kit.model.testing.result import Outcome, Result
from maintainer_kit.workflow.testing.report import Report, Tested

_SHORT = 12


def outcome_words(result: Result) -> str:
    """``exit code 2``, ``killed by signal 11``, ``took longer than 60 s``."""
    if result.outcome is Outcome.TIMEOUT:
        return f"took longer than {result.time_limit} s"
    if result.outcome is Outcome.MEMORY:
        return f"took more than {result.memory_limit >> 20} MiB of memory"
    if result.code and result.code < 0:
        return f"killed by signal {-result.code}"
    if result.code and result.code > 128:
        # As a shell tells of what it ran.
        return f"exit code {result.code} (signal {result.code - 128})"
    return f"exit code {result.code}" if result.code else "tests failed"


def problem_words(problem: Problem, base: Result | None) -> str:
    """One line of a problem that the base has not."""
    if problem.sort is Sort.RUN:
        return f"the command {problem.words}"
    if problem.sort is Sort.TEST:
        how = "passed in base" if has_passed(problem.place, base) else "not in base"
        return f"test {problem.place} fails ({how})"
    place = f"{problem.place}: " if problem.place else ""
    again = f" (the {problem.number}. of these)" if problem.number > 1 else ""
    return f"{problem.sort.value}: {place}{problem.words}{again}"


def summary_words(report: Report) -> str:
    """One line of all: ``build: 3 passed; suite: fails since 0123456789ab``."""
    return "; ".join(f"{one.configuration.name}: {_summary(one)}" for one in report.tested)


def _summary(tested: Tested) -> str:
    for began in tested.began:
        graver = any(one.sort is not Sort.WARNING for one in began.problems)
        if graver:
            return f"fails since {began.commit.commit[:_SHORT]}"
    counts = Counter(row.judgement.verdict for row in tested.rows)
    return ", ".join(f"{counts[one]} {one.value}" for one in Verdict if counts[one]) or "not tested"
