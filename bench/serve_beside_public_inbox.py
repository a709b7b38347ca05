# SPDX-License-Identifier: GPL-2.0-or-later
"""What b4 writes from ``mkit serve --lore``, beside what it writes from public-inbox-httpd.

    python -m bench.serve_beside_public_inbox MBOX [--series N] [--seed S] [--b4 PROGRAM]

``b4 am`` and ``b4 mbox`` of N series, chosen by the seed; their files are compared byte by byte.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
from pathlib import Path

from bench.home import bare_environment
from bench.lore_servers import first_mails, serving_ours, serving_theirs

VERBS = ("am", "mbox")


def written(b4: str, url: str, verb: str, message_id: str, base: Path) -> dict[str, bytes]:
    """The files that b4 writes, by name; what it said under ``exit`` where it failed."""
    with tempfile.TemporaryDirectory(dir=base) as home:
        config = ["-c", f"b4.midmask={url}/%s", "-c", "b4.attestation-policy=off"]
        Path(home, "out").mkdir()
        done = subprocess.run(
            [b4, *config, verb, "-C", "-o", "out", message_id],
            cwd=home,
            env=bare_environment(Path(home)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        found = {one.name: one.read_bytes() for one in Path(home, "out").glob("*")}
        return found or {"exit": b"%d" % done.returncode}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", type=Path)
    parser.add_argument("--series", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--b4", default="b4")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        with (
            serving_ours(options.mbox, base / "ours") as ours,
            serving_theirs(options.mbox, base / "theirs") as theirs,
        ):
            series = first_mails(base / "ours")
            chosen = random.Random(options.seed).sample(series, min(options.series, len(series)))
            same = failed = 0
            for message_id, _ in chosen:
                for verb in VERBS:
                    found = [
                        written(options.b4, url, verb, message_id, base) for url in (ours, theirs)
                    ]
                    failed += "exit" in found[0]
                    same += found[0] == found[1]
                    if found[0] != found[1]:
                        print(f"differs: {verb} {message_id}")
            total = len(chosen) * len(VERBS)
            print(f"{same} of {total} runs wrote the same bytes; b4 wrote nothing in {failed}")


if __name__ == "__main__":
    main()
