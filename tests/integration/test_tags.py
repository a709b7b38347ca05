# SPDX-License-Identifier: GPL-2.0-or-later
"""States and notmuch tags follow each other, whoever changes which."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.state import DEFAULT_STATES
from tests.build import mail, part_id, posting, reply
from tests.integration.driver import Mkit, states

FIRST, SECOND = part_id("s", 1), part_id("s", 2)
COVER = part_id("s", 0)


def own(mkit: Mkit, message_id: str) -> set[str]:
    """The tags that are mkit's."""
    return {one for one in mkit.tags(message_id) if one.split("/")[0] == "mkit"}


@pytest.fixture
def series(mkit: Mkit) -> Mkit:
    mkit.bring(*posting("s", 2))
    return mkit


def test_new_patches_bear_the_tag_of_new_ones(series: Mkit) -> None:
    assert own(series, FIRST) == own(series, SECOND) == {"mkit", "mkit/new"}
    assert own(series, COVER) == set()


def test_a_state_is_seen_by_notmuch_and_undo_takes_it_back(series: Mkit) -> None:
    series.run("state", "accepted", FIRST)
    assert series.indexed("tag:mkit/accepted") == {FIRST}
    assert series.indexed("tag:mkit/new") == {SECOND}
    series.run("undo")
    assert series.indexed("tag:mkit/accepted") == set()
    assert series.indexed("tag:mkit/new") == {FIRST, SECOND}
    series.run("redo")
    assert series.indexed("tag:mkit/accepted") == {FIRST}


def test_a_tag_by_another_client_is_a_decision_and_undo_takes_it_back(series: Mkit) -> None:
    series.notmuch("tag", "+mkit/accepted", "-mkit/new", f"id:{FIRST}")
    assert series.json("sync")["decisions"] == 1
    (group,) = series.json("log")["log"]
    assert (group["origin"], len(group["events"])) == ("tag", 1)
    assert "tag" in series.run("log").stdout
    assert states(series.topic(COVER)) == {FIRST: "accepted", SECOND: "new"}
    series.run("undo")
    assert own(series, FIRST) == {"mkit", "mkit/new"}
    assert states(series.topic(COVER))[FIRST] == "new"


def test_a_tag_on_many_is_one_decision(series: Mkit) -> None:
    series.bring(*posting("t", 3))
    series.notmuch("tag", "+mkit/rejected", "--", "tag:mkit/new")
    series.run("sync")
    (group,) = series.json("log")["log"]
    assert len(group["events"]) == 5
    assert series.indexed("tag:mkit/new") == set()
    series.run("undo")
    assert len(series.indexed("tag:mkit/new")) == 5


def test_a_tag_on_a_cover_letter_means_its_series(series: Mkit) -> None:
    series.notmuch("tag", "+mkit/accepted", f"id:{COVER}")
    assert series.json("sync")["decisions"] == 2
    assert states(series.topic(COVER)) == {FIRST: "accepted", SECOND: "accepted"}
    assert own(series, COVER) == set()
    assert series.indexed("tag:mkit/accepted") == {FIRST, SECOND}
    assert series.json("sync")["decisions"] == 0


def test_a_patch_that_was_tagged_itself_goes_its_own_way(series: Mkit) -> None:
    series.notmuch("tag", "+mkit/accepted", f"id:{COVER}")
    series.notmuch("tag", "+mkit/rejected", f"id:{SECOND}")
    series.run("sync")
    assert states(series.topic(COVER)) == {FIRST: "accepted", SECOND: "rejected"}


def test_a_thread_tagged_as_a_whole_says_nothing_of_replies(series: Mkit) -> None:
    series.bring(reply(FIRST, "Looks odd.\n"))
    series.notmuch("tag", "+mkit/accepted", "--", f"thread:{{id:{COVER}}}")
    series.run("sync")
    (group,) = series.json("log")["log"]
    assert {one["message_id"] for one in group["events"]} == {FIRST, SECOND}
    assert series.indexed("tag:mkit/accepted") == {FIRST, SECOND}


def test_a_state_whose_setting_is_gone_stays(series: Mkit) -> None:
    config = series.home / "config"
    before = config.read_text(encoding="utf-8")
    config.write_text(before + "[mkit]\n\tstate = queued after=accepted action=no\n")
    series.run("state", "queued", COVER)
    assert own(series, FIRST) == {"mkit", "mkit/queued"}
    config.write_text(before, encoding="utf-8")
    assert series.json("sync")["decisions"] == 0
    assert states(series.topic(COVER)) == {FIRST: "queued", SECOND: "queued"}
    assert own(series, FIRST) == {"mkit", "mkit/queued"}
    assert "do not tell" not in series.run("doctor").stdout


def test_of_several_state_tags_the_one_that_mkit_did_not_write_wins(series: Mkit) -> None:
    series.run("state", "under-review", FIRST)
    series.notmuch("tag", "+mkit/deferred", f"id:{FIRST}")
    series.run("sync")
    assert own(series, FIRST) == {"mkit", "mkit/deferred"}
    assert states(series.topic(COVER))[FIRST] == "deferred"


