# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said where nothing is found, or nothing is there."""

from __future__ import annotations

from tests.build import posting
from tests.integration.driver import CONFIG, Mkit


def test_a_search_without_a_match(mkit: Mkit) -> None:
    mkit.configure(CONFIG)
    mkit.bring(*posting("foo", 1))
    assert mkit.run("search", "xyzzy").stdout == "No topic matches.\n"
    assert mkit.json("search", "xyzzy")["topics"] == []
    assert "foo" in mkit.run("search", "subject:foo").stdout


def test_without_any_mail_it_says_how_some_comes_in(mkit: Mkit) -> None:
    mkit.configure(CONFIG)
    for argv in (["search", "xyzzy"], ["list", "turn:me"], ["list", "--view", "starred"]):
        told = mkit.run(*argv).stdout
        assert told.startswith("There is no mail yet. mkit import brings it in"), argv
