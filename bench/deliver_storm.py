# SPDX-License-Identifier: GPL-2.0-or-later
"""Deliver mails by real procmail and real maildrop, many at once, with kill -9 at random.

    python -m bench.deliver_storm MBOX... [--count 1000] [--parallel 50] [--kills 0.3] [--seed 1]

A queue hands out the mails as a mail server does: what ends with another code than 0, or by a
signal, comes again. Killed are, by chance, the delivery agent alone, mkit alone, or both. In the
end ``mkit sync`` must find each mail once: the same export as after an import of the same mails,
one file for each, and no other. Exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bench.home import ROOT, Home
from maintainer_kit.adapters.mail.hooks import Machine, mail_hook
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.ports import BrokenMail

AGENTS = ("procmail", "maildrop")
VICTIMS = ("agent", "mkit", "both")
_TIMEOUT = 600
_TRIES = 50
_ENDS = {"procmail": "\n:0\n/dev/null\n", "maildrop": "\nEXITCODE=0\nexit\n"}
_ENVELOPE = b"From bo@shale.example Mon Jan  5 09:00:00 2026\n"


@dataclass
class Place:
    """A home, the agents' settings, and mkit as they call it."""

    base: Path

    def __post_init__(self) -> None:
        (self.base / "bin").mkdir(parents=True)
        (self.base / "user").mkdir()
        program = self.base / "bin" / "mkit"
        program.write_text(
            f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m maintainer_kit "$@"\n'
        )
        program.chmod(0o755)
        machine = Machine((str(program),), {"MKIT_HOME": str(self.home)}, "")
        for agent in AGENTS:
            rules = self.rules(agent)
            rules.write_text(mail_hook(agent, machine) + _ENDS[agent])
            rules.chmod(0o600)

    @property
    def home(self) -> Path:
        return self.base / "home"

    @property
    def env(self) -> dict[str, str]:
        return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.base / "user")}

    def rules(self, agent: str) -> Path:
        return self.base / f"{agent}rc"

    def argv(self, agent: str) -> list[str]:
        return [agent, *(["-m"] if agent == "procmail" else []), str(self.rules(agent))]

    def mkit(self, *args: str | Path) -> bytes:
        """Run a verb to its end."""
        return Home(self.home, self.base / "user").run(*map(str, args))

    def delivered(self) -> list[Path]:
        """All files of the Maildir that readers see; what a kill left in tmp/ is none of these."""
        folder = self.home / "mail" / "mkit"
        return [path for part in ("new", "cur") for path in (folder / part).iterdir()]


@dataclass
class Storm:
    """The mail server's queue."""

    place: Place
    parallel: int
    kills: float
    chance: random.Random
    ends: Counter[str] = field(default_factory=Counter)
    longest: float = 0.5
    """Seconds that a delivery took, as the latest that was not disturbed: until then killed."""

    def deliver(self, mails: Sequence[Path]) -> None:
        """Until the queue is empty, and no process is left."""
        living, told = os.pipe()
        with ThreadPoolExecutor(self.parallel) as pool:
            agents = [AGENTS[at % len(AGENTS)] for at in range(len(mails))]
            tries = [
                pool.submit(self._until_taken, *one, told)
                for one in zip(mails, agents, strict=True)
            ]
            taken = [one.result() for one in tries]
        os.close(told)
        os.read(living, 1)  # ends when the last process that holds the other side has ended
        os.close(living)
        if not all(taken):
            raise SystemExit(f"{taken.count(False)} mails were not taken in {_TRIES} tries")

    def _until_taken(self, path: Path, agent: str, told: int) -> bool:
        """At once again, while what was left of the last try may still run."""
        return any(self._try(path, agent, told) == 0 for _ in range(_TRIES))

    def _try(self, path: Path, agent: str, told: int) -> int:
        begun = time.monotonic()
        with path.open("rb") as mail:
            running = subprocess.Popen(
                self.place.argv(agent), stdin=mail, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, env=self.place.env, cwd=self.place.base,
                pass_fds=[told], start_new_session=True,
            )  # fmt: skip
        victim = self.chance.choice(VICTIMS) if self.chance.random() < self.kills else ""
        if victim:
            self._kill(running, victim, self.chance.uniform(0, self.longest))
        code = running.wait(timeout=_TIMEOUT)
        if not victim:
            self.longest = time.monotonic() - begun
        self.ends[f"{agent} {f'{victim} aimed at' if victim else 'undisturbed'}: exit {code}"] += 1
        return code

    def _kill(self, running: subprocess.Popen[bytes], victim: str, moment: float) -> None:
        try:
            running.wait(timeout=moment)
            return
        except subprocess.TimeoutExpired:
            pass
        targets = [] if victim == "mkit" else [running.pid]
        targets += [] if victim == "agent" else _below(running.pid)
        for one in targets:
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                continue


