# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings of one mail as compact JSON, as the catalogue keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from maintainer_kit.checks.finding import Edit, Finding, Fix, Part, Place, Severity, Spot

_LONGEST = 2000
"""Characters kept of the line that a finding points at."""


def dump_findings(findings: Iterable[Finding]) -> str:
    """What ``load_findings`` reads; the Message-ID and the commit are not in it.

    All of it is ASCII: a path may hold bytes that are no UTF-8.
    """
    return json.dumps([_dump(one) for one in findings], separators=(",", ":"))


def load_findings(text: str, message_id: str) -> tuple[Finding, ...]:
    """The findings of a mail."""
    return tuple(_load(one, message_id) for one in json.loads(text))


def _dump(finding: Finding) -> list[Any]:
    spot, place = finding.spot, finding.place
    return [
        finding.rule,
        finding.severity.value,
        finding.message,
        [spot.part.value, spot.index, spot.start, spot.end, spot.header],
        [place.text[:_LONGEST], place.source_path, place.source_line],
        finding.title,
        _dump_fix(finding.fix) if finding.fix else None,
        finding.source,
        finding.at,
    ]


def _load(values: list[Any], message_id: str) -> Finding:
    rule, severity, message, spot, place, title, fix, source, at = values
    text, path, line = place
    return Finding(
        rule=rule,
        severity=Severity(severity),
        message=message,
        spot=Spot(Part(spot[0]), *spot[1:]),
        # Of a mail of the index the place is the changed file: see Patch.place().
        place=Place(path, line, text, path, line),
        message_id=message_id,
        commit=None,
        title=title,
        fix=_load_fix(fix) if fix else None,
        source=source,
        at=at,
    )


def _dump_fix(fix: Fix) -> list[Any]:
    edits = [[one.part.value, one.first, one.count, one.lines] for one in fix.edits]
    return [fix.words, edits, int(fix.resave)]


def _load_fix(values: list[Any]) -> Fix:
    words, edits, resave = values
    return Fix(
        words,
        tuple(Edit(Part(part), first, count, tuple(new)) for part, first, count, new in edits),
        bool(resave),
    )
