# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's lists, over rows in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.workflow.ports import ListCount

Rows = Mapping[str, TopicRow]


def addressed(rows: Rows) -> set[str]:
    return {one for row in rows.values() for one in row.intake.addresses}


def unlisted(rows: Rows) -> list[str]:
    return sorted(one for one, row in rows.items() if row.intake.addresses)


def among(rows: Rows, names: Collection[str]) -> set[str]:
    return {name for row in rows.values() for name in row.lists if name in names}


def count_routes(rows: Rows, known: Collection[str]) -> tuple[int, int]:
    weighing = [row for row in rows.values() if row.intake.weighs]
    listed = [row for row in weighing if row.lists or set(known) & set(row.intake.addresses)]
    routed = [row for row in weighing if row.lists or row.intake.addresses]
    return len(listed), len(routed) - len(listed)


def count(rows: Rows) -> list[ListCount]:
    names = sorted({name for row in rows.values() for name in row.lists})
    return [_count(name, [row for row in rows.values() if name in row.lists]) for name in names]


def _count(name: str, rows: list[TopicRow]) -> ListCount:
    still = [
        row
        for row in rows
        if not row.standing.archived and row.standing.verdict.turn is not Turn.NOBODY
    ]
    return ListCount(name, len(rows), len(still), max(row.updated for row in rows))
