# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails of a topic are new to its reader."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.workflow.decide import set_state
from maintainer_kit.workflow.reading import detail
from maintainer_kit.workflow.unread import unread
from tests.build import BO, ROBIN, part_id, posting, reply
from tests.memory.desk import Desk
from tests.memory.index import MemoryIndex

ONE = part_id("foo", 1)
TWO = part_id("foo", 2)


def _unread(desk: Desk, *, is_own: bool = False) -> set[str]:
    stores = desk.stores
    if is_own:
        stores = replace(stores, index=MemoryIndex(desk.folder.read, is_own=True))
    return set(unread(stores, detail(stores, desk.row(ONE))))


def test_in_the_users_own_database_the_tag_tells() -> None:
    desk = Desk(new_tags=["unread"])
    desk.deliver(*posting("foo", 2), reply(ONE, "Mine.\n", sender=ROBIN, message_id="mine@x"))
    desk.sync()
    assert _unread(desk) == {part_id("foo", 0), ONE, TWO}
    desk.tag(ONE, remove=["unread"])
    desk.sync()
    assert _unread(desk) == {part_id("foo", 0), TWO}


def test_elsewhere_what_came_after_ones_last_word() -> None:
    desk = Desk()
    desk.deliver(*posting("foo", 2), reply(ONE, "Early.\n", minutes=50, message_id="early@x"))
    desk.sync()
    assert _unread(desk, is_own=True) == set()
    desk.deliver(
        reply(ONE, "Hm.\n", sender=ROBIN, minutes=60, message_id="mine@x"),
        reply(ONE, "Late.\n", sender=BO, minutes=70, message_id="late@x"),
    )
    desk.sync()
    assert _unread(desk, is_own=True) == {"late@x"}


def test_a_decision_is_a_last_word_too() -> None:
    desk = Desk()
    desk.deliver(
        *posting("foo", 2),
        reply(ONE, "Hm.\n", sender=ROBIN, minutes=60),
        reply(ONE, "Late.\n", sender=BO, minutes=70, message_id="late@x"),
    )
    desk.sync()
    set_state(desk.stores, "accepted", [ONE], Origin.CLI)
    assert _unread(desk, is_own=True) == set()
