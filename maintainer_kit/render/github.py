# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as workflow commands of GitHub Actions, which it shows beside the lines they name."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.checks.finding import Finding, Severity
from maintainer_kit.checks.report import Report
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.render.finding_place import file_spot, named

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_lines(report: Report) -> Iterator[str]:
    """A command a finding: ``::error file=fs/a.c,line=3,title=rule::message``."""
    for finding in report.findings():
        yield _command(finding)
    for refused in report.unchecked:
        yield f"::error title=not checked::{_data(f'{refused.name}: {refused.reason}')}"


def _command(finding: Finding) -> str:
    fields = [*_place(finding), f"title={_property(finding.rule)}"]
    name = named(finding)
    told = [f"{name} {finding.title}: {finding.message}" if name else finding.message]
    if finding.fix:
        told.append(f"fix: {finding.fix.words}")
    if finding.source:
        told.append(finding.source)
    # The only line breaks that get through are ours.
    return f"::{_COMMANDS[finding.severity]} {','.join(fields)}::{'%0A'.join(map(_data, told))}"


def _place(finding: Finding) -> Iterator[str]:
    spot = file_spot(finding)
    if spot is None:
        return
    yield f"file={_property(spot.path)}"
    if spot.line:
        yield f"line={spot.line}"
    if spot.start and spot.end:
        # Its columns are inclusive.
        yield f"col={spot.start}"
        yield f"endColumn={spot.end - 1}"


def _data(text: str) -> str:
    """As its toolkit escapes a message; a mail cannot end the line and begin a command."""
    return storable(visible_line(text)).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
