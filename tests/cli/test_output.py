# SPDX-License-Identifier: GPL-2.0-or-later
"""Output into pipes, closed pipes and terminals."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time

import pytest

from tests.integration.driver import SAMPLE, Mkit

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("args", ["list --all", "list --json", "export", "--help", "log", "config"])
def test_a_reader_that_has_seen_enough_is_no_error(sample: Mkit, args: str) -> None:
    """As in ``mkit list | head -1``: quiet, and no failure under ``set -o pipefail``."""
    reading, writing = os.pipe()
    os.close(reading)
    running = sample.start(*args.split(), stdout=writing)
    os.close(writing)
    _, err = running.communicate(timeout=60)
    assert err == ""
    assert running.returncode == 0


def test_head_gets_its_line(sample: Mkit) -> None:
    running = sample.start("list", "--all")
    assert running.stdout is not None
    assert running.stdout.readline().startswith("Your turn")
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == ""
    assert running.wait(timeout=60) == 0
    running.stderr.close()


def test_a_full_device_is_an_error(sample: Mkit) -> None:
    """Output that is lost must not look like success: backups are made of it."""
    with open("/dev/full", "w", encoding="utf-8") as full:
        running = sample.start("export", stdout=full)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "space" in err
    assert "Traceback" not in err


def on_terminal(mkit: Mkit, *args: str, columns: int = 120, **extra: str) -> str:
    """What a verb prints when all of its streams are a terminal."""
    master, slave = pty.openpty()
    env = {**mkit.env, "TERM": "xterm-256color", "COLUMNS": str(columns), **extra}
    running = subprocess.Popen(mkit.argv(*args), env=env, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    seen = bytearray()
    deadline = time.monotonic() + 60
    try:
        while time.monotonic() < deadline:
            ready, _, _ = select.select([master], [], [], 0.1)
            if ready:
                try:
                    data = os.read(master, 65536)
                except OSError:
                    break
                if not data:
                    break
                seen += data
    finally:
        os.close(master)
    assert running.wait(timeout=30) == 0, seen.decode()
    return seen.decode()


def test_progress_is_for_terminals_only(mkit: Mkit) -> None:
    mboxes = [str(path) for path in sorted(SAMPLE.glob("*.mbox"))]
    shown = on_terminal(mkit, "import", *mboxes)
    assert "import:" in shown
    assert re.search(r"\d+/s", shown)
    assert shown.splitlines()[-1].lstrip("\r").replace("\x1b[K", "").startswith("4")
    piped = mkit.run("import", *mboxes)
    assert piped.stderr == ""
    assert "\r" not in piped.stdout


def test_no_colour_where_none_is_wanted(sample: Mkit) -> None:
    for verb in (["list", "--all"], ["--help"], ["log"]):
        assert not _COLOUR.search(on_terminal(sample, *verb, NO_COLOR="1"))
        assert "\x1b" not in sample.run(*verb).stdout


@pytest.mark.parametrize("columns", [40, 80, 120, 250])
def test_lines_fit_the_terminal(sample: Mkit, columns: int) -> None:
    shown = on_terminal(sample, "list", "--all", columns=columns)
    lines = [line for line in _COLOUR.sub("", shown).splitlines() if line]
    narrow = max(columns, 70)
    assert max(map(width, lines)) <= narrow


def width(line: str) -> int:
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in line
    )


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "xx_XX.nonsense"])
def test_any_locale_will_do(sample: Mkit, locale: str) -> None:
    there = sample.having(LANG=locale, LC_ALL=locale)
    assert there.run("list", "--all").stdout == sample.run("list", "--all").stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_encoding_that_cannot_say_it_all_is_no_bug(sample: Mkit, encoding: str) -> None:
    there = sample.having(PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    for verb in (["list", "--all"], ["list", "--json"], ["export"]):
        done = there.end_of(*verb)
        assert done.code == 0, done.stderr


def test_times_are_relative_to_the_clock(sample: Mkit) -> None:
    now = sample.run("list", "--all").stdout
    later = sample.having(MKIT_NOW="2027-03-20T17:00:00Z").run("list", "--all").stdout
    assert re.search(r" \d+m ", now)
    assert not re.search(r" \d+[mh] ", later)
    # Only a deadline passes with time.
    rows, later_rows = (
        [row for row in mkit.json("list", "--all")["topics"] if row["deadline"] is None]
        for mkit in (sample, sample.having(MKIT_NOW="2027-03-20T17:00:00Z"))
    )
    assert rows == later_rows
