# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's answers to an archive's questions about single mails, which it keeps as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from json import loads
from sys import intern
from typing import Any

from maintainer_kit.adapters.catalogue.base import translated
from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.workflow.serving.register import Entry
from maintainer_kit.workflow.serving.subjects import subject_key

_SUBJECT, _DATE, _PARENTS, _LISTS, _PATCH_ID = "$[3]", "$[6]", "$[7]", "$[10]", "$[12]"
"""Where the facts of a message hold them; see model/message/codec.py."""
_PLACES = ", ".join(f"'{one}'" for one in (_SUBJECT, _DATE, _PARENTS, _LISTS, _PATCH_ID))
_FACTS = f"json_extract(facts, {_PLACES})"


class ServedFacts:
    """Implements the port ``MailFacts``."""

    def __init__(self, catalogue: SqliteCatalogue) -> None:
        self._catalogue = catalogue

    @contextmanager
    def moment(self) -> Iterator[None]:
        with translated(self._catalogue.path):
            self._catalogue.db.execute("BEGIN")
            try:
                yield
            finally:
                self._catalogue.db.execute("COMMIT")

    def entries(self, message_ids: Collection[str] | None = None) -> Iterator[Entry]:
        files: dict[str, list[str]] = {}
        for message_id, path in self._rows("SELECT message, path FROM file", message_ids):
            files.setdefault(message_id, []).append(path)
        query = f"SELECT id, rowid, {_FACTS} FROM message"
        for message_id, came, text in self._rows(query, message_ids):
            subject, date, parents, lists, patch_id = loads(text)
            yield Entry(
                message_id=intern(message_id),
                date=date,
                parents=tuple(map(intern, parents)),
                lists=tuple(map(intern, lists)),
                patch_id=patch_id,
                paths=tuple(sorted(files.get(message_id, ()))),
                came=came,
                subject=subject_key(subject),
            )

    def _rows(self, query: str, message_ids: Collection[str] | None) -> Iterator[tuple[Any, ...]]:
        """Of all mails, or of some by what the query gives first."""
        if message_ids is not None:
            key = query.split()[1].rstrip(",")
            yield from self._catalogue.select_in(f"{query} WHERE {key} IN (?*)", message_ids)
            return
        with translated(self._catalogue.path):
            yield from self._catalogue.db.execute(query)

    def in_confidential_topics(self) -> frozenset[str]:
        return self._ids(
            "SELECT id FROM message WHERE topic IN (SELECT id FROM topic WHERE confidential != '')"
        )

    def outside_topics(self) -> frozenset[str]:
        return self._ids("SELECT id FROM message WHERE topic IS NULL")

    def _ids(self, query: str) -> frozenset[str]:
        with translated(self._catalogue.path):
            return frozenset(row[0] for row in self._catalogue.db.execute(query))
