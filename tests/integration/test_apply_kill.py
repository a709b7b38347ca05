# SPDX-License-Identifier: GPL-2.0-or-later
"""``apply``, killed wherever it calls git, or out of room: the repository is as it was or has all,
and it can be gone on with."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

import pytest

from tests.integration.applied import Field, text
from tests.integration.driver import Mkit
from tests.integration.places import fill_up, small_disk
from tests.integration.repositories import shim

_KILL = "[ -e {0} ] || {{ : > {0}; kill -9 $PPID; exit 1; }}"


@pytest.fixture
def place(mkit: Mkit, tmp_path: Path) -> Field:
    return Field(mkit, tmp_path)


def killed_at(place: Field, verb: str, *words: str | Path) -> None:
    """Run mkit, and kill it, not git, before it runs this verb of git."""
    marker = place.base / "killed"
    marker.unlink(missing_ok=True)
    path = shim(place.base / "bin", verb, _KILL.format(marker))
    with place.mkit.having(PATH=path).start(*words) as process:
        process.communicate(timeout=100)
    assert (process.returncode, marker.exists()) == (-9, True)


def series(place: Field) -> str:
    place.author.commit("a: one", a__c=text(n3="x();"))
    place.author.commit("b: two", b__c=text(n3="x();"))
    return f"{place.begin}..master"


@pytest.mark.parametrize(
    "verb",
    ["init", "worktree add", "read-tree", "am", "rev-list", "pack-objects", "unpack-objects",
     "update-ref --create-reflog"],
)  # fmt: skip
def test_killed_and_gone_on_with(place: Field, verb: str) -> None:
    span = series(place)
    topic = place.post(span)
    before = place.work.git("for-each-ref")
    words = ("apply", topic, "--to", "fixes", "--repo", place.work.path)
    killed_at(place, verb, *words)
    assert place.work.git("for-each-ref") == before
    assert place.work.git("status", "--porcelain") == ""
    assert "fixes of" in place.step("--status").stdout
    assert "already" in place.apply(topic, "--to", "fixes", code=1).stderr
    place.step("--continue")
    assert place.our_trees("master..fixes") == place.trees(span)
    assert place.leftovers() == []


@pytest.mark.parametrize("verb", ["add --update", "commit", "am", "pack-objects"])
def test_what_a_person_did_is_not_lost(place: Field, verb: str) -> None:
    place.author.commit("a: one", a__c=text(n9="mine();"))
    place.author.commit("b: two", b__c=text(n3="x();"))
    topic = place.post(f"{place.begin}..master")
    place.work.commit("a: meanwhile", a__c=text(n9="theirs();"))
    said = place.applied(topic, "--to", "fixes", "--onto", "master", code=1)
    (Path(said["stopped"]["tree"]) / "a.c").write_text(text(n9="both();"))
    killed_at(place, verb, "apply", "--continue")
    assert place.work.git("branch", "--list", "fixes") == ""
    place.step("--continue")
    assert place.show("fixes:a.c") == text(n9="both();").strip()
    assert place.show("fixes:b.c") == text(n3="x();").strip()


def test_killed_once_the_branch_has_moved(place: Field) -> None:
    """What is left is to be noted: it is no failure, and giving up is no way back."""
    place.author.commit("a: one", a__c=text(n9="mine();"))
    topic = place.post(f"{place.begin}..master")
    place.work.commit("a: meanwhile", a__c=text(n9="theirs();"))
    said = place.applied(topic, "--to", "fixes", "--onto", "master", code=1)
    (Path(said["stopped"]["tree"]) / "a.c").write_text(text(n9="both();"))
    path = shim(place.base / "bin", "update-ref --create-reflog", 'git "$@"; kill -9 $PPID')
    with place.mkit.having(PATH=path).start("apply", "--continue") as process:
        process.communicate(timeout=100)
    new = place.work.git("rev-parse", "fixes")
    place.work.git("switch", "--quiet", "fixes")
    assert "fixes has all of it already" in place.step("--abort", code=1).stderr
    place.step("--continue")
    assert (place.work.git("rev-parse", "fixes"), place.leftovers()) == (new, [])
    assert "both();" in place.step("--range-diff").stdout


@pytest.mark.parametrize("field", ["guesses", "patches"])
def test_a_state_that_cannot_be_understood(place: Field, field: str) -> None:
    """It is no absence: what a person did in the tree stays. Fields of later versions have a
    default."""
    place.author.commit("a: one", a__c=text(n9="mine();"))
    topic = place.post(f"{place.begin}..master")
    place.work.commit("a: meanwhile", a__c=text(n9="theirs();"))
    words = (topic, "--to", "fixes", "--onto", "master")
    said = place.applied(*words, code=1)
    mended = Path(said["stopped"]["tree"]) / "a.c"
    mended.write_text(text(n9="both();"))
    (state,) = (place.mkit.home / "applying").glob("*/application.json")
    told = json.loads(state.read_text())
    del told[field]
    state.write_text(json.dumps(told))
    if field == "guesses":
        place.step("--continue")
        assert place.show("fixes:a.c") == text(n9="both();").strip()
        return
    for done in (
        place.step("--status", code=1),
        place.step("--continue", code=1),
        place.step("--abort", code=1),
        place.apply(*words, code=1),
    ):
        assert f"{state} cannot be understood" in done.stderr
    assert mended.read_text() == text(n9="both();")
    place.apply(topic, "--to", "others", "--onto", place.begin)
    state.parent.rename(place.base / "away")
    place.apply(*words, code=1)


@pytest.mark.parametrize("leave", [0, 100_000, 900_000, 1_500_000, 2_000_000, 2_500_000])
def test_a_disk_without_room(mkit: Mkit, tmp_path: Path, leave: int) -> None:
    """Wherever room ends: the patch alone has 600 kB, and is written more than once."""
    with small_disk(tmp_path / "disk", "16m") as disk:
        place = Field(mkit.having(MKIT_HOME=str(disk / "mkit")).configure(), tmp_path)
        noise = Random(1).randbytes(200_000).hex()
        big = "".join(f"{noise[at : at + 60]}\n" for at in range(0, len(noise), 60))
        place.author.commit("big: add", big__c=big)
        topic = place.post(f"{place.begin}..master")
        before = place.work.fingerprint()
        filler = fill_up(disk, leave)
        words = ("--repo", str(place.work.path), "--no-sync")
        done = place.mkit.end_of("apply", topic, "--to", "fixes", *words)
        if done.code:
            assert (done.code, place.work.fingerprint()) == (1, before)
            assert "no space left" in done.stderr.lower(), done.stderr
            filler.unlink()
            if place.step("--status").stdout.startswith("fixes"):
                place.step("--continue")
            else:
                place.apply(topic, "--to", "fixes")
        assert place.our_trees("master..fixes") == place.trees(f"{place.begin}..master")


def test_two_at_the_same_branch(place: Field) -> None:
    """The second is told to wait; it does not spoil the first."""
    span = series(place)
    topic = place.post(span)
    here, on = place.base / "here", place.base / "on"
    os.mkfifo(here)
    os.mkfifo(on)
    path = shim(place.base / "bin", " pack-objects", f"echo > {here}; cat {on}")
    words = ("apply", topic, "--to", "fixes", "--repo", place.work.path)
    with place.mkit.having(PATH=path).start(*words) as process:
        here.read_bytes()
        done = place.apply(topic, "--to", "fixes", code=1)
        on.write_bytes(b"")
        process.communicate(timeout=100)
    assert "another mkit applies patches to this branch" in done.stderr
    assert process.returncode == 0
    assert place.our_trees("master..fixes") == place.trees(span)
