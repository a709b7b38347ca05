# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's topics: rows of the queue, and the clusters of mail they come from."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from maintainer_kit.adapters.catalogue.base import distinct
from maintainer_kit.adapters.catalogue.findings import FindingTable
from maintainer_kit.adapters.catalogue.lists import ListTable
from maintainer_kit.adapters.catalogue.rows import COLUMNS, RowReader
from maintainer_kit.model.queue.listed import Listed

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.message.message import Message
    from maintainer_kit.model.queue.intake import Intake
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.model.queue.standing import Standing
    from maintainer_kit.workflow.records import Cluster, ClusterTopic, Selection

# What waits longest on me comes first; elsewhere what is newest.
PLACES = ("turn_rank", "CASE turn_rank WHEN 0 THEN updated ELSE -updated END", "id")
_ORDER = f"ORDER BY {', '.join(PLACES)}"
_IN_QUEUE = f"{COLUMNS}, {', '.join(PLACES)}"
_PLACE = itemgetter(-3, -2, -1)
"""What is sorted by of rows of ``_IN_QUEUE``."""
_DEADLINE = "$[16]"
_WAITS = "$[19]"
"""Where the facts of a row hold them."""
STANDING = (
    "state",
    "states",
    "archived",
    "turn",
    "turn_rank",
    "reason",
    "standing",
    "delegate",
    "starred",
    "attention",
    "confidential",
    "noted",
    "wake",
    "wake_tag",
)
"""Columns that hold a standing; those after ``standing`` are what topics are looked for by."""
_TOPIC = ("id", "cluster", "kind", "facts", "line", "updated", *STANDING)
BETWEEN = "\x1f"
"""Between the parts of a line; JSON escapes it."""


