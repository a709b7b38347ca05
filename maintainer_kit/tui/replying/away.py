# SPDX-License-Identifier: GPL-2.0-or-later
"""The terminal is another program's for a while."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from textual.app import App

from maintainer_kit.tui.work.hangup import hang_up, is_terminal_gone

_OF_THE_OTHER = (signal.SIGINT, signal.SIGQUIT)
"""What keys of the terminal send to all its programs."""


@contextmanager
def away(app: App[Any], close: Callable[[], object]) -> Iterator[None]:
    """Leave the screen; inside of the block another program has it, and its ``^C`` is its own.

    Where the terminal goes away meanwhile, ``close`` is called, and all ends.
    """
    if app.is_headless:  # there is no terminal to leave
        yield
        return

    def end(*_: object) -> None:
        # Who leads a session is told alone: see tty_signal_session_leader() in Linux.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        if is_terminal_gone():
            os.killpg(0, signal.SIGHUP)
        hang_up(close)

    # A function, as a signal that is ignored would be so in that program, too.
    before = {one: signal.signal(one, lambda *_: None) for one in _OF_THE_OTHER}
    before[signal.SIGHUP] = signal.signal(signal.SIGHUP, end)
    try:
        with app.suspend():
            yield
            # To come back, Textual would wait for a terminal that takes what it draws.
            if is_terminal_gone():
                hang_up(close)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
