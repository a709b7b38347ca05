# SPDX-License-Identifier: GPL-2.0-or-later
"""Which postings are revisions of one another, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.series import Series, sort_key, titles

_DAY = 86400
_REROLL_WINDOW = 550 * _DAY
"""A reroll under an equal title comes within this time; the same title later is another change."""
_REPOST_WINDOW = 60 * _DAY
"""The same, where not even the revision says that it is a reroll."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why one posting counts as a revision of another."""

    reason: str
    """change-id, link, in-reply-to or subject; "first" for the first of a topic."""
    confidence: float
    """0 to 1."""


FIRST = Link("first", 1.0)


@dataclass(frozen=True, slots=True)
class Revision:
    """One posting of a topic, with what links it to the others."""

    series: Series
    link: Link


class _Union:
    def __init__(self, size: int) -> None:
        self.parent = list(range(size))
        self.why: dict[int, Link] = {}

    def find(self, at: int) -> int:
        while self.parent[at] != at:
            self.parent[at] = self.parent[self.parent[at]]
            at = self.parent[at]
        return at

    def join(self, newer: int, older: int, link: Link) -> None:
        known = self.why.get(newer)
        if known is None or known.confidence < link.confidence:
            self.why[newer] = link
        one, other = self.find(newer), self.find(older)
        if one != other:
            self.parent[max(one, other)] = min(one, other)


def link_revisions(
    series: Sequence[Series], messages: Mapping[str, Message]
) -> list[tuple[Revision, ...]]:
    """Group postings into topics; in each the revisions in order, oldest first.

    ``messages`` are all mails of the cluster by id, with which threads are followed.
    """
    ordered = sorted(series, key=_order)
    union = _Union(len(ordered))
    owner = {m.message_id: at for at, one in enumerate(ordered) for m in one.messages}
    _by_change_id(ordered, union)
    for at, one in enumerate(ordered):
        _by_links(at, one, owner, union)
        _by_thread(at, one, ordered, owner, messages, union)
    _by_titles(ordered, union)
    groups: dict[int, list[int]] = {}
    for at in range(len(ordered)):
        groups.setdefault(union.find(at), []).append(at)
    return [
        tuple(
            Revision(ordered[at], FIRST if at == group[0] else union.why.get(at, FIRST))
            for at in group
        )
        for group in groups.values()
    ]


def _order(series: Series) -> tuple[int, int, str]:
    return (series.revision, *sort_key(series.first))


def _by_change_id(ordered: Sequence[Series], union: _Union) -> None:
    seen: dict[str, int] = {}
    for at, one in enumerate(ordered):
        if one.change_id:
            older = seen.setdefault(one.change_id, at)
            if older != at:
                union.join(at, older, Link("change-id", 1.0))


def _by_links(at: int, one: Series, owner: Mapping[str, int], union: _Union) -> None:
    for message in one.messages:
        for linked in message.links:
            older = owner.get(linked)
            if older is not None and older != at:
                union.join(max(at, older), min(at, older), Link("link", 1.0))


def _by_thread(
    at: int,
    one: Series,
    ordered: Sequence[Series],
    owner: Mapping[str, int],
    messages: Mapping[str, Message],
    union: _Union,
) -> None:
    """A higher revision, or a RESEND, of the same submitter that answers an older posting."""
    for start in one.messages:
        for ancestor in ancestors(start, messages):
            older = owner.get(ancestor)
            if older is None or older == at:
                continue
            other = ordered[older]
            newer = one.revision > other.revision or _minor(one) > _minor(other)
            if other.submitter.key == one.submitter.key and (newer or start.subject.resend):
                union.join(at, older, Link("in-reply-to", 0.9))
            break


def _minor(series: Series) -> int:
    return series.first.subject.minor


def ancestors(message: Message, messages: Mapping[str, Message]) -> Iterator[str]:
    """Ids above a mail in its thread, nearest first, also beyond a shortened References.

    Lazy, because the first posting above is nearly always near.
    """
    seen: set[str] = set()
    above: Message | None = message
    while above is not None:
        fresh = [one for one in above.parents if one not in seen]
        seen.update(fresh)
        yield from fresh
        above = messages.get(fresh[-1]) if fresh else None


def _by_titles(ordered: Sequence[Series], union: _Union) -> None:
    """Postings of one submitter that share a title: rerolls that no thread and no id joins."""
    by_title: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(ordered):
        for title in titles(one):
            if title:
                by_title.setdefault((one.submitter.key, title), []).append(at)
    for group in by_title.values():
        by_date = sorted(group, key=lambda at: sort_key(ordered[at].first))
        for older, newer in pairwise(by_date):
            if _is_reroll(ordered[older], ordered[newer]):
                low, high = sorted((older, newer))
                union.join(high, low, Link("subject", 0.8))


def _is_reroll(older: Series, newer: Series) -> bool:
    gap = abs(newer.date - older.date)
    shared = len(titles(older) & titles(newer))
    if 2 * shared < min(len(titles(older)), len(titles(newer))):
        return False
    if newer.revision != older.revision or newer.first.subject.resend:
        return gap <= _REROLL_WINDOW
    return gap <= _REPOST_WINDOW
