# SPDX-License-Identifier: GPL-2.0-or-later
"""Random decisions, mail, undos, syncs, shares and crashes in any order, against a simple model.

Set MKIT_FUZZ=long for many more examples, other ones in each run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from maintainer_kit.adapters.process import checked
from tests.fuzz.killing import Killed
from tests.fuzz.machine import Homes
from tests.fuzz.places import MemoryPlace, Place, RealPlace
from tests.memory.share import Hub

LONG = os.environ.get("MKIT_FUZZ") == "long"
_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def bounds(examples: int, steps: int, many: int) -> settings:
    """Few examples that are always the same; or many, other ones in each run."""
    return settings(
        max_examples=many if LONG else examples,
        stateful_step_count=3 * steps if LONG else steps,
        derandomize=not LONG,
        suppress_health_check=_CHECKS,
    )


class InMemory(Homes):
    """Homes without any disk."""

    def make(self) -> list[Place]:
        hub = Hub()
        return [MemoryPlace("one", hub), MemoryPlace("two", hub)]


@pytest.mark.slow
@pytest.mark.timeout(7200 if LONG else 120)
def test_in_memory() -> None:
    run_state_machine_as_test(InMemory, settings=bounds(25, 20, 3000))


@pytest.mark.slow
@pytest.mark.timeout(7200 if LONG else 120)
def test_with_real_stores(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    for tool in ("git", "notmuch"):
        needs_tool(tool)
    numbers = count()

    class InFolders(Killed):
        def make(self) -> list[Place]:
            base = tmp_path / str(next(numbers))
            hub = base / "hub.git"
            checked(["git", "init", "--quiet", "--bare", "--template=", str(hub)])
            return [RealPlace(base / "one", hub), RealPlace(base / "two", hub)]

    run_state_machine_as_test(InFolders, settings=bounds(6, 15, 300))
