# SPDX-License-Identifier: GPL-2.0-or-later
"""A group of decisions as JSON: in the journal, and for scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def dump_group(group: Group) -> dict[str, Any]:
    """A group as it stands in the journal."""
    moment = _EPOCH + timedelta(microseconds=group.time)
    entry: dict[str, Any] = {
        "group": group.id,
        "time": moment.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "who": group.who,
        "origin": group.origin.value,
        "why": group.why,
        "events": [
            {"kind": one.kind.value, "message_id": one.message_id, "value": one.value}
            for one in group.events
        ],
    }
    if group.undoes:
        entry["undoes"] = group.undoes
    if group.forced:
        entry["forced"] = True
    return entry


def load_group(entry: dict[str, Any]) -> Group | None:
    """The group that ``dump_group`` gave; None for what only a newer mkit understands."""
    try:
        return Group(
            id=str(entry["group"]),
            time=(datetime.fromisoformat(entry["time"]) - _EPOCH) // timedelta(microseconds=1),
            who=str(entry["who"]),
            origin=Origin(entry["origin"]),
            why=str(entry.get("why", "")),
            events=tuple(
                Event(EventKind(one["kind"]), str(one["message_id"]), str(one["value"]))
                for one in entry.get("events", ())
            ),
            undoes=str(entry.get("undoes", "")),
            forced=entry.get("forced") is True,
        )
    except (KeyError, TypeError, ValueError):
        return None
