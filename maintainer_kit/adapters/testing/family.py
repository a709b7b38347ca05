# SPDX-License-Identifier: GPL-2.0-or-later
"""All processes that a command has started, however far they went from it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator

_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36  # prctl(2)
_PATIENCE = 20.0
"""Seconds after which what cannot be killed is left (a process in a hung file system)."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


def adopt_orphans() -> None:
    """Be the parent of what our children leave behind, a daemon too: then it can be found."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Be killed when our parent is."""
    _prctl(_SET_PDEATHSIG, signal.SIGKILL)


def kill_all() -> None:
    """Kill all our descendants, and see them gone: what forks faster than it is killed is stopped
    first."""
    deadline = time.monotonic() + _PATIENCE
    while (found := descendants()) and time.monotonic() < deadline:
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in found:
                with contextlib.suppress(OSError):
                    os.kill(process, number)
        _reap()
    _reap()


def descendants() -> list[int]:
    """Our children, theirs, and so on; without /proc none is known."""
    if _has_no_child():
        return []
    children: dict[int, list[int]] = {}
    for process, parent, _ in _processes():
        children.setdefault(parent, []).append(process)
    found = list(children.get(os.getpid(), ()))
    for one in found:
        found.extend(children.get(one, ()))
    return found


def _has_no_child() -> bool:
    """Quickly: a look at all processes takes milliseconds. We have one thread."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", "rb") as file:
            return not file.read()
    except OSError:
        return False  # not every kernel has it


def taken() -> int:
    """Bytes of memory that all our descendants hold together."""
    held = {process: pages for process, _, pages in _processes()}
    return sum(held.get(one, 0) for one in descendants()) * _PAGE


def _processes() -> Iterator[tuple[int, int, int]]:
    """Each living process with its parent and its pages in memory (proc_pid_stat(5))."""
    try:
        names = [one for one in os.listdir("/proc") if one.isdigit()]
    except OSError:
        return
    for name in names:
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                # The name stands in parentheses and may hold any character.
                state, parent, *rest = file.read().rpartition(b")")[2].split()
        except (OSError, ValueError):
            continue
        if state not in (b"Z", b"X"):
            yield int(name), int(parent), int(rest[19])


def _reap() -> None:
    """Wait for children that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
