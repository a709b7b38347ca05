# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes into the queue, over a real home; the page in docs/ is tried line by line."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.build import BO, ROBIN, mail, patch, posting
from tests.cli import schemas
from tests.integration.driver import CONFIG, ROOT, Mkit

PAGE = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
SETTINGS, SHOWN = (one.splitlines() for one in re.findall(r"```\n(.*?)\n```", PAGE, re.DOTALL))
NOISE = "Noise <noise@noise.example>"


@pytest.fixture
def filled(mkit: Mkit) -> Mkit:
    """Patches on the list, to me in person, and of somebody who is not wanted."""
    for line in SETTINGS:
        words = shlex.split(line)
        assert words[:4] == ["git", "config", "--global", "--add"]
        argv = ["git", "config", "--file", str(mkit.home / "config"), *words[3:]]
        assert mkit.program(argv).code == 0
    mkit.bring(
        *posting("foo", 1),
        patch("[PATCH] mend the door", message_id="door@x.example", to=ROBIN, sender=BO),
        patch("[PATCH] a better wheel", message_id="noise@x.example", sender=NOISE),
        patch(
            "[PATCH] to the right place",
            message_id="right@x.example",
            sender=BO,
            to="robin+patches@lumen.example",
        ),
        mail("[BUG] oops", "It does.\n", message_id="bug@x.example", to=ROBIN),
    )
    return mkit


def test_the_page(filled: Mkit) -> None:
    found = {one["message_id"]: one["ignored"] for one in filled.json("list", "--all")["topics"]}
    assert found.pop("foo-v1-0@made.example") == ""
    assert found == {
        "door@x.example": "built-in rule: a patch that went to no list",
        "noise@x.example": "rule 3: ignore from=@noise.example",
        "right@x.example": "",
        "bug@x.example": "rule 4: ignore list=none kind=report",
    }
    command, line = SHOWN
    argv = [word.replace("noise", "noise@x.example") for word in shlex.split(command)[2:]]
    assert line in filled.run(*argv).stdout.splitlines()


def test_what_is_kept_out_is_told_and_listed(filled: Mkit) -> None:
    queue = filled.run("list").stdout
    assert queue.endswith("\n3 topics kept out of the queue: mkit list --ignored\n")
    assert "kept out" not in filled.run("list", "--turn", "me").stdout
    listed = filled.json("list", "--ignored")
    schemas.check(listed, "list")
    assert len(listed["topics"]) == 3
    assert {one["turn"] for one in listed["topics"]} == {"nobody"}
    assert filled.run("list", "--ignored", "--count").stdout == "3\n"
    assert filled.run("list", "--count").stdout == filled.run("list", "--count", "mkit:open").stdout
    assert "1 topic of patches that went to no list" in filled.run("doctor").stdout


def test_a_watched_topic_comes_in(filled: Mkit) -> None:
    filled.run("watch", "door@x.example")
    assert filled.run("list", "--ignored", "--count").stdout == "2\n"
    filled.run("undo")
    assert filled.run("list", "--ignored", "--count").stdout == "3\n"


def test_nothing_is_kept_out(mkit: Mkit) -> None:
    mkit.bring(*posting("foo", 1))
    assert mkit.run("list", "--ignored").stdout == "No rule keeps anything out of the queue.\n"
    assert "kept out" not in mkit.run("list").stdout


def test_a_rule_that_means_nothing(mkit: Mkit) -> None:
    mkit.configure("[mkit]\n\tintake = ignore lst=none\n")
    done = mkit.run("list", code=1)
    assert "mkit.intake is 'ignore lst=none', which has lst=" in done.stderr
    assert "did you mean list=?" in done.stderr


def test_a_list_that_maintainers_names(mkit: Mkit) -> None:
    tree = mkit.base / "tree"
    mkit.program(["git", "init", "--quiet", str(tree)])
    (tree / "MAINTAINERS").write_text("DOORS\nL:\tdoors@hinge.example\nF:\t*\n", encoding="utf-8")
    mkit.configure(f"{CONFIG}\trepository = {tree}\n")
    mkit.bring(
        patch("[PATCH] mend it", message_id="door@x.example", to="doors@hinge.example"),
        patch("[PATCH] oil it", message_id="oil@x.example", to=ROBIN, sender=BO),
    )
    found = {one["message_id"]: one["ignored"] for one in mkit.json("list", "--all")["topics"]}
    assert [bool(found[one]) for one in ("door@x.example", "oil@x.example")] == [False, True]
