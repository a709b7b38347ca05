# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading and grouping mail beside b4, and what the size of the catalogue costs.

    python -m bench.reading_ratio MBOX... --b4-python PYTHON [--rounds N]
    python -m bench.reading_ratio MBOX... --grow [--sizes 2000,20000,200000] [--rounds N]

CPU time on one core, in turn, from a mail's bytes: mkit's understand, split_clusters and
collect_topics beside b4's LoreMessage and get_series of every revision, on the threads that
References make. With --grow one catalogue is filled with copies of the mails, and new mails are
added at each size. Limits of the project: cataloguing 2,500 messages a second, one message more to
200,000 at most twice as dear as to 2,000, memory flat.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.b4_process import B4
from bench.growth import Stage, grow
from bench.many_mails import read_archive
from bench.threads import Threads
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.message.copies import choose_speaker
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import collect_topics
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import BrokenMail


def _mkit(raws: Sequence[bytes]) -> tuple[float, float]:
    """CPU seconds for reading all mails, and for that and making topics of them."""
    start = time.process_time()
    copies = [understand(raw) for raw in raws]
    middle = time.process_time()
    messages = {one.message.message_id: choose_speaker([one]) for one in copies}
    for cluster in split_clusters(messages.values()):
        collect_topics(cluster)
    return middle - start, time.process_time() - start


def _beside(paths: Sequence[Path], python: str, rounds: int) -> None:
    raws = [one.raw for one in MailSource(paths) if not isinstance(one, BrokenMail)]
    size = len(raws)
    reading, whole = [], []
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        files = [str(file) for file in Threads(paths, base).files.values()]
        b4 = B4(python, base)
        for at in range(rounds):
            ours = _mkit(raws)
            (theirs,) = b4.ask("time", [{"mboxes": files}])
            assert theirs["messages"] >= 0.99 * size, "they did not read the same mails"
            pair = theirs["reading"], theirs["whole"]
            for label, one, other in zip(("reading", "whole"), ours, pair, strict=True):
                print(
                    f"round {at + 1} {label:8} mkit {1000 * one / size:.3f} ms a message,"
                    f" b4 {1000 * other / size:.3f} ms: {one / other:.3f}"
                )
            reading.append(ours[0] / pair[0])
            whole.append(ours[1] / pair[1])
            rate = size / ours[1]
            print(f"        mkit {rate:.0f} messages a second, b4 {size / pair[1]:.0f}")
    print(f"{size} messages; median mkit / b4: reading {median(reading):.3f},", end=" ")
    print(f"reading and grouping {median(whole):.3f}")


def _grown(stages: Sequence[Stage]) -> None:
    first, last = stages[0], stages[-1]
    for kind, cost in last.costs.items():
        ratio = cost / last.beside[kind]
        print(f"one {kind} more to {last.size} / to {first.size}: {ratio:.2f} (limit 2)")
    print(f"peak memory at {last.size} / at {first.size}: {last.peak / first.peak:.2f}")


def _grow(paths: Sequence[Path], sizes: Sequence[int], rounds: int) -> None:
    stages = []
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        # Each copy is as large as the first size, so that clusters are, at all sizes.
        archive = read_archive(paths)[: sizes[0]]
        for stage in grow(archive, Path(name), sizes, rounds):
            costs = ", ".join(f"{kind} {cost:.2f} ms" for kind, cost in stage.costs.items())
            print(
                f"{stage.size:7d} messages: {stage.rate:.0f} a second (limit 2500),"
                f" {stage.peak} MiB, largest cluster {stage.largest}; one more: {costs}",
                flush=True,
            )
            stages.append(stage)
    _grown(stages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--b4-python", help="an interpreter that has b4")
    parser.add_argument("--grow", action="store_true")
    parser.add_argument("--sizes", default="2000,20000,200000")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.b4_python:
        _beside(options.mboxes, options.b4_python, options.rounds)
    if options.grow:
        sizes = [int(one) for one in options.sizes.split(",")]
        _grow(options.mboxes, sizes, max(options.rounds, 40))
    if not (options.b4_python or options.grow):
        parser.error("--b4-python or --grow")


if __name__ == "__main__":
    main()
