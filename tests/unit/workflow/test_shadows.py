# SPDX-License-Identifier: GPL-2.0-or-later
"""Tags both ways: our states for other clients, their tags as decisions."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.workflow.decide import set_state, undo
from maintainer_kit.workflow.sync import SyncReport
from tests.build import DAY, mail, part_id, posting
from tests.memory.desk import Desk

PATCH = part_id("foo", 1)


@pytest.fixture
def desk() -> Desk:
    """A desk with one synced series of one patch."""
    found = Desk()
    found.deliver(*posting("foo", 1))
    found.sync()
    return found


def ours(desk: Desk, message_id: str = PATCH) -> set[str]:
    """The tags of mkit that a message bears."""
    return {tag for tag in desk.tags(message_id) if tag.startswith("mkit")}


def origins(desk: Desk) -> list[str]:
    """Where the decisions came from."""
    return [group.origin.value for group in desk.journal.read().groups]


def test_patches_of_the_newest_revision_bear_their_state(desk: Desk) -> None:
    assert ours(desk) == {"mkit", "mkit/new"}
    assert ours(desk, part_id("foo", 0)) == set()


def test_a_new_revision_takes_the_tags_over(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    desk.deliver(*posting("foo", 1, revision=2, minutes=DAY))
    desk.sync()
    assert ours(desk) == set()
    assert ours(desk, part_id("foo", 1, 2)) == {"mkit", "mkit/new"}


def test_a_state_becomes_a_tag(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    assert ours(desk) == {"mkit", "mkit/accepted"}
    assert desk.sync() == SyncReport()


def test_undo_takes_the_tag_back(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    undo(desk.stores, Origin.CLI)
    assert ours(desk) == {"mkit", "mkit/new"}


def test_a_foreign_tag_becomes_an_event(desk: Desk) -> None:
    desk.tag(PATCH, add=["mkit/accepted"])
    assert desk.sync().decisions == 1
    assert desk.row(PATCH).standing.state == "accepted"
    assert ours(desk) == {"mkit", "mkit/accepted"}
    assert origins(desk) == ["tag"]
    assert desk.sync() == SyncReport()


def test_an_event_of_a_tag_can_be_undone(desk: Desk) -> None:
    desk.tag(PATCH, add=["mkit/accepted"], remove=["mkit/new"])
    desk.sync()
    undo(desk.stores, Origin.CLI)
    assert desk.row(PATCH).standing.state == "new"
    assert ours(desk) == {"mkit", "mkit/new"}
    assert desk.sync() == SyncReport()


def test_of_several_tags_the_foreign_one_wins(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    desk.tag(PATCH, add=["mkit/rejected"])
    desk.sync()
    assert desk.row(PATCH).standing.state == "rejected"
    assert ours(desk) == {"mkit", "mkit/rejected"}


def test_a_removed_tag_is_back_to_new(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    desk.tag(PATCH, remove=["mkit/accepted"])
    assert desk.sync().decisions == 1
    assert desk.row(PATCH).standing.state == "new"
    assert ours(desk) == {"mkit", "mkit/new"}


def test_tags_that_were_lost_altogether_come_back(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    desk.tag(PATCH, remove=["mkit/accepted", "mkit"])
    assert desk.sync().decisions == 0
    assert ours(desk) == {"mkit", "mkit/accepted"}


def test_tags_of_their_own_stay(desk: Desk) -> None:
    desk.tag(PATCH, add=["inbox", "mkit/todo"])
    desk.sync()
    assert desk.tags(PATCH) == {"inbox", "mkit/todo", "mkit", "mkit/new"}


def test_several_foreign_tags_are_one_group(desk: Desk) -> None:
    desk.deliver(*posting("bar", 2))
    desk.sync()
    for number in (1, 2):
        desk.tag(part_id("bar", number), add=["mkit/accepted"])
    assert desk.sync().decisions == 2
    (group,) = desk.journal.read().groups
    assert len(group.events) == 2
    assert desk.row(part_id("bar", 0)).standing.state == "accepted"


def test_a_thread_bears_a_tag_once_it_is_decided(desk: Desk) -> None:
    desk.deliver(mail("[BUG] oops", message_id="b@x"))
    desk.sync()
    assert ours(desk, "b@x") == set()
    set_state(desk.stores, "deferred", ["b@x"], Origin.CLI)
    assert ours(desk, "b@x") == {"mkit", "mkit/deferred"}


def test_a_foreign_tag_on_a_thread(desk: Desk) -> None:
    desk.deliver(mail("[BUG] oops", message_id="b@x"))
    desk.sync()
    desk.tag("b@x", add=["mkit/deferred"])
    desk.sync()
    assert desk.row("b@x").standing.state == "deferred"
    assert ours(desk, "b@x") == {"mkit", "mkit/deferred"}


def test_a_locked_index_leaves_the_tags_for_later(desk: Desk) -> None:
    desk.index.locked = True
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    assert desk.row(PATCH).standing.state == "accepted"
    assert ours(desk) == {"mkit", "mkit/new"}
    desk.sync()
    assert ours(desk) == {"mkit", "mkit/new"}
    desk.index.locked = False
    desk.sync()
    assert ours(desk) == {"mkit", "mkit/accepted"}
    assert origins(desk) == ["cli"]
    assert desk.sync() == SyncReport()


def test_a_foreign_tag_in_a_locked_index_is_one_decision(desk: Desk) -> None:
    desk.tag(PATCH, add=["mkit/accepted"])
    desk.index.locked = True
    desk.sync()
    desk.sync()
    desk.index.locked = False
    desk.sync()
    assert origins(desk) == ["tag"]
    assert ours(desk) == {"mkit", "mkit/accepted"}


def test_who_writes_between_our_look_and_our_lock_is_not_overlooked(desk: Desk) -> None:
    def interrupt() -> None:
        desk.deliver(mail("between", message_id="between@x"))

    desk.index.interrupt = interrupt
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    assert "between@x" not in desk.catalogue.message_ids()
    assert desk.sync().new == 1
    assert ours(desk) == {"mkit", "mkit/accepted"}


def test_a_tag_set_between_our_look_and_our_lock_is_not_overlooked(desk: Desk) -> None:
    desk.deliver(*posting("bar", 1))
    desk.sync()
    desk.index.interrupt = lambda: desk.tag(part_id("bar", 1), add=["mkit/rejected"])
    set_state(desk.stores, "accepted", [PATCH], Origin.CLI)
    desk.sync()
    assert desk.row(part_id("bar", 1)).standing.state == "rejected"
    assert ours(desk) == {"mkit", "mkit/accepted"}


def test_a_state_set_again_by_tag_and_then_by_us(desk: Desk) -> None:
    for state in ("accepted", "rejected", "new", "accepted"):
        desk.tag(PATCH, remove=[tag for tag in ours(desk) if "/" in tag], add=[f"mkit/{state}"])
        desk.sync()
        assert desk.row(PATCH).standing.state == state
    set_state(desk.stores, "rfc", [PATCH], Origin.TUI)
    assert ours(desk) == {"mkit", "mkit/rfc"}
    assert origins(desk) == ["tag"] * 4 + ["tui"]
