# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit branches`` beside git's own counting of the same branches.

    python -m bench.branches_ratio [--branches 200] [--history 20000] [--rounds N]
    python -m bench.branches_ratio --repo DIR [--rounds N]

Without --repo a repository is made: a mainline with merges, and branches in every state. In turn:
``git rev-list --left-right --count`` of each branch and its upstream, a process each; the same of
each branch and the mainline; ``mkit branches --no-sync`` as a process, which tells both and all the
rest. Where git has it, also one ``git for-each-ref`` with the distance to the mainline. Limit of
the project: twice the first, or twice that.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.home import MKIT, environment
from bench.whole_process import Cost, best, run, told
from tests.integration.many_branches import make, plan

_AHEAD = "%(ahead-behind:refs/remotes/origin/master)"


def _pairs(repository: Path) -> tuple[list[str], list[str]]:
    """Each branch with its upstream, and with the mainline, as git takes them."""
    form = "--format=%(refname) %(upstream) %(upstream:track,nobracket)"
    argv = ["git", "-C", str(repository), "for-each-ref", form, "refs/heads"]
    lines = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.splitlines()
    words = [line.split() for line in lines]
    main = next(
        one for one in ("refs/remotes/origin/master", "refs/heads/master") if _is(repository, one)
    )
    upstreams = [f"{one[0]}...{one[1]}" for one in words if len(one) > 1 and one[2:] != ["gone"]]
    return upstreams, [f"{one[0]}...{main}" for one in words]


def _is(repository: Path, ref: str) -> bool:
    argv = ["git", "-C", str(repository), "rev-parse", "--quiet", "--verify", ref]
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


def _each(repository: Path, pairs: Sequence[str], env: dict[str, str]) -> Cost:
    argv = ["git", "-C", str(repository), "rev-list", "--left-right", "--count"]
    costs = [run([*argv, pair], env)[0] for pair in pairs]
    return Cost(sum(one.wall for one in costs), sum(one.cpu for one in costs))


def _measure(repository: Path, home: Path, rounds: int) -> None:
    env = environment(home / "mkit", home)
    upstreams, mains = _pairs(repository)
    ours = [*MKIT, "branches", "--no-sync", "--repo", str(repository)]
    ahead = ["git", "-C", str(repository), "for-each-ref", f"--format={_AHEAD}", "refs/heads"]
    can = subprocess.run(ahead, capture_output=True, check=False).returncode == 0
    run(ours, env)  # makes the home
    costs: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        costs.setdefault("mkit branches", []).append(run(ours, env)[0])
        costs.setdefault("upstreams", []).append(_each(repository, upstreams, env))
        costs.setdefault("mainline", []).append(_each(repository, mains, env))
        if can:
            costs.setdefault("for-each-ref", []).append(run(ahead, env)[0])
    for name, some in costs.items():
        print(f"{name}: best {1000 * best(some).wall:.0f} ms wall, {1000 * best(some).cpu:.0f} CPU")
    for name in costs.keys() - {"mkit branches"}:
        print(f"mkit branches beside {name}: {told(costs['mkit branches'], costs[name])} (limit 2)")
    print(f"{len(mains)} branches, {len(upstreams)} with an upstream")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repo", type=Path)
    parser.add_argument("--branches", type=int, default=200)
    parser.add_argument("--history", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        home = Path(name)
        repository = options.repo
        if repository is None:
            repository = home / "tree"
            make(repository, plan(options.branches, options.history), options.history)
        _measure(repository, home, options.rounds)


if __name__ == "__main__":
    main()
