# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's people: who took part in topics that touch some files."""

from __future__ import annotations

from collections.abc import Collection

from maintainer_kit.adapters.catalogue.base import Table, distinct, translated
from maintainer_kit.model.queue.aspects import Role
from maintainer_kit.workflow.review_area import Party

_LAST = "\U0010ffff"


class PartyTable(Table):
    """Implements the port ``ReviewHistory``."""

    def topics_of_files(self, paths: Collection[str], since: int) -> dict[str, frozenset[str]]:
        query = (
            "SELECT t.path, t.topic FROM touched t JOIN topic ON topic.id = t.topic"
            f" WHERE topic.updated >= {int(since)} AND t.path IN (?*)"
        )
        found: dict[str, set[str]] = {}
        for path, topic in self.select_in(query, distinct(paths)):
            found.setdefault(path, set()).add(topic)
        return {path: frozenset(topics) for path, topics in found.items()}

    def topics_below(self, folder: str, since: int) -> frozenset[str]:
        query = (
            "SELECT DISTINCT t.topic FROM touched t JOIN topic ON topic.id = t.topic"
            " WHERE t.path >= ? AND t.path < ? AND topic.updated >= ?"
        )
        with translated(self.path):
            rows = self.db.execute(query, (folder, folder + _LAST, since)).fetchall()
        return frozenset(topic for (topic,) in rows)

    def parties(self, topic_ids: Collection[str]) -> list[Party]:
        query = "SELECT topic, role, address FROM party WHERE topic IN (?*)"
        found = self.select_in(query, sorted(topic_ids))
        return sorted(Party(topic, Role(role), address) for topic, role, address in found)
