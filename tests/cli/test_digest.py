# SPDX-License-Identifier: GPL-2.0-or-later
"""``digest`` and ``away`` as they are typed: words, schemas, usage."""

from __future__ import annotations

import pytest

from tests.build import part_id, posting
from tests.cli import schemas
from tests.cli.test_golden import check
from tests.integration.driver import Mkit

SIXTH = "2026-01-06T09:00:00Z"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("digest", "--limit 3"),
        ("digest-since", "--since 2026-03-19 --limit 2"),
        ("digest-mail", "--mail --limit 3"),
    ],
)
def test_what_is_told_of_the_sample(sample: Mkit, name: str, args: str) -> None:
    check(name, sample.run("digest", "--peek", *args.split()).stdout)


def test_away_and_back(mkit: Mkit) -> None:
    there = mkit.having(MKIT_NOW=SIXTH)
    there.bring(*posting("foo", 2))
    later = mkit.having(MKIT_NOW="2026-01-08T09:00:00Z")
    said = [
        there.run("away").stdout,
        there.run("away", "2w", "--delegate", "Bo <bo@shale.example>").stdout,
        there.run("away").stdout,
        later.run("away", "--back").stdout,
        later.run("away").stdout,
    ]
    check("away", "".join(said))


def test_json(mkit: Mkit) -> None:
    there = mkit.having(MKIT_NOW=SIXTH)
    there.bring(*posting("foo", 2))
    value = there.json("digest")
    schemas.check(value, "digest")
    (new, waiting) = value["sections"]
    assert (new["name"], waiting["name"]) == ("new", "waiting")
    assert new["topics"][0]["message_id"] == part_id("foo", 0)
    assert {**new["topics"][0], "why": None} == waiting["topics"][0]
    for args in (["away"], ["away", "2w"], ["away"], ["away", "--back"]):
        schemas.check(there.json(*args), "away")
    there.run("away", "2w")
    schemas.check(there.json("digest", code=1), "digest")


def test_json_of_a_home_with_everything(sample: Mkit) -> None:
    schemas.check(sample.json("digest", "--peek"), "digest")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("digest --since soon", "is no time; try one of: 2026-11-20"),
        ("digest --since 2099-01-01", "is still to come"),
        ("digest --limit 0", "--limit"),
        ("digest now", "unexpected extra argument"),
        ("away yesterday", "is no time; try one of: 2026-12-24"),
        ("away 2020-01-01", "is over"),
        ("away 2w --back", "UNTIL and --back exclude each other"),
        ("away --delegate bo@shale.example", "mkit away UNTIL"),
        ("away --back --delegate bo@shale.example", "mkit away UNTIL"),
        ("away --why sea", "mkit away UNTIL"),
    ],
)
def test_usage(mkit: Mkit, line: str, says: str) -> None:
    done = mkit.run(*line.split(), code=2)
    assert says in done.stderr and done.stdout == ""


def test_one_form_at_a_time(mkit: Mkit) -> None:
    error = mkit.json("digest", "--mail", code=2)["error"]
    assert error["message"] == "--mail and --json exclude each other"


def test_back_from_nowhere_is_refused(mkit: Mkit) -> None:
    done = mkit.run("away", "--back", code=1)
    assert done.stderr.splitlines() == ["mkit: you are not away", "try: mkit away UNTIL"]


def test_a_deputy_that_cannot_be_reached(mkit: Mkit) -> None:
    before = mkit.run("log").stdout
    done = mkit.run("away", "2w", "--delegate", "no such person", code=1)
    assert "no such person" in done.stderr
    assert mkit.run("log").stdout == before
