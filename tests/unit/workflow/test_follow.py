# SPDX-License-Identifier: GPL-2.0-or-later
"""Others' decisions: proposed, taken, recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.config import FOLLOW_OFF, FOLLOW_RECORD
from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Group, Origin
from maintainer_kit.workflow.decide import set_archived, set_state, undo
from maintainer_kit.workflow.follow import follow_arrivals, record, take, told_since
from maintainer_kit.workflow.followed import source_of
from maintainer_kit.workflow.offers import Offer, limited, proposals
from tests.build import ADA, BO, DAY, LIST, ROBIN, mail, part_id, posting, reply
from tests.memory.desk import SETTINGS, Desk

COVER, FIRST, SECOND, THIRD = (part_id("foo", n) for n in range(4))
URL = "https://git.example/c/0123456789"
SUMMARY = f"""This series was applied to lumen/pebble.git (main)
by Bo Reviewer <bo@shale.example>:

  - [1/3] foo: step 1
    {URL}ab
  - [2/3] foo: step 2
    (no matching commit)
  - [3/3] foo: step 3
    {URL}cd
"""
NOTICE = """ * pebble: [1/3] foo: step 1
     - http://patchwork.example/project/pebble/patch/{}/
    was: New
    now: {}
"""
WHY = '"Applied to for-next, thanks!" <said@x>'


def say(
    body: str = "Applied to for-next, thanks!\n",
    sender: str = BO,
    parent: str = COVER,
    name: str = "said@x",
    minutes: int = 60,
) -> bytes:
    return reply(parent, body, sender=sender, message_id=name, minutes=minutes)


def notice(word: str, minutes: int = 60, patch: str = FIRST) -> bytes:
    return mail(
        "[pebble] Patch notification: 1 patch updated",
        NOTICE.format(patch, word),
        sender="Patchwork <patchwork@patchwork.example>",
        message_id=f"notice-{minutes}@x",
        minutes=minutes,
        to=ADA,
        headers={"Auto-Submitted": "auto-generated"},
    )


@pytest.fixture
def desk() -> Desk:
    """A desk with one series of three patches."""
    return having("propose", *posting("foo", 3))


def having(follow: str, *raws: bytes) -> Desk:
    found = Desk(replace(SETTINGS, follow=follow))
    arrive(found, *raws)
    return found


def arrive(desk: Desk, *raws: bytes) -> list[Group]:
    """Mail comes in, and is followed as after each sync."""
    before = desk.catalogue.position()
    desk.deliver(*raws)
    desk.sync()
    return follow_arrivals(desk.stores, before)


def told(desk: Desk) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.proposal.state, one.proposal.message_ids, one.quote) for one in offers(desk)]


def offers(desk: Desk) -> list[Offer]:
    return proposals(desk.stores)


def states(desk: Desk) -> dict[str, int]:
    return dict(desk.row(FIRST).standing.states)


def test_the_sentence_is_quoted(desk: Desk) -> None:
    assert told(desk) == []
    arrive(desk, say("Nice work.\nApplied to for-next,\nthanks!\n\n-- \nBo\n"))
    (one,) = offers(desk)
    assert (one.quote, one.why) == ("Applied to for-next, thanks!", WHY)
    assert (str(one.proposal.by), one.row.message_id, one.taken_back) == (BO, COVER, False)
    assert told(desk) == [("accepted", (FIRST, SECOND, THIRD), one.quote)]
    assert states(desk) == {"new": 3}


def test_of_a_summary_only_what_it_lists(desk: Desk) -> None:
    arrive(desk, say(SUMMARY, "patchwork-bot+pebble@kernel.org"))
    ((state, ids, quote),) = told(desk)
    assert (state, ids) == ("accepted", (FIRST, THIRD))
    assert quote.endswith("by Bo Reviewer <bo@shale.example>")


def test_a_server_changes_its_mind(desk: Desk) -> None:
    arrive(desk, notice("Changes Requested"), notice("Changes Requested", 70))
    assert [(one[0], one[1]) for one in told(desk)] == [("changes-requested", (FIRST,))]
    arrive(desk, notice("Rejected", 80), notice("Accepted", 90, "nowhere@x"))
    assert [(one[0], one[1]) for one in told(desk)] == [("rejected", (FIRST,))]


def test_a_mail_that_is_gone_says_nothing(desk: Desk) -> None:
    arrive(desk, say(), notice("Rejected"))
    desk.folder.files.popitem()
    desk.folder.files.popitem()
    assert offers(desk) == []


def test_only_what_had_mail_lately_is_looked_at(desk: Desk) -> None:
    arrive(desk, say())
    updated = desk.row(FIRST).updated
    assert len(proposals(desk.stores, since=updated)) == 1
    assert proposals(desk.stores, since=updated + 1) == []
    assert proposals(desk.stores, set()) == []


def test_off_is_off() -> None:
    desk = having(FOLLOW_OFF, *posting("foo", 3), say())
    assert offers(desk) == []
    assert record(desk.stores) == []


def test_one_group_for_all_that_is_taken(desk: Desk) -> None:
    arrive(desk, say(), *posting("bar", 1), say("Applied.", parent=part_id("bar", 0), name="2@x"))
    group = take(desk.stores, offers(desk), Origin.CLI)
    assert (len(group.events), group.origin, group.who) == (4, Origin.CLI, "robin@lumen.example")
    assert WHY in group.why and '"Applied." <2@x>' in group.why
    assert states(desk) == {"accepted": 3}
    assert offers(desk) == []
    undo(desk.stores, Origin.CLI)
    assert states(desk) == {"new": 3}
    assert len(offers(desk)) == 2


def test_a_single_patch_can_be_taken(desk: Desk) -> None:
    arrive(desk, say())
    take(desk.stores, limited(offers(desk), [SECOND]), Origin.CLI)
    assert states(desk) == {"accepted": 1, "new": 2}
    assert limited(offers(desk), [SECOND]) == []


def test_nothing_to_take(desk: Desk) -> None:
    with pytest.raises(Refused):
        take(desk.stores, offers(desk), Origin.CLI)


def test_many_are_told_shortly() -> None:
    made = [
        one
        for n in range(7)
        for one in (
            *posting(f"s{n}", 1),
            say("Applied.", parent=part_id(f"s{n}", 0), name=f"a{n}@x"),
        )
    ]
    desk = having("propose", *made)
    assert take(desk.stores, offers(desk), Origin.CLI).why.endswith("; and 2 more")


@pytest.mark.parametrize("state", ["rejected", "deferred", "accepted", "under-review"])
def test_a_decision_by_hand_after_the_mail_wins(desk: Desk, state: str) -> None:
    arrive(desk, say())
    set_state(desk.stores, state, [FIRST, SECOND, THIRD], Origin.TUI)
    assert offers(desk) == []


def test_a_mail_after_a_decision_that_left_something_to_do_is_proposed() -> None:
    desk = having("propose", *posting("foo", 3))
    set_state(desk.stores, "under-review", [FIRST], Origin.TUI)
    set_state(desk.stores, "rejected", [SECOND], Origin.TUI)
    arrive(desk, say(minutes=400 * DAY))
    assert [one[1] for one in told(desk)] == [(FIRST, THIRD)]


def test_what_is_archived_is_left_alone(desk: Desk) -> None:
    arrive(desk, say())
    set_archived(desk.stores, True, [FIRST, SECOND, THIRD], Origin.TUI)
    assert offers(desk) == []


def test_recorded_in_the_senders_name() -> None:
    desk = having(FOLLOW_RECORD, *posting("foo", 3))
    (group,) = arrive(desk, say())
    assert (group.who, group.origin, group.why) == (BO, Origin.MAIL, WHY)
    assert source_of(group) == "said@x"
    assert states(desk) == {"accepted": 3}
    assert "mkit/accepted" in desk.tags(FIRST)
    assert offers(desk) == []
    assert record(desk.stores) == []


def test_proposed_means_not_recorded(desk: Desk) -> None:
    assert arrive(desk, say()) == []
    assert record(desk.stores) == []


def test_each_mail_is_a_group_of_its_own_even_if_the_clock_stands() -> None:
    desk = Desk(replace(SETTINGS, follow=FOLLOW_RECORD), clock=lambda: 1_770_000_000_000_000)
    desk.deliver(*posting("foo", 3), say("Applied.", parent=FIRST, name="1@x", minutes=90))
    desk.deliver(say("Applied.", ROBIN, SECOND, "2@x", 70))
    desk.sync()
    groups = record(desk.stores)
    assert [(source_of(one), len(one.events)) for one in groups] == [("2@x", 1), ("1@x", 1)]
    assert groups[0].time < groups[1].time
    assert states(desk) == {"accepted": 2, "new": 1}


def test_what_came_later_is_recorded_too() -> None:
    desk = having(FOLLOW_RECORD, *posting("foo", 3))
    arrive(desk, notice("Under Review"))
    assert states(desk) == {"new": 2, "under-review": 1}
    assert [one.origin for one in arrive(desk, say(minutes=90))] == [Origin.MAIL]
    assert states(desk) == {"accepted": 3}
    assert arrive(desk, notice("Under Review", 80)) == []


def test_never_again_once_it_was_taken_back() -> None:
    desk = having(FOLLOW_RECORD, *posting("foo", 3))
    (group,) = arrive(desk, say())
    desk.journal.append(replace(group, id="u", time=group.time + 1, events=(), undoes=group.id))
    desk.sync()
    assert states(desk) == {"new": 3}
    assert record(desk.stores) == []
    assert arrive(desk, *posting("bar", 1)) == []
    (one,) = offers(desk)
    assert one.taken_back


def test_by_hand_wins_before_and_after() -> None:
    desk = having(FOLLOW_RECORD, *posting("foo", 3))
    set_state(desk.stores, "under-review", [THIRD], Origin.CLI)
    assert arrive(desk, say()) == []
    assert states(desk) == {"new": 2, "under-review": 1}
    other = having(FOLLOW_RECORD, *posting("foo", 3), say())
    set_state(other.stores, "deferred", [FIRST, SECOND, THIRD], Origin.CLI)
    assert arrive(other, say("Applied to my tree.", ROBIN, COVER, "3@x", 900 * DAY)) == []
    assert states(other) == {"deferred": 3}


def test_a_new_revision_is_free_of_it() -> None:
    desk = having(FOLLOW_RECORD, *posting("foo", 3), say())
    assert states(desk) == {"accepted": 3}
    newer = posting("foo", 3, revision=2, parents=[COVER], minutes=DAY)
    arrive(desk, *newer)
    assert dict(desk.row(part_id("foo", 1, 2)).standing.states) == {"new": 3}


def test_a_limit_of_the_settings_is_kept() -> None:
    settings = replace(SETTINGS, follow=FOLLOW_RECORD, state=("new next=under-review",))
    desk = Desk(settings)
    arrive(desk, *posting("foo", 3), say())
    assert states(desk) == {"new": 3}
    with pytest.raises(Refused):
        take(desk.stores, offers(desk), Origin.CLI)


def test_who_does_not_get_the_lock_leaves_it_to_the_next() -> None:
    desk = Desk(replace(SETTINGS, follow=FOLLOW_RECORD))
    desk.deliver(*posting("foo", 3), say())
    desk.sync()
    desk.lock.taken = True
    assert record(desk.stores) == []
    desk.lock.taken = False
    assert len(record(desk.stores)) == 1


def test_what_is_looked_at_after_a_sync() -> None:
    desk = having("propose", *posting("foo", 3), *posting("bar", 1))
    position = desk.catalogue.position()
    assert position is not None
    arrive(desk, say("This leaks.", name="c@x"), say("Applied.", parent=part_id("bar", 0)))
    found = told_since(desk.stores, position.index.lastmod)
    assert found == {desk.row(part_id("bar", 0)).id}


def test_reasons_of_others_are_no_mails_followed(desk: Desk) -> None:
    for why in ("", "as said in <a@b>", '"x"', '"x" <a@b'):
        group = set_state(desk.stores, "rejected", [FIRST], Origin.CLI, why)
        assert source_of(group) == ""


def test_a_quote_in_the_quote(desk: Desk) -> None:
    arrive(desk, say('Applied to "for-next" <x>, thanks.'))
    group = take(desk.stores, offers(desk), Origin.CLI)
    assert source_of(group) == "said@x"


def test_everybodys_list(desk: Desk) -> None:
    """A bot's notification of a commit, as its own mail in the thread."""
    arrive(
        desk,
        mail(
            "[tip: sched/core] foo: step 1",
            "The following commit has been merged into the sched/core branch of tip:\n\n"
            f"Commit-ID:     {'0123456789' * 4}\nCommitter:     Bo <bo@shale.example>\n",
            sender='"tip-bot2 for Ada" <tip-bot2@linutronix.de>',
            message_id="tip@x",
            parents=[COVER, FIRST],
            to=LIST,
            minutes=90,
        ),
    )
    ((_, ids, quote),) = told(desk)
    assert ids == (FIRST,)
    assert quote == "The following commit has been merged into the sched/core branch of tip"
