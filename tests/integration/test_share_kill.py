# SPDX-License-Identifier: GPL-2.0-or-later
"""kill -9 before and after each step of sharing; the next start is right, each time."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.build import part_id
from tests.integration.driver import Mkit
from tests.integration.repositories import shim
from tests.integration.sharing import PATCHES, Hub, name_of, said

BAR = part_id("bar", 1)
# What changes anything: our commit, what is fetched, what is accepted (after the journal has it),
# what is published; and the note of that, below.
STEPS = ["init", "config --replace-all", "fast-import", "fetch", "update-ref --stdin", "push"]
BEFORE, AFTER = "kill -9 $PPID; exit 1", 'git "$@"; kill -9 $PPID; exit 1'
SCRIPTS = {"before": BEFORE, "after": AFTER}
NOTED = "update-ref", "refs/mkit/fetched/"
"""The last step is told from another one by its words only."""


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(hub: Hub, step: str, moment: str) -> None:
    one, two = both(hub)
    kill(hub, one, step, SCRIPTS[moment])
    settled(hub, one, two)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_the_last_step(hub: Hub, moment: str) -> None:
    one, two = both(hub)
    verb, words = NOTED
    kill(hub, one, verb, f'case "$*" in *{words}*) {SCRIPTS[moment]};; esac')
    settled(hub, one, two)


def both(hub: Hub) -> tuple[Mkit, Mkit]:
    """One has decided, two has published what it decided."""
    one, two = hub.home("one"), hub.home("two")
    two.run("state", "rejected", PATCHES[0])
    two.run("share", hub.path)
    one.run("state", "accepted", BAR)
    return one, two


def kill(hub: Hub, one: Mkit, verb: str, script: str) -> None:
    """Share, killed where a script is run at a verb of git."""
    path = shim(hub.base / "shim", verb, script)
    done = one.having(PATH=path).end_of("share", str(hub.path))
    assert done.code == -signal.SIGKILL, (done.code, done.stderr)


def settled(hub: Hub, one: Mkit, two: Mkit) -> None:
    """At the next start both know both decisions, and each was published once, by its decider."""
    one.run("share", hub.path)
    two.run("share")
    assert said(one) == said(two)
    assert len(said(one)["log"]) == 2
    assert len(hub.refs()) == 2
    for home, patch in ((one, BAR), (two, PATCHES[0])):
        text = hub.git("show", f"refs/mkit/journal/{name_of(home)}:000001.jsonl")
        (group,) = (json.loads(line) for line in text.splitlines())
        assert [event["message_id"] for event in group["events"]] == [patch]
    for home in (one, two):
        assert home.json("share")["published"] == 0
        lines = (home.home / "journal.jsonl").read_text(encoding="utf-8").splitlines()
        assert len([each for each in lines if '"group"' in each]) == 2


def test_a_torn_append_of_what_came_in(hub: Hub) -> None:
    """The power goes out within the one write that takes over all."""
    one, two = hub.home("one"), hub.home("two")
    for state in ("accepted", "rejected", "under-review"):
        two.run("state", state, *PATCHES)
    two.run("share", hub.path)
    path = shim(hub.base / "shim", "update-ref --stdin", BEFORE)
    done = one.having(PATH=path).end_of("share", str(hub.path))
    assert done.code == -signal.SIGKILL
    journal = one.home / "journal.jsonl"
    whole = journal.read_bytes()
    assert whole.count(b"\n") == 3
    os.truncate(journal, len(whole) * 2 // 3)
    one.run("share", hub.path)
    assert said(one) == said(two)
    assert journal.read_bytes().count(b'"group"') == 3


def test_locks_that_a_killed_git_has_left(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("share", hub.path)
    one.run("state", "accepted", BAR)
    own = one.home / "share.git"
    (own / "refs" / "mkit" / "journal").mkdir(parents=True, exist_ok=True)
    left = [
        own / "packed-refs.lock",
        own / "config.lock",
        own / "objects" / "maintenance.lock",
        own / "refs" / "mkit" / "journal" / f"{name_of(one)}.lock",
    ]
    for lock in left:
        lock.write_bytes(b"")
    assert one.json("share")["published"] == 1
    assert not [lock for lock in left if lock.exists()]
    assert two.json("share", hub.path)["received"] == {name_of(one): 1}


@pytest.mark.parametrize("content", ["", "no name\n", "x" * 5000])
def test_a_name_that_cannot_be_read_is_made_anew(hub: Hub, content: str) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("state", "accepted", BAR)
    one.run("share", hub.path)
    old = name_of(one)
    (one.home / "machine").write_text(content)
    one.run("state", "rejected", PATCHES[0])
    one.run("share")
    assert name_of(one) != old
    two.run("share", hub.path)
    assert said(one) == said(two)
    assert len(hub.refs()) == 2
    assert hub.published().count('+{"group"') == 2


def test_a_repository_of_ours_that_is_damaged_or_gone(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("state", "accepted", BAR)
    one.run("share", hub.path)
    own = one.home / "share.git"
    (ref,) = (own / "refs" / "mkit" / "journal").iterdir()
    ref.write_text("0123456789" * 4 + "\n")
    done = one.run("share", code=1)
    assert f"rm -r {own}" in done.stderr
    shutil.rmtree(own)
    one.run("state", "rejected", PATCHES[0])
    told = one.json("share", hub.path)
    assert (told["published"], told["received"]) == (1, {})
    two.run("share", hub.path)
    assert said(one) == said(two)
    assert hub.published().count('+{"group"') == 2
