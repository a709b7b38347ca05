# SPDX-License-Identifier: GPL-2.0-or-later
"""Exit codes of ``check``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.report import Report, Unchecked
from maintainer_kit.workflow.verdict import exit_code
from tests.unit.render.reports import made, of_findings, report

ERROR, WARNING, INFO = (
    of_findings(made(severity=one)) for one in (Severity.ERROR, Severity.WARNING, Severity.INFO)
)
CLEAN = of_findings()
HALF = replace(CLEAN, unchecked=(Unchecked("x", "is not there"),))
NOTHING = Report((), (Unchecked("x", "is not there"),))


@pytest.mark.parametrize(
    ("found", "fail_on", "expected"),
    [
        (CLEAN, "info", 0),
        (INFO, "error", 0),
        (INFO, "info", 1),
        (WARNING, "error", 0),
        (WARNING, "warning", 1),
        (ERROR, "error", 1),
        (ERROR, "never", 0),
        (HALF, "never", 1),
        (NOTHING, "never", 2),
        (Report(()), "error", 2),
    ],
)
def test_mkit(found: Report, fail_on: str, expected: int) -> None:
    assert exit_code(found, fail_on) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [(CLEAN, 0), (INFO, 0), (WARNING, 250), (ERROR, 1), (HALF, 1), (NOTHING, 2)],
)
def test_nipa(found: Report, expected: int) -> None:
    assert exit_code(found, "never", "nipa") == expected


def test_the_worst_counts() -> None:
    both = of_findings(made(severity=Severity.WARNING), made(severity=Severity.ERROR))
    assert exit_code(both, "error", "nipa") == 1


def test_what_is_no_patch_is_not_checked() -> None:
    assert exit_code(report(GOOD.with_(subject="hello", diff="", body="Hello."))) == 2
    assert exit_code(report(GOOD.with_(kind="staged"))) == 0
