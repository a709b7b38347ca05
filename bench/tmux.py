# SPDX-License-Identifier: GPL-2.0-or-later
"""A program on a terminal of tmux's: keys go in, and what its reader would see comes out."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_SETTINGS = 'set -g default-terminal "screen-256color"\nset -g escape-time 0\nset -g status off\n'
_PACE = 0.005


class Tmux:
    """One window; ended by ``stop``."""

    def __init__(self, place: Path, env: Mapping[str, str], size: tuple[int, int]) -> None:
        """``place`` is a folder with a short name (unix(7), "Address format"); ``size`` is in
        columns and rows."""
        settings = place / "tmux.conf"
        settings.write_text(_SETTINGS, encoding="utf-8")
        self._tmux = ["tmux", "-u", "-S", str(place / "socket"), "-f", str(settings)]
        self._env, self._size = dict(env), size
        self.keys = 0
        """Pressed so far."""

    def start(self, argv: Sequence[str], folder: Path) -> None:
        width, height = (str(one) for one in self._size)
        where = ["new-session", "-d", "-c", str(folder), "-x", width, "-y", height]
        self._say(*where, "--", *argv, ";", "set", "remain-on-exit", "on")

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self._say("send-keys", *keys)

    def text(self) -> str:
        return self._say("capture-pane", "-p")

    def coloured(self) -> str:
        """The screen with its colours, which may be all that tells where a cursor is."""
        return self._say("capture-pane", "-p", "-e")

    def until(
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

    def stop(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, timeout=30, check=False)

    def _say(self, *words: str) -> str:
        done = subprocess.run(
            [*self._tmux, *words], env=self._env, capture_output=True, text=True, timeout=60
        )
        if done.returncode:
            raise SystemExit(f"tmux {words[0]}: {done.stderr.strip()}")
        return done.stdout
