# SPDX-License-Identifier: GPL-2.0-or-later
"""What the hook commit-msg costs beside ``mkit --help``: one message without a finding.

    cd REPOSITORY && python -m bench.hook_ratio MESSAGE-FILE [--rounds N]

Limit of the project: 2. Processor time is told as well, as it depends less on what else runs.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time

_MKIT = [sys.executable, "-m", "maintainer_kit"]


def _cost(argv: list[str]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor with all that it started."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("message")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    commands = {
        "mkit --help": [*_MKIT, "--help"],
        "commit-msg": [*_MKIT, "hooks", "run", "commit-msg", options.message],
    }
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for argv in commands.values():
        _cost(argv)
    for _ in range(options.rounds):
        for name, argv in commands.items():
            costs[name].append(_cost(argv))
    found = {}
    for name, values in costs.items():
        wall, cpu = (statistics.median(column) for column in zip(*values, strict=True))
        found[name] = wall, cpu
        print(f"{name:14} {wall * 1000:6.1f} ms, processor {cpu * 1000:6.1f} ms")
    ratios = [
        hook / plain for hook, plain in zip(found["commit-msg"], found["mkit --help"], strict=True)
    ]
    print(f"commit-msg / help {ratios[0]:.2f}, processor {ratios[1]:.2f} (limit 2)")


if __name__ == "__main__":
    main()
