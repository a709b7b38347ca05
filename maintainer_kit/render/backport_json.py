# SPDX-License-Identifier: GPL-2.0-or-later
"""A backport as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.render.envelope import Json, envelope
from maintainer_kit.workflow.backporting.facts import Conflict, Report, Stop


def backport_json(report: Report) -> Json:
    """The contract of ``backport``."""
    return envelope(
        branch=report.branch,
        old=report.old,
        new=report.new,
        base=report.base,
        dry_run=report.is_dry,
        picked=[
            {
                "upstream": one.upstream,
                "title": one.title,
                "commit": one.commit,
                "way": one.way.value,
            }
            for one in report.picked
        ],
        present=[
            {
                "upstream": one.upstream,
                "title": one.title,
                "commit": one.commit or None,
                "by": one.how.value,
            }
            for one in report.present
        ],
        follow_ups=[
            {
                "commit": one.commit,
                "title": one.title,
                "mends": one.mends,
                "reverts": one.is_revert,
                "present": one.present or None,
            }
            for one in report.follow_ups
        ],
        stopped_at=_stop(report.stop) if report.stop else None,
        left=list(report.left),
        repository=report.repository,
    )


def under_way_json(reports: Iterable[Report]) -> Json:
    """All that are under way."""
    return envelope(under_way=[backport_json(one) for one in reports])


def _stop(stop: Stop) -> Json:
    return {
        "upstream": stop.upstream,
        "title": stop.title,
        "conflicts": [_conflict(one) for one in stop.conflicts],
        "suggestions": [
            {
                "commit": one.commit,
                "title": one.title,
                "places": one.places,
                "present": one.present or None,
            }
            for one in stop.suggestions
        ],
        "first": list(stop.first),
        "tree": stop.tree or None,
    }


def _conflict(one: Conflict) -> Json:
    return {
        "path": one.path,
        "missing": one.is_missing,
        "hunks": [
            {"first": hunk.first, "last": hunk.last, "commits": list(hunk.commits)}
            for hunk in one.hunks
        ],
        "commits": list(one.commits),
    }
