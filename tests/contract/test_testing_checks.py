# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's checks of tests that ran here: in memory and in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.catalogue.schema import MIGRATIONS
from maintainer_kit.model.message.check import Check, Outcome
from maintainer_kit.workflow.ports import Catalogue
from tests.memory.catalogue import MemoryCatalogue

ONE, OTHER = "one@x", "other@x"
BUILD = Check("mkit test/build", Outcome.FAIL, "", "0123456789ab")
SUITE = Check("mkit test/suite", Outcome.SUCCESS, "", "0123456789ab")
MENDED = Check("mkit test/build", Outcome.SUCCESS, "", "ba9876543210")


@pytest.fixture(params=["memory", "sqlite"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    real = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    found: Catalogue = MemoryCatalogue() if request.param == "memory" else real
    yield found
    real.close()


def test_they_come_back_by_context(catalogue: Catalogue) -> None:
    assert catalogue.tested([ONE]) == {}
    with catalogue.transaction():
        catalogue.put_tested({ONE: [SUITE, BUILD], OTHER: [SUITE]})
    assert catalogue.tested([ONE, "no@x"]) == {ONE: (BUILD, SUITE)}
    assert catalogue.tested([]) == {}


def test_the_newest_of_each_counts(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_tested({ONE: [BUILD, SUITE]})
        catalogue.put_tested({ONE: [MENDED]})
    assert catalogue.tested([ONE]) == {ONE: (MENDED, SUITE)}


def test_they_outlive_all_that_comes_from_mail(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_tested({ONE: [BUILD]})
    with catalogue.transaction():
        catalogue.clear()
    assert catalogue.tested([ONE]) == {ONE: (BUILD,)}


def test_what_fails_leaves_nothing(catalogue: Catalogue) -> None:
    with pytest.raises(RuntimeError), catalogue.transaction():
        catalogue.put_tested({ONE: [BUILD]})
        raise RuntimeError
    assert catalogue.tested([ONE]) == {}


def test_a_catalogue_of_before_gets_the_table(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    db = sqlite3.connect(path, isolation_level=None)
    for step in MIGRATIONS[:7]:
        db.executescript(step)
    db.execute("PRAGMA user_version = 7")
    db.close()
    found = SqliteCatalogue(path)
    with found.transaction():
        found.put_tested({ONE: [BUILD]})
    assert found.tested([ONE]) == {ONE: (BUILD,)}
    found.close()
