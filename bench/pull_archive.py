# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole archive pulled from a real public-inbox, through all that can go wrong on the way.

    python -m bench.pull_archive MBOX... [--kills N] [--seed S]

By id, by URL and by query first; then ``--list``, which ends by each fault of the tests' proxy once
and by ``kill -9`` N times, half of them while it waits for the server and half while it imports;
then ``--list`` to its end, from the archive's beginning, and twice more. What is there then must be
what the archive has, each mail once, and ``mkit export`` that of an import of the same. Exit 1
otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import Request, urlopen

from bench.kill_loop import KilledHome
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.mail.date import read_date
from maintainer_kit.model.mail.fingerprint import fingerprint
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.identity import own_message_id
from maintainer_kit.workflow.records import SourceMail
from tests.integration.bad_archive import FAULTS, BadArchive, Fault, Handler, after, bad_archive
from tests.integration.inbox_server import Archives, serving

_LIST = "bench"
_PATIENCE = 3600
_DAY = timedelta(days=1)


def mails(paths: Sequence[Path]) -> Iterable[bytes]:
    return (one.raw for one in MailSource(paths) if isinstance(one, SourceMail))


def written(raw: bytes) -> datetime:
    return datetime.fromtimestamp(read_date(read_mail(raw).header("date")) or 0, UTC)


def prints(paths: Sequence[Path]) -> Counter[str]:
    """How often each mail is there, by its content."""
    return Counter(fingerprint(read_mail(raw)) for raw in mails(paths))


class Puller:
    """A home, and the proxy that it pulls through."""

    def __init__(self, base: Path, proxy: BadArchive, since: datetime) -> None:
        self.home = KilledHome(base / "home")
        self.proxy = proxy
        self.most_of_list = ("--list", _LIST, "--since", f"{since:%Y-%m-%d}")
        self.home.root.mkdir(parents=True)
        archive = f"{proxy.url}/{_LIST}/"
        settings = f"[mkit]\n\tlore = {archive}\n\tarchive = {_LIST} {archive}\n"
        (self.home.root / "config").write_text(settings)
        patience = f'[liblore "{proxy.url}"]\n\trequesttimeout = 10,8\n'
        Path(self.home.env["HOME"], ".gitconfig").write_text(patience)

    def pull(self, *words: str) -> dict[str, int]:
        """The counts of a pull that goes well."""
        start = time.monotonic()
        found = json.loads(self.home.run("pull", *words, "--json"))
        counts = {one: int(found[one]) for one in ("messages", "new", "duplicates")}
        print(f"pull {' '.join(words)}: {counts}, {time.monotonic() - start:.1f} s", flush=True)
        return counts

    def fails(self, name: str, answers: int) -> bool:
        """A pull of the list to which the server fails after some answers; False when it had ended
        by then."""
        self.proxy.fault = after(answers, FAULTS[name])
        running = self.home.start("pull", *self.most_of_list)
        code = running.wait(_PATIENCE)
        self.proxy.fault = None
        if code not in (0, 1):
            raise SystemExit(f"{name}: exit {code}")
        return code == 1

    def killed(self, answers: int, moment: float | None) -> bool:
        """Kill a pull of the list: where it waits for the server, or some time after it had the
        answer; False when it had ended by then."""
        reached = threading.Event()
        self.proxy.fault = _tell(answers, reached, hangs=moment is None)
        running = self.home.start("pull", *self.most_of_list)
        while not reached.wait(0.1) and running.poll() is None:
            pass
        time.sleep(moment or 0.0)
        was_running = running.poll() is None
        if was_running:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait(_PATIENCE)
        self.proxy.fault = None
        return was_running

    def files(self) -> list[Path]:
        parts = (self.home.root / "mail").rglob("*")
        return [one for one in parts if one.parent.name in ("cur", "new") and one.is_file()]


