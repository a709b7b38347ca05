# SPDX-License-Identifier: GPL-2.0-or-later
"""Some of the writes of bench/kill_points.py: killed before one, the next start is right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.integration.driver import ROOT, SAMPLE

NO_TRACE = 2


@pytest.mark.slow
def test_killed_before_a_write_the_decision_is_there_or_not(tmp_path: Path) -> None:
    require_tool("strace")
    argv = [sys.executable, "-m", "bench.kill_points", str(SAMPLE / "wick.mbox")]
    done = subprocess.run(
        [*argv, "--every", "31", "--offset", "11"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    if done.returncode == NO_TRACE:
        pytest.skip("this machine lets nobody trace")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "journal.jsonl" in done.stdout or "catalogue.sqlite" in done.stdout
