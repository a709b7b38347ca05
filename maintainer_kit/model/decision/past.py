# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails gave orders before, and what was decided since: orders that come too late or twice
do not count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin

_WHY = re.compile(
    r"^(.*) in <([^<>]*)>, sent (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)(?:, copies: (\d{1,6}))?$",
    re.DOTALL,
)
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """The mail that a group of decisions came from."""

    message_id: str
    date: int
    """By the mail itself, in seconds since the epoch."""
    copies: int = 0
    """Of a mail that was refused: how many copies of it there were then."""


def why_of(said: str, sent: Sent) -> str:
    """The reason of a group that was decided by mail: it tells which mail, and when it was sent,
    for the group has the time at which it was obeyed."""
    moment = datetime.fromtimestamp(sent.date, UTC).isoformat().replace("+00:00", "Z")
    tail = f", copies: {sent.copies}" if sent.copies else ""
    return f"{said} in <{sent.message_id}>, sent {moment}{tail}"


def sent_by(group: Group) -> Sent | None:
    """What ``why_of`` told; None for a group that came otherwise."""
    found = _WHY.match(group.why) if group.origin is Origin.MAIL else None
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found[3])
    except ValueError:
        return None
    return Sent(found[2], int(moment.timestamp()), int(found[4] or 0))


@dataclass(slots=True)
class Past:
    """What was ever decided, as far as it makes an order come too late."""

    touched: dict[tuple[str, EventKind], int] = field(default_factory=dict)
    """When anything was last decided or taken back, by message and kind; for what a mail told, when
    that mail was sent. In seconds since the epoch."""
    noted: set[tuple[str, str, int]] = field(default_factory=set)
    """Message, writer and date of the notes that came by mail."""
    obeyed: set[str] = field(default_factory=set)
    """Message-IDs of mails whose orders were carried out, whether taken back since or not."""
    refused: dict[str, int] = field(default_factory=dict)
    """Mails whose orders were refused, and of how many copies."""

    def is_done(self, message_id: str, copies: int) -> bool:
        """Whether nothing is to be done about a mail. One that was refused is looked at again when
        another copy of it came in: lists change what they pass on."""
        return message_id in self.obeyed or self.refused.get(message_id, -1) >= copies

    def lateness(self, event: Event, who: str, date: int, about: Collection[str]) -> str:
        """Why an order that ``who`` sent at ``date`` no longer counts; empty where it does.

        ``about`` are the messages of which one with a decision of this kind matters. What was
        decided after the mail was sent, or taken back, stands: and so a mail that is sent again
        under another Message-ID changes nothing.
        """
        if event.kind is EventKind.NOTE:
            again = any((one, who, date) in self.noted for one in about)
            return "it repeats a note of the same moment" if again else ""
        last = max((self.touched.get((one, event.kind), -1) for one in about), default=-1)
        return f"its {event.kind.value} was decided later than it was sent" if last >= date else ""

    def add(self, group: Group, events: Iterable[Event]) -> None:
        """Count in a group; ``events`` are those that it brings about, or takes back."""
        sent = sent_by(group)
        when = sent.date if sent else group.time // _SECOND
        is_refusal = False
        for event in events:
            key = (event.message_id, event.kind)
            self.touched[key] = max(when, self.touched.get(key, when))
            if sent and event.kind is EventKind.NOTE:
                self.noted.add((event.message_id, group.who, when))
            is_refusal = is_refusal or event.kind is EventKind.REFUSED
        if sent and is_refusal:
            self.refused[sent.message_id] = sent.copies
        elif sent:
            self.obeyed.add(sent.message_id)


def past_of(groups: Iterable[Group]) -> Past:
    """Read all groups there are, those that were taken back included."""
    past = Past()
    listed = sorted(groups, key=lambda one: one.order)
    by_id = {group.id: group for group in listed}
    for group in listed:
        past.add(group, _about(group, by_id))
    return past


def _about(group: Group, by_id: Mapping[str, Group]) -> tuple[Event, ...]:
    """The events that a group brings about, or takes back."""
    seen: set[str] = set()
    target: Group | None = group
    while target is not None and target.undoes and target.id not in seen:
        seen.add(target.id)
        target = by_id.get(target.undoes)
    return target.events if target else ()
