# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions to the index of commits about what no ref holds, and what came last."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator

from maintainer_kit.adapters.catalogue.base import translated
from maintainer_kit.adapters.commits.index import SqliteCommitIndex

_LACKING = re.compile(rb"[^\xff]")
_PART_BYTES = 8192
_MOST = 10_000
_NAMED = "named refs"
_BIRTH = "birth"


def outside(index: SqliteCommitIndex, refs: Collection[int]) -> frozenset[str]:
    """Commits that are in none of these refs: what a rebase or a dropped branch left behind."""
    with translated(index.path):
        top = index.db.execute("SELECT max(id) FROM entry").fetchone()[0] or 0
    held = bytearray(top // 8 + 1)
    query = "SELECT part, bits FROM ref_part WHERE ref IN (?*)"
    for part, bits in index.select_in(query, refs):
        at = part * _PART_BYTES
        end = min(len(held), at + len(bits))
        both = int.from_bytes(held[at:end], "little") | int.from_bytes(bits[: end - at], "little")
        held[at:end] = both.to_bytes(end - at, "little")
    query = "SELECT name FROM entry WHERE id IN (?*)"
    return frozenset(name.hex() for (name,) in index.select_in(query, _unset(bytes(held), top)))


def _unset(bits: bytes, top: int) -> Iterator[int]:
    for found in _LACKING.finditer(bits):
        at = found.start()
        yield from (
            number
            for number in range(8 * at, min(8 * at + 8, top + 1))
            if number and not bits[at] >> number % 8 & 1
        )


class News:
    """Implements the port ``News``."""

    def __init__(self, index: SqliteCommitIndex) -> None:
        self._index = index

    def mark(self) -> str:
        """Which file it is, and the last number that was given to a commit."""
        index = self._index
        with index.transaction():
            query = "INSERT OR IGNORE INTO meta VALUES (?, ?)"
            index.db.execute(query, (_BIRTH, os.urandom(8).hex()))
            row = index.db.execute("SELECT value FROM meta WHERE key = ?", (_BIRTH,)).fetchone()
            top = index.db.execute("SELECT max(id) FROM entry").fetchone()[0]
        return f"{row[0]} {top or 0}"

    def since(self, mark: str) -> list[str] | None:
        birth, _, last = mark.partition(" ")
        if birth != self.mark().partition(" ")[0] or not last.isdecimal():
            return None
        query = "SELECT name FROM entry WHERE id > ? ORDER BY id LIMIT ?"
        with translated(self._index.path):
            found = self._index.db.execute(query, (int(last), _MOST + 1)).fetchall()
        return [name.hex() for (name,) in found] if len(found) <= _MOST else None


def lately(index: SqliteCommitIndex, since: int) -> list[str]:
    """Commits that change files, made since a time; the newest first, at most 10,000."""
    query = (
        "SELECT name FROM entry WHERE date >= ? AND paths != x'' ORDER BY date DESC, name LIMIT ?"
    )
    with translated(index.path):
        return [name.hex() for (name,) in index.db.execute(query, (since, _MOST))]


def named_refs(index: SqliteCommitIndex) -> list[tuple[str, str, str]]:
    """Refs that were named on a command line, by repository, name and role: followed until they
    are gone, or the index is."""
    with translated(index.path):
        row = index.db.execute("SELECT value FROM meta WHERE key = ?", (_NAMED,)).fetchone()
    return [(one[0], one[1], one[2]) for one in json.loads(row[0])] if row else []


def set_named_refs(index: SqliteCommitIndex, refs: Iterable[tuple[str, str, str]]) -> None:
    """Note which refs were named."""
    value = json.dumps(sorted(set(refs)))
    with index.transaction():
        index.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAMED, value))
