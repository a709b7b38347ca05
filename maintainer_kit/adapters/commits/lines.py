# SPDX-License-Identifier: GPL-2.0-or-later
"""Which commits change a line: lists of commits in sorted levels, each larger than the one below.

New lines come in as a small level, sorted once; a level that has grown large goes into the next
one. So a thousand new commits do not rewrite what a million left, and a question asks few levels.
A level is a table of its own, as SQLite finds a row by one whole number more quickly than by
anything else; nearly all lists hold one commit.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from maintainer_kit.adapters.catalogue.base import Table, translated
from maintainer_kit.adapters.commits.rows import BYTES, unpack
from maintainer_kit.adapters.commits.schema import LATE_INDEXES, LEVELS

MOST_COUNTED = 10_000
"""A line that more commits change than that is counted as if that were all, and not listed."""
_SMALLEST, _GROWTH = 100_000, 10
"""Postings that level 0 may hold, and how much more each next one."""
_SETTLED = "settled"

_HOLDERS = """
SELECT hash, count, CASE WHEN count <= ? THEN entries END
FROM json_each(?) AS wanted CROSS JOIN line_{} AS line ON line.hash = wanted.value
"""
_COUNTS = f"""
SELECT hash, min(count, {MOST_COUNTED})
FROM json_each(?) AS wanted CROSS JOIN line_{{}} AS line ON line.hash = wanted.value
"""
# A list is one number, or several with commas between them: the type of the column sees to that.
_JOIN = f"""
ON CONFLICT (hash) DO UPDATE SET count = count + excluded.count, entries = CASE
    WHEN count + excluded.count > {MOST_COUNTED} THEN ''
    ELSE entries || ',' || excluded.entries
END
"""
_SORT_IN = f"""
INSERT INTO line_{{}}
SELECT wanted.value, count(*),
    CASE WHEN count(*) > {MOST_COUNTED} THEN '' ELSE group_concat(entry.id) END
FROM entry CROSS JOIN json_each(numbers(entry.lines)) AS wanted
WHERE entry.id BETWEEN ? AND ? GROUP BY wanted.value {_JOIN}
"""
_MERGE = f"INSERT INTO line_{{}} SELECT hash, count, entries FROM line_{{}} WHERE true {_JOIN}"
_GROW = """
INSERT INTO level VALUES (?, ?) ON CONFLICT (level) DO UPDATE SET count = count + excluded.count
"""


class LineTable(Table):
    """The part of the index that answers for lines."""

    def rarity(self, lines: Collection[int]) -> Mapping[int, int]:
        if not lines:
            return {}
        found: dict[int, int] = {}
        for rows in self._ask(_COUNTS, _listed(lines)):
            here = dict(rows)
            for line in here.keys() & found.keys():
                here[line] = min(here[line] + found[line], MOST_COUNTED)
            found |= here
        return found

    def by_line(self, lines: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        most = min(most, MOST_COUNTED)
        counts: dict[int, int] = {}
        found: dict[int, list[int]] = {}
        for rows in self._ask(_HOLDERS, most, _listed(lines)):
            for line, count, entries in rows:
                counts[line] = total = counts.get(line, 0) + count
                if total <= most:
                    found.setdefault(line, []).extend(_numbers(entries))
        return {line: some for line, some in found.items() if counts[line] <= most}

    def _ask(self, query: str, *values: Any) -> list[list[Any]]:
        """What each level that holds something answers."""
        with self._as_it_is():
            levels = self.db.execute("SELECT level FROM level").fetchall()
            return [self.db.execute(query.format(one), values).fetchall() for (one,) in levels]

    @contextmanager
    def _as_it_is(self) -> Iterator[None]:
        """Whatever another process lifts from one level into the next one meanwhile."""
        with translated(self.path):
            if self.db.in_transaction:
                yield
                return
            self.db.execute("BEGIN")
            try:
                yield
            finally:
                self.db.execute("COMMIT")

    def settle(self) -> None:
        """Sort the lines of what was added into the levels; until then nobody finds it by them.

        All or nothing; what a killed process left is settled by the next one.
        """
        if self._settled() >= self._last():
            return
        with self.transaction():
            for statement in LATE_INDEXES:
                self.db.execute(statement)
            first, last = self._settled() + 1, self._last()
            if first <= last:
                self._sort_in(first, last)
                self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SETTLED, str(last)))

    def _settled(self) -> int:
        """The last commit whose lines are sorted in."""
        with translated(self.path):
            found = self.db.execute("SELECT value FROM meta WHERE key = ?", (_SETTLED,)).fetchone()
        return int(found[0]) if found else 0

    def _last(self) -> int:
        with translated(self.path):
            return int(self.db.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])

    def _sort_in(self, first: int, last: int) -> None:
        """Put the lines of the commits from first to last into the level that has room."""
        self.db.create_function("numbers", 1, _as_json, deterministic=True)
        size = "SELECT coalesce(sum(length(lines)), 0) FROM entry WHERE id BETWEEN ? AND ?"
        count = int(self.db.execute(size, (first, last)).fetchone()[0]) // BYTES
        level = self._level_for(count)
        self._lift(level)
        self.db.execute(_SORT_IN.format(level), (first, last))
        self.db.execute(_GROW, (level, count))

    def _lift(self, level: int) -> None:
        """Empty the levels below one into it."""
        query = "SELECT level, count FROM level WHERE level < ? ORDER BY level DESC"
        for lower, count in self.db.execute(query, (level,)).fetchall():
            self.db.execute(_MERGE.format(level, lower))
            self.db.execute(f"DELETE FROM line_{lower}")
            self.db.execute("DELETE FROM level WHERE level = ?", (lower,))
            self.db.execute(_GROW, (level, count))

    def _level_for(self, count: int) -> int:
        """The lowest level that has room for so many postings and those of the levels below it."""
        levels = dict(self.db.execute("SELECT level, count FROM level"))
        level, total = 0, count + levels.get(0, 0)
        while total > _SMALLEST * _GROWTH**level and level < LEVELS - 1:
            level += 1
            total += levels.get(level, 0)
        return level


def _numbers(entries: int | str) -> Sequence[int]:
    """The commits of a list."""
    return (entries,) if isinstance(entries, int) else [int(one) for one in entries.split(",")]


def _as_json(lines: bytes) -> str:
    return f"[{','.join(map(str, unpack(lines)))}]"


def _listed(lines: Collection[int]) -> str:
    # In the order of the table, so that neighbours are found in one page.
    return json.dumps(sorted(set(lines)), separators=(",", ":"))
