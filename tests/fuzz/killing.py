# SPDX-License-Identifier: GPL-2.0-or-later
"""The same steps on real stores, and SIGKILL beside them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from maintainer_kit.model.decision.event_codec import load_group
from tests.fuzz.acts import BACK, DECISIONS, Act
from tests.fuzz.checking import check_journal
from tests.fuzz.machine import AT, HERE, Homes
from tests.fuzz.places import RealPlace

ROOT = Path(__file__).resolve().parents[2]
OTHER = st.sampled_from([Act("sync"), Act("rebuild")])
_MOST = 2
"""Kills in one example: each costs the start of a program."""


class Killed(Homes):
    """Homes on disk, whose programs are killed now and then."""

    kills = 0

    @precondition(lambda self: self.kills < _MOST)
    @rule(at=HERE, act=DECISIONS | BACK | OTHER, call=AT)
    def is_killed(self, at: int, act: Act, call: int) -> None:
        self.kills += 1
        place = self.places[at]
        assert isinstance(place, RealPlace)
        place.close()
        task = {
            "folder": str(place.folder),
            "hub": str(place.hub),
            "now": place.clock.now,
            "tagged": sorted(place.tagged),
            "act": asdict(act),
            "call": call,
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.doomed"],
            input=json.dumps(task).encode(),
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=100,
            check=False,
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
        for line in done.stdout.splitlines():
            group = load_group(json.loads(line))
            assert group
            place.simple.add(group)
        place.restart()
        check_journal(place)
