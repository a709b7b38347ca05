# SPDX-License-Identifier: GPL-2.0-or-later
"""What has to be so whenever a home has caught up, whatever happened before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from maintainer_kit.model.decision.event import EventKind, Origin
from maintainer_kit.model.decision.snooze import dump_snooze
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.json_topics import topic_json
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import all_details, select
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync
from tests.fuzz.mails import IDS
from tests.fuzz.places import Place, line_of
from tests.fuzz.simple import PROGRESS, Expected, deputy_at, expected, is_over, said_of

STATE_TAGS = {f"mkit/{one}" for one in PROGRESS}
OURS = {"mkit", *STATE_TAGS}


def all_rows(stores: Stores) -> list[TopicRow]:
    found = stores.catalogue.select(Selection(open_only=False))
    return stores.catalogue.rows([one for one, _ in found])


def check_journal(place: Place) -> None:
    """The journal holds what it has reported as written, and nothing else."""
    groups = place.stores.journal.read().groups
    assert {one.id: one for one in groups} == place.simple.groups
    assert len(groups) == len(place.simple.groups)
    told = [
        (event.message_id, event.value)
        for group in groups
        if group.origin is Origin.TAG
        for event in group.events
    ]
    assert not set(told) - place.foreign, "a decision by tags that no other client has changed"


def check_level(place: Place) -> None:
    """All that has caught up says the same as the simple model."""
    check_journal(place)
    stores, simple = place.stores, place.simple
    position = stores.catalogue.position()
    if position and position.reader != stores.reader_mark:
        # Whether its reader is away is counted in by the sync after the one that has learnt it.
        sync(stores)
    assert stores.catalogue.groups() == simple.in_order()
    held = stores.catalogue.decisions(["", *IDS])
    assert {
        (one, kind.value): (decision.value, (decision.time, decision.group))
        for (one, kind), decision in held.items()
    } == {key: (one.value, one.order) for key, one in simple.values().items()}
    assert stores.catalogue.message_ids() == stores.index.message_ids()
    _check_rows(place)
    _check_turns(place)
    _check_tags(place)
    _check_landings(place)


def _said(row: TopicRow) -> Expected:
    standing = row.standing
    return Expected(
        standing.state,
        standing.states,
        standing.archived,
        dump_snooze(standing.snooze),
        standing.delegate,
        standing.starred,
        standing.attention,
        standing.confidential,
        standing.notes,
    )


def _check_rows(place: Place) -> None:
    values = place.simple.values()
    deputy = deputy_at(values, place.clock.now // 1_000_000)
    rows = all_rows(place.stores)
    mails = place.stores.catalogue.topic_messages([row.id for row in rows])
    for row in rows:
        wanted = expected(values, row, mails[row.id], deputy)
        assert _said(row) == wanted, (row.id, mails[row.id], _said(row), wanted)


def _check_turns(place: Place) -> None:
    """Nobody has to look at what is archived, muted, or snoozed and not back."""
    now = place.clock.now // 1_000_000
    turns = dict(select(place.stores, Selection(open_only=False)))
    for row in all_rows(place.stores):
        assert turns[row.id] == row.at(now, place.tagged).standing.verdict.turn.value
        said = _said(row)
        asleep = said.snooze and not is_over(said.snooze, row.mails, now, place.tagged)
        if said.archived or said.attention == "mute" or asleep:
            assert turns[row.id] == "nobody"


def _check_tags(place: Place) -> None:
    """notmuch's tags tell the states of newest patches, and of what else was decided about."""
    values = place.simple.values()
    rows = all_rows(place.stores)
    patches = {one for row in rows if row.kind == "series" for one in row.decidable}
    others = {one for row in rows if row.kind != "series" for one in row.decidable}
    shown = patches | {one for one in others if (one, "state") in values}
    for one, tags in place.tags().items():
        held = values.get((one, "state"))
        wanted = {"mkit", f"mkit/{held.value if held else 'new'}"} if one in shown else set()
        assert tags & OURS == wanted, one


def _check_landings(place: Place) -> None:
    """Nothing is in git here but what somebody has to look at: his word alone makes it land."""
    values, seen = place.simple.values(), place.stores.catalogue.landings()
    for row in all_rows(place.stores):
        patches = row.decidable if row.kind == "series" else ()
        landed = [
            message_id
            for message_id in patches
            if any(
                said_of(values, message_id, one.commit).startswith("yes:")
                for one in seen.get(message_id, ())
            )
        ]
        assert row.landed == len(landed), row.id


def exported(stores: Stores) -> str:
    """What ``mkit export`` writes."""
    return "\n".join(json.dumps(topic_json(one)) for one in all_details(stores))


def check_anew(place: Place) -> None:
    """A catalogue from empty says the same, and changes nothing."""
    before, tags = exported(place.stores), place.tags()
    fresh = place.fresh()
    sync(fresh)
    assert exported(fresh) == before
    assert place.tags() == tags
    check_journal(place)


def shared_view(place: Place) -> dict[str, Any]:
    """All that has to be equal in homes that have shared."""
    return {
        "log": [line_of(one) for one in place.stores.catalogue.groups()],
        "export": exported(place.stores),
        "tags": {one: tags & OURS for one, tags in place.tags().items()},
    }


def hidden_groups(place: Place, ids: Iterable[str]) -> set[str]:
    """Those of the groups that are about something confidential."""
    values = place.simple.values()
    rows = all_rows(place.stores)
    mails = place.stores.catalogue.topic_messages([row.id for row in rows])
    of = {one: row for row in rows for one in mails[row.id]}

    def is_hidden(message_id: str) -> bool:
        if message_id in of:
            row = of[message_id]
            return bool(expected(values, row, mails[row.id], "").confidential)
        held = values.get((message_id, "confidential"))
        return held is not None and held.value not in ("", "no")

    found = set()
    for one in ids:
        events = place.simple.events_of(place.simple.groups[one])
        named = {event.message_id for event in events if event.message_id}
        for event in events:
            if event.kind in (EventKind.LINK, EventKind.UNLINK):
                named |= set(event.value.split())
        if any(map(is_hidden, named)):
            found.add(one)
    return found
