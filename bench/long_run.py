# SPDX-License-Identifier: GPL-2.0-or-later
"""A day before the screens, played fast: mail comes in, is synced and looked at; does memory grow?

    python -m bench.long_run [--start 10000] [--messages 50000] [--syncs 480] MBOX...

The app runs in a real pty, beside a real index. 480 syncs are eight hours of one a minute. After
each of them somebody moves, filters, opens a topic and comes back, with the preview on. Limit:
private memory (RssAnon) at the end <= 1.1 times what it is after the first twentieth.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from bench.home import MKIT, environment, for_terminal
from bench.many_mails import Folder, read_archive
from bench.screen import Screen
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.ports import SourceMail

_PATIENCE = 180.0
_QUIET = 5.0
"""Seconds without another message in the catalogue after which no more are waited for."""
_SYNC = b"\x0c"
_AGAIN = 2.0
"""Seconds until it is asked for again: one that runs already may have looked before."""
_ESCAPE = b"\x1b"
_LOOK = (b"j", b"j", b"\r", b"n", _ESCAPE, b"fnet\r", b"k", _ESCAPE, b"G", b"g", b" ", _ESCAPE)
"""Keys of somebody who is at work."""
_PACE = 0.05
_APART = 0.3
"""Seconds after an Escape: what comes sooner would be Alt with a key."""


class App(Screen):
    """The screens, in a terminal that somebody reads."""

    def __init__(self, env: Mapping[str, str]) -> None:
        super().__init__(MKIT, env)
        self.written = 0
        """Bytes that came out."""
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        while True:
            try:
                self.last = os.read(self.end, 1 << 16)
            except OSError:
                return
            self.written += len(self.last)

    def press(self, keys: Sequence[bytes]) -> None:
        for key in keys:
            self.write(key)
            time.sleep(_APART if key == _ESCAPE else _PACE)

    @property
    def own_memory(self) -> float:
        """MiB that are its own."""
        return self.memory("RssAnon")


class Post:
    """Brings mails as a delivery agent does."""

    def __init__(self, folder: Folder, place: Path, home: Path) -> None:
        self._folder = folder
        self._place = place
        self._home = home
        self._next = 0
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)

    def take(self, number: int) -> list[bytes]:
        """The next mails of all copies of the archive."""
        first, self._next = self._next, self._next + number
        return [self._folder.read(self._folder.path(at)) for at in range(first, self._next)]

    def deliver(self, number: int) -> None:
        for at, raw in enumerate(self.take(number), self._next):
            made = self._place / "tmp" / f"{at}.long"
            made.write_bytes(raw)
            made.rename(self._place / "new" / made.name)

    def known(self) -> int:
        """How many messages are catalogued."""
        uri = f"file:{self._home / 'catalogue.sqlite'}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=30)) as db:
            return int(db.execute("SELECT count(*) FROM message").fetchone()[0])

    def await_sync(self, app: App, before: int, number: int) -> None:
        """Until they are there; some may be the same mail twice."""
        start = changed = time.monotonic()
        asked, last = 0.0, before
        while last < before + number:
            if time.monotonic() - asked > _AGAIN:
                asked = time.monotonic()
                app.press([_SYNC])
            time.sleep(0.1)
            known, now = self.known(), time.monotonic()
            changed, last = (now if known != last else changed), known
            if last > before and now - changed > _QUIET:
                return
            if now - start > _PATIENCE:
                raise SystemExit(f"not synced within {_PATIENCE} s: {last} of {before + number}")


def _play(app: App, post: Post, messages: int, syncs: int) -> list[float]:
    """The memory after each sync."""
    memory: list[float] = []
    done, start = 0, time.monotonic()
    for turn in range(1, syncs + 1):
        number = messages * turn // syncs - done
        done += number
        before = post.known()
        post.deliver(number)
        post.await_sync(app, before, number)
        app.press(_LOOK)
        memory.append(app.own_memory)
        if turn % max(1, syncs // 40) == 0:
            past = time.monotonic() - start
            print(
                f"{turn:>4} syncs {done:>6} mails {past:6.0f} s {memory[-1]:7.1f} MiB", flush=True
            )
    return memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="MBOX")
    parser.add_argument("--start", type=int, default=10_000)
    parser.add_argument("--messages", type=int, default=50_000)
    parser.add_argument("--syncs", type=int, default=480)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-long-") as name:
        home = Path(name)
        env = for_terminal(environment(home))
        os.environ.update(env)
        post = Post(Folder(read_archive(options.paths), home / "mail"), home / "mail/inbox", home)
        with open_workspace() as workspace:
            mails = [
                SourceMail("start", at, raw) for at, raw in enumerate(post.take(options.start))
            ]
            import_mail(workspace.stores, mails)
        print(f"begun with {post.known()} messages", flush=True)
        with closing(App(env)) as app:
            time.sleep(5)
            app.press([b"\t"])
            try:
                memory = _play(app, post, options.messages, options.syncs)
            finally:
                bugs = home / "bugs.log"
                print(bugs.read_text()[-3000:] if bugs.exists() else "", end="")
        _report(memory, post.known(), app.written)


def _report(memory: Sequence[float], messages: int, written: int) -> None:
    few = max(1, len(memory) // 20)
    first, last = statistics.median(memory[few : 2 * few]), statistics.median(memory[-few:])
    print(f"{messages} messages, {written >> 20} MiB drawn, at the most {max(memory):.1f} MiB")
    print(f"{first:.1f} MiB, then {last:.1f} MiB: {last / first - 1:+.1%} (limit +10 %)")


if __name__ == "__main__":
    main()
