# SPDX-License-Identifier: GPL-2.0-or-later
"""What a pull brought in, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.imported import broken_lines, imported_json
from maintainer_kit.render.json_topics import envelope
from maintainer_kit.workflow.pulling.pull import Pulled


def pulled_json(
    pulled: Pulled, topics: Mapping[str, TopicRow], fetched: int, seconds: float
) -> dict[str, Any]:
    """By docs/schemas/pull.json; ``topics`` are those of the mails that were asked for."""
    return envelope(
        **imported_json(pulled.report),
        named=[
            {"message_id": one, "topic": topics[one].id if one in topics else None}
            for one in pulled.named
        ],
        absent=list(pulled.absent),
        lacking=list(pulled.lacking),
        bytes=fetched,
        seconds=round(seconds, 3),
    )


def pulled_line(pulled: Pulled, fetched: int, seconds: float) -> str:
    """One line in sum."""
    report = pulled.report
    kept = f" ({count_of(report.variants, 'variant')} kept)" if report.variants else ""
    broken = f", {len(report.broken)} broken" if report.broken else ""
    return (
        f"{count_of(report.messages, 'message')}: {report.new} new,"
        f" {count_of(report.duplicates, 'duplicate')}{kept}{broken};"
        f" {fetched / 1024:.0f} KiB in {seconds:.1f} s"
    )


def pulled_topics(topics: Mapping[str, TopicRow]) -> Iterator[str]:
    """The topics that were asked for, each once, under the names that other verbs take."""
    for row in {row.id: row for row in topics.values()}.values():
        yield f"{row.id}  {visible_line(row.subject)}"


def pulled_complaints(pulled: Pulled) -> Iterator[str]:
    """What somebody should know besides."""
    yield from broken_lines(pulled.report)
    for message_id in pulled.absent:
        yield f"not in the archive: {visible_line(message_id)}"
