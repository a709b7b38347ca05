# SPDX-License-Identifier: GPL-2.0-or-later
"""What doctor finds in the stores, and what mends it."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.workflow.decide import set_state
from maintainer_kit.workflow.doctor import examine_stores
from tests.build import mail, part_id, posting
from tests.memory.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A synced desk with a decision."""
    found = Desk()
    found.deliver(*posting("foo", 2))
    found.sync()
    set_state(found.stores, "accepted", [part_id("foo", 1)], Origin.CLI)
    return found


def findings(desk: Desk) -> list[str]:
    """What is wrong; each finding names the next step, and nothing is changed by looking."""
    before = (desk.index.lastmod, desk.catalogue.position(), len(desk.journal.lines))
    found = list(examine_stores(desk.stores))
    assert (desk.index.lastmod, desk.catalogue.position(), len(desk.journal.lines)) == before
    assert all(one.hint for one in found)
    return [one.message for one in found]


def test_all_is_well(desk: Desk) -> None:
    assert findings(desk) == []
    assert findings(Desk()) == []


def test_never_synced() -> None:
    desk = Desk()
    desk.deliver(mail("talk"))
    assert findings(desk) == ["the mail is not catalogued yet"]


def test_behind(desk: Desk) -> None:
    desk.deliver(mail("talk"))
    assert findings(desk) == [
        "1 message changed since the last sync",
        "notmuch has 4 messages, the catalogue 3",
    ]
    desk.sync()
    assert findings(desk) == []


def test_vanished(desk: Desk) -> None:
    desk.index.remove(part_id("foo", 2))
    assert findings(desk) == ["notmuch has 2 messages, the catalogue 3"]
    desk.sync()
    assert findings(desk) == []


def test_tags_that_disagree(desk: Desk) -> None:
    desk.tag(part_id("foo", 1), add=["mkit/rejected"])
    desk.tag(part_id("foo", 2), remove=["mkit", "mkit/new"])
    assert findings(desk) == [
        "2 messages changed since the last sync",
        "the tags of 2 messages do not tell the state",
    ]
    desk.sync()
    assert findings(desk) == []


def test_a_new_database(desk: Desk) -> None:
    desk.index.uuid = "second"
    assert findings(desk) == ["notmuch's database was made anew"]
