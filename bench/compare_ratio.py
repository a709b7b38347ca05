# SPDX-License-Identifier: GPL-2.0-or-later
"""Comparing two revisions beside ``git range-diff`` of the same commits.

    python -m bench.compare_ratio [--patches 20,100] [--changed 0.3] [--rounds N]
    python -m bench.compare_ratio --repo DIR A..B C..D [--rounds N]

Without --repo a repository is made: files of 400 lines, each patch changes a few places of several,
and in the second revision a part of the patches does so otherwise. In turn: git range-diff of the
two ranges; mkit's comparison of them within a process (commits read from git, paired, range-diff
of all pairs); the same with the interdiff, whole and of each pair, beside it. Limit of the project:
the comparison at most 1.2 times git range-diff.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from maintainer_kit.adapters.git.comparing.compared_sources import ComparedRepositories
from maintainer_kit.render.compare_text import has_other_code, range_diff_text, summary_text
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.workflow.comparing.comparison import Comparison, compare
from maintainer_kit.workflow.comparing.shape import shape_of
from maintainer_kit.workflow.comparing.side import Side, Sides

_FILES = 40
_LINES = 400
_WHO = ("-c", "user.name=Ada Author", "-c", "user.email=ada@quarry.example")


def _git(path: Path, *argv: str) -> str:
    argv = ("git", "-C", str(path), *_WHO, *argv)
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def _make(path: Path, patches: int, changed: float) -> tuple[str, str]:
    """A repository with two revisions of a series; the ranges of both."""
    _git(path, "init", "--quiet")
    base = {f"f{at}.c": [f"\tcall_{at}_{n}(x);" for n in range(_LINES)] for at in range(_FILES)}
    _commit(path, base, "Begin")
    start = _git(path, "rev-parse", "HEAD")
    ranges = []
    for revision in (1, 2):
        _git(path, "checkout", "--quiet", "--detach", start)
        files = {name: list(lines) for name, lines in base.items()}
        for number in range(patches):
            dice = random.Random(number)
            other = revision if dice.random() < changed else 1
            touched = dice.sample(sorted(files), 3)
            for name in touched:
                for _ in range(3):
                    at = dice.randrange(len(files[name]))
                    files[name][at : at + 1] = [f"\tnew_{number}_{n}_{other}(y);" for n in range(4)]
            some = {name: files[name] for name in touched}
            _commit(path, some, f"fs: step {number}\n\nBecause of {other}.")
        ranges.append(f"{start}..{_git(path, 'rev-parse', 'HEAD')}")
    return ranges[0], ranges[1]


def _commit(path: Path, files: dict[str, list[str]], message: str) -> None:
    for name, lines in files.items():
        (path / name).write_text("".join(f"{line}\n" for line in lines))
    _git(path, "add", "--all")
    _git(path, "commit", "--quiet", "-m", message)


@contextmanager
def _compared(path: Path, ranges: Sequence[str]) -> Iterator[Comparison]:
    shape_of.cache_clear()
    commits = ComparedRepositories([path], lambda place: [])
    read = commits.ranges(ranges)
    old, new = (Side(text, tuple(found)) for text, found in zip(ranges, read, strict=True))
    yield compare(Sides(old, new), commits)
    commits.close()


def _range_diff(path: Path, ranges: Sequence[str]) -> None:
    with _compared(path, ranges) as found:
        assert "\n".join([*summary_text(found, 120), *range_diff_text(found, found.pairs)])


def _both(path: Path, ranges: Sequence[str]) -> None:
    with _compared(path, ranges) as found:
        assert "\n".join([*summary_text(found, 120), *range_diff_text(found, found.pairs)])
        assert interdiff_lines(found.whole()) is not None
        for pair in filter(has_other_code, found.pairs):
            interdiff_lines(found.interdiff(pair))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _measure(name: str, path: Path, ranges: Sequence[str], rounds: int) -> None:
    theirs, ours, both = [], [], []
    for _ in range(rounds):
        theirs.append(_seconds(lambda: _git(path, "range-diff", "--no-color", *ranges)))
        ours.append(_seconds(lambda: _range_diff(path, ranges)))
        both.append(_seconds(lambda: _both(path, ranges)))
    beside = [
        median(one / git for one, git in zip(some, theirs, strict=True)) for some in (ours, both)
    ]
    times = [f"{1000 * median(some):.0f} ms" for some in (theirs, ours, both)]
    print(
        f"{name}: git range-diff {times[0]}, mkit {times[1]}: {beside[0]:.2f} (limit 1.2);"
        f" with all interdiffs {times[2]}: {beside[1]:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ranges", nargs="*", metavar="A..B C..D")
    parser.add_argument("--repo", type=Path)
    parser.add_argument("--patches", default="20,100")
    parser.add_argument("--changed", type=float, default=0.3)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.repo:
        _measure(str(options.repo), options.repo, options.ranges, options.rounds)
        return
    for patches in map(int, options.patches.split(",")):
        with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
            ranges = _make(Path(name), patches, options.changed)
            _measure(f"{patches} patches", Path(name), ranges, options.rounds)


if __name__ == "__main__":
    main()
