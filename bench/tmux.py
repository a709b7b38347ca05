# SPDX-License-Identifier: GPL-2.0-or-later
"""A program on a terminal of tmux's, for programs that measure: keys are counted, and what the
screen comes to is seen as soon as it does."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.integration.terminal import Terminal

_PACE = 0.005


class Tmux(Terminal):
    """One window; ended by ``stop``."""

    def __init__(self, place: Path, env: Mapping[str, str]) -> None:
        """``place`` is a folder with a short name (unix(7), "Address format")."""
        super().__init__(place, {**env, "TERM": "screen-256color"})
        self.keys = 0
        """Pressed so far."""

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        super().press(*keys)

    def coloured(self) -> str:
        """The screen with its colours, which may be all that tells where a cursor is."""
        return self._run("capture-pane", "-p", "-e")

    def seen(
        self,
        holds: Callable[[str], bool],
        what: str,
        patience: float = 60.0,
        *,
        coloured: bool = False,
    ) -> str:
        """The screen as soon as something holds of it."""
        end = time.monotonic() + patience
        look = self.coloured if coloured else self.text
        while not holds(text := look()):
            if time.monotonic() > end:
                raise SystemExit(f"in vain: {what}\n{text}")
            time.sleep(_PACE)
        return text

    def spent(self) -> float:
        """Seconds of processor time that the program has taken so far, with all that it started."""
        return _spent(int(self._run("display-message", "-p", "#{pane_pid}")))


def _spent(process: int) -> float:
    """By proc_pid_stat(5): its own, that of children that ended, and that of children that run."""
    place = Path(f"/proc/{process}")
    times = (place / "stat").read_text().rpartition(")")[2].split()[11:15]
    lists = [one.read_text().split() for one in place.glob("task/*/children")]
    running = sum(_spent(int(child)) for one in lists for child in one)
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK") + running


@contextmanager
def started(
    argv: Sequence[str], folder: Path, env: Mapping[str, str], size: tuple[int, int]
) -> Iterator[Tmux]:
    """A program in a folder, on a terminal of ``size`` (columns, rows); ended with the block."""
    with tempfile.TemporaryDirectory(prefix="mkit-", dir="/tmp") as place:
        screen = Tmux(Path(place), env)
        try:
            screen.start(["env", "-C", str(folder), *argv], size)
            yield screen
        finally:
            screen.stop()
