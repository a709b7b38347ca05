# SPDX-License-Identifier: GPL-2.0-or-later
"""The screens beside ``b4 review tui``: so many series of the same mail, in one run.

    python -m bench.review_beside_b4 MBOX... --b4 PYTHON [--series 1000] [--rounds 5]

PYTHON is an interpreter that has b4 (0.16 or 0.17) and textual. The mails make a home; the newest
series of it are entered into b4's own database by b4's own function, as if each had been tracked
(which takes a network). Both then run on terminals of tmux, in turns:

- first paint: from the start of the program until the first series is on the screen;
- cursor: ``j``, until the screen is another one, median and 95th percentile;
- decision: from the first key until its effect is on the screen. mkit: ``c`` on a topic. b4: ``a
  A`` and its answer (abandon) has no undo; so ``a w`` (waiting on a new revision) is taken.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.b4_review import Review
from bench.home import MKIT, Home, for_terminal
from bench.spread import p95
from bench.tmux import Tmux, started

_SIZE = (140, 45)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(slots=True)
class Times:
    """Seconds of each try."""

    paint: list[float] = field(default_factory=list)
    cursor: list[float] = field(default_factory=list)
    decision: list[float] = field(default_factory=list)

    def told(self, name: str) -> str:
        return (
            f"{name:5} first paint {statistics.median(self.paint):6.2f} s   cursor"
            f" {statistics.median(self.cursor) * 1000:6.0f} ms,"
            f" p95 {p95(self.cursor) * 1000:6.0f} ms   decision"
            f" {statistics.median(self.decision) * 1000:6.0f} ms"
        )


@dataclass(frozen=True, slots=True)
class Program:
    """How one of the two is started and asked."""

    argv: Sequence[str]
    folder: Path
    env: dict[str, str]
    shown: str
    """On the screen once the list is painted."""
    decide: Sequence[str]
    decided: Callable[[str, str], bool]
    """By the screen before and now: whether the decision is seen."""
    menu: str = ""
    """What is on the screen once the next key of a decision will be taken."""


def _try(program: Program, times: Times, keys: int) -> None:
    start = time.perf_counter()
    with started(program.argv, program.folder, program.env, _SIZE) as screen:
        screen.seen(lambda text: program.shown in text, "the list", 120.0)
        times.paint.append(time.perf_counter() - start)
        _rest(screen)
        for _ in range(keys):
            times.cursor.append(_changed(screen, ("j",), lambda before, now: before != now))
        times.decision.append(_changed(screen, program.decide, program.decided, program.menu))


def _changed(
    screen: Tmux, keys: Sequence[str], holds: Callable[[str, str], bool], menu: str = ""
) -> float:
    before = screen.coloured()
    start = time.perf_counter()
    for number, key in enumerate(keys):
        if number:
            screen.seen(lambda text: menu in text, menu, 120.0)
        screen.press(key)
    screen.seen(lambda now: holds(before, now), " ".join(keys), 120.0, coloured=True)
    took = time.perf_counter() - start
    _rest(screen)
    return took


def _rest(screen: Tmux) -> None:
    """Wait until nothing changes any more."""
    last, since = "", time.monotonic()
    while time.monotonic() - since < 0.5:
        now = screen.coloured()
        if now != last:
            last, since = now, time.monotonic()
        time.sleep(0.02)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", metavar="MBOX")
    parser.add_argument("--b4", required=True, metavar="PYTHON")
    parser.add_argument("--series", type=int, default=1000, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--keys", type=int, default=20, metavar="N")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as folder:
        home = Home(Path(folder, "home"), Path(folder))
        home.root.mkdir()
        home.run("import", *given.mboxes)
        topics = home.json("list", "--all", "kind:series")["topics"][: given.series]
        if len(topics) < given.series:
            raise SystemExit(f"these mboxes have {len(topics)} series")
        review = Review(Path(folder), given.b4, topics)
        env = for_terminal(home.env)
        mkit = Program([*MKIT, "tui"], Path.cwd(), env, "erofs", ("c",), _counts_changed)
        b4 = Program(
            review.argv("--offline-mode"),
            review.folder,
            review.env,
            "[v1,0/",
            ("a", "w"),
            _moved,
            "Select action",
        )
        mine, theirs = Times(), Times()
        for _ in range(given.rounds):
            _try(mkit, mine, given.keys)
            _try(b4, theirs, given.keys)
        print(f"{len(topics)} series\n{mine.told('mkit')}\n{theirs.told('b4')}")
    return 0


def _moved(before: str, now: str) -> bool:
    """b4 lists what waits at the end: the row goes from where it was, once the menu is gone."""
    return "Select action" not in now and _rows(now) != _rows(before)


def _rows(screen: str) -> str:
    return _COLOUR.sub("", screen).partition("\u2500\u2500\u2500")[0]


def _counts_changed(before: str, now: str) -> bool:
    return "changes requested on" in now or "changes-requested on" in now


if __name__ == "__main__":
    raise SystemExit(main())
