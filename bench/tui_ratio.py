# SPDX-License-Identifier: GPL-2.0-or-later
"""The TUI with many topics beside an empty Textual app and a bare line view, in a real pty.

    python -m bench.tui_ratio [--topics 20000] [--rounds 5]

Limits: first paint <= 2x an empty app; a cursor key p95 <= 3x the line view's; memory < 200 MB.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.home import MKIT, environment, for_terminal
from bench.screen import Screen
from bench.spread import p95

_KEYS = 100
_EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("BENCH-READY")
Empty().run()
"""
_LINES = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
class Lines(ScrollView, can_focus=True):
    at = 0
    def on_mount(self):
        self.virtual_size = Size(1, 20000)
    def render_line(self, y):
        number = y + self.scroll_offset.y
        text = f"BENCH-READY row {number}".ljust(self.size.width)
        return Strip([Segment(text, Style(reverse=number == self.at))])
    def on_key(self, event):
        event.stop()
        before = self.at
        self.at += 1 if event.key == "j" else -1
        self.refresh_line(before - self.scroll_offset.y)
        self.refresh_line(self.at - self.scroll_offset.y)
class Bench(App):
    def compose(self):
        yield Lines()
Bench().run()
"""
_FILL = """
import random, sys
from maintainer_kit.model.queue.aspects import Aspects
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.queue.verdict import Turn, Verdict
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.records import Cluster, ClusterTopic
from maintainer_kit.workflow.sync import sync
number, chance = int(sys.argv[1]), random.Random(1)
def cluster(at):
    turn = chance.choices([Turn.ME, Turn.AUTHOR, Turn.REVIEWER, Turn.NOBODY], [3, 4, 2, 1])[0]
    verdict = Verdict(turn, "BENCH-READY posted on 2026-03-20, no answer yet")
    who = f"Jane Doe {at % 77} <jane{at % 77}@example.org>"
    message = f"bench-{at}@example.org"
    row = TopicRow(
        f"t{at:09}", "series", f"net: fix leak number {at} in a driver of ours", who, who, message,
        ("list.example.org",), 1 + at % 4, 1 + at % 4, 3, 3, 1770000000 + at * 60,
        (("Reviewed-by", 1),), ("fix",) if at % 3 else (), (message,), verdict,
        Standing("new", (("new", 3),), False, verdict),
    )
    return Cluster((), frozenset(), [ClusterTopic(row, (message,), Aspects())])
with open_workspace() as workspace:
    sync(workspace.stores)
    with workspace.catalogue.transaction():
        workspace.catalogue.replace_clusters((), [cluster(at) for at in range(number)])
"""


@dataclass(frozen=True)
class Run:
    """What one start of a program showed."""

    paint: float
    """Seconds until its content is on the screen."""
    keys: list[float]
    """Seconds from each key to the first output after it."""
    memory: float
    """MiB, resident, at the most."""


def _press(screen: Screen) -> list[float]:
    times = []
    for at in range(_KEYS):
        times.append(screen.first_answer(b"j" if at % 4 else b"k", 1.0))
        screen.drain(0.015, 0.3)
    return times


def _run(argv: list[str], env: dict[str, str], *, keys: bool) -> Run:
    start = time.perf_counter()
    screen = Screen(argv, env)
    try:
        screen.seconds(b"", b"BENCH-READY")
        paint = time.perf_counter() - start
        screen.drain(1.0, 3.0)
        pressed = _press(screen) if keys else []
        return Run(paint, pressed, screen.memory("VmHWM"))
    finally:
        screen.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        env = {**for_terminal(environment(Path(name))), "COLORTERM": "truecolor"}
        python = sys.executable
        subprocess.run([python, "-c", _FILL, str(options.topics)], env=env, check=True)
        programs = {
            "empty app": [python, "-c", _EMPTY],
            "line view": [python, "-c", _LINES],
            "mkit": MKIT,
        }
        runs: dict[str, list[Run]] = {label: [] for label in programs}
        for _ in range(options.rounds):
            for label, argv in programs.items():
                runs[label].append(_run(argv, env, keys=label != "empty app"))
    _report(runs, options.topics)


def _report(runs: dict[str, list[Run]], topics: int) -> None:
    paint = {label: statistics.median(r.paint for r in found) for label, found in runs.items()}
    keys = {
        label: statistics.median(p95(r.keys) for r in found)
        for label, found in runs.items()
        if found[0].keys
    }
    memory = max(run.memory for run in runs["mkit"])
    for label, value in paint.items():
        key = f", key p95 {keys[label] * 1000:.1f} ms" if label in keys else ""
        print(f"{label:10} first paint {value:.3f} s{key}")
    print(f"{topics} topics: first paint {paint['mkit'] / paint['empty app']:.2f}x (limit 2),")
    ratio = keys["mkit"] / keys["line view"]
    print(f"key p95 {ratio:.2f}x (limit 3), {memory:.0f} MiB (limit 200)")


if __name__ == "__main__":
    main()
