# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of a journal that another machine wrote: which of them are decisions, and safe to keep."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from maintainer_kit.model.decision.event import Event, EventKind, Group
from maintainer_kit.model.decision.event_codec import load_group

_LONGEST = 16 << 20
"""Bytes of a line: 100,000 patches decided at once."""
_LONGEST_ID = 2000
_LONGEST_WORD = 64
_LATEST = int(datetime(3000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
"""A later time is no clock's: decisions made after it would leave the calendar."""
_NAMED = "group"
_MARK = "written"
"""A line with it speaks of an index, and concerns one machine only."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group of decisions as it stands in a journal."""

    id: str
    raw: bytes
    group: Group | None
    """None for what only a newer mkit understands."""


def read_line(raw: bytes) -> Line | None:
    """None for what is no decision, or would do harm in a journal."""
    entry = _parse(raw)
    if entry is None:
        return None
    group = load_group(entry)
    if group is None and not _may_be_newer(entry):
        return None
    if group is not None and not _is_sane(group):
        return None
    return Line(entry[_NAMED], raw, group)


def read_lines(raws: Iterable[bytes]) -> dict[str, Line]:
    """The groups of our own journal by id, the first of each; its other lines are left out."""
    found: dict[str, Line] = {}
    for raw in raws:
        if not raw.startswith(b'{"written"') and (line := read_line(raw)):
            found.setdefault(line.id, line)
    return found


def is_same(one: Line, other: Line) -> bool:
    """Whether two lines of one id say the same."""
    return one.raw == other.raw or _parse(one.raw) == _parse(other.raw)


def _parse(raw: bytes) -> dict[str, Any] | None:
    if len(raw) > _LONGEST:
        return None
    try:
        entry = json.loads(raw)
        if b"\\u" in raw:
            # An escape may stand for half a character, which no store takes.
            json.dumps(entry, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or _MARK in entry:
        return None
    return entry if _is_id(entry.get(_NAMED)) else None


def _is_id(value: object) -> bool:
    """A name that a store, a C library and a terminal all take as it is."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and not _has_controls(value)


def _has_controls(text: str) -> bool:
    return min(text) < " " or "\x7f" in text


def _may_be_newer(entry: dict[str, Any]) -> bool:
    """Whether it has the shape of a group, though of a kind or an origin that we do not know."""
    events = entry.get("events")
    return (
        isinstance(entry.get("time"), str)
        and isinstance(entry.get("who"), str)
        and isinstance(events, list)
        and all(isinstance(one, dict) for one in events)
    )


def _is_sane(group: Group) -> bool:
    if group.undoes == group.id or not 0 <= group.time < _LATEST:
        return False
    return len(group.who) <= _LONGEST_ID and all(_is_sane_event(one) for one in group.events)


def _is_sane_event(event: Event) -> bool:
    # One that is away is so from no mail.
    named = _is_id(event.message_id) or not event.message_id
    return named and (event.kind is not EventKind.STATE or _is_word(event.value))


def _is_word(value: str) -> bool:
    """A name of a state, which becomes a tag."""
    plain = value.replace("-", "").replace("_", "").replace(".", "")
    return not value or (len(value) <= _LONGEST_WORD and plain.isalnum())
