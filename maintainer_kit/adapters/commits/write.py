# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes into the index: commits in portions, notes on them, another mailmap."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from hashlib import blake2b

from maintainer_kit.adapters.catalogue.base import Table, translated
from maintainer_kit.adapters.commits.rows import COLUMNS, LINKED, OWN, Found, row_of
from maintainer_kit.matching.commit import author_name
from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import Person

COUNT = "count"
_MAILMAP = "mailmap"
_ENTRY = f"INSERT OR IGNORE INTO entry ({COLUMNS}, person, lacks_diff) VALUES ({'?, ' * 8}?)"
_MENTION = "INSERT INTO mention (entry, kind, place, message_id) VALUES (?, ?, ?, ?)"
_REVERT = "INSERT INTO revert (entry, place, name) VALUES (?, ?, ?)"
_NOTE = f"""
INSERT INTO mention (entry, kind, place, message_id)
SELECT ?1, {OWN}, (SELECT count(*) FROM mention WHERE entry = ?1 AND kind = {OWN}), ?2
WHERE NOT EXISTS (SELECT 1 FROM mention WHERE entry = ?1 AND kind = {OWN} AND message_id = ?2)
"""
_PERSON = "INSERT OR IGNORE INTO person (name, address, author, author_name) VALUES (?, ?, ?, ?)"
_WHO = "name = ? AND address = ? AND author = ? AND author_name = ?"


class WriteTable(Table):
    """The part of the index that is written to."""

    def add(self, portion: Iterable[Found]) -> int:
        """Add commits in one transaction, those that are there left out; says how many were new.
        ``settle()`` makes them findable by their lines."""
        with self.transaction():
            added = _Added(self.db)
            for one in portion:
                added.add(one)
            self.db.executemany(_MENTION, added.mentions)
            self.db.executemany(_REVERT, added.reverts)
            self._count(added.count)
            return added.count

    def unknown(self, commits: Collection[str]) -> list[str]:
        """Those that are not in the index, in the same order."""
        known = self.entries(commits)
        return [one for one in commits if one not in known]

    def entries(self, commits: Collection[str]) -> dict[str, int]:
        """The numbers that commits have here, by whole ids; of others nothing."""
        query = "SELECT name, id FROM entry WHERE name IN (?*)"
        names = [bytes.fromhex(one) for one in commits]
        return {name.hex(): entry for name, entry in self.select_in(query, names)}

    def lacking(self) -> list[str]:
        """Commits that were read without their diffs, as objects were missing."""
        with translated(self.path):
            found = self.db.execute("SELECT name FROM entry WHERE lacks_diff").fetchall()
        return [name.hex() for (name,) in found]

    def forget(self, commits: Collection[str]) -> None:
        """Take commits out whose lines were never known: ``lacking()``."""
        with self.transaction():
            entries = list(self.entries(commits).values())
            self._count(-len(entries))
            for table, column in (("mention", "entry"), ("revert", "entry"), ("entry", "id")):
                self.execute_in(f"DELETE FROM {table} WHERE {column} IN (?*)", entries)

    def note(self, notes: Iterable[tuple[str, str]]) -> None:
        """Add Message-IDs that notes on commits name as their mail."""
        pairs = list(notes)
        with self.transaction():
            known = self.entries([commit for commit, _ in pairs])
            rows = [(known[commit], text) for commit, text in pairs if commit in known]
            self.db.executemany(_NOTE, rows)

    def use_mailmap(self, text: str) -> None:
        """Name all authors by a mailmap; nothing to do where it is that of the last time."""
        mark = blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
        with translated(self.path):
            query = "SELECT value FROM meta WHERE key = ?"
            known = self.db.execute(query, (_MAILMAP,)).fetchone()
        if known == (mark,):
            return
        with self.transaction():
            people = read_mailmap(text)
            rows = self.db.execute("SELECT id, name, address FROM person WHERE address != ''")
            found = []
            for key, name, address in rows.fetchall():
                known = people.canonical(Person(name, address))
                found.append((known.key, author_name(known.name), key))
            renamed = "UPDATE OR IGNORE person SET author = ?, author_name = ? WHERE id = ?"
            self.db.executemany(renamed, found)
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MAILMAP, mark))

    def _count(self, more: int) -> None:
        """Keep the number of commits: to count them takes longer the more there are."""
        known = self.db.execute("SELECT value FROM meta WHERE key = ?", (COUNT,)).fetchone()
        total = (int(known[0]) if known else 0) + more
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (COUNT, str(total)))


class _Added:
    """A portion of commits on its way into the index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._people: dict[tuple[str, str, str, str], int] = {}
        self.count = 0
        self.mentions: list[tuple[int, int, int, str]] = []
        self.reverts: list[tuple[int, int, str]] = []

    def add(self, found: Found) -> None:
        added = self._db.execute(_ENTRY, row_of(found, self._person(found)))
        if not added.rowcount:
            return
        entry, it = added.lastrowid or 0, found.print
        self.count += 1
        self.mentions += [(entry, OWN, at, text) for at, text in enumerate(it.message_ids)]
        self.mentions += [(entry, LINKED, at, text) for at, text in enumerate(it.linked)]
        self.reverts += [(entry, at, name) for at, name in enumerate(it.reverts)]

    def _person(self, found: Found) -> int:
        it = found.print.print
        who = (found.author.name, found.author.address, it.author, it.author_name)
        if who not in self._people:
            self._db.execute(_PERSON, who)
            query = f"SELECT id FROM person WHERE {_WHO}"
            self._people[who] = int(self._db.execute(query, who).fetchone()[0])
        return self._people[who]
