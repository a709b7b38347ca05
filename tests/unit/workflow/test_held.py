# SPDX-License-Identifier: GPL-2.0-or-later
"""An index of commits without those that are in no ref any more."""

from __future__ import annotations

from maintainer_kit.matching.prints import CommitPrint, Print
from maintainer_kit.workflow.landing.held import HeldIndex
from tests.memory.commit_index import MemoryCommitIndex

OLD, NEW = "a" * 40, "b" * 40


def commit(name: str) -> CommitPrint:
    """A commit of lines that another one has, too."""
    return CommitPrint(
        name, Print("ada@quarry.example", "", "pebble: roll", 1, ("a.c",), lines=(7,))
    )


def index(*gone: str) -> HeldIndex:
    return HeldIndex(MemoryCommitIndex([commit(OLD), commit(NEW)]), frozenset(gone))


def names(held: HeldIndex) -> set[str]:
    found = held.by_line([7], 10)
    return set(held.names(found.get(7, ())).values())


def test_all_are_there_as_long_as_none_is_gone() -> None:
    assert names(index()) == {OLD, NEW}
    assert index().entries([OLD, NEW]).keys() == {OLD, NEW}


def test_what_is_gone_is_found_by_no_line_and_has_no_number() -> None:
    held = index(OLD)
    assert names(held) == {NEW}
    assert held.entries([OLD, NEW]).keys() == {NEW}
    assert held.count() == 1
    assert not index(OLD, NEW).by_line([7], 10)


def test_numbers_of_what_is_gone_have_no_name() -> None:
    numbers = index().entries([OLD, NEW])
    assert set(index(OLD).names(numbers.values()).values()) == {NEW}


def test_links_change_nothing_of_it() -> None:
    assert names(index(OLD).linking({"m@quarry.example": [NEW]})) == {NEW}
