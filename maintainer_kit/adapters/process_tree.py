# SPDX-License-Identifier: GPL-2.0-or-later
"""Which run of git send-email started us: the same process for each of its mails."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from maintainer_kit.adapters.process import ProgramFailed, run

_MOST_ANCESTORS = 16
_SENDERS = ("git-send-email", "git-send-email.perl", "send-email")


class _Process(NamedTuple):
    parent: int
    started: str
    """When, so that a number that is given again is another one."""
    words: tuple[str, ...]


def sending_run() -> str:
    """A name for the git send-email above us, else for what started our parent: git runs each hook
    by a helper of its own."""
    process = os.getppid()
    known: list[tuple[int, _Process]] = []
    while process > 1 and len(known) < _MOST_ANCESTORS:
        found = _from_proc(process) or _from_ps(process)
        if found is None:
            break
        if any(os.path.basename(word) in _SENDERS for word in found.words[:2]):
            return f"{process}-{found.started}"
        known.append((process, found))
        process = found.parent
    if not known:
        return str(os.getppid())
    number, starter = known[min(1, len(known) - 1)]
    return f"{number}-{starter.started}"


def _from_proc(process: int) -> _Process | None:
    """As Linux tells it (proc_pid_stat(5))."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        words = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return None
    # The name stands in parentheses and may hold any character.
    fields = told.rpartition(")")[2].split()
    if len(fields) < 20:
        return None
    return _Process(int(fields[1]), fields[19], tuple(os.fsdecode(words).split("\0")))


def _from_ps(process: int) -> _Process | None:
    """As POSIX systems without /proc tell it; the start is left out, as not all have it."""
    try:
        result = run(["ps", "-o", "ppid=", "-o", "args=", "-p", str(process)], timeout=10)
    except ProgramFailed:
        return None
    parent, _, words = result.stdout.decode("utf-8", "replace").strip().partition(" ")
    return _Process(int(parent), "0", tuple(words.split())) if parent.isdecimal() else None
