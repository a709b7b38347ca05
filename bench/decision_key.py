# SPDX-License-Identifier: GPL-2.0-or-later
"""A decision by one key in the TUI, alone and while an import runs: key to screen, in a real pty.

    python -m bench.decision_key HOME_MBOX IMPORT_MBOX [--keys N]

The mails of HOME_MBOX make the home. ``c`` says "changes requested" of the topic under the cursor;
it is seen when a heading is painted with another number than before: the cursor, which goes on at
once, paints headings as well. Rows about which nothing is decided, or whose author's turn it is
already, change none; they are passed over. Then the same while ``mkit import IMPORT_MBOX`` runs in
another process, for as many keys as fit. Limit of the project: 50 ms.

Where others use the machine, see the note on Linux' autogroup in ``bench.screen``.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.home import MKIT, environment, for_terminal
from bench.screen import CONTROL, Screen
from bench.spread import told

_PAUSE = 0.4
"""Seconds between two keys: a quick reader's."""
_NUMBER = re.compile(rb"(Your turn|Waiting for (?:review|the author|tests)) +(\d+)")
_PATIENCE = 2.0
"""Seconds after which nothing more is expected of a key."""


class Headings(Screen):
    """mkit's queue, of which what the headings say is followed."""

    def __init__(self, env: Mapping[str, str]) -> None:
        super().__init__(MKIT, env)
        self._numbers: dict[bytes, bytes] = {}
        """What they said last."""

    def rest(self, quiet: float, limit: float) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        self._numbers.update(_numbers(self.drain(quiet, limit)))

    def press(self, key: bytes) -> float | None:
        """Seconds until what a key did is seen; None where that is nothing."""
        start = time.perf_counter()
        self.write(key)
        seen = b""
        while painted := self.read(_PATIENCE):
            seen += painted
            found = _numbers(seen)
            if not found.items() <= self._numbers.items():
                self._numbers.update(found)
                return time.perf_counter() - start
            if time.perf_counter() - start > _PATIENCE:
                break
        return None


def _numbers(painted: bytes) -> dict[bytes, bytes]:
    return dict(_NUMBER.findall(CONTROL.sub(b" ", painted)))


def _decide(screen: Headings, keys: int, going_on: Callable[[], bool]) -> list[float]:
    times: list[float] = []
    tried = 0
    while tried < keys and going_on():
        tried += 1
        screen.rest(0.1, 3.0)
        if (taken := screen.press(b"c")) is not None:
            times.append(taken)
            time.sleep(_PAUSE)
        else:
            screen.write(b"j")
    return times


def _tell(label: str, times: list[float]) -> None:
    if not times:
        raise SystemExit(f"{label}: no key was pressed")
    print(told(label, times, "decisions", 50), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home_mbox", type=Path)
    parser.add_argument("import_mbox", type=Path)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        env = for_terminal(environment(Path(name)))
        subprocess.run([*MKIT, "import", str(options.home_mbox)], env=env, check=True)
        screen = Headings({**env, "COLORTERM": "truecolor"})
        screen.rest(5.0, 60.0)
        _tell("alone", _decide(screen, options.keys, lambda: True))
        argv = [*MKIT, "import", str(options.import_mbox)]
        with subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL) as process:
            time.sleep(1.0)
            times = _decide(screen, options.keys, lambda: process.poll() is None)
            _tell("while an import runs", times)
            process.wait()
        screen.close()


if __name__ == "__main__":
    main()
