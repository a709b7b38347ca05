# SPDX-License-Identifier: GPL-2.0-or-later
"""Series, put together from single mails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.covers import with_covers, with_plain_covers
from maintainer_kit.model.topic.near import Anchor, Key, Place, merge_near
from maintainer_kit.model.topic.series import Series, effective_revision, same_posting, sort_key


def collect_series(messages: Iterable[Message]) -> list[Series]:
    """Put patches and cover letters together; each mail lands in exactly one series.

    Mails with one revision and one total belong together when the thread joins them, or,
    unthreaded, when one submitter sent them within minutes of each other. A number that is already
    there begins another posting. Sorted by date.
    """
    known = {message.message_id: message for message in messages}
    ordered = sorted((m for m in known.values() if m.is_head), key=sort_key)
    heads = {message.message_id: message for message in ordered}
    groups: dict[Key, list[Message]] = {}
    anchors: dict[str, Anchor] = {}
    single: list[Series] = []
    for message in ordered:
        subject = message.subject
        revision = effective_revision(message, heads)
        if subject.number is None or subject.total is None:
            single.append(Series(revision, None, (message,)))
            continue
        place = Place(revision, subject.minor, subject.total, subject.resend)
        anchor = _anchor(message, heads, known, revision, anchors)
        groups.setdefault((place, *anchor), []).append(message)
    for group in merge_near(groups):
        single.extend(_fill(group, heads))
    covered = with_plain_covers(with_covers(single), known)
    return sorted(covered, key=lambda series: sort_key(series.first))


def _anchor(
    message: Message,
    heads: Mapping[str, Message],
    known: Mapping[str, Message],
    revision: int,
    anchors: dict[str, Anchor],
) -> Anchor:
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
        same_posting(parent, message)
        and effective_revision(parent, heads) == revision
        and parent.subject.resend == message.subject.resend
        and parent.subject.number != message.subject.number
    )


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
