# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules found in the series of a topic: a sign in the queue, lines and fields in the topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maintainer_kit.model.mail.text import count_of, storable, visible_line

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.checks.finding import Finding
    from maintainer_kit.model.queue.line import Line
    from maintainer_kit.model.queue.row import TopicRow

Findings = Mapping[str, Sequence["Finding"]]
"""Findings by Message-ID."""

_SEVERITIES = ("error", "warning", "info")
_SIGNS = (("error", "e"), ("warning", "w"))
_MOST_SHOWN = 99


def finding_sign(row: TopicRow | Line) -> str:
    """``e2``, else ``w3``: how many there are of the weightiest; nothing where there are none, or
    nobody looked."""
    return _sign(dict(row.findings or ()))


def mail_sign(findings: Sequence[Finding]) -> str:
    """The same for one mail."""
    return _sign(Counter(one.severity.value for one in findings))


def _sign(counts: Mapping[str, int]) -> str:
    for severity, sign in _SIGNS:
        if number := counts.get(severity):
            return f"{sign}{min(number, _MOST_SHOWN)}"
    return ""


def finding_counts_json(findings: Iterable[tuple[str, int]] | None) -> dict[str, int]:
    """How many there are of each severity, 0 included."""
    counts = dict(findings or ())
    return {one: counts.get(one, 0) for one in _SEVERITIES}


def count_findings(findings: Findings) -> tuple[tuple[str, int], ...]:
    """The same as ``TopicRow.findings``."""
    counts = Counter(one.severity.value for several in findings.values() for one in several)
    return tuple((one, counts[one]) for one in _SEVERITIES)


def findings_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings of one mail, as ``check`` gives them."""
    if not findings:
        return []
    from maintainer_kit.render.findings_json import finding_json

    return [finding_json(one) for one in findings]


def summary_text(findings: Findings | None) -> Iterator[str]:
    """A line of the head of ``mkit show``."""
    if findings is None:
        return
    counts = dict(count_findings(findings))
    words = [count_of(counts[one], one) for one in _SEVERITIES[:2] if counts[one]]
    if counts["info"]:
        words.append(f"{counts['info']} info")
    if words:
        yield f"  findings   {', '.join(words)}"


def findings_text(findings: Sequence[Finding], indent: str) -> Iterator[str]:
    """A line for each."""
    for one in findings:
        words = f"{one.severity.value}: {one.message} [{one.rule}]"
        yield indent + storable(visible_line(words))
