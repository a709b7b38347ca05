# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report means to the program that asked: the exit code of ``check``."""

from __future__ import annotations

from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.report import Report
from maintainer_kit.workflow.check import has_patch

NEVER = "never"
NIPA = "nipa"
STYLES = ("mkit", NIPA)
_FINDINGS = 1
_NOTHING_CHECKED = 2
_NIPA_WARNING = 250


def exit_code(report: Report, fail_on: str = "error", style: str = "mkit") -> int:
    """0 clean, 1 findings that weigh as much as ``fail_on`` or something unchecked, 2 where nothing
    could be checked; in NIPA's style 250 for warnings and 1 for errors, whatever ``fail_on`` is."""
    if not has_patch(one.series for one in report.checked):
        return _NOTHING_CHECKED
    if style == NIPA:
        if report.unchecked or report.fails(Severity.ERROR):
            return _FINDINGS
        return _NIPA_WARNING if report.fails(Severity.WARNING) else 0
    if report.unchecked:
        return _FINDINGS
    return int(fail_on != NEVER and report.fails(Severity(fail_on)))
