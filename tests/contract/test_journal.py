# SPDX-License-Identifier: GPL-2.0-or-later
"""The port Journal: in memory and as a file of JSON lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.workflow.ports import Journal
from tests.memory.journal import MemoryJournal

Make = Callable[[str], Journal]


@pytest.fixture(params=["memory", "file"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes journals, empty ones, by name."""
    if request.param == "memory":
        return lambda name: MemoryJournal()
    return lambda name: FileJournal(tmp_path / f"{name}.jsonl")


@pytest.fixture
def journal(make: Make) -> Journal:
    return make("one")


def group(name: str, undoes: str = "") -> Group:
    """A group of two decisions, with all that JSON could trip over."""
    events = (
        Event(EventKind.STATE, 'we"ird\\@x', "accepted"),
        Event(EventKind.ARCHIVE, "\u5929\u2028@x", "yes"),
    )
    return Group(name, 1_767_603_600_000_001, "me", Origin.TUI, "why\nso", events, undoes)


def test_empty(journal: Journal) -> None:
    view = journal.read()
    assert (view.groups, view.marks, view.is_whole) == ((), frozenset(), True)


def test_what_was_appended_is_read_in_order(journal: Journal) -> None:
    groups = tuple(group(name) for name in "cab")
    for one in groups:
        journal.append(one)
    assert journal.read().groups == groups


def test_undos_are_groups(journal: Journal) -> None:
    journal.append(group("1"))
    journal.append(group("2", undoes="1"))
    assert [one.undoes for one in journal.read().groups] == ["", "1"]


def test_written(journal: Journal) -> None:
    journal.append(group("1"))
    journal.append(group("2"))
    journal.mark_written(["1"], "here")
    journal.mark_written(iter(["2", "3"]), "here")
    journal.mark_written(["1", "4"], "elsewhere")
    view = journal.read()
    assert view.written("here") == {"1", "2", "3"}
    assert view.written("elsewhere") == {"1", "4"}
    assert view.written("nowhere") == set()


def test_written_nothing_leaves_no_trace(journal: Journal) -> None:
    mark = journal.read().mark
    journal.mark_written([], "here")
    assert journal.read().mark == mark


def test_only_what_came_since_a_mark(journal: Journal) -> None:
    journal.append(group("1"))
    mark = journal.read().mark
    journal.append(group("2"))
    journal.mark_written(["1"], "here")
    view = journal.read(mark)
    assert [one.id for one in view.groups] == ["2"]
    assert not view.is_whole
    assert view.marks == {("1", "here")}
    assert view.mark == journal.read().mark != mark


def test_nothing_came_since_the_end(journal: Journal) -> None:
    journal.append(group("1"))
    mark = journal.read().mark
    view = journal.read(mark)
    assert (view.groups, view.mark, view.is_whole) == ((), mark, False)


def test_a_mark_of_an_empty_journal_fits(journal: Journal) -> None:
    mark = journal.read().mark
    journal.append(group("1"))
    view = journal.read(mark)
    assert ([one.id for one in view.groups], view.is_whole) == (["1"], False)


def test_a_mark_of_another_journal_does_not_fit(make: Make) -> None:
    one, other = make("one"), make("other")
    one.append(group("1"))
    other.append(group("2"))
    other.append(group("3"))
    view = other.read(one.read().mark)
    assert ([g.id for g in view.groups], view.is_whole) == (["2", "3"], True)


def test_a_mark_beyond_the_end_does_not_fit(make: Make) -> None:
    longer, shorter = make("longer"), make("shorter")
    longer.append(group("1"))
    longer.append(group("2"))
    shorter.append(group("1"))
    view = shorter.read(longer.read().mark)
    assert ([one.id for one in view.groups], view.is_whole) == (["1"], True)


@pytest.mark.parametrize("mark", ["nonsense", "x:1", ":", "-5:0", "1e3:4"])
def test_a_mark_that_is_none_does_not_fit(journal: Journal, mark: str) -> None:
    journal.append(group("1"))
    view = journal.read(mark)
    assert ([one.id for one in view.groups], view.is_whole) == (["1"], True)
