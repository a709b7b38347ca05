# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of the screens when their terminal goes away: a closed window, a cut connection."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from collections.abc import Callable
from functools import partial

_ENDED = 128 + signal.SIGHUP


def end_with_terminal(close: Callable[[], object], leave: Callable[[], object]) -> None:
    """From now on ``close`` what is open and end when the terminal is gone; when somebody asks us
    to end, ``leave``, which gives the terminal back."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, partial(hang_up, close))
    loop.add_signal_handler(signal.SIGTERM, leave)


def hang_up(close: Callable[[], object]) -> None:
    """End without drawing or restoring anything: each write to what is gone would fail."""
    try:
        close()
    finally:
        os._exit(_ENDED)


def is_terminal_gone() -> bool:
    """Whether the terminal that we read from was closed."""
    try:
        termios.tcgetattr(sys.__stdin__ or 0)
    except (termios.error, OSError, ValueError):
        return True
    return False
