# SPDX-License-Identifier: GPL-2.0-or-later
"""``proposals`` and ``sent`` from the command line."""

from __future__ import annotations

from tests.build import BO, ROBIN, part_id, posting, reply
from tests.cli import schemas
from tests.integration.driver import Mkit

APPLIED = "Applied to for-next, thanks!"
COVER, FIRST = part_id("foo", 0), part_id("foo", 1)


def bring(mkit: Mkit) -> None:
    mkit.bring(
        *posting("foo", 2),
        reply(COVER, f"Nice.\n{APPLIED}\n", message_id="said@x"),
        *posting("mine", 1, sender=ROBIN),
        reply(part_id("mine", 1), "This leaks the buffer.", sender=BO, message_id="c@x"),
    )


def states(mkit: Mkit) -> set[str]:
    topic = mkit.json("show", COVER)["topic"]
    return {patch["state"] for patch in topic["revisions"][0]["patches"]}


def test_proposals_are_listed_and_taken(mkit: Mkit) -> None:
    bring(mkit)
    value = mkit.json("proposals", "--days", "0")
    schemas.check(value, "proposals")
    (one,) = value["proposals"]
    assert (one["state"], one["total"], one["by"], one["quote"]) == ("accepted", 2, BO, APPLIED)
    text = mkit.run("proposals", "--days", "0").stdout
    assert f'"{APPLIED}"' in text
    assert "1 proposal: mkit proposals --take TARGET... or --take --all" in text
    taken = mkit.json("proposals", "--take", FIRST)
    schemas.check(taken, "state")
    assert [event["message_id"] for event in taken["events"]] == [FIRST]
    assert states(mkit) == {"accepted", "new"}
    assert "taken: accepted on 1 message" in mkit.run("proposals", "--take", one["topic"]).stdout
    assert states(mkit) == {"accepted"}
    assert "Others decided nothing" in mkit.run("proposals", "--days", "0").stdout
    mkit.run("undo")
    assert states(mkit) == {"accepted", "new"}
    mkit.run("proposals", "--take", "--all", "--days", "0")
    assert states(mkit) == {"accepted"}


def test_wrong_use(mkit: Mkit) -> None:
    bring(mkit)
    mkit.run("proposals", "--take", code=2)
    mkit.run("proposals", "--take", "--all", FIRST, code=2)
    schemas.check(mkit.json("proposals", "--take", "c@x", code=1), "error")
    with (mkit.home / "config").open("a", encoding="utf-8") as config:
        config.write("[mkit]\n\tfollow = off\n")
    assert "mkit.follow is off" in mkit.run("proposals", code=1).stderr
    with (mkit.home / "config").open("a", encoding="utf-8") as config:
        config.write("\tfollow = yes\n")
    assert "mkit.follow" in mkit.run("list", code=1).stderr


def test_sent(mkit: Mkit) -> None:
    bring(mkit)
    value = mkit.json("sent", "--days", "0")
    schemas.check(value, "sent")
    (one,) = value["sent"]
    assert (one["fate"], one["requests"][0]["by"]) == ("changes-requested", BO)
    assert value["reviews"]["got"] == {"series": 1, "mails": 1, "tags": 0}
    schemas.check(mkit.json("sent"), "sent")
    text = mkit.run("sent", "--days", "0").stdout
    assert "You are to act (1)" in text
    mkit.run("sent", "--patience", "0", code=2)


def test_the_sample_has_some_of_each(sample: Mkit) -> None:
    """Robin takes what others post, and posts little."""
    value = sample.json("proposals", "--days", "0")
    schemas.check(value, "proposals")
    assert value["proposals"]
    assert all(one["quote"] for one in value["proposals"])
    schemas.check(sample.json("sent", "--days", "0"), "sent")
