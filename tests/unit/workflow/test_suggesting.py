# SPDX-License-Identifier: GPL-2.0-or-later
"""Who could decide: by review history in a real catalogue, and MAINTAINERS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.catalogue.parties import PartyTable
from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.suggesting import Suggestion, suggest
from maintainer_kit.workflow.sync import sync
from tests.build import BO, DAY, START, edit, mail, patch, reply
from tests.memory.desk import SETTINGS, Desk

CY = "Cy Tester <cy@granite.example>"
DI = "Di Talker <di@basalt.example>"
ROBIN = "Robin Maintainer <robin@lumen.example>"
NOW = int((START + timedelta(days=100)).timestamp())
YEAR = 365 * DAY


@dataclass
class Room:
    """A catalogue in a file, mail to fill it with, and the question."""

    desk: Desk
    stores: Stores
    history: PartyTable

    def bring(self, *raws: bytes) -> None:
        self.desk.deliver(*raws)
        sync(self.stores)

    def asked(self, message_id: str, *maintainers: Maintainers) -> list[Suggestion]:
        topic_id = self.stores.catalogue.topic_ids([message_id])[message_id]
        row = self.stores.catalogue.rows([topic_id])[0]
        return suggest(self.stores, row, self.history, maintainers)

    def told(self, message_id: str, *maintainers: Maintainers) -> dict[str, str]:
        """Reasons by person, in order."""
        return {str(who): why for who, why in self.asked(message_id, *maintainers)}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    desk = Desk(replace(SETTINGS, name=("Robin Maintainer",)))
    stores = replace(desk.stores, catalogue=catalogue, clock=lambda: NOW * 1_000_000)
    yield Room(desk, stores, PartyTable(catalogue.db, catalogue.path))
    catalogue.close()


def change(number: int, path: str, *words: str, minutes: int = 0, title: str = "") -> list[bytes]:
    """A patch with its own id ``pN@x``, and a reply of each ``WHO|TEXT``."""
    name = f"p{number}@x.example"
    subject = f"[PATCH] {title or f'matter {number} of its own kind'}"
    made = [patch(subject, edit(path, new=f"n{number}"), message_id=name, minutes=minutes)]
    for at, word in enumerate(words):
        who, _, text = word.partition("|")
        made.append(reply(name, text, sender=who, minutes=minutes + 10 + at))
    return made


def given(name: str, who: str) -> str:
    return f"{who}|Fine.\n\n{name}: {who}\n"


def test_who_reviewed_there_comes_first_with_the_reason(room: Room) -> None:
    room.bring(
        *change(1, "fs/pebble/inode.c", given("Reviewed-by", BO)),
        *change(2, "fs/pebble/dir.c", given("Acked-by", BO), f"{DI}|Why is that so?\n"),
        *change(3, "fs/pebble/file.c", given("Tested-by", CY)),
        *change(4, "fs/pebble/super.c"),
        *change(5, "mm/slab.c", given("Reviewed-by", DI)),
    )
    assert room.told("p4@x.example") == {
        "Bo Reviewer <bo@shale.example>": "reviewed 2 series in fs/pebble/ within a year",
        "Cy Tester <cy@granite.example>": "reviewed 1 series in fs/pebble/ within a year",
        "Di Talker <di@basalt.example>": "answered on 1 series in fs/pebble/ within a year",
    }
    assert next(iter(room.told("p4@x.example"))) == BO


def test_the_same_files_weigh_more_than_the_same_folder(room: Room) -> None:
    room.bring(
        *change(1, "fs/pebble/inode.c", given("Reviewed-by", CY)),
        *change(2, "fs/pebble/dir.c", given("Reviewed-by", BO)),
        *change(3, "fs/pebble/inode.c"),
    )
    assert list(room.told("p3@x.example").items()) == [
        (CY, "reviewed 1 series on the same files within a year"),
        (BO, "reviewed 1 series in fs/pebble/ within a year"),
    ]


def test_files_at_the_top_count_alone(room: Room) -> None:
    room.bring(
        *change(1, "Makefile", given("Reviewed-by", CY)),
        *change(2, "README", given("Reviewed-by", BO)),
        *change(3, "Makefile"),
    )
    assert list(room.told("p3@x.example")) == [CY]


def test_what_is_older_than_a_year_does_not_count(room: Room) -> None:
    room.bring(
        *change(1, "fs/pebble/a.c", given("Reviewed-by", BO), minutes=100 * DAY - YEAR - 60),
        *change(2, "fs/pebble/a.c", given("Reviewed-by", CY), minutes=100 * DAY - YEAR + 60),
        *change(3, "fs/pebble/a.c", minutes=DAY),
    )
    assert list(room.told("p3@x.example")) == [CY]


def test_neither_authors_nor_me_nor_programs_nor_lists(room: Room) -> None:
    room.bring(
        *change(
            1,
            "fs/pebble/a.c",
            given("Reviewed-by", ROBIN),
            given("Tested-by", "kernel test robot <lkp@intel.com>"),
            given("Reviewed-by", "The List <pebblefs@lists.lumen.example>"),
            "Ada Author <ada@quarry.example>|I will send a v2.\n",
        ),
        *change(2, "fs/pebble/a.c", given("Reviewed-by", "Ada Author <ada@home.example>")),
        *change(3, "fs/pebble/a.c"),
    )
    assert room.told("p3@x.example") == {}


def test_one_person_under_two_addresses_is_one(room: Room) -> None:
    room.bring(
        *change(1, "fs/pebble/a.c", given("Reviewed-by", BO)),
        *change(2, "fs/pebble/a.c", given("Reviewed-by", "Bo B. Reviewer <bo@home.example>")),
        *change(3, "fs/pebble/a.c"),
    )
    found = room.told("p3@x.example")
    assert list(found.values()) == ["reviewed 2 series on the same files within a year"]


def test_review_and_talk_in_one_place_are_told_together(room: Room) -> None:
    room.bring(
        *change(1, "fs/pebble/a.c", given("Reviewed-by", BO)),
        *change(2, "fs/pebble/b.c", f"{BO}|Why?\n"),
        *change(3, "fs/pebble/c.c"),
    )
    reason = "reviewed 1 series in fs/pebble/ and answered on 1 more within a year"
    assert room.told("p3@x.example") == {BO: reason}


def test_maintainers_of_the_files_are_named_even_when_silent(room: Room) -> None:
    known = read_maintainers(
        {
            "MAINTAINERS": "PEBBLE FILE SYSTEM\n"
            f"M:\t{CY}\nR:\t{DI}\nS:\tMaintained\nF:\tfs/pebble/\n\n"
            "THE REST\nM:\tLast Resort <last@x.example>\nS:\tBuried\nF:\t*\nF:\t*/\n"
        }
    )
    room.bring(*change(1, "fs/pebble/a.c", given("Reviewed-by", CY)), *change(2, "fs/pebble/b.c"))
    assert list(room.told("p2@x.example", known).items()) == [
        (CY, "reviewed 1 series in fs/pebble/ within a year; maintainer of PEBBLE FILE SYSTEM"),
        (DI, "reviewer of PEBBLE FILE SYSTEM"),
    ]


def test_what_touches_no_file_has_no_suggestions(room: Room) -> None:
    room.bring(*change(1, "fs/a.c", given("Reviewed-by", BO)), mail("Hm?", "x", message_id="q@x"))
    assert room.asked("q@x") == []


def test_hostile_names_are_made_harmless(room: Room) -> None:
    evil = '"Boss <boss@x.example>, \x1b[2J" <evil@x.example>'
    room.bring(*change(1, "fs/a.c", f"{evil}|Why?\n"), *change(2, "fs/a.c"))
    (found,) = room.asked("p2@x.example")
    assert found.person.address == "evil@x.example"
    assert found.person.name.isprintable()
    assert not set(found.person.name) & set("<>,@")
