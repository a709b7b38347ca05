# SPDX-License-Identifier: GPL-2.0-or-later
"""A morning in the screens, played by a script that knows nothing but keys and what is seen.

    python -m bench.triage_keys MBOX... --me ADDRESS --list ADDRESS [--series 100] [--seed 1]

The mails make a home. In tmux the first topic of the queue is opened, and each in turn is read to
the end of its first mail, decided about as a plan made of the seed says, and left for the next one.
Afterwards the command line has to tell for each topic just what was meant, and for all others that
nothing was decided. Then one ``undo`` a decision, and no decision holds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.tmux import Tmux
from bench.whole_process import run

_MKIT = [sys.executable, "-m", "maintainer_kit"]
_SIZE = (120, 40)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to decide: by which keys, and how it is seen afterwards in ``list --json``."""

    words: str
    keys: tuple[str, ...]
    field: str
    value: object


_DEEDS = (
    Deed("accept", ("a",), "state", "accepted"),
    Deed("ask for changes", ("c",), "state", "changes-requested"),
    Deed("reject", ("R",), "state", "rejected"),
    Deed("defer, from the menu", ("s", "d"), "state", "deferred"),
    Deed("archive", ("A",), "archived", True),
    Deed("star", ("*",), "starred", True),
    Deed("watch", ("w",), "attention", "watch"),
)
_WEIGHTS = (30, 25, 8, 8, 15, 8, 6)


class Home:
    """A home of mkit, made of some mail."""

    def __init__(self, base: Path, me: str, lists: Sequence[str]) -> None:
        lines = ["[mkit]", f"\tme = {me}", *(f"\tlist = {one}" for one in lists), ""]
        (base / "config").write_text("\n".join(lines), encoding="utf-8")
        (base / "toured").touch()  # nobody is to be shown around
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("NOTMUCH_", "GIT_", "MKIT_"))
        }
        self.env = {**kept, "HOME": str(base), "MKIT_HOME": str(base), "TERM": "screen-256color"}

    def mkit(self, *words: str) -> bytes:
        return run([*_MKIT, *words], self.env)[1]

    def topics(self, *words: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.mkit("list", "--json", *words))["topics"]
        return found


def _play(home: Home, plan: random.Random, wanted: int) -> tuple[dict[str, Deed], int, float]:
    """Decide about so many topics: what was meant of each, the keys, and the seconds."""
    meant: dict[str, Deed] = {}
    ids = {str(one["id"])[:6]: str(one["id"]) for one in home.topics()}
    with tempfile.TemporaryDirectory(prefix="mkit-", dir="/tmp") as place:
        screen = Tmux(Path(place), home.env, _SIZE)
        try:
            screen.start(_MKIT, Path.cwd())
            screen.until(lambda text: "Your turn" in text, "the queue")
            start = time.perf_counter()
            screen.press("Enter")
            shown = ""
            while len(meant) < wanted:
                shown = _topic(screen.until(_other_than(shown), f"the topic after {len(meant)}"))
                if shown not in ids:
                    raise SystemExit(f"not in the queue: {shown!r}\n{screen.text()}")
                deed = plan.choices(_DEEDS, _WEIGHTS)[0]
                screen.press("Space", *deed.keys)
                meant[ids[shown]] = deed
                screen.until(_said, deed.words)
                screen.press("J")
            seconds = time.perf_counter() - start
            screen.press("q", "q")
            return meant, screen.keys, seconds
        finally:
            screen.stop()


def _topic(text: str) -> str:
    """The id that the first line of the topic's screen begins with."""
    found = re.match(r" ?([0-9a-z]{6})\b", text)
    return found[1] if found else ""


def _said(text: str) -> bool:
    """Whether the status line tells a decision (``accepted on 3 messages``)."""
    return bool(re.search(r" on \d+ ", text.splitlines()[-2]))


def _other_than(last: str) -> Callable[[str], bool]:
    return lambda text: _topic(text) not in ("", last)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", metavar="MBOX")
    parser.add_argument("--me", required=True, metavar="ADDRESS")
    parser.add_argument("--list", dest="lists", action="append", default=[], metavar="ADDRESS")
    parser.add_argument("--series", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as base:
        home = Home(Path(base), given.me, given.lists)
        home.mkit("import", *given.mboxes)
        before = {str(one["id"]): one for one in home.topics("--all")}
        meant, keys, seconds = _play(home, random.Random(given.seed), given.series)
        wrong = _compare(before, {str(one["id"]): one for one in home.topics("--all")}, meant)
        for deed, number in Counter(one.words for one in meant.values()).most_common():
            print(f"{number:4} {deed}")
        print(f"{len(meant)} topics, {keys} keys, {seconds:.1f} s; {len(wrong)} not as meant")
        print("\n".join(wrong), end="\n" if wrong else "")
        for _ in meant:
            home.mkit("undo")
        left = _compare(before, {str(one["id"]): one for one in home.topics("--all")}, {})
        print(f"after {len(meant)} undos {len(left)} decisions hold")
    return 1 if wrong or left else 0


def _compare(
    before: dict[str, dict[str, object]],
    after: dict[str, dict[str, object]],
    meant: dict[str, Deed],
) -> list[str]:
    """What is not as it was meant; of other topics what is not as it was."""
    wrong = []
    for topic, now in after.items():
        deed = meant.get(topic)
        for field in ("state", "archived", "starred", "attention"):
            expected = deed.value if deed and deed.field == field else before[topic].get(field)
            if now.get(field) != expected:
                wrong.append(f"{topic}: {field} is {now.get(field)!r}, not {expected!r}")
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
