# SPDX-License-Identifier: GPL-2.0-or-later
"""Run a program that is not trusted to end, nor to say little: killed with all that it started."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.process import environment

_READ = 1 << 16
_GLANCE = 0.2
"""Seconds between two looks whether anybody still waits."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, and what it wrote till then."""

    code: int | None
    """None where it was killed, or never ran; negative for a signal."""
    output: bytes
    words: str
    """The end of its standard error."""
    reason: str = ""
    """Why it was killed, or could not be started."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a program may take."""

    seconds: float
    output: int
    """Bytes of standard output; of standard error as many."""


def run_bounded(
    argv: Sequence[str],
    folder: Path,
    stdin: Path | None,
    env: Mapping[str, str],
    bounds: Bounds,
    is_over: Callable[[], bool] = lambda: False,
) -> Ended:
    """Run it in a folder; its standard input is a file or nothing. ``is_over`` is asked now and
    then whether anybody still wants to know."""
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(stdin.open("rb")) if stdin else subprocess.DEVNULL
        try:
            process = subprocess.Popen(
                list(argv),
                cwd=folder,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment(env),
                start_new_session=True,
            )
        except FileNotFoundError:
            return Ended(None, b"", "", "is not installed")
        except (OSError, ValueError) as error:
            return Ended(None, b"", "", getattr(error, "strerror", None) or str(error))
        stack.callback(_kill, process)
        return _Reading(process, bounds, is_over).result()


class _Reading:
    """Both outputs of a running program, till they end or enough is enough."""

    def __init__(
        self, process: subprocess.Popen[bytes], bounds: Bounds, is_over: Callable[[], bool]
    ) -> None:
        assert process.stdout is not None and process.stderr is not None
        self._process = process
        self._bounds = bounds
        self._is_over = is_over
        self._end = time.monotonic() + bounds.seconds
        self._found = {process.stdout.fileno(): bytearray(), process.stderr.fileno(): bytearray()}

    def result(self) -> Ended:
        reason = self._read() or self._wait()
        output, errors = self._found.values()
        words = bytes(errors[-4096:]).decode("utf-8", "replace").strip()
        return Ended(None if reason else self._process.returncode, bytes(output), words, reason)

    def _read(self) -> str:
        with selectors.DefaultSelector() as selector:
            for pipe in self._found:
                selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in selector.select(min(_GLANCE, self._left)):
                    data = os.read(key.fd, _READ)
                    self._found[key.fd] += data
                    if not data:
                        selector.unregister(key.fd)
                if reason := self._too_much():
                    return reason
        return ""

    @property
    def _left(self) -> float:
        return max(0.0, self._end - time.monotonic())

    def _too_much(self) -> str:
        if any(len(one) > self._bounds.output for one in self._found.values()):
            return f"says more than {self._bounds.output >> 10} KiB"
        if self._is_over():
            return "was stopped"
        return "" if self._left else self._too_long

    def _wait(self) -> str:
        """It closed its outputs; it may still run."""
        try:
            self._process.wait(timeout=max(0.1, self._left))
        except subprocess.TimeoutExpired:
            return self._too_long
        return ""

    @property
    def _too_long(self) -> str:
        return f"no end after {self._bounds.seconds:.0f} s"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """All of its session, whatever it left behind too."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
