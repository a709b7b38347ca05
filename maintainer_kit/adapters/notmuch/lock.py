# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether somebody writes to a notmuch database right now, asked without waiting for it.

libnotmuch waits in C for Xapian's lock, without a bound, so we look first: the lock is an
fcntl(2) record lock on the file ``flintlock``, and F_GETLK tells its holder without taking it.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import time
from pathlib import Path

_FLOCK = "hhxxxxqqixxxx"  # struct flock of 64-bit Linux
_STEP = 0.02


def database_mark(database: Path) -> str:
    """Changes when the database is replaced by another one, or by an older copy of itself.

    The directory that holds Xapian's changes only when Xapian's is put there. Its inode may be
    used again, and its mtime is copied by those who copy; its ctime can only be now.
    """
    lock = lock_file(database)
    if lock is None:
        return ""
    info = lock.parent.parent.stat()
    return f"{info.st_ino}.{info.st_ctime_ns}"


def lock_file(database: Path) -> Path | None:
    """Xapian's lock file of a database, in either of notmuch's layouts; None when there is none."""
    for place in (database / ".notmuch" / "xapian", database / "xapian"):
        candidate = place / "flintlock"
        if candidate.exists():
            return candidate
    return None


def is_locked(database: Path) -> bool:
    """Whether another process holds the write lock; False where that cannot be asked."""
    path = lock_file(database)
    if path is None or sys.platform != "linux" or struct.calcsize("P") != 8:
        return False
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0)
        told = fcntl.fcntl(handle, fcntl.F_GETLK, asked)
        return bool(struct.unpack(_FLOCK, told)[0] != fcntl.F_UNLCK)
    except OSError:
        return False
    finally:
        os.close(handle)


def wait_unlocked(database: Path, wait: float) -> bool:
    """Wait until nobody writes, at most ``wait`` seconds; whether that is so."""
    deadline = time.monotonic() + wait
    while is_locked(database):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_STEP)
    return True