def _tell(answers: int, reached: threading.Event, *, hangs: bool) -> Fault:
    """Pass on, and tell when so many questions are answered; then hang, where that is wanted."""
    left = [answers]

    def fault(handler: Handler, body: bytes) -> None:
        left[0] -= 1
        if left[0] < 0 and hangs:
            reached.set()
            handler.server.over.wait(60)
            return
        handler.send(*handler.passed_on(body))
        if left[0] <= 0:
            reached.set()

    return fault


def fetched(url: str, path: Path) -> Path:
    """All that the archive has, as it gives it to anybody."""
    with urlopen(Request(f"{url}?x=m&q=z:0..", b"", method="POST")) as answer:
        path.write_bytes(answer.read())
    return path


def first_words(puller: Puller, url: str, raws: Sequence[bytes], chance: random.Random) -> None:
    """By id, by URL, by query."""
    chosen = chance.sample(raws, 8)
    ids = [own_message_id(read_mail(raw), raw) for raw in chosen]
    puller.pull(*ids[:4])
    puller.pull(*(f"{url}{one.replace('/', '%2F')}/" for one in ids[4:]))
    day = written(chosen[0])
    window = (f"{day - 30 * _DAY:%Y-%m-%d}", "--until", f"{day + 30 * _DAY:%Y-%m-%d}")
    puller.pull("--query", "s:patch", "--since", *window)


def troubles(puller: Puller, kills: int, chance: random.Random) -> None:
    told = sum(puller.fails(name, chance.randint(1, 3)) for name in FAULTS)
    hit = sum(
        puller.killed(chance.randint(1, 4), chance.uniform(0, 2) if at % 2 else None)
        for at in range(kills)
    )
    print(f"{len(FAULTS)} faults, {told} of them before the end, each told by exit 1")
    print(f"{kills} kills, {hit} of them before the end", flush=True)


def compare(puller: Puller, archive: Path, base: Path) -> list[str]:
    """What is wrong with what is there."""
    theirs, ours = prints([archive]), prints(puller.files())
    lost, more = theirs.keys() - ours.keys(), ours.keys() - theirs.keys()
    twice = [one for one, count in ours.items() if count > 1]
    print(f"archive: {theirs.total()} mails, {len(theirs)} by content; here: {ours.total()} files")
    print(f"lost {len(lost)}, twice {len(twice)}, from nowhere {len(more)}", flush=True)
    other = KilledHome(base / "imported" / "home")
    other.root.mkdir(parents=True)
    (other.root / "config").write_bytes((puller.home.root / "config").read_bytes())
    other.run("import", str(archive))
    same = other.export() == puller.home.export()
    print(f"mkit export is {'' if same else 'NOT '}that of an import of the same")
    found = [*lost, *more, *twice]
    return found if same else [*found, "export"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        raws = list(mails(options.mboxes))
        print(f"{len(raws)} mails go into public-inbox", flush=True)
        archives = Archives(base / "pi", _PATIENCE, has_all=False).fill({_LIST: raws})
        with serving(archives) as server, bad_archive(server) as proxy:
            days = sorted(map(written, raws))
            # Some clocks were wrong by years: nearly all mail is behind the hundredth part of it.
            puller = Puller(base, proxy, days[len(days) // 100])
            first_words(puller, f"{proxy.url}/{_LIST}/", raws, chance)
            troubles(puller, options.kills, chance)
            puller.pull(*puller.most_of_list)
            puller.pull("--list", _LIST, "--since", f"{days[0] - _DAY:%Y-%m-%d}")
            again = [puller.pull("--list", _LIST) for _ in range(2)]
            archive = fetched(server.of(_LIST), base / "all.mbox.gz")
        wrong = [f"{one} again" for one in again if any(one.values())]
        wrong += compare(puller, archive, base)
    if wrong:
        print(f"wrong: {', '.join(wrong[:20])}")
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except subprocess.TimeoutExpired as error:
        sys.exit(str(error))