def test_a_state_tag_that_is_taken_away_means_new(series: Mkit) -> None:
    series.run("state", "accepted", FIRST)
    series.notmuch("tag", "-mkit/accepted", f"id:{FIRST}")
    assert series.json("sync")["decisions"] == 1
    assert states(series.topic(COVER))[FIRST] == "new"
    assert own(series, FIRST) == {"mkit", "mkit/new"}


def test_a_tag_for_new_that_is_taken_away_comes_back_without_a_decision(series: Mkit) -> None:
    series.notmuch("tag", "-mkit/new", "-mkit", f"id:{FIRST}")
    assert series.json("sync")["decisions"] == 0
    assert own(series, FIRST) == {"mkit", "mkit/new"}


def test_a_tag_set_back_by_hand_is_a_decision_too(series: Mkit) -> None:
    series.run("state", "accepted", COVER)
    series.notmuch("tag", "-mkit/accepted", "+mkit/new", f"id:{FIRST}")
    series.run("sync")
    assert states(series.topic(COVER)) == {FIRST: "new", SECOND: "accepted"}


def test_tags_that_name_no_state_are_left_alone(series: Mkit) -> None:
    series.notmuch("tag", "+mkit/funny", "+mkit/superseded", "+accepted", f"id:{FIRST}")
    assert series.json("sync")["decisions"] == 0
    assert {"mkit/funny", "accepted", "mkit/new"} <= series.tags(FIRST)
    assert states(series.topic(COVER))[FIRST] == "new"


def test_a_new_revision_starts_new_and_the_older_one_loses_its_tags(series: Mkit) -> None:
    series.run("state", "changes-requested", COVER)
    series.bring(*posting("s", 2, revision=2, minutes=3000))
    newer = [part_id("s", at, 2) for at in (1, 2)]
    assert own(series, FIRST) == own(series, SECOND) == set()
    assert series.indexed("tag:mkit/new") == set(newer)
    topic = series.topic(COVER)
    assert states(topic) == {FIRST: "superseded", SECOND: "superseded"} | dict.fromkeys(
        newer, "new"
    )
    assert (topic["state"], topic["revisions_count"]) == ("new", 2)


def test_the_older_revision_is_decided_again_when_the_newer_one_goes(series: Mkit) -> None:
    series.run("state", "accepted", COVER)
    paths = series.deliver(*posting("s", 2, revision=2, minutes=3000))
    series.run("sync")
    assert own(series, FIRST) == set()
    for path in paths:
        path.unlink()
    series.run("sync")
    assert states(series.topic(COVER)) == {FIRST: "accepted", SECOND: "accepted"}
    assert own(series, FIRST) == {"mkit", "mkit/accepted"}


def test_a_tag_on_an_older_revision_decides_nothing_now(series: Mkit) -> None:
    series.bring(*posting("s", 2, revision=2, minutes=3000))
    series.notmuch("tag", "+mkit/accepted", f"id:{FIRST}")
    series.run("sync")
    topic = series.topic(COVER)
    assert states(topic)[FIRST] == "superseded"
    assert topic["state"] == "new"
    assert own(series, FIRST) == set()


def test_mail_without_a_patch_bears_a_tag_only_once_decided(mkit: Mkit) -> None:
    mkit.bring(mail("a BUG: pebble oopses", message_id="bug@made.example"))
    assert own(mkit, "bug@made.example") == set()
    mkit.run("state", "under-review", "bug@made.example")
    assert own(mkit, "bug@made.example") == {"mkit", "mkit/under-review"}


def test_a_tag_decides_about_mail_without_a_patch_too(mkit: Mkit) -> None:
    mkit.bring(mail("a BUG: pebble oopses", message_id="bug@made.example"))
    mkit.notmuch("tag", "+mkit/rejected", "id:bug@made.example")
    mkit.run("sync")
    assert mkit.topic("bug@made.example")["state"] == "rejected"


def test_states_are_found_by_notmuch_in_a_search_of_ours(series: Mkit) -> None:
    series.run("state", "deferred", COVER)
    found = series.json("search", "tag:mkit/deferred")["topics"]
    assert [one["state"] for one in found] == ["deferred"]


NAMES = [name for name in DEFAULT_STATES.settable if name != "new"]


def test_every_state_has_its_tag_and_comes_back_through_it(mkit: Mkit) -> None:
    mkit.bring(*posting("e", len(NAMES)))
    ids = [part_id("e", at) for at in range(1, len(NAMES) + 1)]
    for message_id, name in zip(ids, NAMES, strict=True):
        mkit.run("state", name, message_id)
        assert own(mkit, message_id) == {"mkit", f"mkit/{name}"}
    others = dict(zip(ids, [*NAMES[1:], "new"], strict=True))
    for message_id, name in others.items():
        mkit.notmuch(
            "tag", "-mkit/" + NAMES[ids.index(message_id)], f"+mkit/{name}", "id:" + message_id
        )
    assert states(mkit.topic(part_id("e", 0))) == others
