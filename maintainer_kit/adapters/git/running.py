# SPDX-License-Identifier: GPL-2.0-or-later
"""A git process whose output is read as it comes: never waited for without a bound."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import IO

from maintainer_kit.adapters.closing import Closing
from maintainer_kit.adapters.process import Result
from maintainer_kit.errors import RepositoryError

_READ = 1 << 17
_PIPE = 1 << 20


class Running(Closing):
    """A git process whose output is read as it comes; killed when it is left early."""

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str], stdin: bool, patience: float
    ) -> None:
        import tempfile  # slow to import, and not every hook reads bit by bit

        self._patience = patience
        # A file, as nobody empties a pipe while the output is read.
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            self._process = subprocess.Popen(
                argv,
                bufsize=0,
                stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=dict(env),
            )
        except OSError as error:
            self._errors.close()
            raise RepositoryError(f"git: {error.strerror}", "install git") from error
        assert self._process.stdout is not None
        self._out = self._process.stdout.fileno()
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            # Linux: git goes on while we think.
            with contextlib.suppress(OSError):
                fcntl.fcntl(self._out, fcntl.F_SETPIPE_SZ, _PIPE)
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN | select.POLLHUP)

    def read(self) -> bytes:
        """The next bytes; empty at the end. Raises RepositoryError after a long silence."""
        if not self._poll.poll(self._patience * 1000):
            self.close()
            words = f"git has been silent for {self._patience:.0f} s"
            raise RepositoryError(words, "try again later")
        return os.read(self._out, _READ)

    def read_within(self, seconds: float) -> bytes:
        """The next bytes; empty at the end, and when there are none in time."""
        return os.read(self._out, _READ) if self._poll.poll(seconds * 1000) else b""

    def write(self, data: bytes) -> bool:
        """Send a short question; whether git is still there to hear it."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
        except OSError:
            return False
        return True

    def end(self) -> Result:
        """How it ended, once all was read."""
        try:
            code = self._process.wait(timeout=self._patience)
        except subprocess.TimeoutExpired:
            code = -1
        return Result(code, b"", self.words)

    @property
    def words(self) -> str:
        """What it has written to its standard error, the last of it."""
        if self._errors.closed:
            return ""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 4096))
        return self._errors.read().decode("utf-8", "replace").strip()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._errors.close()


class Deadline:
    """How much time is left of a number of seconds."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._end - time.monotonic())
