# SPDX-License-Identifier: GPL-2.0-or-later
"""A process of ours that works apart and tells how it goes on, a JSON object a line.

What it used is given back when it ends: in the process of somebody who stays for days, the threads
that do such work leave memory behind that no collector finds.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Any

from maintainer_kit.adapters.own_python import own_python
from maintainer_kit.errors import StateError


class Telling:
    """The parent's side: started at once, it goes on whether it is listened to or not."""

    def __init__(self, module: str) -> None:
        """Run ``main`` of a module of ours; raises StateError where no process can be had."""
        with contextlib.ExitStack() as stack:
            try:
                # A file takes whatever libraries in C say at their end; a pipe nobody reads may
                # fill.
                self._errors = stack.enter_context(tempfile.TemporaryFile())
                self._process = subprocess.Popen(
                    own_python(module),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=self._errors,
                    # ^C and ^Z on the terminal are for us: stopped, it would hold its locks. Not
                    # a session of its own: Linux would then give it as much as us (sched(7)).
                    process_group=0,
                )
            except OSError as error:
                words = f"no process for {module}: {error.strerror or error}"
                raise StateError(words, "make room, or end other programs") from error
            self._ending = stack.pop_all()

    def told(self) -> Iterator[dict[str, Any]]:
        """What it tells, until it ends. Raises StateError where it ended before its time."""
        assert self._process.stdout is not None
        with self._ending, self._process.stdout as lines:
            for line in lines:
                if line.endswith(b"\n"):  # killed in the middle of one, it says so by its code
                    yield json.loads(line)
            if code := self._process.wait():
                raise StateError(f"the process ended with {code}{self._last_words()}")

    def stop(self) -> None:
        """Ask it to end at its next step; may be called from another thread, and at any time."""
        with contextlib.suppress(OSError):
            self._process.send_signal(signal.SIGTERM)

    def _last_words(self) -> str:
        self._errors.seek(0)
        last = self._errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f": {last[:200]}" if last else ""


class Teller:
    """The child's side."""

    def __init__(self) -> None:
        self._is_asked_to_end = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: self._is_asked_to_end.set())

    def tell(self, **fields: object) -> None:
        """A line; once nobody listens any more, ``is_over``."""
        try:
            sys.stdout.write(json.dumps(fields) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            self._is_asked_to_end.set()

    @property
    def is_over(self) -> bool:
        """Whether nobody wants to know the end of it."""
        return self._is_asked_to_end.is_set()
