# SPDX-License-Identifier: GPL-2.0-or-later
"""Two and three homes and a bare repository: decided on all, shared in any order, equal at the
end."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.build import part_id
from tests.cli import schemas
from tests.integration.driver import Mkit
from tests.integration.sharing import PATCHES, Hub, name_of, said

BAR = part_id("bar", 1)
LATER = "2030-01-01T00:00:00Z"


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path)


@pytest.mark.parametrize("seed", range(3))
def test_three_homes_in_any_order(hub: Hub, seed: int) -> None:
    chance = random.Random(seed)
    homes = [hub.home(name) for name in ("one", "two", "three")]
    for home in homes:
        home.run("share", hub.path)
    for _ in range(12):
        home = chance.choice(homes)
        act = chance.choice(["accepted", "rejected", "under-review", "undo", "share", "share"])
        if act == "undo":
            home.end_of("undo")
        elif act == "share":
            home.run("share")
        else:
            home.run("state", act, chance.choice([*PATCHES, BAR]))
    for home in (*homes, *homes):
        home.run("share")
    told = [said(home) for home in homes]
    assert told[0] == told[1] == told[2]
    assert told[0]["log"]
    assert len(hub.refs()) <= 3
    for home in homes:
        before = home.export()
        home.run("rebuild")
        assert home.export() == before


def test_a_conflict_is_told_on_both_sides_and_in_the_log(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("state", "accepted", PATCHES[1])
    two.having(MKIT_NOW=LATER).run("state", "rejected", PATCHES[1])
    first = one.json("share", hub.path)
    schemas.check(first, "share")
    assert (first["published"], first["received"], first["conflicts"]) == (1, {}, [])
    late = two.having(MKIT_NOW=LATER)
    told = late.run("share", hub.path).stdout
    assert "accepted on" in told and "rejected here 00:00" in told and "rejected holds" in told
    assert " v1 2/2: " in told
    back = one.having(MKIT_NOW=LATER).json("share")
    schemas.check(back, "share")
    (conflict,) = back["conflicts"]
    assert conflict["there"]["machine"] == name_of(two)
    assert conflict["holds"] == conflict["there"]["value"] == "rejected"
    assert said(one) == said(two)
    assert [group["events"][0]["value"] for group in one.json("log", BAR)["log"]] == []
    values = [group["events"][0]["value"] for group in one.json("log", PATCHES[1])["log"]]
    assert values == ["accepted", "rejected"]
    assert "mkit/rejected" in one.tags(PATCHES[1])


def test_a_tag_of_another_client_is_shared_too(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("state", "under-review", BAR)
    one.notmuch("tag", "-mkit/under-review", "+mkit/accepted", f"id:{BAR}")
    one.run("share", hub.path)
    two.run("share", hub.path)
    assert "mkit/accepted" in two.tags(BAR)
    two.notmuch("tag", "-mkit/accepted", "+mkit/rejected", f"id:{BAR}")
    two.run("share")
    one.run("share")
    assert said(one) == said(two)
    assert "mkit/rejected" in one.tags(BAR)


def test_offline_everything_waits_and_nothing_is_lost(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("share", hub.path)
    away = hub.path.rename(hub.base / "away.git")
    one.run("state", "accepted", BAR)
    done = one.run("share", code=1)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2, done.stderr
    assert done.stderr.splitlines()[1].startswith("try: ")
    assert one.json("share", code=1)["error"]["hint"]
    tip = one.program(["git", "-C", str(one.home / "share.git"), "for-each-ref"]).stdout
    assert f"refs/mkit/journal/{name_of(one)}" in tip
    away.rename(hub.path)
    assert one.json("share")["published"] == 1
    assert two.json("share", hub.path)["received"] == {name_of(one): 1}
    assert said(one) == said(two)


def test_a_copied_home_is_noticed_and_nothing_is_lost(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("state", "accepted", PATCHES[0])
    one.run("share", hub.path)
    shutil.copytree(one.base, hub.base / "copy")
    copy = Mkit(hub.base / "copy")
    copy.run("state", "rejected", BAR)
    one.run("state", "under-review", PATCHES[1])
    old = name_of(one)
    assert copy.json("share")["formerly"] is None
    told = one.run("share").stdout
    assert f"{old} is in use elsewhere" in told
    assert name_of(one) != old == name_of(copy)
    for home in (two, copy):
        home.run("share", hub.path)
    logs = [said(home)["log"] for home in (one, two, copy)]
    assert logs[0] == logs[1] == logs[2]
    assert len(logs[0]) == 3
    assert one.json("share")["published"] == 0


def test_a_restored_home_gets_its_decisions_back(hub: Hub) -> None:
    one = hub.home("one")
    one.run("share", hub.path)
    shutil.copytree(one.home, hub.base / "backup")
    one.run("state", "accepted", BAR)
    one.run("share")
    shutil.rmtree(one.home)
    shutil.move(hub.base / "backup", one.home)
    told = one.json("share")
    assert (told["formerly"] is None, sum(told["received"].values())) == (False, 1)
    assert "mkit/accepted" in one.tags(BAR)


def test_confidential_topics_are_not_published(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    (one.home / "config").write_text(
        (one.home / "config").read_text() + "\tconfidential = nothing@lists.lumen.example\n"
    )
    one.run("state", "accepted", PATCHES[0], "--why", "seen by all")
    one.run("share", hub.path)
    (one.home / "config").write_text(
        (one.home / "config").read_text() + "\tconfidential = pebblefs@lists.lumen.example\n"
    )
    one.run("state", "rejected", PATCHES[0], "--why", "for nobody's eyes")
    one.run("undo")
    told = one.run("share").stdout
    assert "2 decisions about confidential topics stay here" in told
    assert "for nobody's eyes" not in hub.published()
    assert "seen by all" in hub.published(), "what was published stays there"
    two.run("share", hub.path)
    assert len(two.json("log")["log"]) == 1


def test_what_becomes_confidential_is_not_published_any_more(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("state", "under-review", *PATCHES)
    one.run("share", hub.path)
    one.run("confidential", PATCHES[0], "--why", "embargoed")
    one.run("state", "accepted", *PATCHES)
    one.run("state", "accepted", BAR)
    told = one.json("share")
    assert (told["published"], told["confidential"]) == (1, 2)
    assert two.json("share", hub.path)["received"] == {name_of(one): 2}
    assert "embargoed" not in hub.published()
    assert "mkit/under-review" in two.tags(PATCHES[0])
    one.run("confidential", "--off", PATCHES[0])
    assert one.json("share")["confidential"] == 0
    two.run("share")
    assert said(one) == said(two)


def test_two_at_once_in_a_home_and_two_homes_at_once(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    for home in (one, two):
        home.run("share", hub.path)
        home.run("state", "accepted", BAR)
    running = [home.start("share") for home in (one, two, one, two)]
    for process in running:
        out, err = process.communicate(timeout=100)
        assert process.returncode == 0, (out, err)
    for home in (one, two):
        home.run("share")
    assert said(one) == said(two)
    assert len(said(one)["log"]) == 2


def test_a_push_that_races_is_tried_again(hub: Hub) -> None:
    """The server refuses once, as it does where somebody else holds the ref's lock."""
    one = hub.home("one")
    mark = hub.base / "refused"
    hook = hub.path / "hooks" / "update"
    hook.write_text(
        f'#!/bin/sh\ntest -e "{mark}" && exit 0\ntouch "{mark}"\n'
        'touch "$GIT_DIR/$1.lock"; (sleep 1; rm "$GIT_DIR/$1.lock") >/dev/null 2>&1 &\n'
    )
    hook.chmod(0o755)
    one.run("state", "accepted", BAR)
    assert one.json("share", hub.path)["published"] == 1
    assert mark.exists()
    assert len(hub.refs()) == 1


