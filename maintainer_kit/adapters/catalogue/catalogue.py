# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue in one SQLite file (WAL): derived from mail and journal, deleted at will."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from maintainer_kit.adapters.catalogue.base import translated
from maintainer_kit.adapters.catalogue.decisions import DecisionTable
from maintainer_kit.adapters.catalogue.landings import LandingTable
from maintainer_kit.adapters.catalogue.lines import LineTable
from maintainer_kit.adapters.catalogue.mail import MailTable
from maintainer_kit.adapters.catalogue.schema import migrate
from maintainer_kit.adapters.catalogue.search import SearchTable
from maintainer_kit.adapters.catalogue.tested import TestedTable
from maintainer_kit.workflow.position import Position, Revision

_BUSY = 30.0
_TABLES = (
    *("finding", "link", "file", "message", "topic", "cluster"),
    *("decision", "decision_group", "meta"),
)


class SqliteCatalogue(MailTable, LineTable, DecisionTable, SearchTable, LandingTable, TestedTable):
    """Implements the port ``Catalogue``."""

    def __init__(self, path: Path) -> None:
        with translated(path):
            db = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
            db.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last transactions, never the file: a sync brings them back.
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA cache_size = -16000")
            migrate(db)
        super().__init__(db, path)

    def close(self) -> None:
        self.db.close()

    def position(self) -> Position | None:
        with translated(self.path):
            meta = dict(self.db.execute("SELECT key, value FROM meta"))
        try:
            revision = Revision(meta["uuid"], int(meta["lastmod"]))
            return Position(revision, meta["journal"], meta["reader"])
        except (KeyError, ValueError):
            return None

    def set_position(self, position: Position) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
            [
                ("uuid", position.index.uuid),
                ("lastmod", str(position.index.lastmod)),
                ("journal", position.journal),
                ("reader", position.reader),
            ],
        )

    def clear(self) -> None:
        for table in _TABLES:
            self.db.execute(f"DELETE FROM {table}")
