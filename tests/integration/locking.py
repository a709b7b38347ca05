# SPDX-License-Identifier: GPL-2.0-or-later
"""Hold notmuch's write lock, as a long ``notmuch new`` of somebody else does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLD = """
import sys, notmuch2
db = notmuch2.Database(sys.argv[1], mode=notmuch2.Database.MODE.READ_WRITE,
                       config=notmuch2.Database.CONFIG.EMPTY)
print("held", flush=True)
sys.stdin.read()
db.close()
"""


@contextmanager
def held_lock(database: Path) -> Iterator[None]:
    """Another process writes to ``database`` for as long as this lasts."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        yield
    finally:
        holder.stdin.close()
        holder.stdout.close()
        holder.wait(timeout=60)
