# SPDX-License-Identifier: GPL-2.0-or-later
"""``apply``: which of several applications that are under way is meant, and what an interrupted
one leaves."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.applied import Field, text
from tests.integration.driver import Mkit
from tests.integration.repositories import shim


@pytest.fixture
def place(mkit: Mkit, tmp_path: Path) -> Field:
    return Field(mkit, tmp_path)


def conflicted(place: Field) -> str:
    place.author.commit("a: one", a__c=text(n9="mine();"))
    topic = place.post(f"{place.begin}..master")
    place.work.commit("a: meanwhile", a__c=text(n9="theirs();"))
    return topic


def test_two_repositories_with_one_name_for_a_branch(
    place: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the one that is named, or in which the user is."""
    topic = conflicted(place)
    here, other = place.work.path, place.base / "other"
    shutil.copytree(here, other)
    for each in (here, other):
        words = ("--onto", "master", "--repo", each)
        place.mkit.run("apply", topic, "--to", "fixes", *words, code=1)
    refused = place.mkit.run("apply", "--abort", "--to", "fixes", code=1).stderr
    assert f"fixes in {here}" in refused and f"fixes in {other}" in refused
    assert "--repo DIR" in refused
    place.mkit.run("apply", "--abort", "--to", "fixes", "--repo", other)
    (left,) = place.mkit.json("apply", "--status")["under_way"]
    assert left["repository"] == str(here)
    again = place.mkit.run("apply", "--abort", "--repo", other, code=1)
    assert "no patches are being applied" in again.stderr
    place.mkit.run("apply", topic, "--to", "fixes", "--onto", "master", "--repo", other, code=1)
    monkeypatch.chdir(here)
    replace(place.mkit, quick=False).run("apply", "--abort", "--to", "fixes")
    (left,) = place.mkit.json("apply", "--status")["under_way"]
    assert left["repository"] == str(other)


def test_given_up_when_the_branch_is_there_meanwhile(place: Field) -> None:
    topic = conflicted(place)
    for said in ("nothing was changed", "fixes was moved meanwhile"):
        place.apply(topic, "--to", "fixes", "--onto", "master", code=1)
        if "moved" in said:
            place.work.git("branch", "fixes", "master")
        assert place.step("--abort").stderr == f"forgotten; {said}\n"


def test_what_fails_leaves_nothing_and_what_waits_is_not_tried_dry(place: Field) -> None:
    topic = conflicted(place)
    path = shim(place.base / "bin", "update-ref --create-reflog", "exit 1")
    broken = replace(place.mkit.having(PATH=path), quick=False)
    words = ("apply", topic, "--to", "fixes", "--repo", place.work.path)
    assert "no branch was moved" in broken.run(*words, "--onto", place.begin, code=1).stderr
    assert place.leftovers() == []
    place.mkit.run(*words, "--onto", "master", code=1)
    kept = place.leftovers()
    assert "--dry-run" in place.mkit.run("apply", "--continue", "--dry-run", code=2).stderr
    assert len(kept) == 1 and place.leftovers() == kept
