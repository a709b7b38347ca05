# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether ``mkit export`` is equal after importing the same mails in many shuffled orders.

    python -m bench.shuffled_import MBOX... [--orders 20] [--seed 1] [--singly 1] [--files]

The mails of all files are shuffled together. Each order is imported into a home of its own in
portions of 1 to 1,500 mails, so that threads and topics grow in that order; the first --singly
orders message by message, each with an import of its own (0.15 s a mail). With --files the files
are shuffled, and each is imported as a whole. The first of all is
imported as the files are, at once, and is what the others are compared with; the last one is
rebuilt at the end and compared once more. Prints the md5 of each export; exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import whole_process
from bench.home import MKIT, ROOT
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.ports import BrokenMail, SourceMail

_LARGEST = 1500
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one order came to."""

    name: str
    export: tuple[str, ...]
    seconds: float

    @property
    def md5(self) -> str:
        text = "\n".join(self.export).encode()
        return hashlib.md5(text, usedforsecurity=False).hexdigest()


def read_mails(paths: Sequence[Path]) -> list[SourceMail]:
    """All mails of the files, in their order."""
    return [one for one in MailSource(paths) if not isinstance(one, BrokenMail)]


def portions(
    mails: Sequence[SourceMail], chance: random.Random, *, singly: bool
) -> Iterator[Sequence[SourceMail]]:
    """Cut an order into imports; half of them are small."""
    at = 0
    while at < len(mails):
        size = 1 if singly else chance.choice((chance.randint(1, 20), chance.randint(1, _LARGEST)))
        yield mails[at : at + size]
        at += size


def fill(home: Path, parts: Iterator[Sequence[SourceMail]], total: int) -> None:
    """Import all portions into an empty home; each import syncs before and after."""
    os.environ["MKIT_HOME"] = str(home)
    done = 0
    last = time.monotonic()
    with open_workspace() as workspace:
        for part in parts:
            import_mail(workspace.stores, part)
            done += len(part)
            if time.monotonic() - last > 60:
                last = time.monotonic()
                print(f"  {done} of {total}", file=sys.stderr, flush=True)


def run(home: Path, *args: str) -> list[str]:
    """What a verb prints, in a process of its own."""
    env = {**os.environ, "MKIT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return whole_process.run([*MKIT, *args], env)[1].decode().splitlines()


def differences(expected: Outcome, other: Outcome) -> list[str]:
    """The first topics that are not the same, in a line each."""
    left, right = (
        {found["id"]: found for found in map(json.loads, one.export)} for one in (expected, other)
    )
    found: list[str] = []
    for topic in sorted(left.keys() | right.keys()):
        one, two = left.get(topic), right.get(topic)
        if one != two:
            subject = (one or two or {})["subject"]
            fields = [key for key in one if one[key] != two.get(key)] if one and two else []
            where = ", ".join(fields) or f"only in {expected.name if one else other.name}"
            found.append(f"  {topic} {subject!r}: {where}")
    return [*found[:_SHOWN], *([f"  and {len(found) - _SHOWN} more"] if found[_SHOWN:] else [])]


class Runs:
    """Homes below one directory, one at a time."""

    def __init__(self, base: Path, settings: str, keep: bool) -> None:
        self._base = base
        self._settings = settings
        self._keep = keep
        self.outcomes: list[Outcome] = []

    def add(self, name: str, parts: Iterator[Sequence[SourceMail]], total: int) -> Path:
        """Import in one order, report, and compare with the first."""
        home = self._base / name.replace(" ", "-")
        home.mkdir(parents=True)
        (home / "config").write_text(self._settings, encoding="utf-8")
        start = time.monotonic()
        fill(home, parts, total)
        self.compare(name, home, start)
        return home

    def compare(self, name: str, home: Path, start: float) -> None:
        spent = time.monotonic() - start
        outcome = Outcome(name, tuple(run(home, "export")), spent)
        self.outcomes.append(outcome)
        topics = len(outcome.export)
        print(f"{outcome.md5}  {topics} topics  {spent:6.0f} s  {name}", flush=True)
        for line in differences(self.outcomes[0], outcome):
            print(line, flush=True)

    def drop(self, home: Path) -> None:
        if not self._keep:
            shutil.rmtree(home)

    @property
    def equal(self) -> bool:
        return len({one.md5 for one in self.outcomes}) == 1


def compare_orders(runs: Runs, options: argparse.Namespace) -> None:
    """All orders, the one of the files first."""
    files = [read_mails([path]) for path in options.mboxes]
    mails = [mail for file in files for mail in file]
    print(f"{len(mails)} mails, {options.orders} orders, seed {options.seed}", flush=True)
    home = runs.add("as it is", iter([mails]), len(mails))
    for number in range(1, options.orders + 1):
        runs.drop(home)
        chance = random.Random(options.seed * 1000 + number)
        singly = number <= options.singly
        name = f"order {number}" + (" singly" if singly else "")
        if options.files and not singly:
            chance.shuffle(files)
            home = runs.add(name, iter(files), len(mails))
            continue
        order = list(mails)
        chance.shuffle(order)
        home = runs.add(name, portions(order, chance, singly=singly), len(mails))
    start = time.monotonic()
    run(home, "rebuild")
    runs.compare("rebuilt", home, start)
    runs.drop(home)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--orders", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--singly", type=int, default=1, help="orders imported message by message")
    parser.add_argument("--files", action="store_true", help="shuffle the files, not the mails")
    parser.add_argument("--me", default="maintainer@example.org", help="whose queue it is")
    parser.add_argument("--keep", type=Path, help="keep all homes below this directory")
    options = parser.parse_args()
    os.environ.setdefault("MKIT_NOW", "2026-08-01T00:00:00Z")
    settings = f"[mkit]\n\tme = {options.me}\n"
    with tempfile.TemporaryDirectory(prefix="mkit-orders-") as name:
        runs = Runs(options.keep or Path(name), settings, bool(options.keep))
        compare_orders(runs, options)
    print("all are equal" if runs.equal else "NOT EQUAL")
    raise SystemExit(0 if runs.equal else 1)


if __name__ == "__main__":
    main()
