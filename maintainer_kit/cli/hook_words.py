# SPDX-License-Identifier: GPL-2.0-or-later
"""What hooks say, all of it to standard error: some programs that call them read the other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from maintainer_kit.checks.finding import RANK, Severity

if TYPE_CHECKING:
    from maintainer_kit.checks.report import Checked, Unchecked
    from maintainer_kit.workflow.check import Judge

_OFF = "MKIT_HOOKS=off in front of the command switches this check off once"


def say(text: str) -> None:
    from maintainer_kit.model.mail.text import visible_line

    print(visible_line(text), file=sys.stderr)


def complain(text: str, hint: str | None = None) -> None:
    say(f"mkit: {text}")
    if hint:
        say(f"try: {hint}")


def print_findings(
    judged: Sequence[tuple[Judge, Checked]],
    reason: str,
    least: Severity,
    unchecked: Sequence[Unchecked] = (),
) -> bool:
    """Print what weighs at least that much; nothing when there is none. Whether it stands against
    going on: an error, or something that could not be checked."""
    shown = [(judge, _weighty(checked, least)) for judge, checked in judged]
    if not unchecked and not any(checked.findings for _, checked in shown):
        return False
    _print([one for one in shown if one[1].findings], reason, unchecked)
    found = [one.severity for _, checked in shown for one in checked.findings]
    if not unchecked and Severity.ERROR not in found:
        return False
    say(_OFF)
    return True


def _weighty(checked: Checked, least: Severity) -> Checked:
    from dataclasses import replace  # slow to import, and mostly there is nothing to print

    kept = tuple(one for one in checked.findings if RANK[one.severity] >= RANK[least])
    return replace(checked, findings=kept)


def _print(
    judged: Sequence[tuple[Judge, Checked]], reason: str, unchecked: Sequence[Unchecked]
) -> None:
    import click

    from maintainer_kit.cli.colours import coloured
    from maintainer_kit.cli.common import terminal_width
    from maintainer_kit.render.findings_text import report_lines
    from maintainer_kit.workflow.check import make_report

    report = make_report(judged, unchecked, (reason,))
    for line in report_lines(report, width=terminal_width()):
        click.echo(coloured(line.text, line.style), err=True)
