# SPDX-License-Identifier: GPL-2.0-or-later
"""Listen on an address and answer until the process is told to end."""

from __future__ import annotations

import errno
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from types import FrameType
from typing import Any

from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher

from maintainer_kit.errors import Refused
from maintainer_kit.server.app import App
from maintainer_kit.server.archive import StoredArchive

_LOCAL = "localhost"
_THREADS = 8
_GRACE = 0.3
"""Seconds for requests under way when the server is to end."""
_LIMITS = {
    "connection_limit": 100,
    "channel_timeout": 30,
    "ident": "mkit",
    "max_request_header_size": 64 << 10,
    "max_request_body_size": 64 << 10,
}


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches an address."""
    if address == _LOCAL:
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def serve_archive(address: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve the mail; ``tell`` is given the server's URL once it listens.

    Returns after SIGTERM. Raises KeyboardInterrupt after ^C, Refused where the address cannot be
    had, and what opening the stores raises.
    """
    archive = StoredArchive()
    try:
        archive.generation()
        app = App(archive, is_open=not is_loopback(address))
        server = _listen(app, address, port)
        ending = _Ending()
        signal.signal(signal.SIGTERM, ending)
        signal.signal(signal.SIGINT, ending)
        # Once it runs it swallows SystemExit itself.
        with suppress(SystemExit):
            tell(_url(address, int(server.effective_port)))
            server.run()
        if ending.number == signal.SIGINT:
            raise KeyboardInterrupt
    finally:
        archive.close()


class _Ending:
    """Ends the server at a signal."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.number = number
        raise SystemExit


def _listen(app: App, address: str, port: int) -> Any:
    # Requests that wait for a thread are no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(_THREADS)
    # Its own default gives requests under way five seconds.
    dispatcher.shutdown = partial(dispatcher.shutdown, timeout=_GRACE)
    host = "127.0.0.1" if address == _LOCAL else address
    try:
        return create_server(app, _dispatcher=dispatcher, host=host, port=port, **_LIMITS)
    except (OSError, ValueError) as error:
        raise _cannot(error, address, port) from error


def _cannot(error: Exception, address: str, port: int) -> Refused:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return Refused(f"port {port} is in use", "mkit serve --lore --port 0 finds a free one")
    if number == errno.EACCES:
        return Refused(
            f"port {port} is for the superuser", "mkit serve --lore --port 0 finds a free one"
        )
    words = error.strerror if isinstance(error, OSError) else str(error)
    return Refused(f"cannot listen on {address} port {port}: {words}", "mkit serve --lore")


def _url(address: str, port: int) -> str:
    host = "127.0.0.1" if address in (_LOCAL, "0.0.0.0", "::") else address
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
