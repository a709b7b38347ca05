# SPDX-License-Identifier: GPL-2.0-or-later
"""``lists`` as it is typed, and rules of a list at work."""

from __future__ import annotations

from tests.build import patch, posting
from tests.cli import schemas
from tests.integration.driver import CONFIG, Mkit

LISTED = CONFIG + (
    "\tlistProfile = wick@lists.lumen.example kernel\n"
    "\tarchive = wick https://lists.example.org/wick/\n"
    "\tlistTree = pebblefs ~/src/pebble\n"
)
UNSIGNED = patch("[PATCH] blink", message_id="blink@x.example", to="wick@lists.lumen.example")
UNSIGNED = UNSIGNED.replace(b"Signed-off-by: Ada Author <ada@quarry.example>\n", b"")


def test_lists(mkit: Mkit) -> None:
    mkit.configure(LISTED)
    mkit.bring(*posting("foo", 1), UNSIGNED)
    told = mkit.json("lists")
    schemas.check(told, "lists")
    found = {one["name"].partition(".")[0]: one for one in told["lists"]}
    assert found["wick"]["profile"] == "kernel"
    assert found["wick"]["archive"] == "https://lists.example.org/wick"
    assert found["pebblefs"]["tree"] == "~/src/pebble"
    assert {one["maintained"] for one in told["lists"]} == {True}
    lines = mkit.run("lists", "--no-sync").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [one["name"] for one in told["lists"]]
    assert sum(found["wick"]["activity"]) == 1
    assert sum(found["pebblefs"]["activity"]) == 2
    assert "\u2588" in lines[1]
    assert mkit.run("lists", "--no-sync", "--plain").stdout.isascii()


def test_series_are_checked_by_the_rules_of_their_list(mkit: Mkit) -> None:
    mkit.configure(LISTED.replace("wick@lists.lumen.example kernel", "wick kernel"))
    mkit.bring(*posting("foo", 1), UNSIGNED)
    mkit.run("list")
    assert "signoff-missing" in mkit.run("show", "blink@x.example").stdout
    assert "signoff-missing" in mkit.run("check", "blink@x.example", code=1).stdout
    mkit.configure(CONFIG)
    assert "signoff-missing" not in mkit.run("show", "blink@x.example").stdout


def test_half_a_line(mkit: Mkit) -> None:
    mkit.configure("[mkit]\n\tlistTree = wick\n")
    done = mkit.run("lists", code=1)
    assert "mkit.listTree is 'wick', which says no LIST and VALUE" in done.stderr
