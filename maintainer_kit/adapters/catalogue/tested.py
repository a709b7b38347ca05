# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's own checks: what tests that ran here say of patch mails."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.adapters.catalogue.base import Table, distinct

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.message.check import Check


class TestedTable(Table):
    """Results by Message-ID and test, the newest of each."""

    __test__ = False

    def tested(self, message_ids: Collection[str]) -> dict[str, tuple[Check, ...]]:
        if not self.db.execute("SELECT 1 FROM tested LIMIT 1").fetchone():
            return {}  # most run none, and every sync asks
        from maintainer_kit.model.message.check import Check, Outcome

        query = (
            "SELECT message, context, outcome, about FROM tested WHERE message IN (?*)"
            " ORDER BY message, context"
        )
        found: dict[str, list[Check]] = {}
        for message_id, context, outcome, about in self.select_in(query, distinct(message_ids)):
            check = Check(context, Outcome(outcome), "", about)
            found.setdefault(message_id, []).append(check)
        return {one: tuple(some) for one, some in found.items()}

    def put_tested(self, found: Mapping[str, Sequence[Check]]) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO tested (message, context, outcome, about) VALUES (?, ?, ?, ?)",
            [
                (message_id, one.context, one.outcome.value, one.about)
                for message_id, several in found.items()
                for one in several
            ],
        )
