# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit test`` takes beside the commands that it runs.

    python -m bench.test_overhead [--commits 50] [--files 200] [--rounds 3]

A repository is made. In turn, one at a time each: a loop that checks each commit out in a work tree
of its own, cleans it and runs a command that does nothing; ``mkit test`` of the same; and the
same again, with nothing to do. Limit of the project: 50 ms a commit beyond the command.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

from bench.home import Home

_WHO = ("-c", "user.name=Ada Author", "-c", "user.email=ada@quarry.example")
_CONFIG = """\
[user]
\temail = robin@lumen.example
[mkit]
\ttest = nothing timeout=1m true
"""


def _git(path: Path, *argv: str) -> str:
    argv = ("git", "-C", str(path), *_WHO, *argv)
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def _make(path: Path, commits: int, files: int) -> list[str]:
    """The base, and the commits above it."""
    path.mkdir()
    _git(path, "init", "--quiet", "--initial-branch=master")
    for at in range(files):
        (path / f"{at}.c").write_text(f"int a{at};\n" * 50)
    made = []
    for number in range(commits + 1):
        (path / f"{number % files}.c").write_text(f"int b{number};\n" * 50)
        _git(path, "add", "--all")
        _git(path, "commit", "--quiet", "-m", f"step {number}")
        made.append(_git(path, "rev-parse", "HEAD"))
    return made


def _loop(path: Path, tree: Path, commits: Sequence[str]) -> None:
    """As one does it by hand."""
    _git(path, "worktree", "add", "--quiet", "--detach", str(tree), commits[0])
    script = (
        'cd "$1"; shift; for one; do git checkout -q --force --detach $one && git clean -ffdxq'
        " && sh -c true; done"
    )
    subprocess.run(["sh", "-c", script, "sh", str(tree), *commits], check=True)
    _git(path, "worktree", "remove", "--force", str(tree))


def _mkit(path: Path, home: Path, span: str) -> None:
    Home(home).run("test", span, "--repo", str(path), "--jobs", "1")


def main() -> None:
    """Print milliseconds a commit, the median of the rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=50)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    times: dict[str, list[float]] = {"loop": [], "mkit test": [], "again": []}
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as folder:
        path = Path(folder) / "repository"
        commits = _make(path, wanted.commits, wanted.files)
        span = f"{commits[0]}..{commits[-1]}"
        for number in range(wanted.rounds):
            home = Path(folder) / f"home-{number}"
            Home(home).configure(_CONFIG)
            for name, run in (
                ("loop", partial(_loop, path, Path(folder) / "tree", commits)),
                ("mkit test", partial(_mkit, path, home, span)),
                ("again", partial(_mkit, path, home, span)),
            ):
                start = time.perf_counter()
                run()
                times[name].append((time.perf_counter() - start) * 1000 / len(commits))
    for name, said in times.items():
        print(f"{name:<10} {median(said):6.1f} ms a commit")
    beyond = median(times["mkit test"])
    print(f"beyond the command: {beyond:.1f} ms a commit (limit 50)")


if __name__ == "__main__":
    main()
