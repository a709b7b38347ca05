# SPDX-License-Identifier: GPL-2.0-or-later
"""The index of commits in an SQLite file of its own: derived from git, deleted at will."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.catalogue.base import translated
from maintainer_kit.adapters.commits.lines import LineTable
from maintainer_kit.adapters.commits.refs import RefTable
from maintainer_kit.adapters.commits.rows import COLUMNS, LINKED, OWN, commit_of
from maintainer_kit.adapters.commits.schema import open_index
from maintainer_kit.adapters.commits.write import COUNT, WriteTable
from maintainer_kit.matching.prints import CommitPrint

_MOST_NEAR = 1000
_ABBREVIATED = 7


class SqliteCommitIndex(LineTable, RefTable, WriteTable):
    """Implements ``matching.index.CommitIndex``."""

    def __init__(self, path: Path) -> None:
        super().__init__(open_index(path), path)

    def close(self) -> None:
        self.db.close()

    def size(self) -> int:
        """Bytes on disk."""
        beside = (Path(f"{self.path}{suffix}") for suffix in ("", "-wal"))
        return sum(os.stat(one).st_size for one in beside if one.exists())

    def count(self) -> int:
        with translated(self.path):
            query = "SELECT value FROM meta WHERE key = ?"
            known = self.db.execute(query, (COUNT,)).fetchone()
            return int(known[0]) if known else 0

    def commits(self, ids: Collection[str]) -> Mapping[str, CommitPrint]:
        query = f"""SELECT {COLUMNS}, author, author_name, id
            FROM entry JOIN (SELECT id AS who, author, author_name FROM person) ON who = person
            WHERE name IN (?*)"""
        rows = list(self.select_in(query, _blobs(ids)))
        entries = [row[-1] for row in rows]
        mentions = self._of_entries("entry, kind, message_id FROM mention", entries, "kind, place")
        reverts = self._of_entries("entry, name FROM revert", entries, "place")
        found = (
            commit_of(
                row[:-3],
                row[-3:-1],
                mentions.get(row[-1], ()),
                [name for (name,) in reverts.get(row[-1], ())],
            )
            for row in rows
        )
        return {one.commit: one for one in found}

    def by_message_id(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._mentioned(message_ids, OWN)

    def by_linked(self, message_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._mentioned(message_ids, LINKED)

    def by_patch_id(self, patch_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._by_blob("patch_id", patch_ids)

    def by_lines_hash(self, hashes: Collection[str]) -> Mapping[str, Sequence[str]]:
        return self._by_blob("lines_hash", hashes)

    def by_subject(self, subjects: Collection[str]) -> Mapping[str, Sequence[str]]:
        query = """SELECT subject, name FROM json_each(?) AS wanted
            CROSS JOIN entry ON entry.subject = wanted.value"""
        return self._grouped(query, (json.dumps(list(dict.fromkeys(subjects))),))

    def names(self, numbers: Collection[int]) -> Mapping[int, str]:
        query = "SELECT id, name FROM entry WHERE id IN (?*)"
        return {entry: name.hex() for entry, name in self.select_in(query, sorted(numbers))}

    def near(self, author: str, first: int, last: int) -> Sequence[str]:
        query = f"""SELECT entry.name FROM person CROSS JOIN entry ON entry.person = person.id
            WHERE person.author = ? AND entry.date BETWEEN ? AND ?
            ORDER BY entry.date, entry.name LIMIT {_MOST_NEAR}"""
        with translated(self.path):
            return [name.hex() for (name,) in self.db.execute(query, (author, first, last))]

    def reverted_by(self, commits: Collection[str]) -> Mapping[str, Sequence[str]]:
        query = """SELECT wanted.value, entry.name FROM json_each(?) AS wanted
            CROSS JOIN revert ON revert.name BETWEEN substr(wanted.value, 1, ?) AND wanted.value
                AND substr(wanted.value, 1, length(revert.name)) = revert.name
            CROSS JOIN entry ON entry.id = revert.entry"""
        return self._grouped(query, (json.dumps(list(dict.fromkeys(commits))), _ABBREVIATED))

    def _mentioned(self, message_ids: Collection[str], kind: int) -> Mapping[str, Sequence[str]]:
        query = """SELECT wanted.value, entry.name FROM json_each(?) AS wanted
            CROSS JOIN mention ON mention.message_id = wanted.value AND mention.kind = ?
            CROSS JOIN entry ON entry.id = mention.entry"""
        return self._grouped(query, (json.dumps(list(dict.fromkeys(message_ids))), kind))

    def _grouped(self, query: str, values: tuple[Any, ...]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        with translated(self.path):
            for key, name in self.db.execute(query, values):
                found.setdefault(key, []).append(name.hex())
        return found

    def _by_blob(self, column: str, values: Collection[str]) -> Mapping[str, Sequence[str]]:
        query = f"SELECT {column}, name FROM entry WHERE {column} IN (?*)"
        found: dict[str, list[str]] = {}
        for key, name in self.select_in(query, _blobs(values)):
            found.setdefault(key.hex(), []).append(name.hex())
        return found

    def _of_entries(self, what: str, entries: list[int], order: str) -> dict[int, list[Any]]:
        """Rows of another table by the entry that they belong to."""
        found: dict[int, list[Any]] = {}
        query = f"SELECT {what} WHERE entry IN (?*) ORDER BY {order}"
        for entry, *values in self.select_in(query, entries):
            found.setdefault(entry, []).append(tuple(values))
        return found


def _blobs(values: Iterable[str]) -> list[bytes]:
    """Hexadecimal digits as bytes; what is none, or empty, is in no index."""
    found = []
    for value in dict.fromkeys(values):
        try:
            blob = bytes.fromhex(value)
        except ValueError:
            continue
        if blob:
            found.append(blob)
    return found
