# SPDX-License-Identifier: GPL-2.0-or-later
"""Other clients of notmuch beside mkit, set up as docs/clients.md prints it: the states that they
show, and the keys in them that decide."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.build import part_id, posting
from tests.conftest import require_tool
from tests.integration.driver import ROOT, Json, Mkit, states
from tests.integration.terminal import on_terminal

PAGE = ROOT / "docs" / "clients.md"
ALL = [part_id("s", number) for number in (1, 2, 3)]
GREEN = re.compile(r"\x1b\[(?:\d+;)*(?:32|38;5;2|38;2;0;128;0)(?:;\d+)*m")
"""Green as a terminal is told: by its palette, or by its true colour."""


def printed_files() -> dict[str, str]:
    """The files that the page prints: path below the home, and text."""
    blocks = re.findall(r"^```\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    named = ((re.match(r"(?:#|;;) ~/(\S+)\n", block), block) for block in blocks)
    return {found[1]: block for found, block in named if found}


def set_up(robin: Mkit) -> None:
    """Write the files of the page, and put ``mkit`` on the path."""
    user = Path(robin.env["HOME"])
    for name, text in printed_files().items():
        path = user / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
    program = robin.base / "bin" / "mkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m maintainer_kit "$@"\n')
    program.chmod(0o755)


@pytest.fixture
def robin(tmp_path: Path) -> Mkit:
    """Robin's account with a series of three, in the place that the page speaks of."""
    made = Mkit(tmp_path)
    path = f"{tmp_path / 'bin'}:{made.env['PATH']}"
    home = tmp_path / "user" / ".local" / "share" / "mkit"
    made = made.having(MKIT_HOME=str(home), PATH=path).configure()
    set_up(made)
    made.bring(*posting("s", 3))
    return made


def decisions(robin: Mkit) -> list[Json]:
    """Groups in the order in which they were decided."""
    found = robin.json("log")["log"]
    assert isinstance(found, list)
    return found


def held(robin: Mkit) -> list[str]:
    """The state of each patch."""
    known = states(robin.topic(part_id("s", 0)))
    return [known[one] for one in ALL]


def step(text: str) -> int:
    """The number of the patch in the first row that shows one."""
    found = re.search(r"s: step (\d)", text)
    assert found, text
    return int(found[1])


def expect_one(robin: Mkit, number: int, state: str) -> None:
    """One patch was decided by a tag, and its undo is done."""
    tagged, undo = decisions(robin)
    assert (tagged["origin"], tagged["undone"]) == ("tag", True)
    event = {"kind": "state", "message_id": ALL[number - 1], "value": state}
    assert [{name: one[name] for name in event} for one in tagged["events"]] == [event]
    assert undo["undoes"] == tagged["group"]
    assert held(robin) == ["new"] * 3


def client(robin: Mkit, name: str) -> list[str]:
    """A client that can read notmuch's database; one without that counts as missing."""
    argv = [require_tool(name), "-v"]
    if "+notmuch" not in robin.program(argv).stdout:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} was built without notmuch, and CI must run every test")
        pytest.skip(f"{name} was built without notmuch")
    return argv[:1]


def test_a_key_in_neomutt_decides_and_an_undo_is_seen_there(robin: Mkit) -> None:
    with on_terminal(client(robin, "neomutt"), robin.env) as screen:
        number = step(screen.until("s: step 3", "new "))
        screen.press(",c")
        screen.until("changes ")
        screen.press(",u")
        screen.until("s: step 1", gone="changes ")
        screen.end_by("q")
    expect_one(robin, number, "changes-requested")


def test_a_key_in_neomutt_decides_about_a_series(robin: Mkit) -> None:
    with on_terminal(client(robin, "neomutt"), robin.env) as screen:
        screen.until("s: step 3", "new ")
        screen.press(",A")
        screen.until("accepted ", gone="new  ")
        screen.press(",s")
        # Reading a mail renames its file. A key that comes while mkit runs may be lost.
        screen.until("Reason", again=["Enter"])
        screen.end_by("q")
    assert robin.json("sync")["decisions"] == 0
    (group,) = decisions(robin)
    assert (group["origin"], len(group["events"])) == ("tag", 3)
    assert held(robin) == ["accepted"] * 3
    assert robin.indexed("tag:mkit/accepted") == set(ALL)


def test_neomutt_shows_what_mkit_decided(robin: Mkit) -> None:
    robin.run("state", "accepted", *ALL[:2])
    with on_terminal(client(robin, "neomutt"), robin.env) as screen:
        screen.until("s: step 3", gone="step 1")
        time.sleep(1.1)  # neomutt tells changes of the database by whole seconds
        robin.run("state", "changes-requested", ALL[2])
        screen.until("changes ", again=["j"])
        screen.press("X", "C-u", "accepted", "Enter")
        screen.until("step 1", "step 2", "accepted ", gone="step 3")
        # One of them is under the cursor, which has a colour of its own.
        assert any(GREEN.search(screen.row(f"step {number}")) for number in (1, 2))


def test_a_key_in_aerc_decides_and_an_undo_is_seen_there(robin: Mkit) -> None:
    with on_terminal(client(robin, "aerc"), robin.env) as screen:
        number = step(screen.until("s: step 1", "s: step 2", "s: step 3"))
        screen.press(",a")
        screen.until(gone=f"step {number}")
        screen.press(",u")
        screen.until(f"step {number}", again=["R"])
        screen.end_by("q")
    expect_one(robin, number, "accepted")


def test_marks_and_a_key_in_aerc_decide_about_a_series(robin: Mkit) -> None:
    with on_terminal(client(robin, "aerc"), robin.env) as screen:
        # aerc begins with a ``mkit sync`` of its own, which would find some of the tags.
        screen.until("s: step 1", "s: step 2", "s: step 3", gone="Checking")
        screen.press("v", "v", "v", ",a")
        screen.until("(no messages)")
        screen.end_by("q")
    assert robin.json("sync")["decisions"] == 3
    (group,) = decisions(robin)
    assert (group["origin"], len(group["events"])) == ("tag", 3)
    assert held(robin) == ["accepted"] * 3


def test_aerc_shows_what_mkit_decided(robin: Mkit) -> None:
    robin.run("state", "accepted", ALL[1])
    with on_terminal(client(robin, "aerc"), robin.env) as screen:
        screen.until("s: step 1", "s: step 3", gone="step 2")
        screen.press("J")
        screen.until("step 2", "mkit/accepted", gone="step 1")
        assert GREEN.search(screen.row("step 2"))
        robin.run("undo")
        screen.until(gone="step 2", again=["R"])
        screen.press("K")
        screen.until("step 1", "step 2", "step 3")


def emacs() -> list[str]:
    """Emacs with notmuch, which is too much to install for one test: also in CI it may lack."""
    found = shutil.which("emacs")
    if not found or not list(Path("/usr/share").glob("emacs/site-lisp/**/notmuch*")):
        pytest.skip("Emacs with notmuch is not installed")
    return [found, "-nw", "-f", "notmuch"]


def test_a_key_in_emacs_decides_and_an_undo_is_seen_there(robin: Mkit) -> None:
    with on_terminal(emacs(), robin.env) as screen:
        screen.until("3 open")
        screen.press("jo")
        screen.until("s: step 3", "mkit/new")
        screen.press("C-s", "step 2", "Enter")
        screen.press("kma")
        screen.until("accepted")
        robin.run("sync")
        robin.run("undo")
        screen.press("=")
        screen.until("s: step 2", gone="accepted")
    expect_one(robin, 2, "accepted")
