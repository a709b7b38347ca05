# SPDX-License-Identifier: GPL-2.0-or-later
"""A few rounds of bench/kill_loop.py: kill -9 at random moments, go on, nothing is different."""

from __future__ import annotations

import sys

import pytest

from tests.integration.driver import SAMPLE, Mkit

ROUNDS = 5


@pytest.mark.slow
@pytest.mark.timeout(500)
@pytest.mark.parametrize("verb", ["import", "sync", "state"])
def test_killed_at_any_moment_it_goes_on(mkit: Mkit, verb: str) -> None:
    program = [sys.executable, "-m", "bench.kill_loop", str(SAMPLE / "wick.mbox")]
    killed = 0
    # A busy machine may end each of a few short rounds before its kill.
    for seed in range(4):
        argv = [*program, "--rounds", str(ROUNDS), "--verbs", verb, "--seed", str(seed)]
        done = mkit.program(argv, timeout=110)
        assert done.code == 0, done.stdout + done.stderr
        row = next(line.split() for line in done.stdout.splitlines() if line.startswith(verb))
        assert row[1] == str(ROUNDS)
        killed += int(row[2])
        if killed:
            break
    assert killed, "at least one was killed before its end"


def test_a_database_that_a_kill_left_half_made(mkit: Mkit) -> None:
    """notmuch writes the files of a new database one after the other."""
    half = mkit.home / "mail" / ".notmuch" / "xapian"
    half.mkdir(parents=True)
    for name in ("docdata.glass", "termlist.glass", "flintlock"):
        (half / name).write_bytes(b"")
    assert mkit.json("import", str(SAMPLE / "wick.mbox"))["broken"] == []
    assert not list(mkit.home.glob("making-*"))
