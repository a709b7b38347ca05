# SPDX-License-Identifier: GPL-2.0-or-later
"""A series arrives, and what rules say of it is in the queue and the topic."""

from __future__ import annotations

import sqlite3

import pytest

from maintainer_kit.adapters.catalogue.schema import MIGRATIONS
from tests.build import DAY, edit, part_id, patch, posting, reply
from tests.integration.driver import CONFIG, Json, Mkit

BAD = patch("[PATCH] pebble: Make it better.", message_id="bad@made.example", minutes=DAY)


@pytest.fixture
def filled(mkit: Mkit) -> Mkit:
    mkit.bring(*posting("foo", 2))
    return mkit


def listed(mkit: Mkit, *args: str) -> dict[str, Json]:
    """Rows of the queue by the Message-ID of their first mail."""
    return {one["message_id"]: one for one in mkit.json("list", *args)["topics"]}


def rules(mkit: Mkit, message_id: str) -> list[str]:
    """What was found in the patches of the newest posting of a topic."""
    newest = mkit.topic(message_id)["revisions"][-1]
    return [one["rule"] for part in newest["patches"] for one in part["findings"]]


def test_a_series_arrives(filled: Mkit) -> None:
    assert listed(filled, "--no-sync")[part_id("foo", 0)]["checked"] is False
    assert listed(filled)[part_id("foo", 0)]["checked"] is True
    filled.deliver(BAD)
    row = listed(filled)["bad@made.example"]
    assert row["checked"] and row["findings"]["warning"] >= 1
    assert "subject-full-stop" in rules(filled, "bad@made.example")
    text = filled.run("show", "bad@made.example").stdout
    assert "[subject-full-stop]" in text
    sign = f"w{row['findings']['warning']}"
    assert f" {sign} " in filled.run("list").stdout


def test_what_the_index_knows_is_asked_too(filled: Mkit) -> None:
    filled.deliver(reply(part_id("foo", 1), "Reviewed-by: Bo Reviewer <bo@shale.example>\n"))
    filled.run("list")
    filled.deliver(*posting("foo", 2, revision=2, minutes=3 * DAY))
    filled.run("list")
    assert "review-tag-dropped" in rules(filled, part_id("foo", 1, 2))
    older = filled.topic(part_id("foo", 1, 2))["revisions"][0]["patches"]
    assert [one["findings"] for one in older] == [[], []], "only the newest is spoken of"


def test_the_profile_is_that_of_the_list(mkit: Mkit) -> None:
    text = "It is better so.\n\nSigned-off-by: Ada Author <ada@quarry.example>\n"
    subject, lists = "[PATCH] net: look at the length", ("git", "netdev")
    mkit.bring(
        *(
            patch(
                f"{subject} of {one}",
                edit(f"net/{one}.c"),
                text=text,
                message_id=f"{one}@x.example",
                to=f"{one}@vger.kernel.org",
            )
            for one in lists
        )
    )
    here, there = (rules(mkit, f"{one}@x.example") for one in lists)
    assert "tree-tag-missing" in there
    assert "tree-tag-missing" not in here


def test_off(mkit: Mkit) -> None:
    mkit.configure(CONFIG + "\tcheck = off\n")
    mkit.bring(BAD)
    row = listed(mkit)["bad@made.example"]
    assert (row["checked"], row["findings"]["warning"]) == (False, 0)
    assert rules(mkit, "bad@made.example") == []
    mkit.configure(CONFIG + "\tcheck = perhaps\n")
    assert "mkit.check" in mkit.run("list", code=1).stderr


def test_a_wrong_profile_does_not_hide_the_queue(mkit: Mkit) -> None:
    mkit.configure(CONFIG + "\tprofile = nosuch\n")
    mkit.bring(BAD)
    done = mkit.run("list")
    assert "pebble: Make it better." in done.stdout
    assert "not checked: there is no profile 'nosuch'" in done.stderr
    assert "pebble: Make it better." in mkit.run("show", "bad@made.example").stdout
    mkit.configure(CONFIG + "\tprofile = kernel\n")
    assert listed(mkit)["bad@made.example"]["checked"] is True


def test_export_and_a_rebuild_know_of_nothing(filled: Mkit) -> None:
    filled.bring(BAD)
    before = filled.export()
    found = listed(filled)
    assert filled.export() == before
    filled.run("rebuild")
    assert filled.export() == before
    assert listed(filled) == found, "found again"


def test_a_catalogue_without_findings_is_brought_up_to_date(filled: Mkit) -> None:
    """One with the tables that there were before there were any."""
    for path in filled.home.glob("catalogue.sqlite*"):
        path.unlink()
    db = sqlite3.connect(filled.home / "catalogue.sqlite")
    db.executescript(MIGRATIONS[0])
    db.execute("PRAGMA user_version = 1")
    db.close()
    assert listed(filled)[part_id("foo", 0)]["checked"] is True
