# SPDX-License-Identifier: GPL-2.0-or-later
"""The report of ``check`` on the screen or for other programs."""

from __future__ import annotations

import click

from maintainer_kit.checks.report import Report
from maintainer_kit.cli.common import print_lines, terminal_width

FORMATS = ("text", "json", "github", "sarif", "patchwork")


def print_report(report: Report, form: str, *, is_brief: bool = False) -> None:
    """Print it in one of FORMATS."""
    if form == "text":
        _print_text(report, is_brief)
    elif form == "github":
        from maintainer_kit.render.github import github_lines

        print_lines(github_lines(report))
    else:
        _print_json(report, form)


def _print_text(report: Report, is_brief: bool) -> None:
    from maintainer_kit.cli.colours import coloured
    from maintainer_kit.render.findings_text import report_lines

    found = report_lines(report, is_brief=is_brief, width=terminal_width())
    print_lines(coloured(line.text, line.style) for line in found)


def _print_json(report: Report, form: str) -> None:
    from maintainer_kit.render.json_topics import dumps

    if form == "json":
        from maintainer_kit.render.findings_json import report_json

        click.echo(dumps(report_json(report)))
    elif form == "sarif":
        from maintainer_kit.render.sarif import report_sarif

        click.echo(dumps(report_sarif(report)))
    else:
        from maintainer_kit.render.patchwork_checks import patchwork_checks

        print_lines(dumps(one) for one in patchwork_checks(report))
