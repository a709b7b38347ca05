# SPDX-License-Identifier: GPL-2.0-or-later
"""One series of the index, asked about by all rules; see ``arrivals``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maintainer_kit.checks.engine import BROKEN
from maintainer_kit.checks.finding import RANK, WHOLE, Finding, Place, Severity
from maintainer_kit.checks.series import Series
from maintainer_kit.errors import MkitError
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.background import topic_series
from maintainer_kit.workflow.check import Judge
from maintainer_kit.workflow.project import heads_of
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.waiting import Waiting

_MOST = 200
"""Findings kept of one mail: the weightiest."""


def examine(
    stores: Stores, judge: Callable[[Series], Judge], topic: Topic, waiting: Waiting
) -> dict[str, tuple[Finding, ...]]:
    """Findings of each mail of the newest posting of a series, those that have none included."""
    heads = heads_of(topic)
    found: dict[str, list[Finding]] = {one: [] for one in heads}
    for one in _findings(stores, judge, topic, waiting):
        # A mail without a Message-ID of its own has one of notmuch's, which no rule knows.
        found.get(one.message_id or "", found[heads[0]]).append(one)
    return {one: _weightiest(several) for one, several in found.items()}


def _findings(
    stores: Stores, judge: Callable[[Series], Judge], topic: Topic, waiting: Waiting
) -> Sequence[Finding]:
    try:
        series = topic_series(stores, topic, waiting)
        return judge(series).check(series).findings
    except MkitError:
        raise
    except Exception as error:  # a mail that trips a bug of ours must not stop all others
        return [_not_understood(topic, error)]


def _weightiest(findings: list[Finding]) -> tuple[Finding, ...]:
    """As many as are kept, in their order."""
    if len(findings) > _MOST:
        by_weight = sorted(range(len(findings)), key=lambda at: -RANK[findings[at].severity])
        findings = [findings[at] for at in sorted(by_weight[:_MOST])]
    return tuple(findings)


def _not_understood(topic: Topic, error: Exception) -> Finding:
    return Finding(
        rule=BROKEN,
        severity=Severity.WARNING,
        message=f"mkit could not check it: {type(error).__name__}: {error}"[:300],
        spot=WHOLE,
        place=Place(None, None, ""),
        message_id=topic.root.message_id,
        commit=None,
        title=topic.root.subject.title,
    )
