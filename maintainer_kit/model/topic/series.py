# SPDX-License-Identifier: GPL-2.0-or-later
"""Series: the patches and cover letters of one posting, put together from single mails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.message.subject import title_key

_PLAIN = frozenset({Kind.OTHER, Kind.REPORT})
NEAR = 20 * 60
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
    """The revision of a patch: its own, else that of the cover letter ("[PATCH 0/4] [v3] ...") or
    patch that it was sent below."""
    own = message.subject.revision
    if own > 1 or message.kind is not Kind.PATCH or not message.parents:
        return own
    above = heads.get(message.parents[0])
    if above is None or not _same_posting(above, message):
        return own
    first = above.kind is Kind.COVER or (
        (above.subject.number or 0) < (message.subject.number or 0)
        and abs(above.date - message.date) <= NEAR
    )
    return above.subject.revision if first else own


def _same_posting(one: Message, other: Message) -> bool:
    """Whether two mails of one thread can be of one posting, revision and numbers apart."""
    if one.subject.total != other.subject.total:
        return False
    if one.submitter.key == other.submitter.key:
        return True
    # A tree's maintainer sends others' patches, each from its author's address.
    return abs(one.date - other.date) <= NEAR


def collect_series(messages: Iterable[Message]) -> list[Series]:
    """Put patches and cover letters together; each mail lands in exactly one series.

    Mails with one revision and one total belong together when the thread joins them, or,
    unthreaded, when one submitter sent them within minutes of each other. A number that is already
    there begins another posting. Sorted by date.
    """
    known = {message.message_id: message for message in messages}
    ordered = sorted((m for m in known.values() if m.is_head), key=sort_key)
    heads = {message.message_id: message for message in ordered}
    groups: dict[_Key, list[Message]] = {}
    anchors: dict[str, _Anchor] = {}
    single: list[Series] = []
    for message in ordered:
        subject = message.subject
        if subject.number is None or subject.total is None:
            single.append(Series(effective_revision(message, heads), None, (message,)))
            continue
        revision = effective_revision(message, heads)
        place = _Place(revision, subject.minor, subject.total, subject.resend)
        anchor = _anchor(message, heads, known, revision, anchors)
        groups.setdefault((place, *anchor), []).append(message)
    for group in _merge_near(groups):
        single.extend(_fill(group, heads))
    covered = _with_plain_covers(_with_covers(single), known)
    return sorted(covered, key=lambda series: sort_key(series.first))


class _Place(NamedTuple):
    """What all mails of one posting have in common."""

    revision: int
    minor: int
    total: int
    resend: bool


_Anchor = tuple[str, bool]
"""The mail at the top of a posting's own thread, and whether that one has not arrived."""
_Key = tuple[_Place, str, bool]


def _anchor(
    message: Message,
    heads: Mapping[str, Message],
    known: Mapping[str, Message],
    revision: int,
    anchors: dict[str, _Anchor],
) -> _Anchor:
    """The mail at the top of a posting's own thread, and whether it is missing.

    A parent that is not there still tells: all patches that answer one missing cover letter
    belong together. ``anchors`` are those that were found before: each mail is climbed from once.
    """
    path: dict[str, None] = {}
    while message.message_id not in anchors:
        path[message.message_id] = None
        above = (heads[one] for one in message.parents if one in heads)
        parent = next((one for one in above if _is_above(one, message, heads, revision)), None)
        if parent is None or parent.message_id in path:
            # Its cover letter or first patch is missing; a reroll's parent is the older posting,
            # which other mails of this posting share all the same.
            top = message.parents[0] if message.parents and parent is None else message.message_id
            missing = top not in known
            anchors[message.message_id] = (top if missing else message.message_id, missing)
        else:
            message = parent
    found = anchors[message.message_id]
    anchors.update(dict.fromkeys(path, found))
    return found


def _is_above(
    parent: Message, message: Message, heads: Mapping[str, Message], revision: int
) -> bool:
    return (
        _same_posting(parent, message)
        and effective_revision(parent, heads) == revision
        and parent.subject.resend == message.subject.resend
        and parent.subject.number != message.subject.number
    )


def _with_covers(listed: list[Series]) -> list[Series]:
    """Give a cover letter that counted its patches wrong the patches that answer it."""
    bare = {
        one.cover.message_id: one for one in listed if one.cover is not None and not one.received
    }
    if not bare:
        return listed
    taken: set[str] = set()
    found: list[Series] = []
    for one in listed:
        cover = _cover_above(one, bare)
        if cover is None or cover.message_id in taken:
            found.append(one)
            continue
        taken.add(cover.message_id)
        found.append(Series(one.revision, cover, one.patches))
    return [one for one in found if one.received or one.first.message_id not in taken]


def _cover_above(series: Series, bare: Mapping[str, Series]) -> Message | None:
    if series.cover is not None or series.first.subject.number is None:
        return None
    for patch in series.messages:
        above = bare.get(patch.parents[0]) if patch.parents else None
        if above is None or above.cover is None:
            continue
        same = above.revision == series.revision and above.submitter.key == patch.submitter.key
        return above.cover if same else None
    return None


def _with_plain_covers(listed: list[Series], known: Mapping[str, Message]) -> list[Series]:
    """Give postings the mail that is their cover letter without saying "0/n"."""
    taken: set[str] = set()
    found: list[Series] = []
    for one in sorted(listed, key=lambda series: sort_key(series.first)):
        top = _plain_cover(one, known)
        if top is None or top.message_id in taken:
            found.append(one)
        else:
            taken.add(top.message_id)
            found.append(Series(one.revision, top, one.patches))
    return found


def _plain_cover(series: Series, known: Mapping[str, Message]) -> Message | None:
    """The mail of its submitter that all patches of a whole posting answer, sent with them."""
    if series.cover is not None or len(series.patches) < 2 or not series.is_complete:
        return None
    above = {patch.parents[0] if patch.parents else "" for patch in series.messages}
    top = known.get(above.pop()) if len(above) == 1 else None
    if top is None or top.kind not in _PLAIN or top.bot or top.parents:
        return None
    same = top.submitter.key == series.submitter.key
    return top if same and abs(top.date - series.date) <= NEAR else None


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


def _merge_near(groups: Mapping[_Key, list[Message]]) -> Iterator[list[Message]]:
    """Join groups that differ only in their anchor, when no number is double and time is near.

    Two that answer different mails that are missing are two postings.
    """
    merged: list[_Near] = []
    last: dict[tuple[str, _Place], tuple[_Near, bool]] = {}
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


def _fill(group: list[Message], heads: Mapping[str, Message]) -> list[Series]:
    """Lay a group's mails into the slots of one series, or of several when a number is double."""
    rounds: list[dict[int, Message]] = []
    seen: Counter[int] = Counter()
    for message in sorted(group, key=sort_key):
        number = message.subject.number or 0
        at = seen[number]
        seen[number] += 1
        if at == len(rounds):
            rounds.append({})
        rounds[at][number] = message
    total = max(one.subject.total or 1 for one in group)
    # "6/5" came after the series, as one more patch of it.
    total = max(total, *(one.subject.number or 0 for one in group))
    revision = effective_revision(group[0], heads)
    return [
        Series(revision, slots.get(0), tuple(slots.get(at) for at in range(1, total + 1)))
        for slots in rounds
    ]


def titles(series: Series) -> frozenset[str]:
    """Titles of all its mails, for comparing."""
    return frozenset(title_key(message.subject.title) for message in series.messages)
