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
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

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
            ratios.append(times[clone][0] / times[mbox][0])
            processor.append(times[clone][1] / times[mbox][1])
            equal = equal and _export(base / "clone-home") == _export(base / "all-home")
        again = _nothing_new(base / "clone", clone)
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


def _home_of(base: Path) -> Path:
    return base.with_name(base.name + "-home")


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "MKIT_HOME": str(home), "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


def _run(home: Path, *words: str) -> tuple[float, float, int, str]:
    """Wall and processor seconds, peak memory in MiB and output of one verb."""
    argv = [sys.executable, "-m", "maintainer_kit", *words]
    start = time.perf_counter()
    env = _environment(home)
    with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words}: exit code {process.returncode}")
    wall, processor = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    return wall, processor, usage.ru_maxrss // 1024, output


def _import(base: Path, path: Path) -> tuple[float, float]:
    home = _home_of(base)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    wall, processor, memory, output = _run(home, "import", "--json", str(path))
    told = json.loads(output)
    times = f"{wall:7.2f} s, of processors {processor:7.2f} s"
    print(f"  {path.name:9} {times}  {memory:4d} MiB  {told['new']} new")
    return wall, processor


def _export(home: Path) -> str:
    return _run(home, "export")[3]


def _nothing_new(base: Path, path: Path) -> float:
    return _run(_home_of(base), "import", str(path))[0]


if __name__ == "__main__":
    raise SystemExit(main())
