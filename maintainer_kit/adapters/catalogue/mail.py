# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's messages, their files and tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from maintainer_kit.adapters.catalogue.base import Table, distinct

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.records import Record


def _tags_text(tags: frozenset[str]) -> str:
    # A tag can hold a space, but no newline: notmuch's own dump format is by line.
    return "\n".join(sorted(tags))


def _tags(text: str) -> frozenset[str]:
    return frozenset(text.split("\n")) if text else frozenset()


class MailTable(Table):
    """Messages as facts."""

    def count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM message").fetchone()[0])

    def message_ids(self) -> set[str]:
        return {row[0] for row in self.db.execute("SELECT id FROM message")}

    def records(self, message_ids: Collection[str]) -> dict[str, Record]:
        from maintainer_kit.model.message.codec import MessageReader
        from maintainer_kit.workflow.records import MailFile, Record

        wanted = distinct(message_ids)
        files: dict[str, list[MailFile]] = {}
        query = "SELECT message, path, fingerprint FROM file WHERE message IN (?*) ORDER BY path"
        for message_id, path, mark in self.select_in(query, wanted):
            files.setdefault(message_id, []).append(MailFile(path, mark))
        query = "SELECT facts, tags FROM message WHERE id IN (?*)"
        reader = MessageReader()
        found: dict[str, Record] = {}
        for facts, tags in self.stream_in(query, wanted):
            message = reader.read(facts)
            message_id = message.message_id
            found[message_id] = Record(message, tuple(files.get(message_id, ())), _tags(tags))
        return found

    def tags(self, message_ids: Collection[str]) -> dict[str, frozenset[str]]:
        query = "SELECT id, tags FROM message WHERE id IN (?*)"
        return {one: _tags(tags) for one, tags in self.select_in(query, distinct(message_ids))}

    def put_records(self, records: Iterable[Record]) -> None:
        from maintainer_kit.model.message.codec import dump_message
        from maintainer_kit.model.topic.topic import short_id

        listed = list(records)
        self.execute_in(
            "DELETE FROM file WHERE message IN (?*)", [one.message.message_id for one in listed]
        )
        self.db.executemany(
            "INSERT INTO message (id, short, facts, tags, dirty) VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT (id) DO UPDATE"
            " SET facts = excluded.facts, tags = excluded.tags, dirty = 1, matched = 0",
            [
                (
                    one.message.message_id,
                    short_id(one.message.message_id),
                    dump_message(one.message),
                    _tags_text(one.tags),
                )
                for one in listed
            ],
        )
        self.db.executemany(
            "INSERT OR REPLACE INTO file (path, message, fingerprint) VALUES (?, ?, ?)",
            [
                (file.path, one.message.message_id, file.fingerprint)
                for one in listed
                for file in one.files
            ],
        )

        self._put_announced(listed)

    def _put_announced(self, records: Collection[Record]) -> None:
        pairs = {
            (named, one.message.message_id)
            for one in records
            for said in one.message.announced
            for named in said.message_ids
        }
        ids = [one.message.message_id for one in records]
        self.execute_in("DELETE FROM announced WHERE message IN (?*)", ids)
        self.db.executemany("INSERT INTO announced (named, message) VALUES (?, ?)", sorted(pairs))

    def announcing(self, message_ids: Collection[str]) -> dict[str, set[str]]:
        query = "SELECT named, message FROM announced WHERE named IN (?*)"
        found: dict[str, set[str]] = {}
        for named, message_id in self.select_in(query, distinct(message_ids)):
            found.setdefault(named, set()).add(message_id)
        return found

    def put_tags(self, tags: Mapping[str, frozenset[str]]) -> None:
        self.db.executemany(
            "UPDATE message SET tags = ?, dirty = 1 WHERE id = ?",
            [(_tags_text(value), message_id) for message_id, value in tags.items()],
        )

    def drop_messages(self, message_ids: Collection[str]) -> None:
        self.execute_in("DELETE FROM message WHERE id IN (?*)", distinct(message_ids))

    def known_fingerprints(self, fingerprints: Collection[str]) -> dict[str, str]:
        query = "SELECT fingerprint, path FROM file WHERE fingerprint IN (?*)"
        return dict(self.select_in(query, distinct(fingerprints)))

    def unreadable(self) -> list[tuple[str, str]]:
        """Path and Message-ID of the files that could not be read."""
        return self.db.execute(
            "SELECT f.path, m.id FROM message m JOIN file f ON f.message = m.id"
            " WHERE json_extract(m.facts, '$[1]') = 'unreadable' ORDER BY f.path"
        ).fetchall()

    def dirty(self) -> set[str]:
        return {row[0] for row in self.db.execute("SELECT id FROM message WHERE dirty")}

    def has_dirty(self) -> bool:
        return self.db.execute("SELECT 1 FROM message WHERE dirty LIMIT 1").fetchone() is not None

    def soil(self, message_ids: Collection[str]) -> None:
        self.execute_in("UPDATE message SET dirty = 1 WHERE id IN (?*)", distinct(message_ids))

    def clean(self, message_ids: Collection[str]) -> None:
        self.execute_in("UPDATE message SET dirty = 0 WHERE id IN (?*)", distinct(message_ids))
