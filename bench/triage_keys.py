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
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.home import MKIT, Home, for_terminal
from bench.tmux import started

SIZE = (120, 40)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to decide: by which keys, and how it is seen afterwards in ``list --json``."""

    words: str
    keys: tuple[str, ...]
    field: str
    value: object


DEEDS = (
    Deed("accept", ("a",), "state", "accepted"),
    Deed("ask for changes", ("c",), "state", "changes-requested"),
    Deed("reject", ("R",), "state", "rejected"),
    Deed("defer, from the menu", ("s", "d"), "state", "deferred"),
    Deed("archive", ("A",), "archived", True),
    Deed("star", ("*",), "starred", True),
    Deed("watch", ("w",), "attention", "watch"),
)
_WEIGHTS = (30, 25, 8, 8, 15, 8, 6)


@dataclass(frozen=True, slots=True)
class Played:
    """What was meant of each topic, in the order of the queue, and what it took."""

    meant: dict[str, Deed]
    keys: int
    seconds: float
    processor: float
    """Seconds, of mkit alone, from its start."""


def home_of(base: Path, me: str, lists: Sequence[str], mboxes: Sequence[str]) -> Home:
    """A home with some mail in it."""
    home = Home(base)
    lines = ["[mkit]", f"\tme = {me}", *(f"\tlist = {one}" for one in lists), ""]
    home.configure("\n".join(lines))
    home.run("import", *mboxes)
    return home


def standing(home: Home) -> dict[str, Json]:
    """All topics, by id."""
    return {one["id"]: one for one in home.json("list", "--all")["topics"]}


def play(home: Home, plan: random.Random, wanted: int, *, only_series: bool = False) -> Played:
    """Decide about so many topics; others than series may be passed over."""
    meant: dict[str, Deed] = {}
    queue = {one["id"][:6]: one for one in home.json("list")["topics"]}
    with started(MKIT, Path.cwd(), for_terminal(home.env), SIZE) as screen:
        screen.seen(lambda text: "Your turn" in text, "the queue")
        start = time.perf_counter()
        screen.press("Enter")
        shown = ""
        while len(meant) < wanted:
            shown = _topic(screen.seen(_other_than(shown), f"the topic after {len(meant)}"))
            if shown not in queue:
                raise SystemExit(f"not in the queue: {shown!r}\n{screen.text()}")
            if not only_series or queue[shown]["kind"] == "series":
                deed = plan.choices(DEEDS, _WEIGHTS)[0]
                screen.press("Space", *deed.keys)
                meant[queue[shown]["id"]] = deed
                screen.seen(_said, deed.words)
            screen.press("J")
        seconds, processor = time.perf_counter() - start, screen.spent()
        screen.press("q", "q")
        return Played(meant, screen.keys, seconds, processor)


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
        home = home_of(Path(base), given.me, given.lists, given.mboxes)
        before = standing(home)
        played = play(home, random.Random(given.seed), given.series)
        wrong = compare(before, standing(home), played.meant)
        for deed, number in Counter(one.words for one in played.meant.values()).most_common():
            print(f"{number:4} {deed}")
        took = (
            f"{played.keys} keys, {played.seconds:.1f} s, {played.processor:.1f} s of a processor"
        )
        print(f"{len(played.meant)} topics, {took}; {len(wrong)} not as meant")
        print("\n".join(wrong), end="\n" if wrong else "")
        for _ in played.meant:
            home.run("undo")
        left = compare(before, standing(home), {})
        print(f"after {len(played.meant)} undos {len(left)} decisions hold")
    return 1 if wrong or left else 0


def compare(
    before: Mapping[str, Json], after: Mapping[str, Json], meant: Mapping[str, Deed]
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
