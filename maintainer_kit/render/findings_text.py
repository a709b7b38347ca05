# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as text: place, what is wrong, the line with a caret below it, how it is mended, why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from maintainer_kit.checks.catalogue import find_rule
from maintainer_kit.checks.context import Need
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.report import Checked, Report
from maintainer_kit.model.mail.text import count_of, storable, visible_line
from maintainer_kit.render.finding_place import where
from maintainer_kit.render.quoted_line import quoted

_INDENT = "    "
_WIDEST = 100
_NARROWEST = 40


class Line(NamedTuple):
    """A line for a terminal; its style is a severity, ``title``, ``quiet``, or none."""

    text: str
    style: str = ""


def report_lines(report: Report, *, is_brief: bool = False, width: int = _WIDEST) -> Iterator[Line]:
    """All findings by patch, what could not be checked, and the sum.

    ``is_brief`` leaves out all but a line a finding, as other programs like to read it.
    """
    writer = _Writer(is_brief, min(max(width, _NARROWEST), _WIDEST))
    for one in report.checked:
        yield from writer.checked(one)
    for refused in report.unchecked:
        yield Line(_shown(f"{refused.name}: not checked: {refused.reason}"), "error")
    if Need.REPOSITORY in report.missing and not is_brief:
        yield Line("no repository here: rules that ask one were left out (--repo DIR)", "quiet")
    yield Line(summary(report), "quiet")


def summary(report: Report) -> str:
    """``3 patches checked (profile kernel; as asked): 1 error, 2 warnings``."""
    counts = report.counts()
    said = [count_of(number, name) for name, number in counts.items() if number and name != "info"]
    if counts["info"]:
        said.append(f"{counts['info']} info")
    words = ", ".join(said) or "nothing to say"
    several = "s" if "," in report.profile else ""
    reason = f"; {report.profile_reason}" if report.profile_reason else ""
    by = _shown(f" (profile{several} {report.profile}{reason})") if report.profile else ""
    return f"{count_of(report.patches, 'patch')} checked{by}: {words}"


def finding_lines(finding: Finding, *, width: int = _WIDEST) -> Iterator[Line]:
    """One finding; its first line is ``place: severity: what is wrong [rule]``."""
    yield headline(finding)
    text = finding.place.text
    if text.strip():
        line, carets = quoted(text, finding.spot.start, finding.spot.end, width - len(_INDENT))
        yield Line(_INDENT + line)
        if carets:
            yield Line(_INDENT + carets, finding.severity.value)
    if finding.fix:
        yield Line(_shown(f"{_INDENT}fix: {finding.fix.words}"))


def headline(finding: Finding) -> Line:
    """What ``--brief`` prints of a finding."""
    told = f"{finding.severity.value}: {finding.message} [{finding.rule}]"
    return Line(_shown(f"{where(finding)}: {told}"), finding.severity.value)


class _Writer:
    """Knows which rules it has explained: each is once, where it first speaks."""

    def __init__(self, is_brief: bool, width: int) -> None:
        self._is_brief = is_brief
        self._width = width
        self._explained: set[str] = set()

    def checked(self, checked: Checked) -> Iterator[Line]:
        if self._is_brief:
            yield from map(headline, checked.findings)
            return
        for at, found in groupby(checked.findings, key=lambda one: one.at):
            patch = checked.series.all[at]
            title = patch.title_line or "(no subject)"
            yield Line(_shown(f"{(patch.commit or '')[:12]} {title}").strip(), "title")
            for finding in found:
                yield from finding_lines(finding, width=self._width)
                yield from self._why(finding)

    def _why(self, finding: Finding) -> Iterator[Line]:
        rule = find_rule(finding.rule)
        if rule is None or rule.id in self._explained:
            return
        self._explained.add(rule.id)
        told = f"why: {rule.why}"
        indents = {"initial_indent": _INDENT, "subsequent_indent": _INDENT}
        for line in wrap(told, self._width, break_on_hyphens=False, **indents):  # type: ignore[arg-type]
            yield Line(line, "quiet")
        yield Line(f"{_INDENT}{rule.source.url}", "quiet")


def _shown(text: str) -> str:
    return storable(visible_line(text))
