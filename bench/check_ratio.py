# SPDX-License-Identifier: GPL-2.0-or-later
"""How long ``mkit check`` takes beside git, beside its own help, and beside checkpatch.pl.

    python -m bench.check_ratio REPO [--commits 3000] [--checkpatch PATH] [--patches 200]

REPO is a clone of git.git, or of any project with a long history. All is timed in one run, each as
a process, the best of some rounds. Limits of the project: commits <= 3x ``git log -p`` over the
same, a commit message in a hook <= 2x ``mkit --help``, patches >= 30x faster than checkpatch.pl
called for each and >= 10x than all in one call, a cover letter with 100 patches < 1 s. The exit
code is 1 when one is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.home import MKIT, environment

_CHECK = [*MKIT, "check", "--no-index", "--no-tools", "--fail-on", "never"]
_TERSE = ["--no-tree", "--terse", "--show-types", "--no-summary", "--color=never"]
_TYPE = re.compile(r"\b(?:ERROR|WARN|CHK|WARNING|CHECK)\(\"([A-Z0-9_]+)\"")
_MESSAGE = """\
walk: end at the first tree that is missing

A walk over a shallow clone asked for trees that nobody has, and died in
the middle of its output. End it where history ends.

Signed-off-by: Ada Author <ada@quarry.example>
"""
_IDENTITY = {"NAME": "Ada Author", "EMAIL": "ada@quarry.example"}


@dataclass(frozen=True)
class Bench:
    """Where all of it is run."""

    repo: Path
    place: Path
    rounds: int

    @property
    def env(self) -> dict[str, str]:
        people = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in _IDENTITY.items()
        }
        return {**environment(self.place / "home", self.place), **people}

    def run(self, argv: Sequence[str], cwd: Path) -> tuple[float, str]:
        """Seconds and output of one call; checkers may end with 1."""
        start = time.perf_counter()
        done = subprocess.run(argv, cwd=cwd, env=self.env, capture_output=True, check=False)
        spent = time.perf_counter() - start
        if done.returncode not in (0, 1):
            raise SystemExit(f"{argv[:6]}: exit code {done.returncode}: {done.stderr.decode()}")
        return spent, done.stdout.decode("utf-8", "replace")

    def best(self, *argvs: Sequence[str], cwd: Path | None = None) -> list[float]:
        """The best time of each command, all in turn: a busy machine hits them alike."""
        times: list[list[float]] = [[] for _ in argvs]
        for _ in range(self.rounds):
            for found, argv in zip(times, argvs, strict=True):
                found.append(self.run(argv, cwd or self.repo)[0])
        return [min(one) for one in times]


@dataclass(frozen=True)
class Outcome:
    """One figure beside its limit."""

    what: str
    ours: float
    theirs: float
    figure: float
    limit: float
    is_met: bool

    def __str__(self) -> str:
        sign = "ok  " if self.is_met else "MISS"
        beside = f" beside {self.theirs:8.3f} s" if self.theirs else ""
        figure = f"{self.figure:7.2f} (limit {self.limit:g})"
        return f"{sign} {self.what:44} {self.ours:8.3f} s{beside}: {figure}"


def at_most(what: str, ours: float, theirs: float, limit: float) -> Outcome:
    ratio = ours / theirs
    return Outcome(what, ours, theirs, ratio, limit, ratio <= limit)


def at_least(what: str, ours: float, theirs: float, limit: float) -> Outcome:
    ratio = theirs / ours
    return Outcome(what, ours, theirs, ratio, limit, ratio >= limit)


def commits(bench: Bench, count: int) -> Outcome:
    log = ["git", "log", "-p", f"-{count}"]
    check = [*_CHECK, "--profile", "git", "--brief", "--", f"-{count}"]
    theirs, ours = bench.best(log, check)
    return at_most(f"{count} commits / git log -p", ours, theirs, 3)


def message(bench: Bench) -> Outcome:
    work = bench.place / "work"
    subprocess.run(["git", "init", "--quiet", str(work)], check=True, env=bench.env)
    file = work / "COMMIT_EDITMSG"
    file.write_text(_MESSAGE)
    hook = [*MKIT, "hooks", "run", "commit-msg", str(file)]
    theirs, ours = bench.best([*MKIT, "--help"], hook, cwd=work)
    return at_most("a commit message in a hook / mkit --help", ours, theirs, 2)


def cover(bench: Bench, count: int = 100) -> Outcome:
    """In the repository that it is for: that it applies there is tried too."""
    work = bench.place / "series"
    subprocess.run(["git", "init", "--quiet", str(work)], check=True, env=bench.env)
    stream = "".join(_commits(count)).encode()
    argv = ["git", "fast-import", "--quiet"]
    subprocess.run(argv, cwd=work, input=stream, check=True, env=bench.env)
    folder = bench.place / "cover"
    options = ["--quiet", "--cover-letter", "--base=first", "-o", str(folder), "first..tip"]
    bench.run(["git", "format-patch", *options], work)
    files = sorted(str(one) for one in folder.iterdir())
    check = [*_CHECK, "--profile", "kernel", "--base", "first", "--brief", *files]
    (ours,) = bench.best(check, cwd=work)
    return Outcome(f"a cover letter with {count} patches", ours, 0.0, ours, 1, ours < 1)


def _commits(count: int) -> Iterator[str]:
    """A history in which each commit adds a line to one of ten files."""
    files = {f"fs/lid{at}.c": [f"int lid{line};" for line in range(50)] for at in range(10)}
    for number in range(count + 1):
        name, lines = list(files.items())[number % 10]
        lines.insert(25, f"\tturn({number});")
        changed = files if not number else {name: lines}
        yield f"commit refs/heads/tip\ncommitter Ada Author <ada@quarry.example> {number} +0000\n"
        yield _data(_MESSAGE.replace("walk: end", f"lid: turn {number} times, and end"))
        for path, content in changed.items():
            yield f"M 644 inline {path}\n" + _data("".join(f"{one}\n" for one in content))
        if not number:
            yield "reset refs/heads/first\nfrom refs/heads/tip\n\n"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _written(bench: Bench, name: str, count: int, *options: str) -> list[str]:
    folder = bench.place / name
    argv = ["git", "format-patch", "--quiet", *options, f"-{count}", "-o", str(folder), "HEAD"]
    bench.run(argv, bench.repo)
    return sorted(str(one) for one in folder.iterdir())


def beside_checkpatch(bench: Bench, script: Path, count: int) -> list[Outcome]:
    files = _written(bench, "patches", count, "--no-numbered")
    call = ["perl", str(script), *_TERSE]
    check = [*_CHECK, "--profile", "kernel", "--brief", *files]
    # Outside of a repository, of which checkpatch.pl asks as good as nothing.
    ours, together = bench.best(check, [*call, *files], cwd=bench.place)
    single = sum(bench.run([*call, one], bench.place)[0] for one in files)
    _print_looked_at(bench, script, files)
    return [
        at_least(f"{len(files)} patches: checkpatch.pl for each / ours", ours, single, 30),
        at_least(f"{len(files)} patches: checkpatch.pl for all / ours", ours, together, 10),
    ]


def _print_looked_at(bench: Bench, script: Path, files: Sequence[str]) -> None:
    """What each of the two knows, and what it said of the same patches."""
    said = bench.run(["perl", str(script), *_TERSE, *files], bench.place)[1]
    theirs = re.findall(r": (?:ERROR|WARNING|CHECK):([A-Z0-9_]+):", said)
    report = bench.run([*_CHECK, "--profile", "kernel", "--json", *files], bench.place)[1]
    findings = json.loads(report)["findings"]
    ours = [one["rule"] for one in findings]
    from maintainer_kit.checks.catalogue import all_rules

    types = len(set(_TYPE.findall(script.read_text(errors="replace"))))
    aliases = len({alias for rule in all_rules() for alias in rule.aliases})
    print(f"{'':14} {'knows':>22} {'said':>8} {'of kinds':>9}")
    print(f"{'mkit check':14} {len(all_rules()):>16} rules {len(ours):>8} {len(set(ours)):>9}")
    print(f"{'checkpatch.pl':14} {types:>16} types {len(theirs):>8} {len(set(theirs)):>9}")
    print(f"{aliases} of its types are rules of ours too; the rest is style of code.")


def _outcomes(bench: Bench, options: argparse.Namespace) -> list[Outcome]:
    found = [commits(bench, options.commits), message(bench), cover(bench)]
    if options.checkpatch is None:
        print("no --checkpatch: not compared with it")
        return found
    return found + beside_checkpatch(bench, options.checkpatch.resolve(), options.patches)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repo", type=Path)
    parser.add_argument("--commits", type=int, default=3000)
    parser.add_argument("--checkpatch", type=Path, default=None)
    parser.add_argument("--patches", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        (Path(name) / "home").mkdir()
        outcomes = _outcomes(Bench(options.repo.resolve(), Path(name), options.rounds), options)
    for one in outcomes:
        print(one)
    return int(not all(one.is_met for one in outcomes))


if __name__ == "__main__":
    raise SystemExit(main())
