# SPDX-License-Identifier: GPL-2.0-or-later
"""What is foreseen of decisions equals what counting them in brings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.catalogue.foreseen import at_once, foresee, is_busy
from maintainer_kit.errors import StateError
from maintainer_kit.model.decision.event import NO, YES, Event, EventKind, Origin
from maintainer_kit.workflow.decide import (
    Recorded,
    count_in,
    decide,
    plan_each,
    record,
    record_redo,
    record_undo,
)
from maintainer_kit.workflow.foreseen import NOTHING_FORESEEN, Foreseen
from maintainer_kit.workflow.project import standings_of
from maintainer_kit.workflow.reading import rows, select
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync
from tests.build import part_id, posting
from tests.memory.desk import Desk

FOO, BAR = part_id("foo", 1), part_id("bar", 1)
Step = Callable[[Stores], Recorded]


def _say(kind: EventKind, value: str, *about: str) -> Step:
    events = plan_each(kind, value, about).events
    return lambda stores: record(stores, events, Origin.TUI, "")


def _undo(stores: Stores) -> Recorded:
    return record_undo(stores, Origin.TUI)


def _redo(stores: Stores) -> Recorded:
    return record_redo(stores, Origin.TUI)


STATE, STAR, NOTE = EventKind.STATE, EventKind.STAR, EventKind.NOTE
STEPS: dict[str, tuple[Step, ...]] = {
    "a state": (_say(STATE, "accepted", FOO),),
    "two topics": (_say(STATE, "rejected", FOO, BAR),),
    "one after the other": (_say(STATE, "accepted", FOO), _say(STATE, "rejected", FOO)),
    "archived": (_say(EventKind.ARCHIVE, YES, FOO, part_id("foo", 2)),),
    "starred, and not": (_say(STAR, YES, BAR), _say(STAR, NO, BAR)),
    "notes add up": (_say(NOTE, "one", FOO), _say(NOTE, "two", FOO)),
    "undo of what is counted in": (_undo,),
    "undo": (_say(STATE, "accepted", BAR), _undo),
    "redo": (_say(STATE, "accepted", BAR), _undo, _redo),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def stores(path: Path) -> Iterator[Stores]:
    """Two series, one of them under review, in a real catalogue."""
    catalogue = SqliteCatalogue(path)
    desk = Desk()
    desk.deliver(*posting("foo", 2), *posting("bar", 1, minutes=90))
    stores = replace(desk.stores, catalogue=catalogue)
    sync(stores)
    decide(stores, [Event(STATE, BAR, "under-review")], Origin.CLI, "")
    yield stores
    catalogue.close()


def _told(stores: Stores) -> object:
    """All that is told of topics and decisions."""
    everything = [one for one, _ in select(stores, Selection(open_only=False))]
    return (
        select(stores, Selection(open_only=False)),
        select(stores, Selection(open_only=True)),
        select(stores, Selection(open_only=False, states=frozenset({"accepted"}))),
        rows(stores, everything),
        stores.catalogue.groups(),
        stores.catalogue.decisions([FOO, BAR, part_id("foo", 2)]),
        stores.catalogue.last_time(),
    )


def _catalogue(stores: Stores) -> SqliteCatalogue:
    assert isinstance(stores.catalogue, SqliteCatalogue)
    return stores.catalogue


def _foreseen(stores: Stores, steps: tuple[Step, ...]) -> list[Recorded]:
    listed: list[Recorded] = []
    seen = NOTHING_FORESEEN
    for step in steps:
        listed.append(step(stores))
        groups = (*seen.groups, listed[-1].group)
        foresee(_catalogue(stores), Foreseen(groups, seen.standings))
        standings = standings_of(stores, listed[-1].message_ids)
        seen = Foreseen(groups, {**seen.standings, **standings})
        foresee(_catalogue(stores), seen)
    return listed


@contextmanager
def _writer(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    yield db
    db.execute("ROLLBACK")
    db.close()


@pytest.mark.parametrize("name", STEPS)
def test_it_is_what_comes(stores: Stores, path: Path, name: str) -> None:
    before = _told(stores)
    with _writer(path):
        listed = _foreseen(stores, STEPS[name])
        foreseen = _told(stores)
        assert foreseen != before
        foresee(_catalogue(stores), NOTHING_FORESEEN)
        assert _told(stores) == before
    count_in(stores, listed)
    assert _told(stores) == foreseen


def test_what_is_counted_in_meanwhile_counts_once(stores: Stores, path: Path) -> None:
    listed = _foreseen(stores, STEPS["notes add up"])
    foreseen = _told(stores)
    other = SqliteCatalogue(path)
    with other.transaction():
        other.put_groups([one.group for one in listed])
    other.close()
    assert _told(stores) == foreseen


def test_nobody_is_waited_for(stores: Stores, path: Path) -> None:
    catalogue = _catalogue(stores)
    with (
        _writer(path),
        pytest.raises(StateError) as told,
        at_once(catalogue),
        catalogue.transaction(),
    ):
        pass
    assert is_busy(told.value)
    assert not is_busy(StateError("something else", "mkit doctor"))
    with catalogue.transaction():
        catalogue.put_groups([])
