# SPDX-License-Identifier: GPL-2.0-or-later
"""Locks between processes that go with the process, however it ends (flock(2))."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maintainer_kit.errors import StateError

_STEP = 0.02


@contextmanager
def file_lock(path: Path, wait: float) -> Iterator[bool]:
    """Hold a lock on ``path``; inside False when others held it longer than ``wait`` seconds."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StateError(f"{path}: {error.strerror}", "mkit doctor") from error
    try:
        yield _acquire(handle, wait)
    finally:
        # A program that another thread is about to start has a copy of the handle, which would hold
        # the lock until that program runs.
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def _acquire(handle: int, wait: float) -> bool:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_STEP)
        else:
            return True
