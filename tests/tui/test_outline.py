# SPDX-License-Identifier: GPL-2.0-or-later
"""What a topic's screen lists, and what a decision on each line speaks of."""

from __future__ import annotations

from maintainer_kit.tui.topic.outline import outline
from maintainer_kit.workflow.reading import detail
from tests.build import LIST
from tests.memory.desk import Desk
from tests.reviews import review

MINE = "6.1.73-rc1-2@made.example"


def test_of_a_stable_review_only_what_concerns_me_can_be_decided() -> None:
    desk = Desk()
    to = f"To: {LIST}".encode()
    cover, first, second, third = review("6.1.73", [1, 2, 3])
    desk.deliver(cover, first, second.replace(to, to + b", robin@lumen.example"), third)
    desk.sync()
    items = outline(detail(desk.stores, desk.row(MINE)))
    assert [item.targets for item in items] == [(MINE,), (), (MINE,), ()]
