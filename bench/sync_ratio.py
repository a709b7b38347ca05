# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit sync`` of 100 new messages beside ``notmuch new`` of the same, in a home that is large.

    python -m bench.sync_ratio MBOX... [--rounds N]

The mails of the mboxes but the last hundreds make the home; each round delivers 100 of the others
into its Maildir, once for each program. Limit: sync <= notmuch new + 2x mkit --help.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from bench.home import Home
from bench.whole_process import run

_NEW = 100


def _hold_back(home: Path, number: int) -> list[Path]:
    """Take the newest mails out of the home again, to be delivered later."""
    aside = home / "aside"
    aside.mkdir()
    files = sorted((home / "mail/mkit/cur").iterdir(), key=lambda one: one.stat().st_mtime_ns)
    return [one.rename(aside / one.name) for one in files[-number:]]


def _deliver(files: list[Path], home: Path) -> None:
    for one in files:
        shutil.copyfile(one, home / "mail/mkit/new" / one.name.partition(":")[0])
    # notmuch passes over a directory that changed within the current second.
    time.sleep(2.1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        ours, bare = Path(name, "ours"), Path(name, "bare")
        home = Home(ours, Path(name))
        ours.mkdir()
        home.run("import", *map(str, options.mboxes))
        held = _hold_back(ours, options.rounds * _NEW)
        time.sleep(2.1)
        home.run("sync")
        shutil.copytree(ours, bare)
        config = bare / "notmuch-config"
        config.write_text(config.read_text().replace(str(ours), str(bare)))
        notmuch = ["notmuch", f"--config={config}", "new", "--quiet"]
        run(notmuch, home.env)
        ratios = []
        for at in range(options.rounds):
            files = held[at * _NEW : (at + 1) * _NEW]
            _deliver(files, bare)
            theirs = run(notmuch, home.env)[0].wall
            help_time = statistics.median(home.mkit("--help")[0].wall for _ in range(3))
            _deliver(files, ours)
            mine = home.mkit("sync")[0].wall
            limit = theirs + 2 * help_time
            ratios.append(mine / limit)
            print(
                f"sync {mine:.3f} s, notmuch new {theirs:.3f} s, help {help_time:.3f} s:"
                f" {ratios[-1]:.2f} of the limit"
            )
        print(f"median {statistics.median(ratios):.2f} of the limit")


if __name__ == "__main__":
    main()
