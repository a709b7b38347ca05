# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes into the queue, as mail arrives and settings change."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from maintainer_kit.config import Settings
from maintainer_kit.errors import ConfigError
from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.model.queue.intake import BUILT_IN
from maintainer_kit.workflow.decide import decide, undo
from maintainer_kit.workflow.doctor import examine_stores
from maintainer_kit.workflow.listing import Listing, is_open_only, listed
from maintainer_kit.workflow.ports import Selection
from tests.build import ADA, BO, ROBIN, mail, part_id, patch, posting
from tests.memory.desk import SETTINGS, Desk

ALONE, ASIDE = "alone@x.example", "aside@x.example"
NO_LIST = Settings(me=("robin@lumen.example",))


def alone(message_id: str = ALONE, to: str = ROBIN, subject: str = "mend the door") -> bytes:
    return patch(f"[PATCH] {subject}", message_id=message_id, to=to, sender=BO)


def ignored(desk: Desk, message_id: str = ALONE) -> str:
    return desk.row(message_id).standing.ignored


def opened(desk: Desk) -> set[str]:
    return {one for one, _ in desk.catalogue.select(Selection())}


def test_kept_out_and_listed_never_dropped() -> None:
    desk = Desk()
    desk.deliver(alone(), *posting("foo", 2))
    desk.sync()
    assert ignored(desk) == BUILT_IN
    kept_out = desk.row(ALONE).id
    assert opened(desk) == {desk.row(part_id("foo", 1)).id}
    assert listed(desk.stores, Listing(ignored=True)) == [kept_out]
    assert listed(desk.stores, Listing(query="mkit:ignored")) == [kept_out]
    assert kept_out in listed(desk.stores, Listing(everything=True))
    assert kept_out not in listed(desk.stores, Listing(query="-mkit:ignored"))
    assert not is_open_only(desk.stores, Listing(ignored=True))
    assert desk.catalogue.count_ignored() == 1
    told = [one for one in examine_stores(desk.stores) if "no list" in one.message]
    assert [one.severity for one in told] == ["info"]


def test_a_small_project_with_one_mailbox_keeps_its_queue() -> None:
    desk = Desk(NO_LIST)
    desk.deliver(
        alone(),
        alone(ASIDE, subject="oil the hinge"),
        # News of some shop, and one patch that a list got too: that is not how patches come here.
        mail("Buy", "Now.\n", headers={"List-Id": "<news.shop.example>"}),
        patch("[PATCH] quite another thing", to=f"{ROBIN}, linux-hinge@vger.kernel.org"),
    )
    desk.sync()
    assert (ignored(desk), ignored(desk, ASIDE), desk.catalogue.count_ignored()) == ("", "", 0)


def test_where_most_patches_come_by_list_one_that_does_not_is_kept_out() -> None:
    desk = Desk(NO_LIST)
    desk.deliver(alone(), *posting("foo", 2))
    desk.sync()
    assert ignored(desk) == ""
    desk.deliver(*posting("bar", 2, change="bar", minutes=900))
    desk.sync()
    assert ignored(desk) == BUILT_IN
    desk.index.remove(part_id("bar", 0))
    desk.index.remove(part_id("bar", 1))
    desk.index.remove(part_id("bar", 2))
    desk.sync()
    assert ignored(desk) == ""


def test_a_list_that_only_other_mail_tells_of() -> None:
    desk = Desk()
    desk.deliver(alone(to="talk@hinge.example"))
    desk.sync()
    assert ignored(desk) == BUILT_IN
    talk = {"List-Id": "Talk <talk.hinge.example>"}
    (other,) = desk.deliver(mail("Hello", "All.\n", to="talk@hinge.example", headers=talk))
    desk.sync()
    assert ignored(desk) == ""
    desk.index.remove(other)
    desk.sync()
    assert ignored(desk) == BUILT_IN


@pytest.mark.parametrize(
    "settings",
    [
        replace(SETTINGS, list=(*SETTINGS.list, "talk@hinge.example")),
        replace(SETTINGS, confidential=("talk@hinge.example",)),
        replace(SETTINGS, delegate=("me list=talk@hinge.example",)),
        replace(SETTINGS, intake=("ignore list=talk@hinge.example kind=report",)),
    ],
)
def test_a_list_that_settings_tell_of(settings: Settings) -> None:
    desk = Desk(settings)
    desk.deliver(alone(to="talk@hinge.example"))
    desk.sync()
    assert ignored(desk) == ""


def test_a_list_that_maintainers_tells_of() -> None:
    desk = Desk()
    desk.stores = replace(desk.stores, maintained_lists=lambda: frozenset({"talk.hinge.example"}))
    desk.deliver(alone(to="talk@hinge.example"), alone(ASIDE, subject="oil it"))
    desk.sync()
    assert (ignored(desk), ignored(desk, ASIDE)) == ("", BUILT_IN)


def test_a_rule_holds_for_what_is_there_and_leaves_nothing_behind() -> None:
    desk = Desk()
    desk.deliver(alone(), *posting("foo", 2))
    desk.sync()
    before = desk.export()
    stores = desk.stores
    lines = ("queue to=robin@lumen.example", "ignore kind=patch from=@quarry.example")
    desk.stores = replace(stores, settings=replace(SETTINGS, intake=lines))
    assert desk.sync().judged
    assert ignored(desk) == ""
    assert ignored(desk, part_id("foo", 1)) == f"rule 2: {lines[1]}"
    desk.stores = stores
    assert desk.sync().judged
    assert desk.export() == before
    assert not desk.sync().judged


def test_a_decision_brings_it_in_and_its_undoing_out_again() -> None:
    desk = Desk()
    desk.deliver(alone())
    desk.sync()
    decide(desk.stores, [Event(EventKind.ATTENTION, ALONE, "watch")], Origin.CLI, "")
    assert ignored(desk) == ""
    assert opened(desk) == {desk.row(ALONE).id}
    undo(desk.stores, Origin.CLI)
    assert ignored(desk) == BUILT_IN


def test_a_line_that_means_nothing_is_told_at_once() -> None:
    desk = Desk(replace(SETTINGS, intake=("ignore lists=none",)))
    with pytest.raises(ConfigError, match="lists="):
        desk.stores.check_settings()


@pytest.mark.parametrize("seed", range(4))
def test_what_grew_equals_what_was_made_at_once(seed: int) -> None:
    mails = [
        alone(),
        alone(ASIDE, to="talk@hinge.example", subject="oil it"),
        *posting("foo", 2),
        *posting("bar", 1, change="bar", sender=ADA, minutes=900),
        mail("Hi", "All.\n", headers={"List-Id": "<talk.hinge.example>"}, message_id="hi@x"),
    ]
    whole = Desk(NO_LIST)
    whole.deliver(*mails)
    whole.sync()
    random.Random(seed).shuffle(mails)
    grown = Desk(NO_LIST)
    for one in mails:
        grown.deliver(one)
        grown.sync()
    assert grown.export() == whole.export()
    assert {one["ignored"] for one in grown.export()} == {"", BUILT_IN}
