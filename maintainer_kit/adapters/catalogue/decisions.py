# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's copy of the journal, for questions about single messages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from maintainer_kit.adapters.catalogue.base import Table, distinct

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.decision.event import Decisions, Event, EventKind, Group


class DecisionTable(Table):
    """Groups of decisions, and what holds after them."""

    def groups(self) -> list[Group]:
        from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin

        events: dict[str, list[Event]] = {}
        rows = self.db.execute(
            "SELECT group_id, kind, message_id, value FROM decision ORDER BY group_id, number"
        )
        for group_id, kind, message_id, value in rows:
            events.setdefault(group_id, []).append(Event(EventKind(kind), message_id, value))
        rows = self.db.execute(
            "SELECT id, time, who, origin, why, undoes, forced FROM decision_group"
            " ORDER BY time, id"
        )
        return [
            Group(
                one,
                time,
                who,
                Origin(origin),
                why,
                tuple(events.get(one, ())),
                undoes,
                bool(forced),
            )
            for one, time, who, origin, why, undoes, forced in rows
        ]

    def last_time(self) -> int:
        return int(self.db.execute("SELECT max(time) FROM decision_group").fetchone()[0] or 0)

    def last_value(self, kind: str) -> str:
        row = self.db.execute(
            "SELECT d.value FROM decision d JOIN decision_group g ON g.id = d.group_id"
            " WHERE d.message_id = '' AND d.kind = ? AND NOT g.undone"
            " ORDER BY g.time DESC, g.id DESC, d.number DESC LIMIT 1",
            (kind,),
        ).fetchone()
        return str(row[0]) if row else ""

    def put_groups(self, groups: Iterable[Group]) -> None:
        listed = list(groups)
        for group in listed:
            added = self.db.execute(
                "INSERT OR IGNORE INTO decision_group"
                " (id, time, who, origin, why, undoes, forced) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    group.id,
                    group.time,
                    group.who,
                    group.origin.value,
                    group.why,
                    group.undoes,
                    group.forced,
                ),
            )
            if added.rowcount:
                self.db.executemany(
                    "INSERT INTO decision (group_id, number, kind, message_id, value)"
                    " VALUES (?, ?, ?, ?, ?)",
                    [
                        (group.id, at, event.kind.value, event.message_id, event.value)
                        for at, event in enumerate(group.events)
                    ],
                )
        if listed:
            self._settle_undos({group.undoes for group in listed})
            self._soil([event.message_id for group in listed for event in group.events])

    def _settle_undos(self, targets: Collection[str]) -> None:
        """Note which groups are taken back: only undos have to be looked at. What ``targets``
        decided, and all that is taken back or holds again, may have other tags from now on."""
        from maintainer_kit.model.decision.event import Group, Origin, undone_groups

        rows = self.db.execute(
            "SELECT id, time, undoes FROM decision_group WHERE undoes != ''"
        ).fetchall()
        undos = [Group(one, time, "", Origin.CLI, "", (), undoes) for one, time, undoes in rows]
        undone = undone_groups(undos)
        before = {row[0] for row in self.db.execute("SELECT id FROM decision_group WHERE undone")}
        over, more = sorted(before - undone), sorted(undone - before)
        self.execute_in("UPDATE decision_group SET undone = 0 WHERE id IN (?*)", over)
        self.execute_in("UPDATE decision_group SET undone = 1 WHERE id IN (?*)", more)
        query = "SELECT DISTINCT message_id FROM decision WHERE group_id IN (?*)"
        self._soil([row[0] for row in self.select_in(query, {*over, *more, *targets})])

    def _soil(self, message_ids: Collection[str]) -> None:
        self.execute_in("UPDATE message SET dirty = 1 WHERE id IN (?*)", distinct(message_ids))

    def forget_groups(self) -> None:
        self._soil(sorted(self.decided_messages()))
        self.db.execute("DELETE FROM decision_group")

    def decisions(self, message_ids: Collection[str]) -> Decisions:
        from maintainer_kit.model.decision.event import Decision, Event, EventKind, Origin, hold

        query = (
            "SELECT d.message_id, d.kind, d.value, g.id, g.time, g.origin, d.number"
            " FROM decision d JOIN decision_group g ON g.id = d.group_id"
            " WHERE NOT g.undone AND d.message_id IN (?*)"
        )
        rows = sorted(
            self.select_in(query, distinct(message_ids)), key=lambda row: (row[4], row[3], row[6])
        )
        holds: dict[tuple[str, EventKind], Decision] = {}
        for message_id, kind, value, group, time, origin, _ in rows:
            event = Event(EventKind(kind), message_id, value)
            hold(holds, event, Decision(value, group, time, Origin(origin)))
        return holds

    def decided_messages(self, kinds: Collection[EventKind] = ()) -> set[str]:
        if not kinds:
            return {row[0] for row in self.db.execute("SELECT DISTINCT message_id FROM decision")}
        query = "SELECT DISTINCT message_id FROM decision WHERE kind IN (?*)"
        return {row[0] for row in self.select_in(query, sorted(kind.value for kind in kinds))}
