# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit pull`` from a public-inbox on loopback beside curl of the same bytes and importing them.

    python -m bench.pull_ratio MBOX... [--rounds N]

In turn, each into an empty home. The limit of the project: pull <= 1.3x.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.home import Home
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from tests.integration.inbox_server import Archives, InboxServer, serving

_QUERY = "z:0.."


def _mkit(base: Path, *words: str) -> None:
    Home(base / "mkit", base).run(*words)


def _empty(base: Path, server: InboxServer) -> None:
    shutil.rmtree(base / "mkit", ignore_errors=True)
    Home(base / "mkit").configure(f"[mkit]\n\tlore = {server.of('bench')}\n")


def _pull(base: Path, server: InboxServer) -> float:
    _empty(base, server)
    start = time.perf_counter()
    _mkit(base, "pull", "--query", _QUERY)
    return time.perf_counter() - start


def _curl(base: Path, server: InboxServer) -> float:
    _empty(base, server)
    file = base / "fetched.mbox.gz"
    start = time.perf_counter()
    url = f"{server.of('bench')}?x=m&q={_QUERY}"
    subprocess.run(["curl", "-sSf", "-X", "POST", "-d", "", "-o", str(file), url], check=True)
    _mkit(base, "import", str(file))
    return time.perf_counter() - start


def _mails(paths: Sequence[Path]) -> Iterable[bytes]:
    return (one.raw for one in MailSource(paths) if isinstance(one, SourceMail))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ratios = []
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        archives = Archives(base / "pi", 3600).fill({"bench": list(_mails(options.mboxes))})
        with serving(archives) as server:
            _curl(base, server)  # the server's first answer is its slowest
            for number in range(options.rounds):
                pull, curl = _pull(base, server), _curl(base, server)
                ratios.append(pull / curl)
                print(f"round {number + 1}: pull {pull:.2f} s, curl and import {curl:.2f} s")
    print(f"ratio median {statistics.median(ratios):.2f} (limit 1.30), max {max(ratios):.2f}")


if __name__ == "__main__":
    main()
