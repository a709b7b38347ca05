# SPDX-License-Identifier: GPL-2.0-or-later
"""How each end looks: 0 done, 1 refused, 2 usage, 3 a bug, 130 ^C; one line and a next step."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.build import part_id, posting
from tests.integration.driver import Mkit


@pytest.mark.parametrize(
    ("verb", "names"),
    [
        ("show nosuch", "nosuch"),
        ("show no@such.example", "no@such.example"),
        ("show https://lore.kernel.org/all/no@such.example/", "no@such.example"),
        ("state accepted no@such.example", "no@such.example"),
        ("state acepted no@such.example", "acepted"),
        ("state superseded no@such.example", "superseded"),
        ("state accepted --query from:nobody", "from:nobody"),
        ("list --state acepted", "acepted"),
        ("archive nosuch", "nosuch"),
        ("log nosuch", "nosuch"),
        ("undo", "undo"),
        ("redo", "redo"),
    ],
)
def test_a_refusal_is_one_line_and_a_next_step(mkit: Mkit, verb: str, names: str) -> None:
    done = mkit.run(*verb.split(), code=1)
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith("mkit: ")
    assert names in first
    assert second.startswith("try: ")


@pytest.mark.parametrize(
    "verb",
    [
        "nosuchverb",
        "lsit",
        "show",
        "show a b",
        "state",
        "state accepted",
        "import",
        "import /no/such/file",
        "list --turn nobodys",
        "list --nosuchoption",
        "backup",
        "restore /no/such/file",
        "search",
    ],
)
def test_wrong_usage_is_two(mkit: Mkit, verb: str) -> None:
    done = mkit.run(*verb.split(), code=2)
    assert done.stdout == ""
    assert "Usage: mkit" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_word_brings_the_one_that_was_meant(mkit: Mkit) -> None:
    assert "list" in mkit.run("lsit", code=2).stderr
    assert "accepted" in mkit.run("state", "acepted", "x@y.z", code=1).stderr.splitlines()[1]
    mkit.bring(*posting("s", 1))
    topic_id = mkit.topics()[0]["id"]
    wrong = topic_id[:-1] + ("a" if topic_id[-1] != "a" else "b")
    assert topic_id in mkit.run("show", wrong, code=1).stderr


def test_a_state_may_be_written_as_people_do(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    mkit.run("state", "Under_Review", part_id("s", 0))
    assert mkit.topic(part_id("s", 0))["state"] == "under-review"


def test_nothing_is_half_done_when_one_target_is_wrong(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    before = mkit.export()
    mkit.run("state", "accepted", part_id("s", 0), "no@such.example", code=1)
    assert mkit.export() == before
    assert mkit.json("log")["log"] == []


def test_a_bug_is_three_with_the_path_of_its_log(mkit: Mkit) -> None:
    """A library that breaks its promises stands for a bug: none of ours is known."""
    broken = mkit.base / "broken"
    broken.mkdir()
    (broken / "notmuch2.py").write_text("raise RuntimeError('out of tune')\n", encoding="utf-8")
    there = mkit.having(PYTHONPATH=f"{broken}:{mkit.env['PYTHONPATH']}")
    done = there.run("list", code=3)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    first, second = done.stderr.splitlines()
    assert "out of tune" in first
    log = mkit.home / "bugs.log"
    assert str(log) in second
    assert "Traceback" in log.read_text(encoding="utf-8")


def wait_for_reader(fifo: Path) -> int:
    """Open a pipe for writing once somebody reads it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise AssertionError("nobody reads")


def test_an_interrupt_is_130_and_leaves_what_was_done(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    before = mkit.export()
    fifo = mkit.base / "mbox"
    os.mkfifo(fifo)
    running = mkit.start("import", fifo)
    pipe = wait_for_reader(fifo)
    try:
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    finally:
        os.close(pipe)
    assert running.returncode == 130
    assert out == ""
    assert err.strip().startswith("mkit: stopped")
    assert "Traceback" not in err
    assert mkit.export() == before


def test_an_interrupt_while_it_waits_for_another_mkit(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    fifo = mkit.base / "mbox"
    os.mkfifo(fifo)
    first = mkit.start("import", fifo)
    pipe = wait_for_reader(fifo)
    second = mkit.start("sync")
    try:
        time.sleep(1)
        assert second.poll() is None, "it waits for the first"
        second.send_signal(signal.SIGINT)
        assert second.wait(timeout=30) == 130
    finally:
        for one in (second, first):
            one.kill()
            one.communicate()
        os.close(pipe)


def test_targets_from_standard_input(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1), *posting("t", 1), *posting("u", 1))
    listed = f"{part_id('s', 0)}\n\n  <{part_id('t', 1)}>  \n"
    done = mkit.run("state", "accepted", "-", stdin=listed)
    assert "2 topics" in done.stdout
    assert {one["state"] for one in mkit.topics()} == {"accepted", "new"}
    mkit.run("undo")
    assert {one["state"] for one in mkit.topics()} == {"new"}
    mkit.run("state", "accepted", "-", stdin="", code=2)


@pytest.mark.parametrize(
    "form",
    [
        "{id}",
        "<{id}>",
        "https://lore.kernel.org/all/{id}/",
        "https://lore.kernel.org/r/{id}",
        "https://lore.kernel.org/linux-kernel/{id}/T/#u",
        "http://lore.kernel.org/linux-kernel/{id}/#t",
    ],
)
def test_what_names_a_mail(sample_series: Mkit, form: str) -> None:
    target = form.format(id=part_id("named", 2))
    assert sample_series.topic(target)["message_id"] == part_id("named", 0)


@pytest.fixture(scope="module")
def sample_series(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    made = Mkit(tmp_path_factory.mktemp("named"), quick=False).configure()
    made.bring(*posting("named", 3))
    return made


def test_what_a_decision_on_each_kind_of_target_is_about(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2), *posting("s", 2, revision=2, minutes=3000))
    topic_id = mkit.topics()[0]["id"]
    newest = {part_id("s", 1, 2), part_id("s", 2, 2)}
    table = {
        topic_id: newest,
        topic_id[:5]: newest,
        part_id("s", 0, 2): newest,
        part_id("s", 2, 2): {part_id("s", 2, 2)},
    }
    for target, about in table.items():
        events = mkit.json("state", "rfc", target)["events"]
        assert {one["message_id"] for one in events} == about, target
        mkit.run("undo")


def test_programs_that_are_missing_are_named(mkit: Mkit) -> None:
    bare = mkit.base / "bin"
    bare.mkdir()
    git = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
    (bare / "git").symlink_to(git.stdout.strip())
    done = mkit.having(PATH=str(bare)).run("list", code=1)
    assert "notmuch" in done.stderr.splitlines()[0]
    assert "install notmuch" in done.stderr
    (bare / "git").unlink()
    done = mkit.having(PATH=str(bare)).run("list", code=1)
    assert "git" in done.stderr.splitlines()[0]


def test_a_clock_that_is_none_is_named(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    done = mkit.having(MKIT_NOW="noon").run("list", code=1)
    assert "MKIT_NOW" in done.stderr.splitlines()[0]
