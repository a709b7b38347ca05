# SPDX-License-Identifier: GPL-2.0-or-later
"""What every call costs: help beside ``import click``, a level ``mkit sync`` beside help.

    MKIT_HOME=DIR python -m bench.startup_ratio [--rounds N]

DIR is a home with mail in it. Limits of the project: help <= 3x click, level sync < 2x help.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys

from bench.home import MKIT
from bench.whole_process import run


def _wall(argv: list[str]) -> float:
    return run(argv, os.environ)[0].wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    if not os.environ.get("MKIT_HOME"):
        raise SystemExit("set MKIT_HOME to a home with mail in it")
    commands = {
        "import click": [sys.executable, "-c", "import click"],
        "mkit --help": [*MKIT, "--help"],
        "mkit sync": [*MKIT, "sync"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for argv in commands.values():
        _wall(argv)
    for _ in range(options.rounds):
        for name, argv in commands.items():
            times[name].append(_wall(argv))
    median = {name: statistics.median(values) for name, values in times.items()}
    for name, value in median.items():
        print(f"{name:14} {value * 1000:6.1f} ms")
    help_ratio = median["mkit --help"] / median["import click"]
    print(f"help / click {help_ratio:.2f} (limit 3)")
    print(f"level sync / help {median['mkit sync'] / median['mkit --help']:.2f} (limit 2)")


if __name__ == "__main__":
    main()
