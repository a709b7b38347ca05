# SPDX-License-Identifier: GPL-2.0-or-later
"""From what a command left to its result."""

from __future__ import annotations

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.testing.diagnostics import read_diagnostics
from maintainer_kit.model.testing.junit import NotJUnit, read_junit
from maintainer_kit.model.testing.ktap import Tests, read_ktap
from maintainer_kit.model.testing.result import CANNOT_TELL, Outcome, Result, TestOutcome
from maintainer_kit.workflow.testing.ports import Ran

_NOT_FOUND = (126, 127)
"""Exit codes of a shell that cannot run the command: an error of the configuration, mostly."""


@dataclass(frozen=True, slots=True)
class Read:
    """A result, and what is to be said beside it."""

    result: Result
    problems: tuple[str, ...] = ()


def read_run(ran: Ran, now: int, by: str) -> Read:
    """What a run came to; ``now`` in seconds since the epoch, ``by`` who ran it."""
    lines = ran.output.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    said, is_cut = read_diagnostics(lines, ran.root)
    tests = read_ktap(lines)
    outcomes, problems = _with_reports(tests, ran)
    configuration = ran.job.configuration
    if ran.code in _NOT_FOUND:
        last = next((one for one in reversed(lines) if one.strip()), "")
        problems.append(f"{configuration.name}: exit code {ran.code}: {last[:200]}")
    result = Result(
        outcome=_outcome(ran, tests, outcomes),
        code=ran.code,
        seconds=ran.seconds,
        when=now,
        by=by,
        commit=ran.job.commit.commit,
        time_limit=configuration.seconds,
        memory_limit=configuration.memory,
        whole=ran.was_clean,
        is_cut=ran.is_cut or is_cut or tests.is_cut,
        diagnostics=said,
        tests=tuple(sorted(outcomes.items())),
    )
    return Read(result, tuple(problems))


def _outcome(ran: Ran, tests: Tests, outcomes: dict[str, TestOutcome]) -> Outcome:
    if ran.reason:
        return Outcome.MEMORY if ran.reason == Outcome.MEMORY else Outcome.TIMEOUT
    if ran.code == CANNOT_TELL:
        return Outcome.SKIP
    # make run_tests of kselftest ends well whatever its tests did.
    has_failed = ran.code or tests.lacking or tests.has_bailed
    if has_failed or TestOutcome.FAIL in outcomes.values():
        return Outcome.FAIL
    return Outcome.SUCCESS


def _with_reports(tests: Tests, ran: Ran) -> tuple[dict[str, TestOutcome], list[str]]:
    found, problems = dict(tests.outcomes), []
    for data in ran.reports:
        try:
            found.update(read_junit(data))
        except NotJUnit as error:
            problems.append(f"{ran.job.configuration.name}: a report is no JUnit's: {error}")
    return found, problems