def _below(process: int) -> list[int]:
    """The process's children."""
    try:
        words = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [int(word) for word in words]


def written(mboxes: Sequence[Path], count: int, folder: Path) -> list[Path]:
    """So many mails of different content as files: as they are in ``plain``, and, given back, with
    the envelope that a mail server puts before them."""
    (folder / "plain").mkdir(parents=True)
    found: list[Path] = []
    for raw in islice(_different(mboxes), count):
        path = folder / f"{len(found):05}.eml"
        path.write_bytes(_ENVELOPE + raw)
        (folder / "plain" / path.name).write_bytes(raw)
        found.append(path)
    return found


def _different(mboxes: Sequence[Path]) -> Iterator[bytes]:
    seen: set[bytes] = set()
    for one in MailSource(mboxes):
        if not isinstance(one, BrokenMail) and one.raw.strip() not in seen:
            seen.add(one.raw.strip())
            yield one.raw


def differences(place: Place, mails: Sequence[Path], other: Place) -> list[str]:
    """Between what was delivered and an import of the same into another home."""
    found: list[str] = []
    sent = Counter(path.read_bytes().partition(b"\n")[2].strip() for path in mails)
    held = Counter(path.read_bytes().strip() for path in place.delivered())
    if lost := sent - held:
        found.append(f"{lost.total()} mails are not there")
    if more := held - sent:
        sizes = ", ".join(f"{len(raw)} of {_whole(raw, sent)}" for raw in more)
        found.append(f"{more.total()} files too many, with so many bytes of a mail: {sizes}")
    place.mkit("sync")
    other.mkit("import", mails[0].parent / "plain")
    if place.mkit("export") != other.mkit("export"):
        found.append("another export than after an import")
    return found


def _whole(part: bytes, sent: Iterable[bytes]) -> int:
    """The size of the mail that begins so; 0 where none does."""
    return next((len(raw) for raw in sent if raw.startswith(part)), 0)


def run(mboxes: Sequence[Path], count: int, parallel: int, kills: float, seed: int) -> list[str]:
    """One storm, told on standard output; what was wrong in the end."""
    for agent in AGENTS:
        if not shutil.which(agent):
            raise SystemExit(f"{agent} is not installed")
    with tempfile.TemporaryDirectory(prefix="mkit-storm-") as work:
        place, other = Place(Path(work, "storm")), Place(Path(work, "import"))
        mails = written(mboxes, count, Path(work, "mails"))
        storm = Storm(place, parallel, kills, random.Random(seed))
        start = time.monotonic()
        storm.deliver(mails)
        seconds = time.monotonic() - start
        print(f"{len(mails)} mails, {storm.ends.total()} deliveries, {seconds:.1f} s")
        for words, number in sorted(storm.ends.items()):
            print(f"{number:6} {words}")
        return differences(place, mails, other)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("mboxes", nargs="+", metavar="MBOX", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--parallel", type=int, default=50)
    parser.add_argument("--kills", type=float, default=0.3, help="share of deliveries (0.3)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    given = parser.parse_args()
    wrong = run(given.mboxes, given.count, given.parallel, given.kills, given.seed)
    print("\n".join(f"DIFFERENCE: {one}" for one in wrong) or "none lost, none twice")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
