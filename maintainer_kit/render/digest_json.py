# SPDX-License-Identifier: GPL-2.0-or-later
"""A digest as JSON: the contract of ``mkit digest --json`` (docs/schemas/digest.json)."""

from __future__ import annotations

from maintainer_kit.model.decision.away import Away
from maintainer_kit.render.json_topics import Json, envelope, row_json, utc
from maintainer_kit.workflow.digest.parts import CalendarLine, Digest, Line, Section


def digest_json(digest: Digest, silent: Away | None = None) -> Json:
    """All sections that are not empty; while its reader is away (``silent``) there are none."""
    sections = () if silent else digest.sections
    returned = None if silent else digest.returned
    return envelope(
        now=utc(digest.now),
        since=utc(digest.since),
        mails=digest.mails,
        away=away_json(silent) if silent else None,
        returned=away_json(returned) if returned else None,
        sections=[_section(one) for one in sections],
        calendar=[] if silent else [_calendar(one, digest.now) for one in digest.calendar],
    )


def away_json(away: Away) -> Json:
    """An absence, as ``mkit away --json`` tells it too."""
    return {
        "since": utc(away.since),
        "until": utc(away.until),
        "delegate": away.delegate or None,
    }


def _section(section: Section) -> Json:
    return {
        "name": section.part.value,
        "total": section.total,
        "query": section.query,
        "topics": [_topic(line) for line in section.lines],
    }


def _topic(line: Line) -> Json:
    return {**row_json(line.row), "why": line.why or None}


def _calendar(line: CalendarLine, now: int) -> Json:
    outlook = line.outlook
    return {
        "repository": line.repository,
        "problem": line.problem or None,
        "news": line.is_news,
        "phase": outlook.phase.value if outlook else None,
        "tag": outlook.tag.name if outlook else None,
        "tagged": utc(outlook.tag.date) if outlook else None,
        "expected": (outlook.expected or None) if outlook else None,
        "earliest": utc(outlook.earliest) if outlook else None,
        "latest": utc(outlook.latest) if outlook else None,
        "words": outlook.words(now) if outlook else None,
    }
