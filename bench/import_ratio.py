# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit import`` beside bare notmuch2 on the same mails, in turn: wall time and peak memory.

    python -m bench.import_ratio MBOX... [--rounds N]

Bare notmuch2 indexes the files that the import stored, in one atomic section, with the same
XAPIAN_FLUSH_THRESHOLD. The limit of the project: import <= 1.25x.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.home import MKIT, environment
from bench.whole_process import run

_BARE = """
import sys, time, notmuch2
from pathlib import Path
root, listing = sys.argv[1:3]
paths = Path(listing).read_text().split("\\n")
start = time.perf_counter()
db = notmuch2.Database.create(root)
with db.atomic():
    for path in paths:
        db.add(path)
db.close()
print(time.perf_counter() - start)
"""
_THRESHOLD = "2000"


def _environment(home: Path) -> dict[str, str]:
    return {**environment(home), "XAPIAN_FLUSH_THRESHOLD": _THRESHOLD}


def _import(base: Path, mboxes: list[Path]) -> tuple[float, int, Path]:
    home = base / "mkit"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    cost, output = run([*MKIT, "import", "--json", *map(str, mboxes)], _environment(home))
    messages = json.loads(output)["messages"]
    print(f"  mkit import   {cost.wall:7.2f} s  {cost.memory:4d} MiB  {messages} messages")
    return cost.wall, cost.memory, home


def _bare(base: Path, home: Path) -> float:
    """Index copies of the same files, so that the import's database is not in the way."""
    root = base / "bare"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(home / "mail" / "mkit", root / "mkit")
    # notmuch refuses paths outside its root, and the order of the import is that of the mails.
    files = sorted((root / "mkit" / "cur").iterdir(), key=lambda one: one.stat().st_mtime_ns)
    listing = base / "listing"
    listing.write_text("\n".join(str(one) for one in files))
    argv = [sys.executable, "-c", _BARE, str(root), str(listing)]
    cost, output = run(argv, _environment(home))
    inside = float(output)
    print(f"  bare notmuch2 {inside:7.2f} s  {cost.memory:4d} MiB  (process {cost.wall:.2f} s)")
    return inside


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ratios = []
    memories = []
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        for number in range(options.rounds):
            print(f"round {number + 1}")
            wall, memory, home = _import(Path(name), options.mboxes)
            ratios.append(wall / _bare(Path(name), home))
            memories.append(memory)
    print(f"ratio median {statistics.median(ratios):.2f} (limit 1.25), min {min(ratios):.2f},")
    print(f"max {max(ratios):.2f}; peak memory {max(memories)} MiB (limit 300)")


if __name__ == "__main__":
    main()