def _dump_facts(row: TopicRow) -> str:
    return json.dumps(
        [
            row.id,
            row.kind,
            row.subject,
            row.author,
            row.submitter,
            row.message_id,
            row.lists,
            row.revision,
            row.revisions,
            row.received,
            row.total,
            row.trailers,
            row.marks,
            row.decidable,
            row.by_mail.turn.value,
            row.by_mail.reason,
            row.deadline,
            row.checks,
            row.expects,
            row.waits,
            row.mails,
            row.ruled,
            row.landed,
            row.landed_at,
            _intake_values(row.intake),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _dump_line(row: TopicRow) -> str:
    """What a list shows of it (lines.py); nothing where the clock has a say in that."""
    texts = (row.id, row.kind, row.subject, row.author, row.submitter, row.message_id)
    if row.deadline or row.expects or row.waits or any(BETWEEN in one for one in texts):
        return ""
    posted = (row.lists, row.revision, row.revisions, row.received, row.total)
    counted = (row.trailers, row.checks, row.landed, row.marks, row.by_mail.turn.value)
    parts = (
        json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (posted, counted)
    )
    return BETWEEN.join((*texts, *parts))


def _intake_values(said: Intake) -> list[Any]:
    """Nothing of what most rows hold: see ``RowReader``."""
    if not (said.weighs or said.addresses or said.listed or said.unlisted):
        return []
    return [int(said.weighs), said.addresses, said.listed, said.unlisted]


def standing_values(standing: Standing) -> tuple[Any, ...]:
    """In the order of ``STANDING``."""
    from maintainer_kit.model.decision.snooze import dump_snooze
    from maintainer_kit.model.mail.person import parse_people
    from maintainer_kit.model.queue.verdict import TURN_ORDER

    turn = standing.verdict.turn
    snooze = dump_snooze(standing.snooze)
    people = parse_people(standing.delegate)
    rest = [
        standing.delegate,
        standing.delegated_by,
        snooze,
        int(standing.starred),
        standing.attention,
        standing.confidential,
        standing.notes,
        standing.ignored,
    ]
    return (
        standing.state,
        json.dumps(standing.states),
        int(standing.archived),
        turn.value,
        TURN_ORDER.index(turn),
        standing.verdict.reason,
        json.dumps(rest, ensure_ascii=False, separators=(",", ":")),
        people[0].key if people else "",
        int(standing.starred),
        standing.attention,
        standing.confidential,
        len(standing.notes),
        standing.snooze.wake if standing.snooze else 0,
        standing.snooze.tag,
    )


class TopicTable(FindingTable, ListTable):
    """Rows of the queue."""

    def clusters_with(self, message_ids: Collection[str], keys: Collection[str]) -> set[int]:
        query = "SELECT DISTINCT cluster FROM link WHERE key IN (?*)"
        found = {row[0] for row in self.select_in(query, distinct(keys))}
        query = "SELECT DISTINCT cluster FROM message WHERE cluster IS NOT NULL AND id IN (?*)"
        return found | {row[0] for row in self.select_in(query, distinct(message_ids))}

    def all_clusters(self) -> list[int]:
        return [row[0] for row in self.db.execute("SELECT id FROM cluster ORDER BY id")]

    def cluster_messages(self, clusters: Collection[int]) -> dict[str, Message]:
        from maintainer_kit.model.message.codec import MessageReader

        query = "SELECT facts FROM message WHERE cluster IN (?*)"
        reader = MessageReader()
        found = (reader.read(row[0]) for row in self.stream_in(query, sorted(clusters)))
        return {message.message_id: message for message in found}

    def replace_clusters(self, old: Collection[int], new: Iterable[Cluster]) -> None:
        listed = list(new)
        self.execute_in("DELETE FROM cluster WHERE id IN (?*)", sorted(old))
        top = self.db.execute("SELECT max(id) FROM cluster").fetchone()[0] or 0
        numbered = list(enumerate(listed, top + 1))
        self.db.executemany("INSERT INTO cluster (id) VALUES (?)", [(at,) for at, _ in numbered])
        self.db.executemany(
            "INSERT INTO link (key, cluster) VALUES (?, ?)",
            [(key, at) for at, cluster in numbered for key in sorted(cluster.keys)],
        )
        self.db.executemany(
            f"INSERT INTO topic ({', '.join(_TOPIC)}) VALUES ({', '.join('?' * len(_TOPIC))})",
            [
                (
                    one.row.id,
                    at,
                    one.row.kind,
                    _dump_facts(one.row),
                    _dump_line(one.row),
                    one.row.updated,
                    *standing_values(one.row.standing),
                )
                for at, cluster in numbered
                for one in cluster.topics
            ],
        )
        self._put_aspects([one for cluster in listed for one in cluster.topics])
        self.db.executemany(
            "UPDATE message SET cluster = ? WHERE id = ?",
            [(at, m.message_id) for at, cluster in numbered for m in cluster.messages],
        )
        self.db.executemany(
            "UPDATE message SET topic = ?, head = ? WHERE id = ?",
            [
                (topic.row.id, one in cluster.heads, one)
                for cluster in listed
                for topic in cluster.topics
                for one in topic.message_ids
            ],
        )

    def _put_aspects(self, topics: list[ClusterTopic]) -> None:
        self.db.executemany(
            "INSERT INTO touched (path, topic) VALUES (?, ?)",
            [(path, one.row.id) for one in topics for path in one.aspects.paths],
        )
        self.db.executemany(
            "INSERT INTO party (role, address, topic) VALUES (?, ?, ?)",
            [(*party, one.row.id) for one in topics for party in one.aspects.parties],
        )
        self._put_lists(topics)

    def topic_ids(self, message_ids: Collection[str]) -> dict[str, str]:
        query = "SELECT id, topic FROM message WHERE topic IS NOT NULL AND id IN (?*)"
        return dict(self.select_in(query, distinct(message_ids)))

    def resolve_topic(self, prefix: str) -> list[str]:
        if not prefix or not prefix.isalnum():
            return []
        top = prefix + "\U0010ffff"
        rows = self.db.execute(
            "SELECT id FROM topic WHERE id >= ? AND id < ? LIMIT 20", (prefix, top)
        ).fetchall()
        if not rows:
            rows = self.db.execute(
                "SELECT DISTINCT topic FROM message"
                " WHERE short >= ? AND short < ? AND topic IS NOT NULL LIMIT 20",
                (prefix, top),
            ).fetchall()
        return [row[0] for row in rows]

    def totals(self) -> tuple[int, int]:
        """How many series (postings) and how many topics there are."""
        row = self.db.execute("SELECT total(json_extract(facts, '$[8]')), count(*) FROM topic")
        series, topics = row.fetchone()
        return int(series), int(topics)

    def select(self, wanted: Selection) -> Listed:
        clauses, values = where_of(wanted)
        rows = self.db.execute(f"SELECT id, turn FROM topic {all_of(clauses)} {_ORDER}", values)
        if wanted.topic_ids is None:
            return Listed(rows)
        return Listed(pair for pair in rows if pair[0] in wanted.topic_ids)

    def rows(self, topic_ids: Collection[str]) -> list[TopicRow]:
        query = f"SELECT {_IN_QUEUE} FROM topic WHERE id IN (?*)"
        found = list(self.select_in(query, distinct(topic_ids)))
        found.sort(key=_PLACE)
        counts = self.finding_counts([row[-1] for row in found])
        reader = RowReader()
        return [reader.row(row, counts.get(row[-1])) for row in found]

    def topic_messages(self, topic_ids: Collection[str]) -> dict[str, list[str]]:
        query = "SELECT topic, id FROM message WHERE topic IN (?*)"
        found: dict[str, list[str]] = {}
        for topic_id, message_id in self.select_in(query, distinct(topic_ids)):
            found.setdefault(topic_id, []).append(message_id)
        return found

    def snoozed(self) -> list[tuple[str, int, str]]:
        return self.db.execute("SELECT id, wake, wake_tag FROM topic WHERE wake").fetchall()

    def waiting(self, now: int) -> set[str]:
        from maintainer_kit.model.queue.verdict import WAITING_TURNS

        marks = ",".join("?" * len(WAITING_TURNS))
        rows = self.db.execute(
            f"SELECT id FROM topic WHERE turn IN ({marks}) AND json_extract(facts, ?) > ?",
            (*(turn.value for turn in WAITING_TURNS), _WAITS, now),
        )
        return {row[0] for row in rows}

    def put_standings(self, standings: Mapping[str, Standing]) -> None:
        columns = ", ".join(f"{name} = ?" for name in STANDING)
        self.db.executemany(
            f"UPDATE topic SET {columns} WHERE id = ?",
            [(*standing_values(standing), one) for one, standing in standings.items()],
        )


def all_of(clauses: list[str]) -> str:
    return f"WHERE {' AND '.join(clauses)}" if clauses else ""


def where_of(wanted: Selection) -> tuple[list[str], list[str | int]]:
    from maintainer_kit.model.queue.verdict import TURN_ORDER, Turn

    clauses: list[str] = []
    values: list[str | int] = []
    for column, names in (("state", wanted.states), ("turn", wanted.turns)):
        if names:
            clauses.append(f"{column} IN ({','.join('?' * len(names))})")
            values.extend(sorted(names))
    if wanted.now:
        # Apart, so that the index of the queue answers all the rest without reading any row.
        late = f"json_extract(facts, '{_DEADLINE}') BETWEEN 1 AND ?"
        clauses.append(f"id NOT IN (SELECT id FROM topic WHERE turn_rank = ? AND {late})")
        values.extend((TURN_ORDER.index(Turn.ME), wanted.now))
    if wanted.open_only:
        # A state that needs no action makes it nobody's turn.
        clauses.append("NOT archived AND turn != ?")
        values.append(Turn.NOBODY.value)
    return clauses, values
