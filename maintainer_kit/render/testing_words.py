# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests found, in words that text and JSON share."""

from __future__ import annotations

from maintainer_kit.model.testing.problems import Problem, Sort, has_passed
from maintainer_kit.model.testing.result import Outcome, Result


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
