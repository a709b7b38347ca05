# SPDX-License-Identifier: GPL-2.0-or-later
"""A decision by one key in the TUI, alone and while an import runs: key to screen, in a real pty.

    python -m bench.decision_key HOME_MBOX IMPORT_MBOX [--keys N]

The mails of HOME_MBOX make the home. ``c`` says "changes requested" of the topic under the cursor;
it is seen when a heading is painted with another number than before: the cursor, which goes on at
once, paints headings as well. Rows about which nothing is decided, or whose author's turn it is
already, change none; they are passed over. Then the same while ``mkit import IMPORT_MBOX`` runs in
another process, for as many keys as fit. Limit of the project: 50 ms.

Where others use the machine, note that Linux shares it out by session (sched(7), "autogroup"), and
the terminal here is a session of its own: nice(1) before this program does not reach it.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

_MKIT = [sys.executable, "-m", "maintainer_kit"]
_ROWS, _COLUMNS = 50, 160
_PAUSE = 0.4
"""Seconds between two keys: a quick reader's."""
_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")
_NUMBER = re.compile(rb"(Your turn|Waiting for (?:review|the author|tests)) +(\d+)")
_PATIENCE = 2.0
"""Seconds after which nothing more is expected of a key."""


class Terminal:
    """mkit on a terminal of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process, self._end = pty.fork()
        if not self._process:
            os.execve(_MKIT[0], _MKIT, env)
        size = struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, size)
        self._numbers: dict[bytes, bytes] = {}
        """What headings said last."""

    def drain(self, quiet: float, limit: float) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        end = time.perf_counter() + limit
        seen = b""
        while time.perf_counter() < end and select.select([self._end], [], [], quiet)[0]:
            seen += os.read(self._end, 1 << 16)
        self._numbers.update(_numbers(seen))

    def press(self, key: bytes) -> float | None:
        """Seconds until what a key did is seen; None where that is nothing."""
        start = time.perf_counter()
        os.write(self._end, key)
        seen = b""
        while select.select([self._end], [], [], _PATIENCE)[0]:
            seen += os.read(self._end, 1 << 16)
            found = _numbers(seen)
            if not found.items() <= self._numbers.items():
                self._numbers.update(found)
                return time.perf_counter() - start
            if time.perf_counter() - start > _PATIENCE:
                break
        return None

    def skip(self) -> None:
        """Go on to the next row."""
        os.write(self._end, b"j")

    def close(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._end)


def _numbers(painted: bytes) -> dict[bytes, bytes]:
    return dict(_NUMBER.findall(_CONTROL.sub(b" ", painted)))


def _decide(terminal: Terminal, keys: int, going_on: Callable[[], bool]) -> list[float]:
    times: list[float] = []
    tried = 0
    while tried < keys and going_on():
        tried += 1
        terminal.drain(0.1, 3.0)
        if (taken := terminal.press(b"c")) is not None:
            times.append(taken)
            time.sleep(_PAUSE)
        else:
            terminal.skip()
    return times


def _tell(label: str, times: list[float]) -> None:
    if not times:
        raise SystemExit(f"{label}: no key was pressed")
    p95 = sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
    print(
        f"{label}: {len(times)} decisions, median {median(times) * 1000:.1f} ms,"
        f" p95 {p95 * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms (limit 50)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home_mbox", type=Path)
    parser.add_argument("import_mbox", type=Path)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        env = {**os.environ, "MKIT_HOME": name, "HOME": name, "TERM": "xterm-256color"}
        Path(name, "toured").touch()  # nobody is to be shown around
        subprocess.run([*_MKIT, "import", str(options.home_mbox)], env=env, check=True)
        terminal = Terminal({**env, "COLORTERM": "truecolor"})
        terminal.drain(5.0, 60.0)
        _tell("alone", _decide(terminal, options.keys, lambda: True))
        argv = [*_MKIT, "import", str(options.import_mbox)]
        with subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL) as process:
            time.sleep(1.0)
            times = _decide(terminal, options.keys, lambda: process.poll() is None)
            _tell("while an import runs", times)
            process.wait()
        terminal.close()


if __name__ == "__main__":
    main()
