# SPDX-License-Identifier: GPL-2.0-or-later
"""What decisions ought to come to, as simply as it can be said: everything is worked out anew from
a list of groups, with loops, and with nothing of the code under test but its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from maintainer_kit.model.decision.event import Event, Group
from maintainer_kit.model.queue.row import TopicRow

PROGRESS = (
    *("new", "under-review", "changes-requested", "rfc", "awaiting-upstream"),
    *("deferred", "accepted", "not-applicable", "rejected"),
)
OF_TOPIC = ("delegate", "star", "attention", "confidential", "note")
"""Kinds that are said of one message and meant for its whole topic."""
ADDING = ("note", "landing")
"""Kinds of which one word does not end another."""
FOR_OTHERS = {"under-review", "new", "rfc", "changes-requested"}
"""States that leave something to do."""

Key = tuple[str, str]
"""Message-ID, kind."""


@dataclass(frozen=True)
class Held:
    """The value that holds, and when it was decided."""

    value: str
    order: tuple[int, str]


@dataclass
class Simple:
    """All groups that a journal has reported as written."""

    groups: dict[str, Group] = field(default_factory=dict)

    def add(self, group: Group) -> None:
        """The first of an id stays."""
        self.groups.setdefault(group.id, group)

    def in_order(self) -> list[Group]:
        return sorted(self.groups.values(), key=lambda one: (one.time, one.id))

    def holding(self) -> list[Group]:
        """Those that are not taken back, in their order."""
        undoers: dict[str, list[str]] = {}
        for group in self.groups.values():
            undoers.setdefault(group.undoes, []).append(group.id)
        known: dict[str, bool] = {}

        def holds(group_id: str) -> bool:
            if group_id not in known:
                known[group_id] = not any(holds(one) for one in undoers.get(group_id, ()))
            return known[group_id]

        return [one for one in self.in_order() if holds(one.id)]

    def values(self) -> dict[Key, Held]:
        """What holds: the last word about each message of each kind. Some add up."""
        found: dict[Key, Held] = {}
        for group in self.holding():
            for event in group.events:
                key = (event.message_id, event.kind.value)
                value, before = event.value, found.get(key)
                if event.kind.value in ADDING and value and before and before.value:
                    value = f"{before.value}\n{value}"
                found[key] = Held(value, (group.time, group.id))
        return found

    def to_undo(self) -> Group | None:
        """What ``undo`` is to take back."""
        mine = [one for one in self.holding() if not one.undoes]
        return mine[-1] if mine else None

    def to_redo(self) -> Group | None:
        """The undo that ``redo`` is to take back: the last one, unless more was decided since."""
        undo_ids = {one.id for one in self.groups.values() if one.undoes}
        left = [one for one in self.holding() if one.undoes not in undo_ids]
        return left[-1] if left and left[-1].undoes else None

    def events_of(self, group: Group) -> tuple[Event, ...]:
        """What a group brings about, or takes back, or brings back."""
        while group.undoes:
            group = self.groups[group.undoes]
        return group.events


@dataclass(frozen=True)
class Expected:
    """What a row has to say."""

    state: str
    states: tuple[tuple[str, int], ...]
    archived: bool
    snooze: str
    """The words of the event."""
    delegate: str
    starred: bool
    attention: str
    confidential: str
    notes: tuple[str, ...]


def expected(
    values: Mapping[Key, Held], row: TopicRow, mails: Collection[str], deputy: str
) -> Expected:
    """The standing of a topic with these mails; ``deputy`` decides what nobody was named for."""
    patches = [_value(values, one, "state") or "new" for one in row.decidable]
    archived = [_value(values, one, "archive") for one in row.decidable]
    given = _of_topic(values, mails, "delegate") or deputy
    hidden = _of_topic(values, mails, "confidential")
    return Expected(
        state=min(patches, key=PROGRESS.index, default="new"),
        states=tuple(sorted(Counter(patches).items())),
        archived=set(archived) == {"yes"},
        snooze=_snooze(values, row.decidable),
        delegate="" if given == "nobody" else given,
        starred=_of_topic(values, mails, "star") == "yes",
        attention=_of_topic(values, mails, "attention"),
        confidential="" if hidden == "no" else hidden,
        notes=_notes(values, mails),
    )


def _value(values: Mapping[Key, Held], message_id: str, kind: str) -> str:
    held = values.get((message_id, kind))
    return held.value if held else ""


def last_of(values: Mapping[Key, Held], mails: Iterable[str], kind: str) -> Held | None:
    """The latest word about any of these messages."""
    found = [values[one, kind] for one in mails if (one, kind) in values]
    return max(found, key=lambda one: one.order, default=None)


def _of_topic(values: Mapping[Key, Held], mails: Iterable[str], kind: str) -> str:
    held = last_of(values, mails, kind)
    return held.value if held else ""


def _snooze(values: Mapping[Key, Held], patches: Collection[str]) -> str:
    """All patches have to be snoozed, and nobody has set a state since."""
    if not patches or not all(_value(values, one, "snooze") for one in patches):
        return ""
    last, state = last_of(values, patches, "snooze"), last_of(values, patches, "state")
    assert last
    return "" if state and state.order > last.order else last.value


def _notes(values: Mapping[Key, Held], mails: Collection[str]) -> tuple[str, ...]:
    held = [one for mail in mails if (one := values.get((mail, "note"))) and one.value]
    return tuple(x for one in sorted(held, key=lambda h: h.order) for x in one.value.split("\n"))


def is_over(words: str, mails: int, now: int, tags: Collection[str]) -> bool:
    """Whether what a snoozed topic waits for has come; ``now`` is in seconds."""
    said = dict(word.split(":", 1) for word in words.split())
    if "mail" in said and mails > int(said["mail"]):
        return True
    if "until" in said and seconds(said["until"]) <= now:
        return True
    return said.get("tag") in tags


def said_of(values: Mapping[Key, Held], message_id: str, commit: str) -> str:
    """The last word about a patch and a commit; empty for none."""
    lines = _value(values, message_id, "landing").split("\n")
    return next((one for one in reversed(lines) if one.endswith(f":{commit}")), "")


def deputy_at(values: Mapping[Key, Held], now: int) -> str:
    """Who decides while the reader is away at ``now``, in seconds; empty for nobody."""
    value = _value(values, "", "away")
    times, _, deputy = value.partition(" delegate:")
    said = dict(word.split(":", 1) for word in times.split())
    if not said or not seconds(said["from"]) <= now < seconds(said["until"]):
        return ""
    return deputy


def seconds(text: str) -> int:
    return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
