# SPDX-License-Identifier: GPL-2.0-or-later
"""Kill ``mkit state`` with SIGKILL at every single write of a decision, and look at the next start.

    python -m bench.kill_points sample_mboxes/wick.mbox [--every 1] [--verb "state accepted"]

The writes are those that the kernel sees: strace(1) counts them in an undisturbed run, and then
kills the N-th before it is done, for each N, in a copy of the same home. After each kill the next
start must find the decision whole or not at all: the states of all patches, the log and notmuch's
tags say the same; the catalogue equals one that is made anew; and the decision taken again (or
found taken) ends as in the undisturbed run. Prints each point with what was found; exit 1 on any
difference, 2 where strace cannot trace.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.home import MKIT, Home

_WRITES = (
    "write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,"
    "unlink,unlinkat,link,linkat,msync"
)
_CALL = re.compile(r"(?P<call>\w+)\((?P<rest>.*)")
_FILE = re.compile(r"<([^>]*)>|\"([^\"]*)\"")
_KILLED = -9
_NO_TRACE = 2


@dataclass(frozen=True)
class Point:
    """One write of the undisturbed run."""

    number: int
    call: str
    file: str


@dataclass(frozen=True)
class Outcome:
    """What the next start found after a kill."""

    point: Point
    decided: bool
    wrong: str


class TracedHome(Home):
    """A home in which each write of mkit is the same in every run."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, root.parent)
        self.env["PYTHONDONTWRITEBYTECODE"] = "1"
        self.env["MKIT_NOW"] = "2026-04-01T00:00:00Z"

    def run(self, *words: str) -> bytes:
        """Raises RuntimeError where it fails, which is a result here."""
        done = subprocess.run([*MKIT, *words], env=self.env, capture_output=True)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace")
            raise RuntimeError(f"mkit {' '.join(words)}: {said}")
        return done.stdout

    def traced(self, words: Sequence[str], log: Path, *options: str) -> int:
        """Run under strace; the exit code, negative for a signal."""
        argv = ["strace", "-y", "-o", str(log), "-e", f"trace={_WRITES}", *options]
        done = subprocess.run([*argv, *MKIT, *words], env=self.env, capture_output=True)
        return done.returncode

    def tagged(self) -> set[str]:
        config = self.root / "notmuch-config"
        env = {**self.env, "NOTMUCH_CONFIG": str(config)} if config.exists() else self.env
        argv = ["notmuch", "search", "--output=messages", "tag:mkit/accepted"]
        env["NOTMUCH_DATABASE"] = str(self.root / "mail")
        done = subprocess.run(argv, env=env, capture_output=True, text=True, check=True)
        return {line.removeprefix("id:") for line in done.stdout.split()}


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        base = TracedHome(Path(folder) / "base")
        for path in asked.mbox:
            base.run("import", str(path))
        topic = max(base.json("list", "--all")["topics"], key=lambda one: one["received"])
        words = [*asked.verb.split(), topic["id"]]
        points, expected = _undisturbed(base, words, Path(folder))
        if not points:
            print("strace cannot trace here", file=sys.stderr)
            return _NO_TRACE
        chosen = points[asked.offset :: asked.every]
        print(f"{len(points)} writes of: mkit {' '.join(words)}; {len(chosen)} kills")
        outcomes = [_killed(base, words, point, expected, Path(folder)) for point in chosen]
    for one in outcomes:
        found = "there" if one.decided else "not there"
        point = f"{one.point.number:4} {one.point.call:<10} {one.point.file:<44}"
        print(f"{point} {found:<10} {one.wrong}".rstrip())
    wrong = sum(bool(one.wrong) for one in outcomes)
    there = sum(one.decided for one in outcomes)
    print(f"{len(outcomes)} kills: {there} times wholly there, {len(outcomes) - there} not at all,")
    print(f"{wrong} times wrong")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("mbox", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only every n-th write")
    parser.add_argument("--offset", type=int, default=0, help="writes that are passed over first")
    parser.add_argument("--verb", default="state accepted")
    return parser.parse_args()


def _undisturbed(base: TracedHome, words: Sequence[str], folder: Path) -> tuple[list[Point], bytes]:
    """All writes of the verb, and what export says after it."""
    with _copy(base, folder) as home:
        log = folder / "log"
        if home.traced(words, log) != 0:
            return [], b""
        return list(_points(log, home.root)), home.run("export")


def _points(log: Path, top: Path) -> Iterator[Point]:
    number = 0
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        number += 1
        named = _FILE.search(found["rest"])
        name = (named[1] or named[2] or "") if named else ""
        yield Point(number, found["call"], name.replace(str(top), "").lstrip("/") or "the home")


def _killed(
    base: TracedHome, words: Sequence[str], point: Point, expected: bytes, folder: Path
) -> Outcome:
    with _copy(base, folder) as home:
        inject = f"inject={_WRITES}:signal=KILL:when={point.number}"
        code = home.traced(words, folder / "log", "-e", inject)
        # A run may need a write less than the first one did.
        if code not in (_KILLED, 0):
            return Outcome(point, False, f"not killed: exit {code}")
        try:
            return _look(home, words, point, expected)
        except (RuntimeError, ValueError) as error:
            return Outcome(point, False, f"the next start failed: {error}"[:200])


def _look(home: TracedHome, words: Sequence[str], point: Point, expected: bytes) -> Outcome:
    topic = next(one for one in home.json("list", "--all")["topics"] if one["id"] == words[-1])
    patches = sum(topic["states"].values())
    accepted = topic["states"].get("accepted", 0)
    logged = bool(home.json("log")["log"])
    decided = accepted == patches
    if accepted not in (0, patches) or logged != decided:
        return Outcome(point, decided, f"{accepted} of {patches} accepted, logged: {logged}")
    tagged = home.tagged()
    if len(tagged) != accepted:
        return Outcome(point, decided, f"{len(tagged)} tags for {accepted} accepted")
    before = home.run("export")
    home.run("rebuild")
    if home.run("export") != before:
        return Outcome(point, decided, "a rebuild differs")
    if not decided:
        home.run(*words)
        before = home.run("export")
    return Outcome(point, decided, "" if before == expected else "the end differs")


@contextmanager
def _copy(base: TracedHome, folder: Path) -> Iterator[TracedHome]:
    # A home knows its own place: the copy is put where the first one was, one after the other.
    kept = folder / "kept"
    base.root.rename(kept)
    try:
        shutil.copytree(kept, base.root, symlinks=True)
        # A copy of an index is looked at as a whole; the writes are to be the decision's alone.
        base.run("sync")
        yield base
    finally:
        shutil.rmtree(base.root, ignore_errors=True)
        kept.rename(base.root)


if __name__ == "__main__":
    raise SystemExit(main())
