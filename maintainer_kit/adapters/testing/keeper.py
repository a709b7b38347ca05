# SPDX-License-Identifier: GPL-2.0-or-later
"""The parent's side of ``program.py``: commands that leave nothing running behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.own_python import own_python
from maintainer_kit.errors import StateError

_PROGRAM = "maintainer_kit.adapters.testing.program"
_PATIENCE = 30.0
MARK = "MKIT_TEST_TREE"
"""A variable that all processes of a test have: the work tree that they run in."""


class Stopped(Exception):
    """Nobody waits for it any longer."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, where, and within which bounds."""

    argv: tuple[str, ...]
    folder: Path
    env: Mapping[str, str]
    log: Path
    most: int
    """Bytes of its log."""
    seconds: float
    memory: int
    """Bytes; 0 for no bound."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int | None
    reason: str
    seconds: float
    is_cut: bool


class Keeper:
    """A process beside us that runs commands; started with the first."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._starting = threading.Lock()

    def run(self, command: Command) -> Ended:
        """Run it to its end. Raises Stopped once ``close`` was called, and StateError where it
        cannot be run."""
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        job = {
            "argv": command.argv,
            "folder": str(command.folder),
            "env": dict(command.env),
            "log": str(command.log),
            "most": command.most,
            "seconds": command.seconds,
            "memory": command.memory,
        }
        with contextlib.suppress(OSError, ValueError):  # closed, or dead: its answer says so
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            if self._is_closed:
                raise Stopped
            raise StateError("the process that runs tests is gone", "run it again")
        told = json.loads(line)
        if "problem" in told:
            raise StateError(str(told["problem"]), "make room, then run it again")
        return Ended(told["code"], told["reason"], told["seconds"], told["cut"])

    def close(self) -> None:
        """End it, with what it runs; may be called while another thread waits in ``run``."""
        with self._starting:
            self._is_closed = True
            process = self._process
        if process is None or process.stdin is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def release(self) -> None:
        """Once nobody is in ``run`` any more, after ``close``."""
        if self._process is not None and self._process.stdout is not None:
            self._process.stdout.close()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._is_closed:
                raise Stopped
            if self._process is None:
                self._process = subprocess.Popen(
                    own_python(_PROGRAM),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    # ^C on the terminal is for mkit, which ends this one in its own way.
                    start_new_session=True,
                )
            return self._process


def kill_left_over(trees: Path) -> int:
    """Kill what runs in work trees below a folder though nobody keeps it; how many processes."""
    start = os.fsencode(f"{MARK}={trees}/")
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "environ").read_bytes().split(b"\0")
            if any(one.startswith(start) for one in words):
                os.kill(int(folder.name), signal.SIGKILL)
                found += 1
    return found
