# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients of a web server that keep their connection, each of which asks after its last answer.

All of them are one thread: several would wait for each other, and the server be blamed for it.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from urllib.parse import urlsplit

_TIMEOUT = 60.0


class _Client:
    def __init__(self, host: str, port: int, paths: Sequence[str]) -> None:
        self.socket = socket.create_connection((host, port), timeout=_TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"{host}:{port}".encode()
        self._paths = iter(paths)
        self._asked = 0.0
        self._answer = bytearray()

    def ask(self) -> bool:
        """Ask for the next path; whether there was one."""
        path = next(self._paths, None)
        if path is None:
            return False
        self._answer.clear()
        request = b"GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (path.encode(), self._host)
        self._asked = time.perf_counter()
        self.socket.sendall(request)
        return True

    def receive(self) -> float | None:
        """Seconds that the answer took; None as long as it is not whole."""
        part = self.socket.recv(1 << 20)
        assert part, "the server has closed the connection"
        self._answer += part
        return time.perf_counter() - self._asked if _is_whole(self._answer) else None


def _is_whole(answer: bytearray) -> bool:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    assert answer.startswith(b"HTTP/1.1 200 "), bytes(answer[:80])
    _, found, length = bytes(answer[:end]).lower().partition(b"\r\ncontent-length:")
    if found:
        return len(answer) == end + 4 + int(length.partition(b"\r\n")[0])
    return answer.endswith(b"\r\n0\r\n\r\n")


def load(url: str, paths: Sequence[Sequence[str]]) -> list[float]:
    """Seconds that each answer took, of as many clients as there are lists of paths."""
    place = urlsplit(url)
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for one in paths:
            client = _Client(place.hostname or "", place.port or 80, one)
            stack.enter_context(client.socket)
            if client.ask():
                selector.register(client.socket, selectors.EVENT_READ, client)
        return list(_answers(selector))


def _answers(selector: selectors.BaseSelector) -> Iterator[float]:
    while selector.get_map():
        ready = selector.select(_TIMEOUT)
        assert ready, "the server does not answer"
        for key, _ in ready:
            client: _Client = key.data
            seconds = client.receive()
            if seconds is None:
                continue
            yield seconds
            if not client.ask():
                selector.unregister(client.socket)
