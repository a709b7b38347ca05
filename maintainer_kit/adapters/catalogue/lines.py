# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of the queue: what a list shows of thousands of topics.

Each topic has its line in a column of its own, of parts that are the same in many topics, and of
those that are not.
"""

from __future__ import annotations

import json
from functools import lru_cache
from operator import itemgetter
from sys import intern
from typing import TYPE_CHECKING, Any

from maintainer_kit.adapters.catalogue.base import chunks, translated
from maintainer_kit.adapters.catalogue.rows import pairs, read_remembered, read_states
from maintainer_kit.adapters.catalogue.topics import BETWEEN, PLACES, TopicTable, all_of, where_of
from maintainer_kit.model.queue.line import Line

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.adapters.catalogue.findings import Counts
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.workflow.records import Selection

_FEW = 1000
"""Topics that are looked up one by one."""
_LOOKUP = 20
"""In the time that it takes to look up a topic so many are read in the order of the table."""
_COLUMNS = ", ".join(
    ("line", "standing", "state", "states", "turn", "reason", "updated", "archived", *PLACES)
)
_PLACE = itemgetter(-3, -2, -1)
"""What is sorted by of these columns."""
_new = tuple.__new__
"""Makes a named tuple of all its values in half the time that its own methods take."""


class LineTable(TopicTable):
    """The queue as lists show it."""

    def lines(self, wanted: Selection) -> list[Line | TopicRow]:
        found = self._columns(wanted)
        counts = self.finding_counts([values[-1] for values in found])
        lines = [_line(values, counts.get(values[-1])) for values in found]
        left = [at for at, line in enumerate(lines) if line is None]
        if not left:
            return [line for line in lines if line]
        rows = {row.id: row for row in self.rows([found[at][-1] for at in left])}
        shown = zip(found, lines, strict=True)
        # One that went meanwhile has no row.
        return [one for values, line in shown if (one := line or rows.get(values[-1]))]

    def _columns(self, wanted: Selection) -> list[tuple[Any, ...]]:
        """``_COLUMNS`` of a selection, in its order."""
        clauses, values = where_of(wanted)
        ids = wanted.topic_ids
        if ids is None:
            way = "NOT INDEXED" if self._is_much(wanted) else "INDEXED BY topic_queue"
            found = self._read(way, clauses, values)
        elif len(ids) <= _FEW or not self._is_much(wanted):
            found = []
            for chunk in chunks(list(ids)):
                marks = f"id IN ({','.join('?' * len(chunk))})"
                found += self._read("", [*clauses, marks], [*values, *chunk])
        else:
            read = self._read("NOT INDEXED", clauses, values)
            found = [row for row in read if row[-1] in ids]
        # SQLite takes several times as long to sort rows that are as long as these.
        found.sort(key=_PLACE)
        return found

    def _read(self, way: str, clauses: list[str], values: list[Any]) -> list[tuple[Any, ...]]:
        query = f"SELECT {_COLUMNS} FROM topic {way} {all_of(clauses)}"
        with translated(self.path):
            return self.db.execute(query, values).fetchall()

    def _is_much(self, wanted: Selection) -> bool:
        """Whether the way through all of the table, in its own order, is shorter than that through
        an index to each of a selection. It is not where of many only few ids are wanted."""
        clauses, values = where_of(wanted)
        with translated(self.path):
            everything = self.db.execute("SELECT count(*) FROM topic").fetchone()[0]
            if wanted.topic_ids is not None:
                return bool(len(wanted.topic_ids) * 3 > everything)
            query = f"SELECT 1 FROM topic INDEXED BY topic_queue {all_of(clauses)} LIMIT 1 OFFSET ?"
            found = self.db.execute(query, [*values, everything // _LOOKUP]).fetchone()
        return found is not None


def _line(values: tuple[Any, ...], findings: Counts | None) -> Line | None:
    """What a list shows; None where the clock has a say in it, so that a row has to be made."""
    held, standing, state, states, turn, reason, updated, archived, *_ = values
    remembered = read_remembered(standing)
    delegate, by, snoozed, starred, attention, confidential, notes, ignored = remembered
    if snoozed or not held:
        return None
    topic_id, kind, subject, author, submitter, message_id, posted, counted = held.split(BETWEEN)
    trailers, checks, landed, marks, by_mail = _counted(counted)
    return _new(
        Line,
        (
            topic_id,
            kind,
            subject,
            author,
            submitter,
            message_id,
            *_posted(posted),
            state,
            read_states(states),
            turn,
            reason,
            updated,
            trailers,
            checks,
            (),
            findings,
            landed,
            archived == 1,
            marks,
            0,
            delegate,
            by,
            by_mail,
            "",
            "",
            starred,
            attention,
            confidential,
            notes,
            ignored,
        ),
    )


# Most topics have these in common with others: few texts are read twice.
@lru_cache(maxsize=512)
def _posted(text: str) -> tuple[Any, ...]:
    lists, *numbers = json.loads(text)
    return (tuple(map(intern, lists)), *numbers)


@lru_cache(maxsize=512)
def _counted(text: str) -> tuple[Any, ...]:
    trailers, checks, landed, marks, by_mail = json.loads(text)
    return pairs(trailers), pairs(checks), landed, tuple(marks), by_mail
