# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers of a catalogue, on one connection, as if decisions were counted in that wait for it.

Nobody can write to SQLite's file while another does, but each connection has temporary tables of
its own, and a temporary view hides the table whose name it has: whoever reads sees both as one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from maintainer_kit.adapters.catalogue.base import Table, translated
from maintainer_kit.adapters.catalogue.topics import STANDING, standing_values
from maintainer_kit.model.decision.event import Group, Origin, undone_groups
from maintainer_kit.workflow.foreseen import Foreseen

_VIEWS = ("topic", "decision", "decision_group")
_GROUP = ("id", "time", "who", "origin", "why", "undoes", "undone", "forced")
_DECISION = ("group_id", "number", "kind", "message_id", "value")
_TABLES = {
    "foreseen_topic": ("id", *STANDING),
    "foreseen_group": _GROUP,
    "foreseen_decision": _DECISION,
    "foreseen_undone": ("id",),
}
_GROUPS_VIEW = f"""
CREATE TEMP VIEW decision_group AS
SELECT {", ".join("id IN foreseen_undone AS undone" if c == "undone" else c for c in _GROUP)}
FROM main.decision_group
UNION ALL
SELECT {", ".join(_GROUP)} FROM foreseen_group WHERE id NOT IN (SELECT id FROM main.decision_group)
"""
_DECISIONS_VIEW = f"""
CREATE TEMP VIEW decision AS
SELECT {", ".join(_DECISION)} FROM main.decision
UNION ALL
SELECT {", ".join(_DECISION)} FROM foreseen_decision
WHERE group_id NOT IN (SELECT id FROM main.decision_group)
"""


def foresee(catalogue: Table, foreseen: Foreseen) -> None:
    """Answer as if ``foreseen`` were counted in; with nothing in it, as things stand.

    As long as something is foreseen nothing about topics or decisions can be written through this
    connection.
    """
    db = catalogue.db
    with translated(catalogue.path):
        for view in _VIEWS:
            db.execute(f"DROP VIEW IF EXISTS temp.{view}")
        if not foreseen.groups:
            return
        _make_tables(db)
        _put_groups(db, foreseen.groups)
        _put(
            db, "foreseen_topic", [(i, *standing_values(s)) for i, s in foreseen.standings.items()]
        )
        for view in (_topics_view(db), _GROUPS_VIEW, _DECISIONS_VIEW):
            db.execute(view)


def _make_tables(db: sqlite3.Connection) -> None:
    for name, columns in _TABLES.items():
        first, *rest = columns
        key = "" if name == "foreseen_decision" else " PRIMARY KEY"
        listed = ", ".join((f"{first}{key}", *rest))
        db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} ({listed})")
        db.execute(f"DELETE FROM {name}")


def _put(db: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(_TABLES[table]))
    db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _put_groups(db: sqlite3.Connection, groups: tuple[Group, ...]) -> None:
    undone = _undone(db, groups)
    _put(db, "foreseen_undone", [(one,) for one in undone])
    told = [
        (g.id, g.time, g.who, g.origin.value, g.why, g.undoes, g.id in undone, g.forced)
        for g in groups
    ]
    _put(db, "foreseen_group", told)
    events = [
        (group.id, at, event.kind.value, event.message_id, event.value)
        for group in groups
        for at, event in enumerate(group.events)
    ]
    _put(db, "foreseen_decision", events)


def _undone(db: sqlite3.Connection, groups: tuple[Group, ...]) -> frozenset[str]:
    """What is taken back, by the undos that are known and those that are foreseen."""
    known = db.execute("SELECT id, time, undoes FROM main.decision_group WHERE undoes != ''")
    undos = {one: Group(one, time, "", Origin.CLI, "", (), undoes) for one, time, undoes in known}
    undos.update((group.id, group) for group in groups if group.undoes)
    return undone_groups(undos.values())


def _topics_view(db: sqlite3.Connection) -> str:
    columns = [row[1] for row in db.execute("PRAGMA main.table_info(topic)")]
    told = ", ".join(f"f.{one}" if one in STANDING else f"t.{one}" for one in columns)
    return f"""
        CREATE TEMP VIEW topic AS
        SELECT {", ".join(columns)} FROM main.topic WHERE id NOT IN (SELECT id FROM foreseen_topic)
        UNION ALL
        SELECT {told} FROM foreseen_topic f CROSS JOIN main.topic t ON t.id = f.id
    """


@contextmanager
def at_once(catalogue: Table) -> Iterator[None]:
    """Wait for nobody inside: where another writes, a transaction raises StateError at once."""
    (before,) = catalogue.db.execute("PRAGMA busy_timeout").fetchone()
    catalogue.db.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        catalogue.db.execute(f"PRAGMA busy_timeout = {int(before)}")


def is_busy(error: BaseException) -> bool:
    """Whether an error of the catalogue says that another writes to it."""
    cause = error.__cause__
    return (
        isinstance(cause, sqlite3.OperationalError)
        and getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    )
