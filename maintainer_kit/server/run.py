# SPDX-License-Identifier: GPL-2.0-or-later
"""Listen on an address and answer until the process is told to end."""

from __future__ import annotations

import errno
import gc
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from types import FrameType
from typing import Any

from waitress.server import create_server

from maintainer_kit.errors import Refused
from maintainer_kit.server.app import App
from maintainer_kit.server.archive import StoredArchive
from maintainer_kit.server.lanes import Lanes

_LOCAL = "localhost"
_AT_ONCE = 1 << 20
"""Bytes of an answer that are handed over before they are sent."""
_LIMITS = {
    "connection_limit": 100,
    "channel_timeout": 30,
    "ident": "mkit",
    # What a slow client has not taken yet is put into a file, and no thread waits for it.
    "outbuf_high_watermark": 1 << 28,
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
        archive.now()
        # All that was read lives as long as the server: to look through it for what may be thrown
        # away would hold up everybody now and then.
        gc.freeze()
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
    host = "127.0.0.1" if address == _LOCAL else address
    try:
        server = create_server(app, _dispatcher=Lanes(), host=host, port=port, **_LIMITS)
    except (OSError, ValueError) as error:
        raise _cannot(error, address, port) from error
    # Else each answer is begun by the thread that made it and finished by the one that has the
    # connections, which get in each other's way. As an option it is deprecated.
    server.adj.send_bytes = _AT_ONCE
    return server


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
