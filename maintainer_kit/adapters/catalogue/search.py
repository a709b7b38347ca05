# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's answers to queries: which topics are so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from maintainer_kit.adapters.catalogue.base import Table, distinct, translated

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.searching import Wanted

_TOP = "\U0010ffff"
"""Sorts behind all that a text may go on with."""
_LISTS, _REVISION, _TRAILERS, _MARKS = "$[6]", "$[7]", "$[11]", "$[12]"
_AUTHOR, _SUBMITTER = "$[3]", "$[4]"
"""Where the facts of a row hold them; see ``catalogue_topics.py``."""
_LANDED, _TOTAL = "ifnull(json_extract(facts, '$[22]'), 0)", "json_extract(facts, '$[10]')"
_DELEGATE, _NOTES = "$[0]", "$[6]"
"""Where its standing holds them."""

_SIMPLE = {
    "all": "1",
    "archived": "archived",
    "starred": "starred",
    "confidential": "confidential != ''",
    "ignored": "json_extract(standing, '$[7]') != ''",
    "kind": "kind = ?",
    "state": "state = ?",
    "attention": "attention = ?",
    "mark": f"EXISTS (SELECT 1 FROM json_each(facts, '{_MARKS}') WHERE value = ?)",
    "trailer": (
        f"EXISTS (SELECT 1 FROM json_each(facts, '{_TRAILERS}')"
        " WHERE json_extract(value, '$[0]') = ?)"
    ),
}
"""Conditions on one row of ``topic`` with the word, if any, in their place."""
_LANDED_SO = {
    "yes": f"{_LANDED} > 0 AND {_LANDED} = {_TOTAL}",
    "part": f"{_LANDED} BETWEEN 1 AND {_TOTAL} - 1",
    "no": f"{_LANDED} = 0",
}
_RANGES = {"updated": "updated", "revision": f"json_extract(facts, '{_REVISION}')"}


class SearchTable(Table):
    """What of the port ``Catalogue`` queries ask."""

    def topics_by(self, wanted: Wanted) -> set[str]:
        what = wanted.what.value
        if what in _SIMPLE:
            return self._ids(_SIMPLE[what], *wanted.words)
        if what in _RANGES:
            return self._in_range(_RANGES[what], wanted)
        return {
            "id": self._by_id,
            "landed": self._by_landed,
            "list": self._by_list,
            "author": self._by_author,
            "note": self._by_note,
            "party": self._by_party,
            "giver": self._by_giver,
            "only one": self._by_only_one,
        }[what](wanted)

    def _rows(self, query: str, values: Collection[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """One at a time: all of a large catalogue would be in memory twice."""
        with translated(self.path):
            yield from self.db.execute(query, tuple(values))

    def _ids(self, condition: str, *values: Any) -> set[str]:
        return {row[0] for row in self._rows(f"SELECT id FROM topic WHERE {condition}", values)}

    def _in_range(self, column: str, wanted: Wanted) -> set[str]:
        span = wanted.span
        ends = [("<=", span.high), (">=", span.low)]
        asked = [(f"{column} {sign} ?", end) for sign, end in ends if end is not None]
        condition = " AND ".join(clause for clause, _ in asked)
        return self._ids(condition or "1", *(end for _, end in asked))

    def _by_id(self, wanted: Wanted) -> set[str]:
        (start,) = wanted.words
        return self._ids("id >= ? AND id < ?", start, start + _TOP)

    def _by_landed(self, wanted: Wanted) -> set[str]:
        (word,) = wanted.words
        return self._ids(f"kind = 'series' AND {_LANDED_SO[word]}")

    def _by_list(self, wanted: Wanted) -> set[str]:
        (name,) = wanted.words
        return self._ids(
            f"EXISTS (SELECT 1 FROM json_each(facts, '{_LISTS}')"
            " WHERE value = ? OR substr(value, 1, ?) = ?)",
            name,
            len(name) + 1,
            f"{name}.",
        )

    def _by_author(self, wanted: Wanted) -> set[str]:
        people = f"json_extract(facts, '{_AUTHOR}'), json_extract(facts, '{_SUBMITTER}')"
        return self._holding(f"SELECT id, {people} FROM topic", wanted)

    def _by_note(self, wanted: Wanted) -> set[str]:
        notes = self._holding(
            "SELECT topic.id, note.value FROM topic,"
            f" json_each(topic.standing, '{_NOTES}') AS note WHERE topic.noted",
            wanted,
        )
        return notes | self._holding(
            "SELECT DISTINCT m.topic, g.why FROM decision_group g"
            " JOIN decision d ON d.group_id = g.id JOIN message m ON m.id = d.message_id"
            " WHERE g.why != '' AND NOT g.undone AND m.topic IS NOT NULL",
            wanted,
        )

    def _holding(self, query: str, wanted: Wanted) -> set[str]:
        """Topics with a text that holds all words: SQLite knows no case but ASCII's."""
        from maintainer_kit.model.query.words import holds

        found = self._rows(query)
        return {row[0] for row in found if any(holds(text, wanted.words) for text in row[1:])}

    def _by_party(self, wanted: Wanted) -> set[str]:
        query = "SELECT topic, role FROM party WHERE address IN (?*)"
        return {one for one, role in self.select_in(query, wanted.words) if role in wanted.roles}

    def _by_giver(self, wanted: Wanted) -> set[str]:
        marks = ",".join("?" * len(wanted.roles))
        rows = self._rows(f"SELECT topic, address FROM party WHERE role IN ({marks})", wanted.roles)
        return {topic for topic, address in rows if all(word in address for word in wanted.words)}

    def _by_only_one(self, wanted: Wanted) -> set[str]:
        del wanted
        rows = self._rows(
            "SELECT min(p.topic) FROM party p JOIN topic t ON t.id = p.topic"
            " WHERE p.role = 'author' AND t.kind = 'series'"
            " GROUP BY p.address HAVING count(*) = 1"
        )
        return {row[0] for row in rows}

    def delegates(self) -> dict[str, str]:
        person = f"json_extract(standing, '{_DELEGATE}')"
        return dict(self._rows(f"SELECT id, {person} FROM topic WHERE {person} != ''"))

    def paths_of(self, topic_ids: Collection[str] | None = None) -> dict[str, list[str]]:
        if topic_ids is None:
            pairs = self._rows("SELECT topic, path FROM touched ORDER BY path")
        else:
            query = "SELECT topic, path FROM touched WHERE topic IN (?*) ORDER BY path"
            pairs = self.select_in(query, distinct(topic_ids))
        return _grouped(pairs)

    def topics_touching(self, start: str) -> dict[str, list[str]]:
        query = "SELECT path, topic FROM touched WHERE path >= ? AND path < ?"
        return _grouped(self._rows(query, (start, start + _TOP)))


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