def test_a_server_that_refuses_for_good_is_told(hub: Hub) -> None:
    one = hub.home("one")
    hook = hub.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'not today' >&2\nexit 1\n")
    hook.chmod(0o755)
    one.run("state", "accepted", BAR)
    done = one.run("share", hub.path, code=1)
    assert "hook declined" in done.stderr
    hook.unlink()
    assert one.json("share")["published"] == 1


def test_in_the_users_own_repository(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    work = hub.base / "dotfiles"
    one.program(["git", "clone", "--quiet", str(hub.path), str(work)])
    config = one.home / "config"
    config.write_text(config.read_text() + f"\tshare = {work}\n")
    one.run("state", "accepted", BAR)
    assert one.json("share")["remote"] == "origin"
    assert two.json("share", hub.path)["received"] == {name_of(one): 1}
    assert not (one.home / "share.git").exists()
    config.write_text(config.read_text() + f"\tshare = {hub.base}/nowhere\n")
    assert "no git repository" in one.run("share", code=1).stderr


def test_a_home_inside_a_work_tree_does_not_touch_it(hub: Hub) -> None:
    one = hub.home("one")
    one.program(["git", "init", "--quiet", str(one.base)])
    (one.home / "share.git").mkdir()
    done = one.run("share", hub.path, code=1)
    assert "rm -r" in done.stderr
    told = one.program(["git", "-C", str(one.base), "config", "--local", "--list"]).stdout
    assert "mkit" not in told
    (one.home / "share.git").rmdir()
    one.run("share", hub.path)


def test_many_decisions_become_segments(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    one.run("state", "accepted", BAR)
    line = (one.home / "journal.jsonl").read_text().splitlines()[0]
    group = line.split('"')[3]
    made = "".join(line.replace(group, f"{at:032x}") + "\n" for at in range(2500))
    with (one.home / "journal.jsonl").open("a") as journal:
        journal.write(made)
    one.run("share", hub.path)
    ref = f"refs/mkit/journal/{name_of(one)}"
    assert hub.git("ls-tree", "--name-only", ref).split() == [f"{at:06}.jsonl" for at in (1, 2, 3)]
    full = hub.git("rev-parse", f"{ref}:000002.jsonl")
    one.run("state", "rejected", BAR)
    one.run("share")
    assert hub.git("rev-parse", f"{ref}:000002.jsonl") == full
    assert two.json("share", hub.path)["received"] == {name_of(one): 2502}
    assert said(one) == said(two)
