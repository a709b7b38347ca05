# SPDX-License-Identifier: GPL-2.0-or-later
"""How quickly ``mkit serve --lore`` answers with a thread, beside others with the same.

    python -m bench.serve_ratio MBOX [--clients N] [--requests N] [--mails N] [--threads N]
                                [--rounds N] [--keep FOLDER] [--peer]

Clients ask, each after its last answer, for threads of about 30 mails: first each thread once,
then as often as ``--requests`` says. Each round starts the server anew. Limit: p95 < 20 ms with 8
clients. Beside it: waitress with the same answers in files, which is what any answer costs here,
and with ``--peer`` public-inbox-httpd with the same mail. Figures are milliseconds, and, in
brackets, how many times those of the files.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

from bench.clients import load
from bench.lore_servers import imported, serving_home, serving_theirs, started
from bench.threads import header_ids
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from maintainer_kit.workflow.serving.threads import Threads


def threads_of(mbox: Path, mails: int, wanted: int) -> list[str]:
    """A mail of each of the threads whose size is nearest to that many mails."""
    threads, known = Threads(), set()
    for one in MailSource([mbox]):
        if isinstance(one, SourceMail) and (ids := list(header_ids(one.raw))):
            threads.add(ids[0], ids[1:])
            known.add(ids[0])
    sets = {threads.key(one): threads.of(one) for one in sorted(known)}.values()
    found = sorted(sets, key=lambda ids: (abs(len(ids) - mails), ids[0]))[:wanted]
    print(f"{len(found)} threads of {min(map(len, found))} to {max(map(len, found))} mails")
    return [ids[0] for ids in found]


class Measured:
    """Seconds of answers, of one server."""

    def __init__(self) -> None:
        self.first: list[float] = []
        self.again: list[float] = []

    def add(self, url: str, names: Sequence[str], clients: int, requests: int) -> None:
        place = urlsplit(url).path.rstrip("/")
        paths = [f"{place}/{name}" for name in names]
        self.first += load(url, [paths[at::clients] for at in range(clients)])
        turned = [[*paths[at:], *paths[:at]] for at in range(0, len(paths), len(paths) // clients)]
        often = requests // len(paths) + 1
        self.again += load(url, [(one * often)[:requests] for one in turned[:clients]])


def told(title: str, found: Measured, least: Measured) -> str:
    words = [f"{title}:"]
    for name, mine, other in (
        ("first", found.first, least.first),
        ("again", found.again, least.again),
    ):
        cuts, limits = (statistics.quantiles(one, n=100) for one in (mine, other))
        for mark, at in (("p50", 49), ("p95", 94)):
            words.append(f"{name} {mark} {cuts[at] * 1000:.1f} ({cuts[at] / limits[at]:.1f})")
    return ", ".join(words)


def save(url: str, names: Sequence[str], files: Sequence[Path]) -> None:
    """Put answers into files."""
    for name, file in zip(names, files, strict=True):
        with urlopen(f"{url}/{name}", timeout=60) as answer:
            file.write_bytes(answer.read())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=200, help="of each client, a round")
    parser.add_argument("--mails", type=int, default=30)
    parser.add_argument("--threads", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="where the mail is imported, once")
    parser.add_argument("--peer", action="store_true", help="public-inbox-httpd, too")
    options = parser.parse_args()
    ids = threads_of(options.mbox, options.mails, options.threads)
    names = [f"{quote(one, safe='@')}/t.mbox.gz" for one in ids]
    asked = (options.clients, options.requests)
    with ExitStack() as stack:
        given = options.keep and nullcontext(str(options.keep))
        made: AbstractContextManager[str] = given or tempfile.TemporaryDirectory("-mkit-bench")
        base = Path(stack.enter_context(made))
        ours, theirs, least = Measured(), Measured(), Measured()
        imported(options.mbox, base / "ours")
        with tempfile.TemporaryDirectory(dir=base) as folder:
            files = [Path(folder, str(at)) for at in range(len(names))]
            for _ in range(options.rounds):
                with serving_home(base / "ours") as url:
                    ours.add(url, names, *asked)
                    save(url, names, files)
                program = [sys.executable, "-m", "bench.plain_server", folder]
                with started(program, base / "ours") as url:
                    least.add(url, [one.name for one in files], *asked)
        print(told("waitress, files", least, least))
        print(told("mkit", ours, least))
        if options.peer:
            url = stack.enter_context(serving_theirs(options.mbox, base / "theirs"))
            theirs.add(url, names, *asked)
            print(told("public-inbox", theirs, least))


if __name__ == "__main__":
    main()
