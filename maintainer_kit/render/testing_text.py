# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests of a range found, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Commit
from maintainer_kit.model.testing.problems import Problem, Sort, Verdict
from maintainer_kit.model.testing.result import key_of
from maintainer_kit.render.testing_words import outcome_words, problem_words
from maintainer_kit.workflow.testing.report import Began, Report, Tested

_SHORT = 12
_MOST = 10
"""Problems that are told of one commit."""
_NAME = 10


def test_text(report: Report) -> Iterator[str]:
    """A line for each configuration, and below what is to be looked at."""
    yield _head(report)
    for one in report.tested:
        yield _line(one)
    for one in report.tested:
        for began in one.began:
            yield ""
            yield from _began(report, one, began)
        yield from _in_base(report, one)
    for words in report.problems:
        yield f"note: {visible_line(words)}"


def configurations_text(configurations: Sequence[Configuration]) -> Iterator[str]:
    """Those that are configured, and within which bounds they run."""
    for one in configurations:
        bounds = [f"{one.seconds} s"]
        bounds += [f"{one.memory >> 20} MiB"] if one.memory else []
        bounds += [count_of(one.cores, "core")] if one.cores > 1 else []
        bounds += ["keeps what was built"] if one.keeps else []
        where = "each" if one.on_each else "tip"
        words = f"{one.name:<{_NAME}}  {where:<4}  {visible_line(one.command)}"
        yield f"{words}  ({', '.join(bounds)})"


def _head(report: Report) -> str:
    span = report.span
    on = f" on {span.base.commit[:_SHORT]}" if span.base else ""
    known = sum(len(one.rows) + (one.base is not None) for one in report.tested) - report.ran
    parts = [f"{count_of(len(span.commits), 'commit')}{on}", count_of(report.ran, "run")]
    parts += [f"{known} known"] if known > 0 else []
    believed = len(report.believed)
    parts += [f"{believed} believed"] if believed else []
    parts += [] if report.is_full else ["not all is tested"]
    return ", ".join(parts)


def _line(tested: Tested) -> str:
    counts = Counter(row.judgement.verdict for row in tested.rows)
    said = [f"{counts[one]} {one.value}" for one in Verdict if counts[one]]
    where = "each" if tested.configuration.on_each else "tip"
    words = ", ".join(said) or "nothing tested"
    unsure = any(not row.judgement.is_compared for row in tested.rows if row.judgement.new)
    return f"{tested.configuration.name:<{_NAME}}  {where:<4}  {words}" + (
        " (the base has no result: all counts as new)" if unsure else ""
    )


def _began(report: Report, tested: Tested, began: Began) -> Iterator[str]:
    graver = any(one.sort is not Sort.WARNING for one in began.problems)
    what = "fails" if graver else "warns"
    sure = "since" if not began.others else "since this one or an earlier"
    name = tested.configuration.name
    yield f"{name} {what} {sure}: {_commit(began.commit)}"
    for other in began.others[:_MOST]:
        yield f"  or: {_commit(other)}"
    yield from _problems(began.problems, tested)
    row = next(row for row in tested.rows if row.commit == began.commit)
    if row.result.is_bad:
        yield f"  {outcome_words(row.result)}, after {row.result.seconds:.1f} s"
    if row.judgement.gone:
        gone = visible_line(", ".join(row.judgement.gone[:_MOST]))
        yield f"  {count_of(len(row.judgement.gone), 'test')} of the base not run: {gone}"
    yield from _log(report, tested.configuration, began.commit)


def _problems(problems: Sequence[Problem], tested: Tested) -> Iterator[str]:
    for one in problems[:_MOST]:
        if one.sort is not Sort.RUN:
            yield f"  {visible_line(problem_words(one, tested.base))}"
    if len(problems) > _MOST:
        yield f"  and {len(problems) - _MOST} more: --json"


def _in_base(report: Report, tested: Tested) -> Iterator[str]:
    base = report.span.base
    if base is None or tested.base is None or not tested.base.is_bad:
        return
    yield ""
    yield f"{tested.configuration.name} fails already in base: {_commit(base)}"
    yield f"  {outcome_words(tested.base)}"
    yield from _log(report, tested.configuration, base)


def _log(report: Report, configuration: Configuration, commit: Commit) -> Iterator[str]:
    key = key_of(commit.tree, configuration)
    if key in report.logs:
        yield f"  log: {visible_line(report.logs[key])}"
    if key in report.believed:
        yield f"  believed: {visible_line(report.believed[key])}"


def _commit(commit: Commit) -> str:
    return f"{commit.commit[:_SHORT]} {visible_line(commit.title)[:100]}"
