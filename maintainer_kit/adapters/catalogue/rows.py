# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of the queue as the table of topics holds them.

A list of thousands makes no rows, which have more in them than it shows, but lines (lines.py).
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.adapters.catalogue.findings import Counts
    from maintainer_kit.model.queue.intake import Intake
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.model.queue.standing import Standing

COLUMNS = "facts, state, states, archived, turn, reason, updated, standing"
_decode = json.JSONDecoder().raw_decode
"""Decodes what ``json.dumps`` wrote, without looking for blanks around it."""


class RowReader:
    """Makes rows of values in the order of ``COLUMNS``."""

    def __init__(self) -> None:
        # Here, and not for each row: an import that finds its module costs a microsecond, too.
        from maintainer_kit.model.decision.snooze import AWAKE, load_snooze
        from maintainer_kit.model.queue.intake import Intake
        from maintainer_kit.model.queue.row import TopicRow
        from maintainer_kit.model.queue.standing import Standing
        from maintainer_kit.model.queue.verdict import Turn, Verdict

        self._row, self._held, self._verdict = TopicRow, Standing, Verdict
        self._intake = Intake
        self._awake, self._snooze = AWAKE, load_snooze
        self._turns = {turn.value: turn for turn in Turn}

    def row(self, values: tuple[Any, ...], findings: Counts | None) -> TopicRow:
        facts: list[Any]
        facts, _ = _decode(values[0])
        return self._row(
            id=facts[0],
            kind=facts[1],
            subject=facts[2],
            author=facts[3],
            submitter=facts[4],
            message_id=facts[5],
            lists=tuple(facts[6]),
            revision=facts[7],
            revisions=facts[8],
            received=facts[9],
            total=facts[10],
            updated=values[6],
            trailers=pairs(facts[11]),
            marks=tuple(facts[12]),
            decidable=tuple(facts[13]),
            by_mail=self._verdict(self._turns[facts[14]], facts[15]),
            standing=self._standing(values),
            mails=facts[20],
            ruled=(facts[21][0], facts[21][1]),
            deadline=facts[16],
            checks=pairs(facts[17]),
            expects=pairs(facts[18]),
            waits=facts[19],
            findings=findings,
            landed=facts[22] if len(facts) > 22 else 0,
            landed_at=facts[23] if len(facts) > 23 else 0,
            intake=self._said(facts[24] if len(facts) > 24 else []),
        )

    def _said(self, values: list[Any]) -> Intake:
        if not values:
            return self._intake()
        weighs, addresses, listed, unlisted = values
        return self._intake(bool(weighs), tuple(addresses), listed, unlisted)

    def _standing(self, values: tuple[Any, ...]) -> Standing:
        delegate, by, snooze, starred, attention, confidential, notes, ignored = read_remembered(
            values[7]
        )
        return self._held(
            state=values[1],
            states=read_states(values[2]),
            archived=bool(values[3]),
            verdict=self._verdict(self._turns[values[4]], values[5]),
            delegate=delegate,
            delegated_by=by,
            snooze=self._snooze(snooze) if snooze else self._awake,
            starred=starred,
            attention=attention,
            confidential=confidential,
            notes=notes,
            ignored=ignored,
        )


def pairs(values: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple(map(tuple, values)) if values else ()


# Most topics stand alike: neither text is read twice.
@lru_cache(maxsize=1000)
def read_states(text: str) -> tuple[tuple[str, int], ...]:
    return pairs(json.loads(text))


@lru_cache(maxsize=1000)
def read_remembered(text: str) -> tuple[str, str, str, bool, str, str, tuple[str, ...], str]:
    """What a standing holds that has no column of its own to be read from."""
    delegate, by, snooze, starred, attention, confidential, notes, *rest = json.loads(text)
    ignored = rest[0] if rest else ""
    return delegate, by, snooze, bool(starred), attention, confidential, tuple(notes), ignored
