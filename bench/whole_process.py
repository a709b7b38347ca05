# SPDX-License-Identifier: GPL-2.0-or-later
"""What a whole process costs, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds; of processor time those of the process and of all that it waited for."""

    wall: float
    cpu: float
    memory: int = 0
    """MiB, resident, at the most."""


def run(argv: Sequence[str], env: Mapping[str, str], stdin: bytes = b"") -> tuple[Cost, bytes]:
    """Run a program to its end; what it cost, and its output. One that fails ends the bench."""
    read, write = os.pipe()
    os.set_inheritable(read, True)
    start = time.perf_counter()
    with subprocess.Popen(argv, env=env, stdin=read, stdout=subprocess.PIPE) as process:
        os.close(read)
        with os.fdopen(write, "wb") as feed:
            feed.write(stdin)
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(argv)} failed: {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024), output


def medians(costs: Sequence[Cost]) -> Cost:
    """Of each figure by itself."""
    return Cost(median(one.wall for one in costs), median(one.cpu for one in costs))


def best(costs: Sequence[Cost]) -> Cost:
    """The least of each figure: on a machine that others use, too, the nearest to a quiet one."""
    return Cost(min(one.wall for one in costs), min(one.cpu for one in costs))


def told(ours: Sequence[Cost], theirs: Sequence[Cost]) -> str:
    """Ratios of wall and processor time, by median and by best."""
    words = []
    for name, pick in (("median", medians), ("best", best)):
        one, other = pick(ours), pick(theirs)
        words.append(f"{name} {one.wall / other.wall:.2f} wall, {one.cpu / other.cpu:.2f} CPU")
    return "; ".join(words)
