# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether other processes are still there."""

from __future__ import annotations

import os

_EXITING = 0x4  # PF_EXITING, in the flags of proc(5)


def is_alive(process: int) -> bool:
    """Whether there is such a process, be it somebody else's."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_ending(process: int) -> bool:
    """Whether it is about to end: Linux closes the files of a process first, and tells of its end
    later. False where that cannot be asked."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:
            state, *numbers = file.read().rpartition(b")")[2].split()
        return state in (b"Z", b"X") or bool(int(numbers[5]) & _EXITING)
    except (OSError, ValueError, IndexError):
        return False


class Giver:
    """The program that writes to our standard input: one that is named, else our parent.

    Killed in the middle of a mail it closes the pipe as if that were the end. A parent that was
    killed before we could ask for it is not noticed.
    """

    def __init__(self, process: int | None) -> None:
        self._is_named = process is not None
        self._process = os.getppid() if process is None else process

    @property
    def is_gone(self) -> bool:
        """Whether it ended, or is about to."""
        if is_ending(self._process):
            return True
        return not is_alive(self._process) if self._is_named else os.getppid() != self._process
