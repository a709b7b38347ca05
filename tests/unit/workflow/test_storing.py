# SPDX-License-Identifier: GPL-2.0-or-later
"""A catalogue that is made anew equals the one that grew step by step."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import Busy
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.workflow.decide import set_archived, set_state, undo
from maintainer_kit.workflow.storing import rebuild
from maintainer_kit.workflow.sync import SyncReport
from tests.build import DAY, mail, part_id, posting, reply
from tests.memory.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A desk with some history, grown in steps."""
    found = Desk()
    found.deliver(*posting("foo", 2)[1:], mail("[BUG] oops", message_id="b@x"))
    found.sync()
    set_state(found.stores, "under-review", [part_id("foo", 1)], Origin.CLI)
    found.deliver(posting("foo", 2)[0], reply(part_id("foo", 1), "Why not?", message_id="r@x"))
    found.sync()
    found.tag("b@x", add=["mkit/deferred"])
    found.sync()
    set_archived(found.stores, True, ["b@x"], Origin.TUI)
    undo(found.stores, Origin.CLI)
    found.deliver(*posting("foo", 3, revision=2, minutes=DAY))
    found.sync()
    set_state(found.stores, "accepted", [part_id("foo", 2, 2)], Origin.CLI)
    return found


def tags(desk: Desk) -> dict[str, frozenset[str]]:
    """All tags of all messages."""
    return {one: desk.tags(one) for one in desk.index.message_ids()}


def test_rebuild_equals_step_by_step(desk: Desk) -> None:
    before = (desk.export(), tags(desk), desk.journal.read().groups)
    report = rebuild(desk.stores)
    assert report.new == 9
    assert (desk.export(), tags(desk), desk.journal.read().groups) == before
    assert desk.sync() == SyncReport()


def test_what_other_clients_decided_is_taken_over_first(desk: Desk) -> None:
    desk.tag(part_id("foo", 1, 2), add=["mkit/rejected"])
    rebuild(desk.stores)
    assert desk.journal.read().groups[-1].origin is Origin.TAG
    assert dict(desk.row(part_id("foo", 1, 2)).standing.states)["rejected"] == 1


def test_a_deleted_catalogue(desk: Desk) -> None:
    before = (desk.export(), tags(desk))
    with desk.catalogue.transaction():
        desk.catalogue.clear()
    desk.sync()
    assert (desk.export(), tags(desk)) == before


def test_another_mkit_is_at_it(desk: Desk) -> None:
    before = desk.export()
    desk.lock.taken = True
    with pytest.raises(Busy):
        rebuild(desk.stores)
    assert desk.export() == before
