# SPDX-License-Identifier: GPL-2.0-or-later
"""A stable review in the queue: until its deadline, and what of it can be decided."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.workflow.decide import set_archived, set_state
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import detail, rows, select
from maintainer_kit.workflow.targets import resolve_all
from tests.build import LIST
from tests.memory.desk import Desk
from tests.reviews import review

DEADLINE = 1_767_960_000  # 2026-01-09 12:00 UTC
MINE, OTHER = "6.1.73-rc1-2@made.example", "6.1.73-rc1-3@made.example"
COVER = "6.1.73-rc1-0@made.example"


def desk_at(seconds: int) -> Desk:
    """A review of which the second patch was sent to me by name."""
    desk = Desk(clock=lambda: seconds * 1_000_000)
    to = f"To: {LIST}".encode()
    cover, first, second, third = review("6.1.73", [1, 2, 3])
    desk.deliver(cover, first, second.replace(to, to + b", robin@lumen.example"), third)
    desk.sync()
    return desk


@pytest.mark.parametrize(
    ("now", "turns"), [(DEADLINE - 60, [Turn.ME]), (DEADLINE, []), (DEADLINE + 60, [])]
)
def test_it_is_open_until_its_deadline(now: int, turns: list[Turn]) -> None:
    stores = desk_at(now).stores
    found = rows(stores, [one for one, _ in select(stores, Selection())])
    assert [row.standing.verdict.turn for row in found] == turns
    mine = Selection(turns=frozenset({"me"}), open_only=False)
    assert len(select(stores, mine)) == len(turns)


def test_later_nobody_has_to_answer() -> None:
    stores = desk_at(DEADLINE + 60).stores
    (row,) = rows(stores, [one for one, _ in select(stores, Selection(open_only=False))])
    assert row.standing.verdict.turn is Turn.NOBODY


def test_the_export_knows_no_clock() -> None:
    assert desk_at(DEADLINE - 60).export() == desk_at(DEADLINE + 60).export()


@pytest.mark.parametrize("word", [COVER, MINE])
def test_what_concerns_me_can_be_decided(word: str) -> None:
    (target,) = resolve_all(desk_at(DEADLINE - 60).stores, [word])
    assert target.message_ids == (MINE,)


def test_what_does_not_concern_me_cannot() -> None:
    with pytest.raises(Refused, match="does not concern you"):
        resolve_all(desk_at(DEADLINE - 60).stores, [OTHER])


def test_states() -> None:
    desk = desk_at(DEADLINE - 60)
    set_state(desk.stores, "accepted", [MINE], Origin.CLI)
    found = detail(desk.stores, desk.row(MINE))
    assert [found.state_of(one) for one in (MINE, OTHER)] == ["accepted", "new"]
    assert found.row.standing.verdict.turn is Turn.NOBODY


def test_a_decision_about_the_rest_of_it_tags_no_patch() -> None:
    desk = Desk()
    desk.deliver(*review("6.1.73", [1, 2, 3]))
    desk.sync()
    assert not any("mkit" in desk.tags(one) for one in (COVER, MINE, OTHER))
    set_archived(desk.stores, True, desk.row(COVER).decidable, Origin.CLI)
    assert desk.row(COVER).standing.archived
