# SPDX-License-Identifier: GPL-2.0-or-later
"""Kill ``mkit`` with SIGKILL at random moments, go on, and compare with an undisturbed run.

    python -m bench.kill_loop sample_mboxes/*.mbox --rounds 50 --seed 1

Each round of ``import`` and ``sync`` begins in an empty home: the verb is killed, started again,
and what ``mkit export`` then says must equal, byte for byte, what an undisturbed run gives, with
the same files in the Maildir. A round of ``state`` kills a decision about several topics: after
the next start it must be wholly there or not at all, with tags equal to states, and equal to a
second home in which the same was decided without a kill, or not at all. Exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from bench.home import MKIT, Home
from bench.whole_process import run

STATES = ("under-review", "changes-requested", "accepted", "rejected", "deferred", "new")
_MAIL = ("cur", "new", "tmp")
_TAG = "+mkit%2f"  # as notmuch-dump(1) writes it


@dataclass
class Tally:
    """What the rounds of one verb came to."""

    verb: str
    rounds: int = 0
    killed: int = 0
    """Of the rounds, those in which the kill came before the end."""
    halfway: int = 0
    """Of those killed, the ones that had begun to leave something behind."""
    differences: list[str] = field(default_factory=list)
    seconds: float = 0.0


class KilledHome(Home):
    """A home in which mkit may be killed, beside the home directory of a user."""

    def __init__(self, root: Path) -> None:
        user = root.parent / "user"
        user.mkdir(exist_ok=True)
        super().__init__(root, user)

    def start(self, *args: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            [*MKIT, *args],
            env=self.env,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        )

    def states_in_tags(self) -> dict[str, list[str]]:
        """The states that the tags of each message name, as any notmuch client sees them."""
        config = f"--config={self.root / 'notmuch-config'}"
        argv = ["notmuch", config, "dump", "--format=batch-tag", "--include=tags"]
        found: dict[str, list[str]] = {}
        for line in run(argv, self.env)[1].decode().splitlines():
            tags, _, message_id = line.partition(" -- id:")
            names = [tag[len(_TAG) :] for tag in tags.split() if tag.startswith(_TAG)]
            if names:
                found[unquote(message_id).strip('"')] = names
        return found

    def files(self) -> list[str]:
        """Names of all mails, and of what should not have been left in tmp/."""
        return sorted(p.name for p in (self.root / "mail").rglob("*") if p.parent.name in _MAIL)

    def export(self) -> bytes:
        return self.run("export")

    def log(self) -> list[str]:
        """All decisions, without ids and times, which no two runs share."""
        groups = self.json("log")["log"]
        return sorted(json.dumps([g["origin"], g["events"]]) for g in groups)

    def remove(self) -> None:
        shutil.rmtree(self.root)


@contextmanager
def timed(tally: Tally) -> Iterator[None]:
    start = time.monotonic()
    yield
    tally.seconds = time.monotonic() - start


def took(home: KilledHome, *args: str) -> float:
    """Seconds that a verb takes undisturbed."""
    start = time.monotonic()
    home.run(*args)
    return time.monotonic() - start


def kill_at(home: KilledHome, moment: float, whole_group: bool, *args: str) -> float | None:
    """Start a verb and kill it after ``moment`` seconds; the seconds that it took when it had ended
    by then, else None.

    With ``whole_group`` the programs that it runs die too, as in a power cut; else they live on,
    as when the kernel kills one process that takes too much memory.
    """
    start = time.monotonic()
    running = home.start(*args)
    try:
        running.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        if whole_group:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
        if running.wait() == -signal.SIGKILL:
            return None
    return time.monotonic() - start


def deliver(source: KilledHome, home: KilledHome) -> None:
    """Put mail into a Maildir of the home, as a delivery agent does: no index knows it."""
    for part in _MAIL:
        (home.root / "mail" / "inbox" / part).mkdir(parents=True)
    for path in (source.root / "mail" / "mkit" / "cur").iterdir():
        shutil.copy(path, home.root / "mail" / "inbox" / "cur" / path.name)


@dataclass
class Loop:
    """One run of the program."""

    work: Path
    mboxes: list[str]
    rounds: int
    chance: random.Random

    def home(self, name: str) -> KilledHome:
        place = self.work / name
        place.mkdir()
        return KilledHome(place)

    def whole_run(self) -> tuple[KilledHome, float]:
        """The undisturbed import that all is measured against."""
        home = self.home("whole")
        return home, took(home, "import", *self.mboxes)

    def imports(self, whole: KilledHome, seconds: float) -> Tally:
        return self._fresh_rounds("import", whole, seconds)

    def syncs(self, whole: KilledHome) -> Tally:
        undisturbed = self.home("delivered")
        deliver(whole, undisturbed)
        seconds = took(undisturbed, "sync")
        tally = self._fresh_rounds("sync", undisturbed, seconds, mail=whole)
        if undisturbed.export() != whole.export():
            tally.differences.append("sync of delivered mail and import of it differ")
        return tally

    def _fresh_rounds(
        self, verb: str, whole: KilledHome, seconds: float, mail: KilledHome | None = None
    ) -> Tally:
        tally = Tally(verb)
        args = [verb, *self.mboxes] if verb == "import" else [verb]
        export, files = whole.export(), whole.files()
        with timed(tally):
            for number in range(self.rounds):
                home = self.home(f"{verb}-{number}")
                if mail is not None:
                    deliver(mail, home)
                moment = self.chance.uniform(0.05, 1.0) * seconds
                ended = kill_at(home, moment, number % 2 == 0, *args)
                killed = ended is None
                tally.rounds += 1
                tally.killed += killed
                tally.halfway += killed and (home.root / "catalogue.sqlite").exists()
                home.run(*args)
                what = f"{verb} killed after {moment:.3f} s of {seconds:.3f} s"
                # Other work on the machine may have ended since it was timed.
                seconds = min(seconds, ended or seconds)
                if home.export() != export:
                    tally.differences.append(f"{what}: another export")
                if home.files() != files:
                    tally.differences.append(f"{what}: other files in the Maildir")
                home.remove()
        return tally

    def states(self, whole: KilledHome) -> Tally:
        """Decisions on the undisturbed home; a twin decides the same, or not, without a kill."""
        tally = Tally("state")
        twin = self.home("twin")
        twin.run("import", *self.mboxes)
        topics = [json.loads(line)["id"] for line in whole.export().splitlines()]
        # The first decision after an import has more to read than those that follow.
        for state in ("under-review", "new"):
            seconds = took(whole, "state", state, *topics[:8])
            twin.run("state", state, *topics[:8])
        with timed(tally):
            for number in range(self.rounds):
                some = self.chance.sample(topics, min(8, len(topics)))
                state = self.chance.choice(STATES)
                ended = self._decide(tally, whole, twin, seconds, number, (state, *some))
                seconds = min(seconds, ended or seconds)
        return tally

    def _decide(
        self,
        tally: Tally,
        home: KilledHome,
        twin: KilledHome,
        seconds: float,
        number: int,
        args: tuple[str, ...],
    ) -> float | None:
        """One round; how long the decision took when it ended before its kill."""
        before = home.log()
        # A decision is taken in the last third; what comes before is the start of the program.
        moment = self.chance.uniform(0.5, 1.05) * seconds
        ended = kill_at(home, moment, number % 2 == 0, "state", *args)
        killed = ended is None
        home.run("sync")
        after = home.log()
        decided = len(after) > len(before)
        tally.rounds += 1
        tally.killed += killed
        tally.halfway += killed and decided
        if decided:
            twin.run("state", *args)
        what = f"state {number}, killed after {moment:.3f} s of {seconds:.3f} s"
        if not decided and not killed:
            tally.differences.append(f"{what}: it ended, but decided nothing")
        if after != twin.log():
            tally.differences.append(f"{what}: another journal")
        export = home.export()
        if export != twin.export():
            tally.differences.append(f"{what}: another export")
        tally.differences += [f"{what}: {one}" for one in wrong_tags(home, export)]
        return ended


def wrong_tags(home: KilledHome, export: bytes) -> list[str]:
    """Patches of newest views whose tags are not their state, and others that bear one."""
    wanted: dict[str, str] = {}
    for line in export.splitlines():
        for revision in json.loads(line)["revisions"]:
            patches = (one for one in revision["patches"] if one)
            wanted |= {one["message_id"]: one["state"] for one in patches}
    found = home.states_in_tags()
    wrong: list[str] = []
    for one, state in wanted.items():
        expected = [] if state == "superseded" else [state]
        if found.get(one, []) != expected:
            wrong.append(f"{one} is {state}, its tags say {found.get(one)}")
    return wrong


def table(tallies: Sequence[Tally]) -> str:
    head = f"{'verb':<8}{'rounds':>8}{'killed':>8}{'halfway':>9}{'differences':>13}{'seconds':>9}"
    lines = [
        f"{one.verb:<8}{one.rounds:>8}{one.killed:>8}{one.halfway:>9}"
        f"{len(one.differences):>13}{one.seconds:>9.1f}"
        for one in tallies
    ]
    return "\n".join([head, *lines])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("mboxes", nargs="+", metavar="MBOX")
    parser.add_argument("--rounds", type=int, default=50, help="kills of each verb (50)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    parser.add_argument("--verbs", default="import,sync,state", help="which ones")
    return parser.parse_args()


def main() -> int:
    """Run all loops; the exit code."""
    given = arguments()
    verbs = given.verbs.split(",")
    with tempfile.TemporaryDirectory(prefix="mkit-kill-") as work:
        mboxes = [str(Path(one).resolve()) for one in given.mboxes]
        loop = Loop(Path(work), mboxes, given.rounds, random.Random(given.seed))
        whole, seconds = loop.whole_run()
        tallies = []
        if "import" in verbs:
            tallies.append(loop.imports(whole, seconds))
        if "sync" in verbs:
            tallies.append(loop.syncs(whole))
        if "state" in verbs:
            tallies.append(loop.states(whole))
    print(table(tallies))
    for tally in tallies:
        for one in tally.differences:
            print(f"DIFFERENCE: {one}")
    return 1 if any(tally.differences for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
