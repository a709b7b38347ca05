# SPDX-License-Identifier: GPL-2.0-or-later
"""What the port Catalogue knows of lists, in memory and in SQLite: the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.model.queue.intake import Intake
from maintainer_kit.workflow.ports import Catalogue, ListCount
from maintainer_kit.workflow.searching import Wanted, What
from maintainer_kit.workflow.sync import sync
from tests.build import BO, LIST, ROBIN, START, mail, part_id, patch, posting
from tests.memory.desk import Desk

ALONE, BOTH = "alone@x.example", "both@x.example"
HINGE, PEBBLE = "hinge.lists.shale.example", LIST.replace("@", ".")
FIVE = ("linux-fs", "linux-mm", "netdev", "stable", "linux-doc")


@pytest.fixture(params=["memory", "sqlite"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    desk = Desk()
    desk.deliver(
        *posting("foo", 2),
        patch("[PATCH] alone", message_id=ALONE, to=f"{ROBIN}, {BO}"),
        mail("Both", "Hm?\n", to=LIST, message_id=BOTH, headers={"List-Id": f"<{HINGE}>"}),
    )
    if request.param == "memory":
        sync(desk.stores)
        yield desk.catalogue
        return
    real = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    sync(replace(desk.stores, catalogue=real))
    yield real
    real.close()


def only(catalogue: Catalogue, message_id: str) -> str:
    return catalogue.topic_ids([message_id])[message_id]


def test_where_those_went_that_name_no_list(catalogue: Catalogue) -> None:
    addresses = {"robin.lumen.example", "bo.shale.example"}
    assert catalogue.addressed() == addresses
    assert catalogue.unlisted() == [only(catalogue, ALONE)]
    (row,) = catalogue.rows([only(catalogue, ALONE)])
    assert row.intake == Intake(True, tuple(sorted(addresses)))
    (foo,) = catalogue.rows([only(catalogue, part_id("foo", 1))])
    assert foo.intake == Intake(weighs=True)


def test_what_goes_by_lists_and_what_does_not(catalogue: Catalogue) -> None:
    assert catalogue.lists_among([HINGE, "robin.lumen.example"]) == {HINGE}
    assert catalogue.lists_among([]) == set()
    assert catalogue.count_routes([]) == (1, 1)
    assert catalogue.count_routes(["bo.shale.example", "robin.lumen.example"]) == (2, 0)
    assert catalogue.count_routes([HINGE]) == (1, 1)


def test_all_lists(catalogue: Catalogue) -> None:
    posted = int(START.timestamp())
    found = catalogue.count_lists()
    assert [(one.name, one.topics) for one in found] == [(HINGE, 1), (PEBBLE, 2)]
    assert all(one.open <= one.topics and one.updated >= posted for one in found)
    assert isinstance(found[0], ListCount)


def test_what_is_ignored(catalogue: Catalogue) -> None:
    assert catalogue.topics_by(Wanted(What.IGNORED)) == {only(catalogue, ALONE)}
    assert catalogue.count_ignored() == 1


def test_the_mark_is_kept_until_all_is_forgotten(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.set_lists_mark("x")
    assert catalogue.lists_mark() == "x"
    with catalogue.transaction():
        catalogue.clear()
    assert (catalogue.lists_mark(), catalogue.addressed(), catalogue.count_lists()) == (
        "",
        set(),
        [],
    )


def test_a_mail_on_five_lists_is_one_message_with_five_lists(tmp_path: Path) -> None:
    desk = Desk()
    copies = [
        patch("[PATCH] one", message_id=ALONE, to=BO, headers={"List-Id": f"<{name}.x.example>"})
        for name in FIVE
    ]
    desk.deliver(*copies)
    real = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    sync(replace(desk.stores, catalogue=real))
    (row,) = real.rows([only(real, ALONE)])
    assert row.lists == tuple(sorted(f"{name}.x.example" for name in FIVE))
    assert [one.topics for one in real.count_lists()] == [1] * 5
    assert real.count() == 1
    real.close()
