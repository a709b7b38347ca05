# SPDX-License-Identifier: GPL-2.0-or-later
"""The text that people see, on the sample mail, held word for word in ``golden/``.

``MKIT_GOLDEN=write`` writes what there is now: look at the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.integration.driver import SAMPLE, Mkit

GOLDEN = Path(__file__).parent / "golden"
_WRITE = os.environ.get("MKIT_GOLDEN") == "write"
# Message-IDs of the sample: a reroll to v5 with everything, a partial reroll, a report.
RACE = "20260108091225.28580-0-tomasz.wrona@quarry.example"


def check(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if _WRITE:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("list", "list"),
        ("list-all", "list --all"),
        ("search", "search subject:checksum"),
        ("show-rerolls", f"show {RACE}"),
        ("help", "--help"),
        ("help-list", "list --help"),
    ],
)
def test_what_is_shown_of_the_sample(sample: Mkit, name: str, args: str) -> None:
    check(name, sample.run(*args.split()).stdout)


@pytest.mark.parametrize("columns", [80, 140])
def test_the_queue_in_other_widths(sample: Mkit, columns: int) -> None:
    check(f"list-{columns}", sample.having(COLUMNS=str(columns)).run("list").stdout)


@pytest.mark.parametrize("kind", ["partial", "report", "pull", "missing"])
def test_one_of_each_kind(sample: Mkit, kind: str) -> None:
    check(f"show-{kind}", sample.run("show", pick(kind)).stdout)


def pick(kind: str) -> str:
    """The first mail of the sample's manifest that stands for a kind of topic."""
    column, value = {
        "partial": ("oddity", "partial reroll: only v2 3/5 in reply"),
        "report": ("kind", "report"),
        "pull": ("kind", "pull-request"),
        "missing": ("oddity", "stands on a patch that never arrived"),
    }[kind]
    lines = (SAMPLE / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    rows = (dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:])
    return next(row["message_id"] for row in rows if row[column] == value)


def test_a_morning_of_decisions(mkit: Mkit) -> None:
    """What each verb says, and the log at the end."""
    mkit.run("import", SAMPLE / "wick.mbox")
    first, second, third = (one["id"] for one in mkit.json("list", "--turn", "me")["topics"][:3])
    said = [
        mkit.run("state", "accepted", first, "--why", "ready for 6.9").stdout,
        mkit.run("state", "changes-requested", second, third).stdout,
        mkit.run("undo").stdout,
        mkit.run("redo").stdout,
        mkit.run("archive", third).stdout,
        mkit.run("archive", "--undo", third).stdout,
        mkit.run("log").stdout,
        mkit.run("log", first).stdout,
        mkit.run("list", "--state", "accepted").stdout,
        mkit.run("rebuild").stdout,
    ]
    check("morning", "".join(said))


def test_nothing_at_all(mkit: Mkit) -> None:
    said = [mkit.run(*verb.split()).stdout for verb in ("list", "list --all", "log", "sync")]
    check("empty", "".join(said))
