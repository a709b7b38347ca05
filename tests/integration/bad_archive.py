# SPDX-License-Identifier: GPL-2.0-or-later
"""A server between mkit and a real public-inbox that passes everything on, or fails as told.

::

    with bad_archive(archives) as bad:      # ``archives``: the fixture of conftest.py
        mkit.configure(CONFIG + f"\\tlore = {bad.url}/all/\\n")
        bad.fault = FAULTS["html"]          # None: pass on
        bad.asked                           # what was asked for: "GET /all/ID/t.mbox.gz"
"""

from __future__ import annotations

import gzip
import random
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.integration.inbox_server import InboxServer

_LIMIT = 60


class Handler(BaseHTTPRequestHandler):
    """One connection, one question."""

    server: BadArchive
    timeout = _LIMIT

    def answer(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        fault = self.server.fault
        with suppress(ConnectionError):  # who asked may have had enough
            if fault is None:
                self.send(*self.passed_on(body))
            else:
                fault(self, body)

    do_GET = do_POST = do_HEAD = answer

    def passed_on(self, body: bytes = b"", path: str = "") -> tuple[int, dict[str, str], bytes]:
        """What the real server says to this, or to the same for another path."""
        there = HTTPConnection("127.0.0.1", self.server.upstream.port, timeout=_LIMIT)
        try:
            host = {"Host": self.headers["Host"]}
            there.request(self.command, path or self.path, body, host)
            found = there.getresponse()
            kept = ("content-type", "location")
            heads = {name: value for name, value in found.getheaders() if name.lower() in kept}
            return found.status, heads, found.read()
        finally:
            there.close()

    def send(self, status: int, headers: dict[str, str], body: bytes, size: int = -1) -> None:
        """An answer; ``size`` is what it claims to have."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if size < 0 else size))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


Fault = Callable[[Handler, bytes], None]


class BadArchive(ThreadingHTTPServer):
    """Passes on to ``upstream`` until it is given a fault."""

    daemon_threads = True

    def __init__(self, upstream: InboxServer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = upstream
        self.fault: Fault | None = None
        self.asked: list[str] = []
        self.over = threading.Event()
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def speak_tls(self, certificate: Path) -> None:
        """Use a certificate, with its key in the same file."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is none of ours."""


@contextmanager
def bad_archive(upstream: InboxServer, certificate: Path | None = None) -> Iterator[BadArchive]:
    """Serve on a free port until the end of the block; with a certificate, over TLS."""
    with BadArchive(upstream) as server:
        if certificate:
            server.speak_tls(certificate)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join(10)


def status(number: int, **headers: str) -> Fault:
    """Answer with an error, and nothing more."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.send(number, named, b"no\n")


def redirect(target: str) -> Fault:
    return status(302, Location=target)


def busy_first(times: int) -> Fault:
    """Ask to come back at once, some times; then pass on."""
    left = [times]

    def fault(handler: Handler, body: bytes) -> None:
        left[0] -= 1
        if left[0] >= 0:
            handler.send(429, {"Retry-After": "0"}, b"busy\n")
        else:
            handler.send(*handler.passed_on(body))

    return fault


def after(times: int, then: Fault) -> Fault:
    """Pass on some times, then fail."""
    left = [times]

    def fault(handler: Handler, body: bytes) -> None:
        left[0] -= 1
        if left[0] >= 0:
            handler.send(*handler.passed_on(body))
        else:
            then(handler, body)

    return fault


def another(message_id: str) -> Fault:
    """Answer with the thread of another mail, whatever is asked for."""
    path = f"/all/{message_id}/t.mbox.gz"
    return lambda handler, _: handler.send(*handler.passed_on(path=path))


def _hang(handler: Handler, _: bytes) -> None:
    handler.server.over.wait(_LIMIT)


def _hang_inside(handler: Handler, body: bytes) -> None:
    code, headers, data = handler.passed_on(body)
    handler.send(code, headers, data[:100], len(data))
    handler.wfile.flush()
    handler.server.over.wait(_LIMIT)


def _page(handler: Handler, _: bytes) -> None:
    page = b"<!doctype html><html><title>Making sure you are not a bot!</title></html>"
    handler.send(200, {"Content-Type": "text/html; charset=utf-8"}, page)


def _half(handler: Handler, body: bytes) -> None:
    code, headers, data = handler.passed_on(body)
    handler.send(code, headers, data[: len(data) // 2])


def _broken_off(handler: Handler, body: bytes) -> None:
    code, headers, data = handler.passed_on(body)
    handler.send(code, headers, data[: len(data) // 2], len(data))


def _damaged(handler: Handler, body: bytes) -> None:
    code, headers, data = handler.passed_on(body)
    handler.send(code, headers, data[:40] + bytes(20) + data[60:])


def _endless(handler: Handler, _: bytes) -> None:
    piece = random.Random(1).randbytes(1 << 20)
    handler.send_response(200)
    handler.send_header("Content-Type", "application/gzip")
    handler.end_headers()
    handler.wfile.write(b"\x1f\x8b")
    while not handler.server.over.is_set():
        handler.wfile.write(piece)


def _bomb(handler: Handler, _: bytes) -> None:
    member = gzip.compress(b"From x@y Thu Jan  1 00:00:00 1970\n".ljust(8 << 20, b"a"), 1)
    handler.send(200, {"Content-Type": "application/gzip"}, member * 100)


def _no_mbox(handler: Handler, _: bytes) -> None:
    handler.send(200, {"Content-Type": "application/gzip"}, gzip.compress(b"not From here\n"))


def _circle(handler: Handler, _: bytes) -> None:
    handler.send(302, {"Location": handler.path}, b"")


FAULTS: dict[str, Fault] = {
    "hang": _hang,
    "hang-inside": _hang_inside,
    "page": _page,
    "404": status(404),
    "500": status(500),
    "busy": status(503, Retry_After="7200"),
    "half": _half,
    "broken-off": _broken_off,
    "damaged": _damaged,
    "endless": _endless,
    "bomb": _bomb,
    "no-mbox": _no_mbox,
    "circle": _circle,
    "elsewhere": redirect("http://elsewhere.example/all/t.mbox.gz"),
    "file": redirect("file:///etc/passwd"),
}
