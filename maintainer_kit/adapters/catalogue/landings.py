# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's landings: which messages were seen as which commits, and where."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maintainer_kit.adapters.catalogue.base import Table, distinct

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.queue.landed import Landing

_MARK = "landed"
_COLUMNS = "message, commit_id, sure, found FROM landing"


class LandingTable(Table):
    """Landings by Message-ID, and the messages of which they were not looked for yet."""

    def landings(
        self, message_ids: Collection[str] | None = None
    ) -> dict[str, tuple[Landing, ...]]:
        if message_ids is None:
            rows = self.db.execute(f"SELECT {_COLUMNS}").fetchall()
        else:
            query = f"SELECT {_COLUMNS} WHERE message IN (?*)"
            rows = list(self.select_in(query, distinct(message_ids)))
        found: dict[str, list[Landing]] = {}
        for row in sorted(rows, key=lambda one: (-one[2], one[1])):
            found.setdefault(row[0], []).append(_load(*row))
        return {message_id: tuple(some) for message_id, some in found.items()}

    def claimants(self, commits: Collection[str]) -> set[str]:
        query = "SELECT message FROM landing WHERE commit_id IN (?*)"
        return {row[0] for row in self.select_in(query, distinct(commits))}

    def put_landings(self, found: Mapping[str, Sequence[Landing]]) -> None:
        self.execute_in("DELETE FROM landing WHERE message IN (?*)", list(found))
        self.db.executemany(
            "INSERT INTO landing (message, commit_id, sure, found) VALUES (?, ?, ?, ?)",
            [
                (one.message_id, one.commit, one.is_sure, _dump(one))
                for several in found.values()
                for one in several
            ],
        )
        self.execute_in("UPDATE message SET matched = 1 WHERE id IN (?*)", list(found))

    def unmatched(self) -> set[str]:
        return {row[0] for row in self.db.execute("SELECT id FROM message WHERE NOT matched")}

    def newly_announced(self) -> set[str]:
        query = (
            "SELECT DISTINCT a.named FROM message m CROSS JOIN announced a ON a.message = m.id"
            " WHERE NOT m.matched"
        )
        return {row[0] for row in self.db.execute(query)}

    def unmatch(self, message_ids: Collection[str] | None = None) -> None:
        if message_ids is None:
            self.db.execute("UPDATE message SET matched = 0 WHERE matched")
        else:
            query = "UPDATE message SET matched = 0 WHERE id IN (?*)"
            self.execute_in(query, distinct(message_ids))

    def count_patches(self) -> int:
        query = "SELECT count(*) FROM message WHERE json_extract(facts, '$[1]') = 'patch'"
        return int(self.db.execute(query).fetchone()[0])

    def landed_mark(self) -> str:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
        return str(row[0]) if row else ""

    def set_landed_mark(self, mark: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_MARK, mark))


def _dump(one: Landing) -> str:
    places = [
        (p.role, p.ref, p.repository, p.commit, p.date, p.tag, p.reverted, p.reverted_at)
        for p in one.places
    ]
    value = [one.tier, one.score, one.why, places]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _load(message_id: str, commit: str, sure: int, found: str) -> Landing:
    from maintainer_kit.model.queue.landed import Landing, Place

    tier, score, why, places = _fields(found)
    held = tuple(Place(*place) for place in places)
    return Landing(message_id, commit, tier, score, bool(sure), why, held)


def _fields(found: str) -> list[Any]:
    fields: list[Any] = json.loads(found)
    return fields
