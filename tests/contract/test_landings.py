# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's landings: in memory and in SQLite."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.catalogue.schema import _ANNOUNCED, MIGRATIONS
from maintainer_kit.model.queue.landed import Landing, Place
from maintainer_kit.workflow.ports import Catalogue, MailFile, Record
from tests.build import part_id, posting, read
from tests.memory.catalogue import MemoryCatalogue
from tests.unit.model.queue.test_claims import announcement

MAILS = [read(raw) for raw in posting("foo", 2)]
COVER, FIRST, SECOND = (part_id("foo", number) for number in range(3))
IDS = {COVER, FIRST, SECOND}
A, B = "a" * 40, "b" * 40
PLACE = Place("next", "refs/heads/für-next", "/r.git", A, 7, "v1", B, 9)
SURE = Landing(FIRST, A, "patch-id", 1.0, True, "the same patch-id", (PLACE,))
PERHAPS = Landing(FIRST, B, "similar", 0.25, False, "", ())


@pytest.fixture(params=["memory", "sqlite"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    made = MemoryCatalogue()
    real = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    found: Catalogue = made if request.param == "memory" else real
    with found.transaction():
        found.put_records(_records())
    yield found
    real.close()


def _records() -> list[Record]:
    return [Record(one, (MailFile(one.message_id, "mark"),), frozenset()) for one in MAILS]


def test_they_come_back_as_they_were_put_the_sure_ones_first(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_landings({FIRST: [PERHAPS, SURE], SECOND: []})
    assert catalogue.landings([FIRST, SECOND, "other@x"]) == {FIRST: (SURE, PERHAPS)}
    assert catalogue.landings() == {FIRST: (SURE, PERHAPS)}
    assert catalogue.landings([]) == {}
    assert catalogue.claimants([B, "c" * 40]) == {FIRST}


def test_what_is_put_again_replaces_what_was_there(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_landings({FIRST: [SURE, PERHAPS]})
        catalogue.put_landings({FIRST: [PERHAPS]})
    assert catalogue.landings() == {FIRST: (PERHAPS,)}
    with catalogue.transaction():
        catalogue.put_landings({FIRST: []})
    assert catalogue.landings() == {}
    assert catalogue.claimants([A, B]) == set()


def test_a_mail_is_matched_until_it_changes(catalogue: Catalogue) -> None:
    assert catalogue.unmatched() == IDS
    with catalogue.transaction():
        catalogue.put_landings({FIRST: [SURE], COVER: [], "gone@x": []})
    assert catalogue.unmatched() == {SECOND}
    with catalogue.transaction():
        catalogue.put_records(_records()[1:2])
    assert catalogue.unmatched() == {FIRST, SECOND}
    with catalogue.transaction():
        catalogue.put_landings({one: [] for one in IDS})
        catalogue.unmatch([SECOND, "gone@x"])
    assert catalogue.unmatched() == {SECOND}
    with catalogue.transaction():
        catalogue.unmatch()
    assert catalogue.unmatched() == IDS


def test_clearing_takes_the_mark_and_leaves_the_landings(catalogue: Catalogue) -> None:
    assert catalogue.landed_mark() == ""
    with catalogue.transaction():
        catalogue.put_landings({FIRST: [SURE]})
        catalogue.set_landed_mark("once")
        catalogue.set_landed_mark("twice")
    assert catalogue.landed_mark() == "twice"
    with catalogue.transaction():
        catalogue.clear()
    assert catalogue.landed_mark() == ""
    assert catalogue.landings() == {FIRST: (SURE,)}


def test_what_fails_leaves_nothing(catalogue: Catalogue) -> None:
    with pytest.raises(KeyboardInterrupt), catalogue.transaction():
        catalogue.put_landings({FIRST: [SURE]})
        catalogue.set_landed_mark("never")
        raise KeyboardInterrupt
    assert (catalogue.landings(), catalogue.unmatched()) == ({}, IDS)
    assert catalogue.landed_mark() == ""


def test_patches_are_counted(catalogue: Catalogue) -> None:
    assert catalogue.count_patches() == 2


TOLD = read(announcement(A, link=FIRST))


def _announced(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_records([Record(TOLD, (MailFile("told", "mark"),), frozenset())])


def test_mails_that_announce_commits_by_what_these_name(catalogue: Catalogue) -> None:
    assert catalogue.announcing(IDS) == {}
    _announced(catalogue)
    assert catalogue.announcing([FIRST, SECOND, "other@x"]) == {FIRST: {TOLD.message_id}}
    assert catalogue.newly_announced() == {FIRST}
    with catalogue.transaction():
        catalogue.put_landings({TOLD.message_id: []})
    assert catalogue.newly_announced() == set(), "it was counted in"
    _announced(catalogue)
    assert catalogue.newly_announced() == {FIRST}, "it has come again, perhaps with other words"
    with catalogue.transaction():
        catalogue.drop_messages([TOLD.message_id])
    assert catalogue.announcing(IDS) == {}


def _take_back(db: sqlite3.Connection, version: int) -> None:
    """Make the tables of a catalogue those of an older version."""
    later = "\n".join(MIGRATIONS[version:])
    for kind in ("INDEX", "TABLE"):
        for name in re.findall(rf"CREATE {kind} (\w+)", later):
            db.execute(f"DROP {kind} {name}")
    for table, name in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", later):
        db.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    db.execute(f"PRAGMA user_version = {version}")


def test_an_older_catalogue_learns_what_its_mails_announce(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    made = SqliteCatalogue(path)
    _announced(made)
    made.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        _take_back(db, MIGRATIONS.index(_ANNOUNCED))
        db.commit()
    again = SqliteCatalogue(path)
    assert again.announcing([FIRST]) == {FIRST: {TOLD.message_id}}
    again.close()
