# SPDX-License-Identifier: GPL-2.0-or-later
"""A decision by one key in the TUI, alone and while an import runs: key to screen, in a real pty.

    python -m bench.decision_key HOME_MBOX IMPORT_MBOX [--keys N]

The mails of HOME_MBOX make the home. ``c`` says "changes requested" of the topic under the cursor;
it is seen when the number of those that wait is painted anew. Then the same while ``mkit import
IMPORT_MBOX`` runs in another process, for as many keys as fit. Limit of the project: 50 ms.
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
_SEEN = re.compile(rb"(?:Your turn|Waiting for (?:review|the author|tests)) +\d+")


class Terminal:
    """mkit on a terminal of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process, self._end = pty.fork()
        if not self._process:
            os.execve(_MKIT[0], _MKIT, env)
        size = struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, size)

    def drain(self, quiet: float, limit: float) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and select.select([self._end], [], [], quiet)[0]:
            os.read(self._end, 1 << 16)

    def press(self, key: bytes) -> float:
        """Seconds until what a key did is seen."""
        start = time.perf_counter()
        os.write(self._end, key)
        seen = b""
        while not _SEEN.search(_CONTROL.sub(b" ", seen)):
            if not select.select([self._end], [], [], 5.0)[0]:
                raise SystemExit("a decision is not seen")
            seen += os.read(self._end, 1 << 16)
        return time.perf_counter() - start

    def close(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._end)


def _decide(terminal: Terminal, keys: int, going_on: Callable[[], bool]) -> list[float]:
    times: list[float] = []
    while len(times) < keys and going_on():
        terminal.drain(0.1, 3.0)
        times.append(terminal.press(b"c"))
        time.sleep(_PAUSE)
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
