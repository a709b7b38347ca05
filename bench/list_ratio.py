# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit list`` of 5,000 topics in a home of 200,000 messages beside ``mkit --help``.

    python -m bench.list_ratio [--home DIR] [--messages N] [--topics N] [--rounds N]

The home is made of short mails by ``mkit import``, which takes minutes; with --home it is made in
DIR and kept, and found there the next time. Whole processes, their output read from a pipe. Limit
of the project: 3x what ``mkit --help`` and writing the same text take.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from bench.home import Home
from bench.short_mails import MAILS, topic_mails
from bench.whole_process import Cost, medians, run, told

_CONFIG = "[mkit]\n\tme = mona@kernel.example\n"


def _fill(home: Home, messages: int, topics: int) -> None:
    """Import so many messages, the newest topics open."""
    home.configure(_CONFIG)
    number = messages // MAILS
    mbox = home.root / "mails.mbox"
    with mbox.open("wb") as file:
        for topic in range(number):
            file.writelines(topic_mails(topic, is_open=topic >= number - topics))
    home.run("import", str(mbox))
    mbox.unlink()


def _write(text: bytes, path: Path) -> Cost:
    """Write a text, as a process that has it would."""
    wall, cpu = time.perf_counter(), time.process_time()
    with path.open("wb") as file:
        file.write(text)
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def _measure(home: Home, words: list[str], rounds: int) -> None:
    ours, theirs = [], []
    home.run(*words)
    for _ in range(rounds):
        cost, text = home.mkit(*words)
        ours.append(cost)
        helped, _ = home.mkit("--help")
        written = _write(text, home.root / "written")
        theirs.append(Cost(helped.wall + written.wall, helped.cpu + written.cpu))
    one, other = medians(ours), medians(theirs)
    print(
        f"mkit {' '.join(words):12} {len(text)} bytes: {one.wall:.3f} s wall, {one.cpu:.3f} s CPU;"
        f" help and writing {other.wall:.3f} s, {other.cpu:.3f} s CPU"
    )
    print(f"  ratio: {told(ours, theirs)} (limit 3)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--topics", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        home = Home((options.home or Path(name)).resolve())
        if not (home.root / "catalogue.sqlite").exists():
            _fill(home, options.messages, options.topics)
        home.run("list")  # which checks the newest series, once
        count = home.run("list", "--count")
        config = f"--config={home.root}/notmuch-config"
        _, messages = run(["notmuch", config, "count", "*"], home.env)
        print(f"{int(count)} topics listed, {int(messages)} messages")
        _measure(home, ["list"], options.rounds)
        _measure(home, ["list", "--json"], options.rounds)


if __name__ == "__main__":
    main()
