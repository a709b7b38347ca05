# SPDX-License-Identifier: GPL-2.0-or-later
"""A program on a pty of its own: keys go in, and when it answered is measured.

Where others use the machine, note that Linux shares it out by session (sched(7), "autogroup"), and
the terminal here is a session of its own: nice(1) before a program that measures does not reach it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SIZE = (50, 160)
"""Rows and columns."""
CONTROL = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")
_MOST = 1 << 16


class Screen:
    """A program that runs until ``close``."""

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = SIZE
    ) -> None:
        self.process, self.end = pty.fork()
        if not self.process:
            os.execve(argv[0], list(argv), dict(env))
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.last = b""
        """What was painted latest."""

    def write(self, key: bytes) -> None:
        os.write(self.end, key)

    def read(self, patience: float) -> bytes:
        """What is painted next; empty where that is nothing within so many seconds, and when the
        program has ended."""
        if not select.select([self.end], [], [], patience)[0]:
            return b""
        try:
            self.last = os.read(self.end, _MOST)
        except OSError:
            return b""
        return self.last

    def drain(self, quiet: float, limit: float) -> bytes:
        """Read until nothing has come for ``quiet`` seconds; what came."""
        end = time.perf_counter() + limit
        seen = b""
        while time.perf_counter() < end and (painted := self.read(quiet)):
            seen += painted
        return seen

    def seconds(self, key: bytes, words: bytes, patience: float = 30.0) -> float:
        """Until ``words`` were painted after a key."""
        start = time.perf_counter()
        self.write(key)
        seen = b""
        while words not in seen:
            painted = self.read(patience)
            if not painted:
                raise SystemExit(f"{key!r} did not bring {words!r}: {seen[-2000:]!r}")
            seen = CONTROL.sub(b"", seen + painted)
        return time.perf_counter() - start

    def first_answer(self, key: bytes, patience: float) -> float:
        """Until anything was painted after a key."""
        start = time.perf_counter()
        self.write(key)
        self.read(patience)
        return time.perf_counter() - start

    def memory(self, field: str) -> float:
        """MiB, by a field of proc_pid_status(5)."""
        status = Path(f"/proc/{self.process}/status").read_text()
        found = next((one for one in status.splitlines() if one.startswith(field)), "")
        if not found:
            raise SystemExit(f"the program has ended: {self.last[-2000:]!r}")
        return int(found.split()[1]) / 1024

    def close(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.end)
