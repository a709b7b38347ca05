# SPDX-License-Identifier: GPL-2.0-or-later
"""Apply mails whose commits are known, each upon its commit's parent.

    python -m bench.apply_truth MBOX... --repo DIR --truth TSV [--pairs N] [--seed S]
        [--tier same-patch-id,near] [--show]

TSV has columns message_id, commit, tier. A clone of the repository stands for the maintainer's,
with a work tree; the mails of N pairs of each tier go, with the rest of their threads, into a home
of mkit's own, and ``mkit apply`` does the rest in this process: what the command line does, but for
its start. Told are, for each tier, by what way patches applied, how many trees are that of the
commit, and whether the checkout ever changed. The exit code is 1 where less applies without a hand
than the project wants (97 % of same-patch-id, 85 % of near), a tree of the first is another, or the
checkout changed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from bench.home import Home
from bench.landed_score import Row, read_table
from maintainer_kit.adapters.kept.applications import Laid
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.reading import own_message_id, read_message
from maintainer_kit.wiring.applying import Site, open_site
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.plan import ApplyWish
from maintainer_kit.workflow.ports import BrokenMail

_WANTED = {"same-patch-id": 0.97, "near": 0.85}
_CONFIG = "[mkit]\n\tme = robin@lumen.example\n\tcheck = off\n[user]\n\tname = R\n\temail = r@x\n"


@dataclass
class Tally:
    """What became of the pairs of one tier."""

    ways: Counter[str] = field(default_factory=Counter)
    same: int = 0
    """Trees that are those of the commits."""
    total: int = 0
    changed: int = 0
    """How often the checkout was another after it."""
    seconds: float = 0.0
    others: list[str] = field(default_factory=list)

    @property
    def applied(self) -> int:
        return self.total - self.ways["stopped"] - self.ways["refused"]


def _pairs(table: Mapping[str, Row], tiers: Sequence[str], count: int, seed: int) -> list[str]:
    found: list[str] = []
    for tier in tiers:
        ids = sorted(one for one, row in table.items() if row.tier == tier)
        found += Random(seed).sample(ids, min(count, len(ids)))
    return found


def _threads(paths: Sequence[Path], wanted: set[str]) -> Iterator[bytes]:
    """The mails of all threads, or postings, in which a wanted one is."""
    mails: list[tuple[str, tuple[str, ...], bytes]] = []
    for one in MailSource(paths):
        if not isinstance(one, BrokenMail):
            mail = read_mail(one.raw)
            message = read_message(mail, own_message_id(mail, one.raw))
            mails.append((message.message_id, message.parents, one.raw))
    groups: dict[str, str] = {}

    def top(name: str) -> str:
        while groups.setdefault(name, name) != name:
            name = groups[name]
        return name

    for message_id, parents, _ in mails:
        for parent in parents:
            groups[top(message_id)] = top(parent)
    tops = {top(one) for one in wanted}
    return (raw for message_id, _, raw in mails if top(message_id) in tops)


@contextmanager
def _home(raws: Iterator[bytes]) -> Iterator[Workspace]:
    """A home of mkit with these mails in it."""
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as folder:
        home, mails = Home(Path(folder) / "home", Path(folder)), Path(folder) / "mails"
        mails.mkdir()
        home.configure(_CONFIG)
        for at, raw in enumerate(raws):
            (mails / f"{at:05}.eml").write_bytes(raw)
        os.environ |= {**home.env, "GIT_CONFIG_GLOBAL": os.devnull}
        home.run("import", str(mails))
        with open_workspace() as workspace:
            yield workspace


def _fingerprint(path: Path) -> str:
    """Of files, index, refs and settings of a repository; new objects are none of it."""
    found = sha256()
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(one for one in folders if one != "objects")
        for name in sorted(files):
            file = Path(folder) / name
            found.update(str(file).encode() + file.read_bytes())
    return found.hexdigest()


def _try(site: Site, message_id: str, parent: str) -> Application:
    """Nothing is published: the user's repository is to be as it was."""
    wish = ApplyWish([message_id], "bench", onto=parent, refs=site.refs())
    plan = site.plan(wish)
    folder = site.folder(plan.application.branch)
    with folder.held():
        folder.lay(plan.application, plan.parcels, wish.refs)
        with site.run(folder, Laid(plan.parcels, wish.refs), lambda line: None) as run:
            return run.begin(plan.application, plan.bases)


def _judge(site: Site, tally: Tally, message_id: str, commit: str) -> None:
    tally.total += 1
    before = _fingerprint(site.place.parent)
    start = time.perf_counter()
    git = site.source.git
    try:
        one = _try(site, message_id, site.source.commit(f"{commit}^"))
    except MkitError as error:
        tally.ways["refused"] += 1
        tally.others.append(f"{message_id} refused: {error.message}")
        return
    finally:
        tally.seconds += time.perf_counter() - start
        tally.changed += _fingerprint(site.place.parent) != before
    if one.phase is Phase.STOPPED:
        tally.ways["stopped"] += 1
        tally.others.append(f"{message_id} {commit[:12]} stopped: " + "; ".join(one.told))
        return
    tally.ways[one.applied[0].way.value] += 1
    own = site.folder(one.branch).own
    argv = ("git", "-C", str(own), "rev-parse", f"{one.head}^{{tree}}")
    made = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()
    wanted = git.output("rev-parse", f"{commit}^{{tree}}").decode().strip()
    tally.same += made == wanted
    if made != wanted:
        tally.others.append(f"{message_id} {commit[:12]} {one.applied[0].way}: another tree")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", type=Path, nargs="+")
    parser.add_argument("--repo", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tier", default="same-patch-id,near")
    parser.add_argument("--show", action="store_true", help="name what is not as it landed")
    options = parser.parse_args()
    table = read_table(options.truth)
    chosen = _pairs(table, options.tier.split(","), options.pairs, options.seed)
    tallies: dict[str, Tally] = {}
    with _home(_threads(options.mbox, set(chosen))) as workspace:
        clone = Path(os.environ["MKIT_HOME"]).parent / "clone"
        subprocess.run(["git", "clone", "--quiet", str(options.repo), str(clone)], check=True)
        site = open_site(workspace, clone)
        for message_id in chosen:
            tally = tallies.setdefault(table[message_id].tier, Tally())
            _judge(site, tally, message_id, table[message_id].commit)
    for tier, tally in tallies.items():
        _say(tier, tally, shown=options.show)
    return int(not all(_is_enough(*one) for one in tallies.items()))


def _say(tier: str, tally: Tally, *, shown: bool) -> None:
    ways = ", ".join(f"{count} {way}" for way, count in tally.ways.most_common())
    part = tally.applied / tally.total
    each = 1000 * tally.seconds / tally.total
    print(
        f"{tier}: {tally.applied} of {tally.total} ({part:.1%}) without a hand: {ways};"
        f" {tally.same} trees as they landed; {tally.changed} changes of the checkout;"
        f" {each:.0f} ms each"
    )
    if shown:
        print("\n".join(f"  {one}" for one in tally.others))


def _is_enough(tier: str, tally: Tally) -> bool:
    part = tally.applied / tally.total
    is_same = tier != "same-patch-id" or tally.same == tally.applied
    return part >= _WANTED.get(tier, 0.0) and not tally.changed and is_same


if __name__ == "__main__":
    sys.exit(main())
