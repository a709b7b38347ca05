# SPDX-License-Identifier: GPL-2.0-or-later
"""An SMTP server on this machine that keeps what it is given (RFC 5321, as much as git needs)."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class _Conversation(socketserver.StreamRequestHandler):
    """One client."""

    server: Sink
    timeout = 30

    def handle(self) -> None:
        self._say(b"220 sink.example ready")
        while line := self.rfile.readline(2000):
            word = line.split(b" ", 1)[0].strip().upper()
            if word == b"DATA":
                self._say(b"354 go on")
                self.server.raw.append(self._data())
            if word == b"QUIT":
                self._say(b"221 bye")
                return
            self._say(b"250 sink.example")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            # A line that begins with a dot got a second one on its way.
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)


class Sink(socketserver.ThreadingTCPServer):
    """Mails in the order in which they came."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.raw: list[bytes] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(raw) for raw in self.raw]

    @property
    def subjects(self) -> list[str]:
        return [str(one["Subject"]) for one in self.mails]


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """A server on a free port, until the end of the block."""
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join(10)
