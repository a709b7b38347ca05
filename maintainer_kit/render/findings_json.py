# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as JSON: the contract of ``check`` (docs/schemas/check.json)."""

from __future__ import annotations

from maintainer_kit.checks.finding import Edit, Finding, Fix, Spot
from maintainer_kit.checks.report import Report
from maintainer_kit.model.mail.text import storable
from maintainer_kit.render.json_topics import Json, envelope


def report_json(report: Report) -> Json:
    """What ``mkit check --json`` prints."""
    return envelope(
        findings=[finding_json(one) for one in report.findings()],
        checked=report.patches,
        summary=report.counts(),
        profile=report.profile,
        profile_reason=report.profile_reason,
        unchecked=[{"name": storable(one.name), "reason": one.reason} for one in report.unchecked],
        missing=sorted(report.missing),
    )


def finding_json(finding: Finding) -> Json:
    """One finding; ``path`` and ``line`` say where in what was read."""
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "message_id": finding.message_id,
        "commit": finding.commit,
        "path": _name(place.path),
        "line": place.line,
        "fix": fix_json(finding.fix) if finding.fix else None,
        "title": finding.title,
        "span": span_json(finding.spot),
        "source_path": _name(place.source_path),
        "source_line": place.source_line,
        "source_url": finding.source,
    }


def _name(path: str | None) -> str | None:
    """A path in UTF-8: bytes of it that are none are replaced."""
    return None if path is None else storable(path)


def span_json(spot: Spot) -> Json:
    """The part of the patch, its line from 1, and the columns from 1; null for a whole line."""
    is_span = spot.end > spot.start
    return {
        "part": spot.part.value,
        "header": spot.header or None,
        "line": spot.index + 1,
        "start": spot.start + 1 if is_span else None,
        "end": spot.end + 1 if is_span else None,
    }


def fix_json(fix: Fix) -> Json:
    """What to do, and the edits that ``--fix`` makes."""
    return {
        "words": fix.words,
        "mechanical": fix.is_mechanical,
        "edits": [_edit_json(one) for one in fix.edits],
    }


def _edit_json(edit: Edit) -> Json:
    return {
        "part": edit.part.value,
        "line": edit.first + 1,
        "count": edit.count,
        "lines": list(edit.lines),
    }
