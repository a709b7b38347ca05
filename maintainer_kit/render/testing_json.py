# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests of a range found, as JSON: docs/schemas/test.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Commit
from maintainer_kit.model.testing.problems import Problem, Sort, Verdict, has_passed
from maintainer_kit.model.testing.result import Result, TestOutcome, key_of
from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.workflow.testing.checks import PatchCheck
from maintainer_kit.workflow.testing.report import Began, Report, Row, Tested

_MARKS = {
    Verdict.PASSED: "passed",
    Verdict.WARNED: "warned",
    Verdict.FAILED: "failed",
    Verdict.KNOWN: "failed-in-base",
    Verdict.SKIPPED: "skipped",
}


def test_json(report: Report, checks: Sequence[PatchCheck], notes: int) -> Json:
    """All of it; ``notes`` is how many were written."""
    span = report.span
    return envelope(
        base=span.base.commit if span.base else None,
        tip=span.tip.commit,
        commits=len(span.commits),
        ran=report.ran,
        complete=report.is_full,
        notes=notes,
        configurations=[_tested(report, one) for one in report.tested],
        checks=[_check(one) for one in checks],
        problems=[storable(one) for one in report.problems],
    )


def configurations_json(configurations: Sequence[Configuration]) -> Json:
    """Those that are configured: the same object, with nothing tested."""
    return envelope(
        base=None,
        tip=None,
        commits=0,
        ran=0,
        complete=False,
        notes=0,
        configurations=[
            {**_configuration(one), "verdict": None, "base": None, "results": [], "began": []}
            for one in configurations
        ],
        checks=[],
        problems=[],
    )


def _configuration(one: Configuration) -> Json:
    return {
        "name": one.name,
        "command": storable(one.command),
        "on": "each" if one.on_each else "tip",
        "timeout": one.seconds,
        "memory": one.memory or None,
        "cores": one.cores,
        "keep": one.keeps,
    }


def _tested(report: Report, one: Tested) -> Json:
    base = report.span.base
    verdict = one.verdict
    return {
        **_configuration(one.configuration),
        "verdict": _MARKS[verdict] if verdict else None,
        "base": _result(report, one, base, one.base) if base and one.base else None,
        "results": [_row(report, one, row) for row in one.rows],
        "began": [_began(one, began) for began in one.began],
    }


def _row(report: Report, tested: Tested, row: Row) -> Json:
    judgement = row.judgement
    return {
        **_result(report, tested, row.commit, row.result),
        "verdict": _MARKS[judgement.verdict],
        "compared": judgement.is_compared,
        "new": [_problem(one, tested.base) for one in judgement.new],
        "in_base": judgement.known,
        "not_run": [storable(one) for one in judgement.gone],
    }


def _result(report: Report, tested: Tested, commit: Commit, result: Result) -> Json:
    key = key_of(commit.tree, tested.configuration)
    counts = Counter(outcome for _, outcome in result.tests)
    return {
        "commit": commit.commit,
        "title": storable(commit.title),
        "tree": commit.tree,
        "outcome": result.outcome.value,
        "code": result.code,
        "seconds": round(result.seconds, 2),
        "date": utc(result.when),
        "by": storable(result.by) or None,
        "believed": report.believed.get(key) or None,
        "tests": {one.value: counts[one] for one in TestOutcome},
        "log": report.logs.get(key),
    }


def _problem(one: Problem, base: Result | None) -> Json:
    is_test = one.sort is Sort.TEST
    return {
        "kind": one.sort.value,
        "path": storable(one.place) if one.place and not is_test else None,
        "test": storable(one.place) if is_test else None,
        "message": storable(one.words) or None,
        "passed_in_base": has_passed(one.place, base) if is_test else None,
    }


def _check(one: PatchCheck) -> Json:
    return {
        "message_id": one.message_id,
        "context": one.check.context,
        "outcome": one.check.outcome.value,
        "about": one.check.about,
    }


def _began(tested: Tested, began: Began) -> Json:
    return {
        "commit": began.commit.commit,
        "title": storable(began.commit.title),
        "or": [one.commit for one in began.others],
        "problems": [_problem(one, tested.base) for one in began.problems],
    }
