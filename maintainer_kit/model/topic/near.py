# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of one posting that no thread holds together: their numbers and their time do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.series import NEAR, sort_key


class Place(NamedTuple):
    """What all mails of one posting have in common."""

    revision: int
    minor: int
    total: int
    resend: bool


Anchor = tuple[str, bool]
"""The mail at the top of a posting's own thread, and whether that one has not arrived."""
Key = tuple[Place, str, bool]


class _Near:
    """Mails that may be one posting: their numbers, and when they were sent."""

    def __init__(self, mails: Iterable[Message]) -> None:
        self.mails: list[Message] = []
        self._numbers: set[int | None] = set()
        self._dates: tuple[int, int] | None = None
        self.extend(mails)

    def extend(self, mails: Iterable[Message]) -> None:
        for message in mails:
            self.mails.append(message)
            self._numbers.add(message.subject.number)
            first, last = self._dates or (message.date, message.date)
            self._dates = (min(first, message.date), max(last, message.date))

    def has_room_for(self, mails: Sequence[Message]) -> bool:
        """Whether no number is double and the time is near."""
        if self._dates is None or any(one.subject.number in self._numbers for one in mails):
            return False
        dates = (*self._dates, *(one.date for one in mails))
        return max(dates) - min(dates) <= NEAR


def merge_near(groups: Mapping[Key, list[Message]]) -> Iterator[list[Message]]:
    """Join groups that differ only in their anchor, when no number is double and time is near.

    Two that answer different mails that are missing are two postings.
    """
    merged: list[_Near] = []
    last: dict[tuple[str, Place], tuple[_Near, bool]] = {}
    for key in sorted(groups, key=lambda one: (sort_key(groups[one][0]), one)):
        group = groups[key]
        who = (group[0].submitter.key, key[0])
        earlier, is_missing = last.get(who, (None, False))
        if earlier and not (is_missing and key[2]) and earlier.has_room_for(group):
            earlier.extend(group)
            continue
        near = _Near(group)
        merged.append(near)
        last[who] = (near, key[2])
    return (near.mails for near in merged)
