# SPDX-License-Identifier: GPL-2.0-or-later
"""What the index of commits costs beside ``git log -p`` over the same commits, and what it answers.

    python -m bench.index_ratio REPO [--ref master] [--commits N] [--rounds 1] [--at FILE]
    python -m bench.index_ratio --synthetic 60000 1000000

REPO is a clone of git.git, or of any project with a long history. The first index of the newest N
commits (0: all), then what 1,000 more cost, then questions about commits as if they were patches.
Limits of the project: 1.5 times ``git log -p`` for both, 1 ms a patch, 500 MB of memory at 60,000
commits. The exit code is 1 when one is missed.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from maintainer_kit.adapters.commits.index import SqliteCommitIndex
from maintainer_kit.adapters.commits.rows import Found
from maintainer_kit.adapters.commits.update import Followed, update_index
from maintainer_kit.matching.matcher import match_patches
from maintainer_kit.matching.prints import CommitPrint, PatchPrint, Print

_RATIO, _QUERY, _MEMORY = 1.5, 1.0, 500.0
_MORE = 1000
_ASKED = 1000


@dataclass(frozen=True)
class Cost:
    """What something took."""

    wall: float
    processor: float
    """Seconds of this process and of those that it waited for."""

    def beside(self, other: Cost) -> str:
        return (
            f"{self.wall:7.1f} s, processor {self.processor:6.1f} s; ratio "
            f"{self.wall / other.wall:.2f}, processor {self.processor / other.processor:.2f}"
        )


def measured(work: Callable[[], object]) -> Cost:
    before, start = _processor(), time.perf_counter()
    work()
    return Cost(time.perf_counter() - start, _processor() - before)


def _processor() -> float:
    kinds = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in kinds)


def best(costs: Iterable[Cost]) -> Cost:
    found = list(costs)
    return Cost(min(one.wall for one in found), min(one.processor for one in found))


def git(repo: Path, *argv: str, stdin: bytes | None = None) -> bytes:
    command = ["git", "-C", str(repo), *argv]
    return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout


def log_of(repo: Path, commits: Sequence[str]) -> Cost:
    """``git log -p`` over just these commits."""
    argv = ["git", "-C", str(repo), "log", "-p", "--no-walk=unsorted", "--stdin"]
    text = "".join(f"{one}\n" for one in commits).encode()
    run = subprocess.run
    return measured(lambda: run(argv, input=text, stdout=subprocess.DEVNULL, check=True))


def clone_at(repo: Path, place: Path, tip: str) -> Path:
    """A repository that borrows all objects, with one branch."""
    git(place, "init", "--quiet", "--bare", "bare")
    objects = git(repo, "rev-parse", "--path-format=absolute", "--git-path", "objects")
    bare = place / "bare"
    (bare / "objects/info/alternates").write_bytes(objects)
    git(bare, "update-ref", "refs/heads/master", tip)
    return bare


def shallow(bare: Path, commits: Sequence[str]) -> None:
    """End the history behind these commits."""
    argv = ("log", "--stdin", "--no-walk=unsorted", "--format=%P")
    parents = git(bare, *argv, stdin=_lines(commits))
    border = sorted(set(parents.decode().split()).difference(commits))
    if border:
        (bare / "shallow").write_bytes(_lines(border))


def _lines(commits: Iterable[str]) -> bytes:
    return "".join(f"{one}\n" for one in commits).encode()


def beside(index: SqliteCommitIndex, bare: Path, what: str, rounds: int, *without: str) -> float:
    """Update the index, and say how long that takes beside ``git log -p``."""
    before = index.count()
    made = measured(lambda: update_index(index, [Followed(bare, "master", "mainline")]))
    border = (bare / "shallow").read_text().split() if (bare / "shallow").exists() else ()
    listed = git(bare, "rev-list", "master", *without).decode().split()
    commits = [one for one in listed if one not in border]
    logged = best(log_of(bare, commits) for _ in range(rounds))
    count = index.count() - before
    print(f"git log -p          {logged.wall:7.1f} s, processor {logged.processor:6.1f} s")
    print(f"{what:19} {made.beside(logged)} (limit {_RATIO}); {count:,} commits")
    return made.wall / logged.wall


def questions(index: SqliteCommitIndex, commits: Sequence[str], seed: int = 1) -> float:
    """Ask about some commits, mailed with another context, and so found by their lines at the
    earliest: all in one call, as ``mkit land`` does, then each alone. Milliseconds a patch in the
    former."""
    chosen = Random(seed).sample(list(commits), min(_ASKED, len(commits)))
    known = [one.print for one in index.commits(chosen).values() if one.print.lines]
    patches = [
        PatchPrint(f"{at}@example.org", replace(one, patch_id="0" * 40, lines_hash="0" * 32))
        for at, one in enumerate(known)
    ]
    together = measured(lambda: match_patches(patches, index))
    alone = sorted(measured(partial(match_patches, [one], index)).wall for one in patches)
    late = alone[int(len(alone) * 0.99)]
    mean = together.wall / len(patches) * 1000
    print(
        f"a patch of {len(patches)}     {mean:7.2f} ms, "
        f"processor {together.processor / len(patches) * 1000:6.2f} ms (limit {_QUERY}); alone "
        f"median {alone[len(alone) // 2] * 1000:.2f} ms, 99 % {late * 1000:.2f} ms; "
        f"{index.count():,} commits"
    )
    return mean


def synthetic(count: int, seed: int = 1) -> Iterator[Found]:
    """Commits that nobody made: of each thirty lines, three are in many others too."""
    random = Random(seed)
    common = [random.getrandbits(48) for _ in range(count // 10)]
    for at in range(count):
        author = f"author{at % 997}@example.org"
        own = [random.getrandbits(48) for _ in range(27)]
        lines = tuple(sorted({*own, *random.choices(common, k=3)}))
        paths = (f"area{at % 991}/file{at % 9973}.c",)
        ids = f"{random.getrandbits(160):040x}", f"{random.getrandbits(128):032x}"
        made = Print(author, author, f"area: change number {at}", at * 60, paths, *ids, lines)
        yield Found(CommitPrint(f"{random.getrandbits(160):040x}", made))


def grow(counts: Iterable[int]) -> None:
    """What questions cost the more commits there are."""
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            index = SqliteCommitIndex(Path(folder) / "commits.sqlite")
            commits, names = synthetic(count), list[str]()
            start = time.perf_counter()
            while portion := list(islice(commits, _MORE)):
                index.add(portion)
                names += [one.print.commit for one in portion[::10]]
            index.settle()
            wall, size = time.perf_counter() - start, index.size() / 1e6
            print(f"{count:,} synthetic commits: {wall:.1f} s, {size:.0f} MB")
            questions(index, names)
            index.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repo", type=Path, nargs="?")
    parser.add_argument("--synthetic", type=int, nargs="*", default=[], metavar="COUNT")
    parser.add_argument("--ref", default="HEAD")
    parser.add_argument("--commits", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--at", type=Path, help="keep the index in this file")
    options = parser.parse_args()
    grow(options.synthetic)
    if options.repo is None:
        return 0
    limit = [f"-{options.commits + _MORE}"] if options.commits else []
    commits = git(options.repo, "rev-list", *limit, options.ref).decode().split()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bare = clone_at(options.repo, place, commits[_MORE])
        shallow(bare, commits)
        index = SqliteCommitIndex(options.at or place / "commits.sqlite")
        first = beside(index, bare, "first index", options.rounds)
        git(bare, "update-ref", "refs/heads/master", commits[0])
        more = beside(index, bare, "more", max(3, options.rounds), f"^{commits[_MORE]}")
        again = measured(lambda: update_index(index, [Followed(bare, "master", "mainline")]))
        print(f"nothing new         {again.wall:7.3f} s")
        mean = questions(index, commits)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory              {memory:7.0f} MB (limit {_MEMORY:.0f})")
        print(f"file                {index.size() / 1e6:7.0f} MB")
        index.close()
    missed = (
        first > _RATIO,
        more > _RATIO,
        mean > _QUERY,
        memory > _MEMORY,
    )
    return int(any(missed))


if __name__ == "__main__":
    sys.exit(main())
