# SPDX-License-Identifier: GPL-2.0-or-later
"""``digest``: what came in, who waits for whom and how long, and what the calendar says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from maintainer_kit.model.calendar.outlook import Outlook
from maintainer_kit.model.decision.away import Away
from maintainer_kit.model.decision.event import WATCH
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.workflow.away import absence
from maintainer_kit.workflow.digest.mark import mark_all, new_messages, without_own
from maintainer_kit.workflow.digest.parts import (
    CalendarLine,
    Digest,
    Line,
    Mark,
    Part,
    Section,
)
from maintainer_kit.workflow.digest.unanswered import unanswered
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import rows, select
from maintainer_kit.workflow.stores import Stores

DAY = 86_400
FIRST = 7 * DAY
"""How far back the very first digest looks."""
_PATIENCE = 7
"""Days after which an author has waited long for a first word."""
_HOPELESS = 90
"""Days after which it is no longer the digest's to tell."""
_STALE = 30
"""Days without mail that make a topic stale, as ``mkit:stale`` has it."""
_SOON = 7

Calendar = Callable[[int], Sequence[CalendarLine]]
"""The release cycles of the user's projects at a time in seconds."""


@dataclass(frozen=True, slots=True)
class DigestWish:
    """What a digest is to tell."""

    since: int = 0
    """Mail dated since then is new; 0 for what came since the last digest."""
    most: int = 10
    """Topics of each section."""


@dataclass(frozen=True, slots=True)
class _News:
    """New mail by topic."""

    since: int
    mails: int
    by_topic: Mapping[str, frozenset[str]]
    """Message-IDs."""


def collect_digest(
    stores: Stores, mark: Mark | None, calendar: Calendar, wish: DigestWish
) -> Digest:
    """All that is to be told now; ``mark`` is that of the last digest, None before the first."""
    now = stores.clock() // 1_000_000
    is_open = rows(stores, [one for one, _ in select(stores, Selection())])
    news = _news(stores, mark, is_open, wish.since or (0 if mark else now - FIRST))
    back = [row for row in is_open if row.back]
    told = mark.woken if mark else frozenset()
    lines = _calendar(calendar(now), mark.tags if mark else {})
    sections = (
        _new(stores, news, is_open, wish.most),
        _section(Part.WAITING, _waiting(is_open), wish.most, "mkit:open turn:me"),
        _section(
            Part.UNANSWERED,
            _unanswered(stores, is_open, now),
            wish.most,
            f"mkit:open -turn:me -turn:author age:{_PATIENCE}d..{_HOPELESS}d",
        ),
        _section(
            Part.STALE,
            _stale(is_open, now),
            wish.most,
            f"mkit:open age:{_STALE - _SOON}d..{_STALE}d",
        ),
        _section(
            Part.WOKEN,
            [Line(row) for row in back if row.id not in told],
            wish.most,
            "mkit:open",
        ),
    )
    found = mark_all(stores, now, mark)
    tags = {line.repository: line.outlook.tag.name for line in lines if line.outlook}
    return Digest(
        now=now,
        since=news.since,
        mails=news.mails,
        sections=tuple(one for one in sections if one.total),
        calendar=tuple(lines),
        returned=_returned(stores, mark, now),
        mark=replace(found, woken=frozenset(row.id for row in back), tags={**found.tags, **tags}),
    )


def _returned(stores: Stores, mark: Mark | None, now: int) -> Away | None:
    away = absence(stores)
    since = mark.time if mark else now - FIRST
    return away if away and since < away.until <= now else None


def _news(stores: Stores, mark: Mark | None, is_open: Sequence[TopicRow], since: int) -> _News:
    """What came since the mark; with ``since`` what is dated so, in topics that are open."""
    if mark is not None and not since:
        new = new_messages(stores, mark)
        return _News(mark.time, len(new), _by_topic(stores.catalogue.topic_ids(new)))
    held = stores.catalogue.topic_messages([row.id for row in is_open if row.updated >= since])
    ids = without_own(one for each in held.values() for one in each)
    records = stores.catalogue.records(ids)
    late = {one for one, record in records.items() if record.message.date >= since}
    found = {topic: frozenset(late.intersection(ids)) for topic, ids in held.items()}
    return _News(since, len(late), {topic: ids for topic, ids in found.items() if ids})


def _by_topic(topic_ids: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for message_id, topic in topic_ids.items():
        found.setdefault(topic, set()).add(message_id)
    return {topic: frozenset(ids) for topic, ids in found.items()}


def _new(stores: Stores, news: _News, is_open: Sequence[TopicRow], most: int) -> Section:
    """Topics with new mail that are open, or watched."""
    here = {row.id for row in is_open}
    other = rows(stores, [one for one in news.by_topic if one not in here])
    found = [row for row in is_open if row.id in news.by_topic]
    found += [row for row in other if row.standing.attention == WATCH]
    day = datetime.fromtimestamp(news.since, UTC).strftime("%Y-%m-%d")
    lines = [Line(row, _what(row, news.by_topic[row.id])) for row in found[:most]]
    return Section(Part.NEW, len(found), tuple(lines), f"date:{day}..")


def _what(row: TopicRow, new: frozenset[str]) -> str:
    """``new``, ``v3 is new``, ``2 new mails``."""
    if len(new) >= row.mails:
        return "new"
    if row.revision and row.message_id in new:
        return f"v{row.revision} is new"
    return count_of(len(new), "new mail")


def _waiting(is_open: Iterable[TopicRow]) -> list[Line]:
    """What waits for the reader, the longest first: so the queue is ordered already."""
    return [Line(row) for row in is_open if row.standing.verdict.turn is Turn.ME]


def _unanswered(stores: Stores, is_open: Iterable[TopicRow], now: int) -> list[Line]:
    others = (Turn.REVIEWER, Turn.DELEGATE)
    asked = [
        row
        for row in is_open
        if row.standing.verdict.turn in others
        and now - _HOPELESS * DAY <= row.updated <= now - _PATIENCE * DAY
    ]
    found = sorted(unanswered(stores, asked), key=lambda row: (row.updated, row.id))
    return [Line(row) for row in found]


def _stale(is_open: Iterable[TopicRow], now: int) -> list[Line]:
    """The last mail of each will soon be too old for anybody to remember it."""
    first, last = now - _STALE * DAY, now - (_STALE - _SOON) * DAY
    found = [row for row in is_open if first < row.updated <= last]
    found.sort(key=lambda row: (row.updated, row.id))
    return [Line(row) for row in found]


def _section(part: Part, found: Sequence[Line], most: int, query: str) -> Section:
    return Section(part, len(found), tuple(found[:most]), query)


def _calendar(found: Sequence[CalendarLine], told: Mapping[str, str]) -> list[CalendarLine]:
    """Each project once, though several of its repositories may be here; news marked so."""
    seen: set[Outlook] = set()
    lines = []
    for line in found:
        if line.outlook is None:
            lines.append(line)
        elif line.outlook not in seen:
            seen.add(line.outlook)
            is_news = told.get(line.repository) != line.outlook.tag.name
            lines.append(replace(line, is_news=is_news))
    return lines
