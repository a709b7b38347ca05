# SPDX-License-Identifier: GPL-2.0-or-later
"""Being away, as a decision among others."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.workflow.away import absence, come_back, current_absence, go_away
from maintainer_kit.workflow.decide import describe, undo
from tests.build import posting
from tests.memory.desk import Desk

WEEK = 7 * 86_400


@pytest.fixture
def desk() -> Desk:
    """A desk with a series, on which it is evening."""
    found = Desk(clock=lambda: 1_770_000_000_000_000)
    found.deliver(*posting("foo", 1))
    found.sync()
    return found


NOW = 1_770_000_000


def test_away_and_back(desk: Desk) -> None:
    before = desk.export()
    group = go_away(desk.stores, NOW + WEEK, Origin.CLI, delegate="Bo <bo@x.example>", why="sea")
    away = current_absence(desk.stores)
    assert away is not None
    assert (away.since, away.until, away.delegate) == (NOW, NOW + WEEK, "Bo <bo@x.example>")
    assert (group.why, describe(group)) == ("sea", "away until 2026-02-09T02:40:00Z")
    assert desk.journal.read().groups == (group,)
    come_back(desk.stores, Origin.CLI)
    assert (current_absence(desk.stores), absence(desk.stores)) == (None, None)
    assert desk.export() == before


def test_one_undo_takes_it_back(desk: Desk) -> None:
    go_away(desk.stores, NOW + WEEK, Origin.CLI)
    undo(desk.stores, Origin.CLI)
    assert absence(desk.stores) is None


def test_a_journal_that_came_from_elsewhere(desk: Desk) -> None:
    go_away(desk.stores, NOW + WEEK, Origin.CLI)
    with desk.catalogue.transaction():
        desk.catalogue.clear()
    desk.sync()
    assert current_absence(desk.stores) is not None


def test_away_longer_is_one_absence(desk: Desk) -> None:
    go_away(desk.stores, NOW + WEEK, Origin.CLI)
    later = Desk(clock=lambda: (NOW + 9) * 1_000_000)
    for group in desk.journal.read().groups:
        later.journal.append(group)
    later.sync()
    go_away(later.stores, NOW + 2 * WEEK, Origin.CLI)
    away = current_absence(later.stores)
    assert away is not None and (away.since, away.until) == (NOW, NOW + 2 * WEEK)


def test_back_from_nowhere(desk: Desk) -> None:
    with pytest.raises(Refused, match="you are not away"):
        come_back(desk.stores, Origin.CLI)


def test_back_when_it_is_over(desk: Desk) -> None:
    go_away(desk.stores, NOW + WEEK, Origin.CLI)
    later = Desk(clock=lambda: (NOW + 2 * WEEK) * 1_000_000)
    later.journal.append(desk.journal.read().groups[0])
    later.sync()
    with pytest.raises(Refused, match="you are back since 2026-02-09"):
        come_back(later.stores, Origin.CLI)
