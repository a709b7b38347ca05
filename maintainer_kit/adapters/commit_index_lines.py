# SPDX-License-Identifier: GPL-2.0-or-later
"""Which commits change a line: postings in sorted levels, each larger than the one below.

New postings come in as a small level, sorted once; a level that has grown large goes into the next
one. So a thousand new commits do not rewrite what a million left, and a question asks few levels.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from maintainer_kit.adapters.catalogue_base import Table, translated
from maintainer_kit.adapters.commit_index_rows import BYTES, unpack
from maintainer_kit.adapters.commit_index_schema import LATE_INDEXES

MOST_COUNTED = 10_000
"""A line that more commits change than that is counted as if that were all."""
_SMALLEST, _GROWTH = 100_000, 10
"""Postings that level 0 may hold, and how much more each next one."""
_TOP = 9
_SETTLED = "settled"

_MOST_AT_ONCE = 200_000
"""Postings that one answer may hold before lines are counted one by one, each to a bound."""

_POSTINGS = f"""
SELECT line.hash, line.entry FROM json_each(?) AS wanted
CROSS JOIN level CROSS JOIN line ON line.level = level.level AND line.hash = wanted.value
LIMIT {_MOST_AT_ONCE}
"""
_COUNT = f"""
SELECT wanted.value, sum((
    SELECT count(*) FROM (
        SELECT 1 FROM line WHERE line.level = level.level AND line.hash = wanted.value
        LIMIT {MOST_COUNTED}
    )
)) AS found
FROM json_each(?) AS wanted CROSS JOIN level GROUP BY wanted.value HAVING found
"""
_SORT_IN = """
INSERT INTO line
SELECT ?, wanted.value, entry.id FROM entry CROSS JOIN json_each(numbers(entry.lines)) AS wanted
WHERE entry.id BETWEEN ? AND ? ORDER BY wanted.value, entry.id
"""
_GROW = """
INSERT INTO level VALUES (?, ?) ON CONFLICT (level) DO UPDATE SET count = count + excluded.count
"""


class LineTable(Table):
    """The part of the index that answers for lines."""

    def rarity(self, lines: Collection[int]) -> Mapping[int, int]:
        postings = self._postings(lines)
        if len(postings) < _MOST_AT_ONCE:
            counts = Counter([line for line, _ in postings])
            return {line: min(count, MOST_COUNTED) for line, count in counts.items()}
        with translated(self.path):
            found = self.db.execute(_COUNT, (_listed(lines),))
            return {line: min(count, MOST_COUNTED) for line, count in found}

    def by_line(self, lines: Collection[int], most: int) -> Mapping[int, Sequence[str]]:
        most = min(most, MOST_COUNTED - 1)
        postings = self._postings(lines)
        if len(postings) >= _MOST_AT_ONCE:
            return self._by_line_in_parts(lines, most)
        entries: dict[int, list[int]] = {}
        for line, entry in postings:
            entries.setdefault(line, []).append(entry)
        few = {line: some for line, some in entries.items() if len(some) <= most}
        wanted = {entry for some in few.values() for entry in some}
        query = "SELECT id, name FROM entry WHERE id IN (?*)"
        names = {entry: name.hex() for entry, name in self.select_in(query, wanted)}
        return {line: [names[entry] for entry in some] for line, some in few.items()}

    def _by_line_in_parts(self, lines: Collection[int], most: int) -> Mapping[int, Sequence[str]]:
        """Where some lines are in very many commits: these are left out first."""
        few = [line for line, count in self.rarity(lines).items() if count <= most]
        size = max(1, (_MOST_AT_ONCE - 1) // max(1, most))
        found: dict[int, Sequence[str]] = {}
        for at in range(0, len(few), size):
            found.update(self.by_line(few[at : at + size], most))
        return found

    def _postings(self, lines: Collection[int]) -> list[tuple[int, int]]:
        """Lines with the numbers of commits that change them, up to a bound."""
        with translated(self.path):
            return self.db.execute(_POSTINGS, (_listed(lines),)).fetchall()

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
        length = int(self.db.execute(size, (first, last)).fetchone()[0])
        level = self._level_for(length // BYTES)
        self._lift(level)
        added = self.db.execute(_SORT_IN, (level, first, last)).rowcount
        self.db.execute(_GROW, (level, added))

    def _lift(self, level: int) -> None:
        """Empty the levels below one into it."""
        query = "SELECT coalesce(sum(count), 0) FROM level WHERE level < ?"
        count = int(self.db.execute(query, (level,)).fetchone()[0])
        if not count:
            return
        # Read first, as SQLite would else copy what it reads of the table that it writes to.
        self.db.execute("CREATE TEMP TABLE moved (hash INTEGER, entry INTEGER)")
        for statement in (
            "INSERT INTO temp.moved SELECT hash, entry FROM line WHERE level < ?",
            "DELETE FROM line WHERE level < ?",
            "DELETE FROM level WHERE level < ?",
            "INSERT INTO line SELECT ?, hash, entry FROM temp.moved ORDER BY hash, entry",
        ):
            self.db.execute(statement, (level,))
        self.db.execute("DROP TABLE temp.moved")
        self.db.execute(_GROW, (level, count))

    def _level_for(self, count: int) -> int:
        """The lowest level that has room for so many postings and those of the levels below it."""
        levels = dict(self.db.execute("SELECT level, count FROM level"))
        level, total = 0, count + levels.get(0, 0)
        while total > _SMALLEST * _GROWTH**level and level < _TOP:
            level += 1
            total += levels.get(level, 0)
        return level


def _as_json(lines: bytes) -> str:
    return f"[{','.join(map(str, unpack(lines)))}]"


def _listed(lines: Collection[int]) -> str:
    # In the order of the postings, so that neighbours are found in one page.
    return json.dumps(sorted(set(lines)), separators=(",", ":"))
