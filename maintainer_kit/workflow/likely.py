# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics that may be other revisions of one: for whoever links them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.workflow.reading import select
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.stores import Stores

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"[\w.+=-]{1,100}@[\w.-]{1,100}", re.ASCII)
_MOST_READ = 500
"""Topics of one author that are looked at."""
_LEAST = 0.2
"""Of all words of two titles, those that both have; below that they say other things."""


def likely_kin(stores: Stores, row: TopicRow, most: int = 9) -> list[TopicRow]:
    """Series by the same author whose titles share words with this one's, the likest first."""
    address = parse_person(row.author).address
    if row.kind != TopicKind.SERIES or not _ADDRESS.fullmatch(address):
        return []
    found = select(stores, Selection(open_only=False), f"author:{address}")
    ids = [topic_id for topic_id, _ in found if topic_id != row.id][:_MOST_READ]
    ranked = sorted(_ranked(row, stores.catalogue.rows(ids)), key=lambda one: one[:2])
    return [one for *_, one in ranked[:most]]


def _ranked(row: TopicRow, others: list[TopicRow]) -> Iterator[tuple[float, str, TopicRow]]:
    mine = _words(row)
    for one in others:
        if one.kind != TopicKind.SERIES:
            continue
        theirs = _words(one)
        alike = len(mine & theirs) / max(1, len(mine | theirs))
        if alike >= _LEAST:
            yield -alike, one.id, one


def _words(row: TopicRow) -> frozenset[str]:
    return frozenset(_WORD.findall(row.subject[:1000].casefold()))


def in_order(one: TopicRow, other: TopicRow) -> tuple[TopicRow, TopicRow]:
    """Which of two topics is the later one, by their newest mail, then which the earlier."""
    return (one, other) if (one.updated, one.id) > (other.updated, other.id) else (other, one)
