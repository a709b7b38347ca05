# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's findings: what rules said of the mails of a posting, when they were asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.adapters.catalogue.base import Table, distinct

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.checks.finding import Finding

_MANY = 1000
"""Topics of which few were ever checked: it is cheaper to begin with what was found."""
Counts = tuple[tuple[str, int], ...]


class FindingTable(Table):
    """Findings by Message-ID, and the mails that have none yet."""

    def put_findings(self, mark: str, found: Mapping[str, Sequence[Finding]]) -> None:
        from maintainer_kit.checks.finding_codec import dump_findings

        # A mail that has left meanwhile has no row that could be referred to.
        self.db.executemany(
            "INSERT OR REPLACE INTO finding (message, mark, errors, warnings, infos, found)"
            " SELECT id, ?, ?, ?, ?, ? FROM message WHERE id = ?",
            [
                (mark, *_counted(findings), dump_findings(findings), message_id)
                for message_id, findings in found.items()
            ],
        )

    def findings(
        self, message_ids: Collection[str], mark: str = ""
    ) -> dict[str, tuple[Finding, ...]]:
        from maintainer_kit.checks.finding_codec import load_findings

        query = "SELECT message, mark, found FROM finding WHERE message IN (?*)"
        return {
            message_id: load_findings(found, message_id)
            for message_id, own, found in self.select_in(query, distinct(message_ids))
            if mark in ("", own)
        }

    def unchecked(self, mark: str, newest: int) -> list[str]:
        from maintainer_kit.model.queue.verdict import Turn

        rows = self.db.execute(
            "SELECT id FROM (SELECT id FROM topic WHERE NOT archived AND turn != ?"
            " AND kind = 'series'"
            " ORDER BY updated DESC, id LIMIT ?) AS newest"
            " WHERE EXISTS (SELECT 1 FROM message m"
            " LEFT JOIN finding f ON f.message = m.id AND f.mark = ?"
            " WHERE m.head AND m.topic = newest.id AND f.message IS NULL)",
            (Turn.NOBODY.value, newest, mark),
        )
        return [row[0] for row in rows]

    def finding_counts(self, topic_ids: Collection[str]) -> dict[str, Counts]:
        """How many there are of each severity, of topics whose newest posting was checked as a
        whole."""
        query = (
            "SELECT m.topic, count(*), count(f.message), total(f.errors), total(f.warnings),"
            " total(f.infos) FROM message m LEFT JOIN finding f ON f.message = m.id"
            " WHERE m.head AND m.topic IN (?*) GROUP BY m.topic"
        )
        if len(topic_ids) > _MANY:
            topic_ids = self._checked().intersection(topic_ids)
        return {
            topic: (("error", int(errors)), ("warning", int(warnings)), ("info", int(infos)))
            for topic, mails, known, errors, warnings, infos in self.select_in(query, topic_ids)
            if mails == known
        }

    def _checked(self) -> set[str]:
        """Topics of which any mail was checked."""
        query = "SELECT DISTINCT topic FROM message WHERE id IN (SELECT message FROM finding)"
        return {row[0] for row in self.db.execute(query)}


def _counted(findings: Sequence[Finding]) -> tuple[int, int, int]:
    counts = Counter(one.severity.value for one in findings)
    return counts["error"], counts["warning"], counts["info"]
