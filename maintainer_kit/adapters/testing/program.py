# SPDX-License-Identifier: GPL-2.0-or-later
"""A process that runs commands, one after the other, and lets nothing of them survive.

Each line on its standard input is a job, each line that it prints tells how one ended. When its
input ends, it kills what runs and goes: so nothing runs on after mkit was killed. The other side is
``keeper.py``.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from typing import Any

from maintainer_kit.adapters.testing.family import adopt_orphans, die_with_parent, kill_all, taken
from maintainer_kit.adapters.testing.log_file import LogFile

_GLANCE = 0.25
"""Seconds between two looks at how much memory is taken."""
_READ = 1 << 16
_STDIN = 0

Job = dict[str, Any]


def main() -> None:
    """Do jobs until the input ends."""
    adopt_orphans()
    asked = os.fdopen(_STDIN, "rb", buffering=0)
    line = bytearray()
    # Byte by byte would do: a job is one line, and none is sent before the last one ended.
    while data := asked.read(_READ):
        line += data
        if line.endswith(b"\n"):
            answer = _Run(json.loads(line)).answer()
            line.clear()
            if answer is None:
                return
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


class _Run:
    """One command."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._start = time.monotonic()
        self._end = self._start + float(job["seconds"])
        self._reason = ""

    def answer(self) -> Job | None:
        """How it ended; None when nobody wants to know any more."""
        try:
            with LogFile(self._job["log"], self._job["most"]) as log:
                code = self._run(log)
                log.end()
        except OSError as error:
            kill_all()
            return {"problem": f"{error.filename or self._job['log']}: {error.strerror}"}
        if self._reason == "over":
            return None
        seconds = time.monotonic() - self._start
        return {"code": code, "reason": self._reason, "seconds": seconds, "cut": log.is_cut}

    def _run(self, log: LogFile) -> int | None:
        read, write = os.pipe()
        try:
            process = subprocess.Popen(
                self._job["argv"],
                cwd=self._job["folder"],
                env=self._job["env"],
                stdin=subprocess.DEVNULL,
                stdout=write,
                stderr=write,
                start_new_session=True,
                preexec_fn=self._prepare,
            )
        finally:
            os.close(write)
        try:
            self._watch(process, read, log)
            code = None if self._reason else process.wait()
            kill_all()
            process.poll()
            self._drain(read, log)
        finally:
            kill_all()
            os.close(read)
        return code

    def _prepare(self) -> None:
        """In the child, before it becomes the command."""
        die_with_parent()
        if memory := self._job["memory"]:
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            bound = memory if most == resource.RLIM_INFINITY else min(memory, most)
            resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for one in (signal.SIGPIPE, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_DFL)

    def _watch(self, process: subprocess.Popen[bytes], read: int, log: LogFile) -> None:
        """Take in what it says till it ends, or has to."""
        handle = _handle_of(process)
        waited = [_STDIN, read, *([handle] if handle is not None else [])]
        try:
            while not self._reason and process.poll() is None:
                ready, _, _ = select.select(waited, [], [], self._patience(handle))
                if read in ready and not self._take(read, log):
                    waited.remove(read)
                if _STDIN in ready:
                    self._reason = "over"
                elif time.monotonic() >= self._end:
                    self._reason = "timeout"
                elif self._job["memory"] and taken() > self._job["memory"]:
                    self._reason = "memory"
        finally:
            if handle is not None:
                os.close(handle)

    def _patience(self, handle: int | None) -> float:
        left: float = max(0.0, self._end - time.monotonic())
        return left if handle is not None and not self._job["memory"] else min(left, _GLANCE)

    def _take(self, read: int, log: LogFile) -> bool:
        data = os.read(read, _READ)
        log.write(data)
        return bool(data)

    def _drain(self, read: int, log: LogFile) -> None:
        """What is left in the pipe: all that could write to it are gone."""
        os.set_blocking(read, False)
        with contextlib.suppress(BlockingIOError):
            while self._take(read, log):
                pass


def _handle_of(process: subprocess.Popen[bytes]) -> int | None:
    """Something that can be waited for until it ends; None where there is no such thing."""
    try:
        return os.pidfd_open(process.pid)
    except (AttributeError, OSError):
        return None
