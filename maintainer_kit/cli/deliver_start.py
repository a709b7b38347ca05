# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit deliver``, without what only people at a command line need: it runs once per mail."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from maintainer_kit.errors import MkitError, Refused

DEFAULT_LIMIT = 100
"""MiB."""
OPTIONS = {
    "--limit": f"Keep apart what is larger; default: {DEFAULT_LIMIT}.",
    "--giver": "Number of the process that hands the mail over; default: the parent. Half a mail of"
    " one that was killed is not taken.",
}
_STDIN = 0
_STOPS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class _Stopped(BaseException):
    """By a signal."""


def start_deliver(argv: Sequence[str]) -> int:
    """Take the mail on standard input: 0 once it is on disk, else 75, EX_TEMPFAIL, which lets every
    mail server try again; nothing else, as all other codes let mail bounce."""
    try:
        gc.disable()
        for one in _STOPS:
            signal.signal(one, _stop)
        os.umask(0o077)
        _deliver(argv)
    except BaseException as error:
        # The mail comes again; whatever it was must not keep us from saying so.
        with suppress(BaseException):
            _tell(error)
        return os.EX_TEMPFAIL
    return os.EX_OK


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped(signal.Signals(number).name)


def _deliver(argv: Sequence[str]) -> None:
    from maintainer_kit.wiring.delivering import deliver

    given = _options(argv)
    os.fstat(_STDIN)  # were it closed, the next file that is opened would be read as the mail
    if os.isatty(_STDIN):
        raise Refused("mkit deliver reads one mail from standard input", "mkit deliver --help")
    done = deliver(_STDIN, given.get("--limit", DEFAULT_LIMIT) << 20, given.get("--giver"))
    if done.refused:
        with suppress(Exception):  # it is kept, whether anybody listens or not
            _complain(f"kept as {done.path}, as it is no mail to index: {done.refused}")


def _options(argv: Sequence[str]) -> dict[str, int]:
    """By name; all of them are numbers."""
    words = [part for word in argv for part in word.split("=", 1)]
    found = dict(zip(words[::2], words[1::2], strict=False))
    numbers = {name: int(value) for name, value in found.items() if _is_number(value)}
    if len(words) % 2 or len(numbers) < len(found) or not numbers.keys() <= set(OPTIONS):
        raise Refused(f"not understood: {' '.join(argv)}", "mkit deliver --help")
    return numbers


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 8 and int(word) > 0


def _tell(error: BaseException) -> None:
    """One line for the log of whoever called; of a bug the traceback goes where those of all
    bugs go."""
    if isinstance(error, MkitError):
        _complain(f"not delivered: {error.message}", error.hint)
    elif isinstance(error, OSError):
        place = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
        _complain(f"not delivered: {place}{error.strerror or error}", "mkit doctor")
    elif isinstance(error, _Stopped):
        _complain(f"not delivered: stopped by {error}")
    else:
        _complain(f"not delivered: {type(error).__name__}: {error}")
        from maintainer_kit.cli.main import report_bug

        report_bug()


def _complain(words: str, hint: str | None = None) -> None:
    from maintainer_kit.model.mail.text import visible_line

    print(f"mkit: {visible_line(words)}", file=sys.stderr)
    if hint:
        print(f"try: {visible_line(hint)}", file=sys.stderr)
