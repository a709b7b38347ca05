# SPDX-License-Identifier: GPL-2.0-or-later
"""What the hook commit-msg costs beside ``mkit --help``: one message without a finding.

    cd REPOSITORY && python -m bench.hook_ratio MESSAGE-FILE [--rounds N]

Limit of the project: 2. Processor time is told as well, as it depends less on what else runs.
"""

from __future__ import annotations

import argparse
import os

from bench.home import MKIT
from bench.whole_process import Cost, medians, run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("message")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    commands = {
        "mkit --help": [*MKIT, "--help"],
        "commit-msg": [*MKIT, "hooks", "run", "commit-msg", options.message],
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(options.rounds + 1):
        for name, argv in commands.items():
            cost = run(argv, os.environ)[0]
            if number:  # the first one finds nothing cached
                costs[name].append(cost)
    found = {name: medians(some) for name, some in costs.items()}
    for name, one in found.items():
        print(f"{name:14} {one.wall * 1000:6.1f} ms, processor {one.cpu * 1000:6.1f} ms")
    hook, plain = found["commit-msg"], found["mkit --help"]
    print(
        f"commit-msg / help {hook.wall / plain.wall:.2f},"
        f" processor {hook.cpu / plain.cpu:.2f} (limit 2)"
    )


if __name__ == "__main__":
    main()
