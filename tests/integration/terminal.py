# SPDX-License-Identifier: GPL-2.0-or-later
"""A program on a terminal of its own: keys go in, the screen comes out. tmux is the terminal."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import require_tool

_SETTINGS = 'set -g default-terminal "screen-256color"\nset -g escape-time 0\nset -g status off\n'
_BOUND = 45.0
"""Seconds that a screen may take to show something, on a machine with other work to do."""
_PACE = 0.1


class Terminal:
    """What one program shows, and a keyboard to it."""

    def __init__(self, place: Path, env: Mapping[str, str]) -> None:
        settings = place / "tmux.conf"
        settings.write_text(_SETTINGS, encoding="utf-8")
        self._tmux = ["tmux", "-u", "-S", str(place / "socket"), "-f", str(settings)]
        self._env = dict(env)

    def _run(self, *args: str) -> str:
        done = subprocess.run(
            [*self._tmux, *args], env=self._env, capture_output=True, text=True, timeout=30
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, argv: Sequence[str], size: tuple[int, int]) -> None:
        """Start a program; its last screen stays when it ends."""
        width, height = (str(one) for one in size)
        command = ["new-session", "-d", "-x", width, "-y", height, "--", *argv]
        self._run(*command, ";", "set", "remain-on-exit", "on")

    def press(self, *keys: str) -> None:
        """Press keys as tmux names them: ``Enter``, ``C-s``, or letters in a row."""
        self._run("send-keys", *keys)

    def text(self) -> str:
        """The screen, without colours."""
        return self._run("capture-pane", "-p")

    def row(self, wanted: str) -> str:
        """The first row with ``wanted`` in it, with the terminal's codes for colours."""
        lines = self._run("capture-pane", "-p", "-e").splitlines()
        return next((line for line in lines if wanted in line), "")

    def until(self, *wanted: str, gone: str = "", again: Sequence[str] = ()) -> str:
        """Wait until all that is ``wanted`` is on the screen and ``gone`` is not; the screen.

        The keys of ``again`` are pressed every second meanwhile.
        """
        end = time.monotonic() + _BOUND
        pressed = time.monotonic()
        while True:
            text = self.text()
            if all(one in text for one in wanted) and not (gone and gone in text):
                return text
            assert time.monotonic() < end, f"waited for {wanted}, without {gone!r}:\n{text}"
            if again and time.monotonic() - pressed > 1:
                self.press(*again)
                pressed = time.monotonic()
            time.sleep(_PACE)

    def end_by(self, key: str) -> None:
        """Press a key, every second, until the program has ended."""
        end = time.monotonic() + _BOUND
        pressed = 0.0
        while self._run("display-message", "-p", "#{pane_dead}").strip() != "1":
            assert time.monotonic() < end, f"still runs:\n{self.text()}"
            if time.monotonic() - pressed > 1:
                self.press(key)
                pressed = time.monotonic()
            time.sleep(_PACE)

    def stop(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, timeout=30, check=False)


@contextmanager
def on_terminal(
    argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (140, 24)
) -> Iterator[Terminal]:
    """A program on a terminal of ``size`` (columns, rows); ended at the end of the block."""
    require_tool("tmux")
    # Not below pytest's directory: the path of a socket may have a hundred bytes.
    with tempfile.TemporaryDirectory(prefix="mkit-", dir="/tmp") as place:
        terminal = Terminal(Path(place), env)
        try:
            terminal.start(argv, size)
            yield terminal
        finally:
            terminal.stop()
