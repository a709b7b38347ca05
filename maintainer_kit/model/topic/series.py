# SPDX-License-Identifier: GPL-2.0-or-later
"""Series: the patches and cover letters of one posting, put together from single mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.message.subject import title_key

_NEAR = 20 * 60
"""Seconds within which unthreaded mails of one submitter count as one posting."""


@dataclass(frozen=True, slots=True)
class Series:
    """One posting of a set of patches."""

    revision: int
    cover: Message | None
    patches: tuple[Message | None, ...]
    """By number; None where a patch has not arrived."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """What has arrived, the cover letter first."""
        found = tuple(patch for patch in self.patches if patch is not None)
        return (self.cover, *found) if self.cover else found

    @property
    def first(self) -> Message:
        """The mail that stands for the series: its cover letter, else its first patch."""
        return self.messages[0]

    @property
    def submitter(self) -> Person:
        return self.first.submitter

    @property
    def date(self) -> int:
        """Date of the earliest mail that has one."""
        dates = [message.date for message in self.messages if message.date]
        return min(dates, default=0)

    @property
    def title(self) -> str:
        return self.first.subject.title

    @property
    def change_id(self) -> str:
        return next((one.change_id for one in self.messages if one.change_id), "")

    @property
    def base_commit(self) -> str:
        return next((one.base_commit for one in self.messages if one.base_commit), "")

    @property
    def prerequisites(self) -> tuple[str, ...]:
        """Patch-ids that the series is based on, in the order of its mails."""
        found = (one for message in self.messages for one in message.prerequisites)
        return tuple(dict.fromkeys(found))

    @property
    def received(self) -> int:
        """How many patches are there, the cover letter not counted."""
        return sum(patch is not None for patch in self.patches)

    @property
    def is_complete(self) -> bool:
        return None not in self.patches


def sort_key(message: Message) -> tuple[int, str]:
    """An order of mails that does not depend on which arrived first."""
    return (message.date, message.message_id)


def effective_revision(message: Message, heads: Mapping[str, Message]) -> int:
    """The revision of a patch: its own, else its cover letter's ("[PATCH 0/4] [v3] ...")."""
    own = message.subject.revision
    if own > 1 or message.kind is not Kind.PATCH:
        return own
    for parent in message.parents[:1]:
        cover = heads.get(parent)
        if cover and cover.kind is Kind.COVER and _same_posting(cover, message):
            return cover.subject.revision
    return own


def _same_posting(one: Message, other: Message) -> bool:
    return one.submitter.key == other.submitter.key and one.subject.total == other.subject.total


def collect_series(messages: Iterable[Message]) -> list[Series]:
    """Put patches and cover letters together; each mail lands in exactly one series.

    Mails of one submitter with one revision and one total belong together when the thread
    joins them, or, unthreaded, when they were sent within minutes of each other. A number that is
    already there begins another posting. Sorted by date.
    """
    ordered = sorted((m for m in messages if m.is_head), key=sort_key)
    heads = {message.message_id: message for message in ordered}
    groups: dict[tuple[str, int, int, int, bool, str], list[Message]] = {}
    single: list[Series] = []
    for message in ordered:
        subject = message.subject
        if subject.number is None or subject.total is None:
            single.append(Series(effective_revision(message, heads), None, (message,)))
            continue
        revision = effective_revision(message, heads)
        key = (message.submitter.key, revision, subject.minor, subject.total, subject.resend)
        groups.setdefault((*key, _anchor(message, heads, revision)), []).append(message)
    for group in _merge_near(groups).values():
        single.extend(_fill(group, heads))
    return sorted(single, key=lambda series: sort_key(series.first))


_Key = tuple[str, int, int, int, bool, str]


def _anchor(message: Message, heads: Mapping[str, Message], revision: int) -> str:
    """The mail at the top of a posting's own thread.

    A parent that is not there still tells: all patches that answer one missing cover letter
    belong together.
    """
    seen = {message.message_id}
    while message.parents:
        parent = heads.get(message.parents[0])
        if parent is None:
            # Its cover letter or first patch is missing; a reroll's parent is the older posting,
            # which other mails of this posting share all the same.
            return message.parents[0]
        same = (
            _same_posting(parent, message)
            and effective_revision(parent, heads) == revision
            and parent.subject.resend == message.subject.resend
            and parent.subject.number != message.subject.number
        )
        if not same or parent.message_id in seen:
            return message.message_id
        seen.add(parent.message_id)
        message = parent
    return message.message_id


def _merge_near(groups: Mapping[_Key, list[Message]]) -> dict[_Key, list[Message]]:
    """Join groups that differ only in their anchor, when no number is double and time is near."""
    merged: dict[_Key, list[Message]] = {}
    last: dict[tuple[str, int, int, int, bool], _Key] = {}
    for key in sorted(groups, key=lambda one: (sort_key(groups[one][0]), one)):
        group = groups[key]
        earlier = last.get(key[:5])
        if earlier is not None and _fits(merged[earlier], group):
            merged[earlier].extend(group)
            continue
        merged[key] = list(group)
        last[key[:5]] = key
    return merged


def _fits(group: list[Message], other: list[Message]) -> bool:
    numbers = {message.subject.number for message in group}
    if any(message.subject.number in numbers for message in other):
        return False
    dates = sorted(message.date for message in (*group, *other))
    return dates[-1] - dates[0] <= _NEAR


def _fill(group: list[Message], heads: Mapping[str, Message]) -> list[Series]:
    """Lay a group's mails into the slots of one series, or of several when a number is double."""
    rounds: list[dict[int, Message]] = []
    for message in sorted(group, key=sort_key):
        number = message.subject.number or 0
        slot = next((slots for slots in rounds if number not in slots), None)
        if slot is None:
            slot = {}
            rounds.append(slot)
        slot[number] = message
    total = group[0].subject.total or 1
    revision = effective_revision(group[0], heads)
    return [
        Series(revision, slots.get(0), tuple(slots.get(at) for at in range(1, total + 1)))
        for slots in rounds
    ]


def titles(series: Series) -> frozenset[str]:
    """Titles of all its mails, for comparing."""
    return frozenset(title_key(message.subject.title) for message in series.messages)
