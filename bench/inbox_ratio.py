# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit import`` of a public-inbox clone beside the same mails in an mbox, in turn.

    python -m bench.inbox_ratio MBOX... [--rounds N] [--epochs N]

The clone (public-inbox-v2-format(5)) is made of the mboxes, its epochs packed, and all mails, as
they are there, are also written to one mbox. Then: wall time, processor time (on a busy machine the
only one that means anything) and peak memory of both, whether both exports are equal, and the time
of a second import that finds nothing new. The limit of the project: clone <= 1.25x mbox. Exit 1
when it is passed, or the exports differ.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.home import Home
from bench.whole_process import Cost
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail

LIMIT = 1.25


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        raws = [one.raw for one in MailSource(asked.mboxes) if isinstance(one, SourceMail)]
        clone, mbox = base / "clone", base / "all.mbox"
        each = -(-len(raws) // asked.epochs)
        for at in range(asked.epochs):
            _make_epoch(clone / "git" / f"{at}.git", raws[at * each : (at + 1) * each])
        mbox.write_bytes(b"".join(map(_in_mbox, raws)))
        print(f"{len(raws)} mails in {asked.epochs} epochs")
        del raws
        ratios, processor, equal = [], [], True
        for number in range(asked.rounds):
            print(f"round {number + 1}")
            # Who comes second finds a warm machine.
            pair = [clone, mbox] if number % 2 else [mbox, clone]
            times = {path: _import(base / path.stem, path) for path in pair}
            ratios.append(times[clone].wall / times[mbox].wall)
            processor.append(times[clone].cpu / times[mbox].cpu)
            exports = [_home_of(base / path.stem).run("export") for path in pair]
            equal = equal and exports[0] == exports[1]
        again = _home_of(base / "clone").mkit("import", str(clone))[0].wall
    median = statistics.median(ratios)
    print(
        f"ratio median {median:.2f} (limit {LIMIT}), min {min(ratios):.2f}, max {max(ratios):.2f}"
    )
    print(f"exports {'equal' if equal else 'DIFFER'}; nothing new: {again:.2f} s")
    return int(median > LIMIT or not equal)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=2)
    return parser.parse_args()


def _make_epoch(path: Path, raws: Sequence[bytes]) -> None:
    git = ["git", "-C", str(path)]
    init = ["git", "init", "--quiet", "--bare", "--initial-branch=master", str(path)]
    subprocess.run(init, check=True)
    with subprocess.Popen([*git, "fast-import", "--quiet"], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for at, raw in enumerate(raws):
            head = b"commit refs/heads/master\ncommitter A <a@b.example> %d +0000\n" % at
            process.stdin.write(head + b"data 1\nx\nM 100644 inline m\ndata %d\n" % len(raw))
            process.stdin.write(raw + b"\n")
    if process.returncode:
        raise SystemExit("git fast-import failed")
    subprocess.run([*git, "repack", "-a", "-d", "-q"], check=True)


def _in_mbox(raw: bytes) -> bytes:
    quoted = re.sub(rb"(?m)^(>*From )", rb">\1", raw)
    return b"From a@b.example Mon Jan  5 09:00:00 2026\n" + quoted + b"\n"


def _home_of(base: Path) -> Home:
    return Home(base.with_name(base.name + "-home"))


def _import(base: Path, path: Path) -> Cost:
    home = _home_of(base)
    shutil.rmtree(home.root, ignore_errors=True)
    home.root.mkdir()
    cost, output = home.mkit("import", "--json", str(path))
    new = json.loads(output)["new"]
    times = f"{cost.wall:7.2f} s, of processors {cost.cpu:7.2f} s"
    print(f"  {path.name:9} {times}  {cost.memory:4d} MiB  {new} new")
    return cost


if __name__ == "__main__":
    raise SystemExit(main())
