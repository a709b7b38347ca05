# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's lists: which topics went to which, and where those went that name none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from maintainer_kit.adapters.catalogue.base import Table, distinct, translated

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.records import ClusterTopic, ListCount

_MARK = "lists"
_DATE = "$[6]"
"""Where the facts of a message hold it; see ``model/message/codec.py``."""
_OPEN = "NOT t.archived AND t.turn != 'nobody'"


class ListTable(Table):
    """What of the port ``Catalogue`` is about lists."""

    def _put_lists(self, topics: Iterable[ClusterTopic]) -> None:
        rows = [one.row for one in topics]
        self.db.executemany(
            "INSERT INTO went (list, topic, weighs) VALUES (?, ?, ?)",
            [(name, row.id, row.intake.weighs) for row in rows for name in row.lists],
        )
        self.db.executemany(
            "INSERT INTO addressed (address, topic, weighs) VALUES (?, ?, ?)",
            [(one, row.id, row.intake.weighs) for row in rows for one in row.intake.addresses],
        )

    def lists_mark(self) -> str:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
        return row[0] if row else ""

    def set_lists_mark(self, mark: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_MARK, mark))

    def addressed(self) -> set[str]:
        with translated(self.path):
            return {row[0] for row in self.db.execute("SELECT DISTINCT address FROM addressed")}

    def unlisted(self) -> list[str]:
        rows = self.db.execute("SELECT DISTINCT topic FROM addressed ORDER BY topic")
        return [row[0] for row in rows]

    def lists_among(self, names: Collection[str]) -> set[str]:
        query = "SELECT DISTINCT list FROM went WHERE list IN (?*)"
        return {row[0] for row in self.select_in(query, distinct(names))}

    def count_routes(self, lists: Collection[str]) -> tuple[int, int]:
        listed, unlisted = (
            self.db.execute(f"SELECT count(DISTINCT topic) FROM {table} WHERE weighs").fetchone()[0]
            for table in ("went", "addressed")
        )
        query = "SELECT topic FROM addressed WHERE weighs AND address IN (?*)"
        after_all = len({row[0] for row in self.select_in(query, distinct(lists))})
        return listed + after_all, unlisted - after_all

    def count_ignored(self) -> int:
        # By an index of its own: asked for each list.
        query = "SELECT count(*) FROM topic WHERE json_extract(standing, '$[7]') != ''"
        with translated(self.path):
            return int(self.db.execute(query).fetchone()[0])

    def count_lists(self) -> list[ListCount]:
        from maintainer_kit.workflow.records import ListCount

        with translated(self.path):
            rows = self.db.execute(
                f"SELECT w.list, count(*), sum({_OPEN}), max(t.updated) FROM went w"
                " JOIN topic t ON t.id = w.topic GROUP BY w.list ORDER BY w.list"
            ).fetchall()
        return [ListCount(*row) for row in rows]

    def list_dates(self, since: int) -> dict[str, list[int]]:
        """When mails of topics on each list were written, by its name; none before ``since``."""
        # From the few topics that are as new to their mails: dates of mails have no index.
        query = (
            f"SELECT w.list, json_extract(m.facts, '{_DATE}') AS date FROM topic t"
            " CROSS JOIN went w ON w.topic = t.id CROSS JOIN message m ON m.topic = t.id"
            " WHERE t.updated >= ? AND date >= ?"
        )
        found: dict[str, list[int]] = {}
        with translated(self.path):
            for name, date in self.db.execute(query, (since, since)):
                found.setdefault(name, []).append(date)
        return found
