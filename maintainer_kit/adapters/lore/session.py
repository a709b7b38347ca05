# SPDX-License-Identifier: GPL-2.0-or-later
"""HTTP for liblore, which follows every redirect and reads all that it is sent: a session that asks
with patience, takes answers with bounds, and goes nowhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from maintainer_kit.adapters.lore.answer import check_mbox
from maintainer_kit.workflow.pulling.archive import ArchiveError, TooMuch

_PIECE = 1 << 16
_TRIES = 4
_BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken, and how long is waited."""

    wire: int = 96 << 20
    """Bytes of one answer, packed."""
    text: int = 256 << 20
    """Bytes of one answer, unpacked."""
    seconds: float = 600.0
    """One answer may take altogether."""
    pause: float = 0.1
    """Seconds between two requests."""
    patience: float = 60.0
    """Seconds that a server that is busy may ask to wait."""


class Unusable(requests.ConnectionError):
    """An answer that is none. Its kind makes liblore ask the next mirror, where there is one."""

    def __init__(self, trouble: ArchiveError) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble


class GuardedSession(requests.Session):
    """Goes where its owner sends it; no server sends it elsewhere, or more than it can take."""

    def __init__(self, agent: str, bounds: Bounds, heard: Callable[[int], None]) -> None:
        super().__init__()
        self.bounds = bounds
        guarded = _Guarded(self, heard)
        self.mount("https://", guarded)
        self.mount("http://", guarded)
        self.max_redirects = 5
        # An mbox is gzip in itself; more packing around it would be unpacked without bounds.
        self.headers.update({"User-Agent": agent, "Accept-Encoding": "identity"})

    @contextmanager
    def bounded(self, bounds: Bounds) -> Iterator[None]:
        """Other bounds until the end of the block."""
        before = self.bounds
        self.bounds = bounds
        try:
            yield
        finally:
            self.bounds = before

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target = super().get_redirect_target(resp)
        if target is None:
            return None
        here, there = urlsplit(resp.url), urlsplit(urljoin(resp.url, target))
        same = here.netloc.lower() == there.netloc.lower()
        if same and (here.scheme, there.scheme) in _STAYS:
            return target
        raise ArchiveError(
            f"{here.hostname} sends us elsewhere, to {there.scheme}://{there.hostname or ''}:"
            " not followed",
            "if that is right, name its address, or: git config --global mkit.lore ADDRESS",
        )


_STAYS = {("http", "http"), ("https", "https"), ("http", "https")}


class _Guarded(HTTPAdapter):
    """Takes answers in pieces and counts; waits when told to."""

    def __init__(self, session: GuardedSession, heard: Callable[[int], None]) -> None:
        super().__init__()
        self._session = session
        self._heard = heard
        self._last = 0.0

    def send(
        self, request: requests.PreparedRequest, *args: Any, **options: Any
    ) -> requests.Response:
        options["stream"] = True
        for attempt in range(_TRIES):
            self._pace()
            response = super().send(request, *args, **options)
            if response.status_code not in _BUSY:
                break
            response.close()
            time.sleep(self._wait(response, attempt))
        return self._taken(request, response)

    def _pace(self) -> None:
        pause = self._last + self._session.bounds.pause - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._last = time.monotonic()

    def _wait(self, response: requests.Response, attempt: int) -> float:
        """How long to wait before asking again; raises Unusable once that is enough."""
        asked = response.headers.get("Retry-After", "")
        number = asked.isascii() and asked.isdigit() and len(asked) < 9
        wait = float(asked) if number else 2.0**attempt
        if attempt + 1 < _TRIES and wait <= self._session.bounds.patience:
            return wait
        raise Unusable(
            ArchiveError(
                f"{_host(response)} is busy ({response.status_code}), and asks to come back in"
                f" {wait:.0f} s",
                "run the same command again then: what came is kept",
            )
        )

    def _taken(
        self, request: requests.PreparedRequest, response: requests.Response
    ) -> requests.Response:
        data = self._read(response)
        self._heard(len(data))
        if response.status_code == 200 and _asks_for_mail(request):
            kind = response.headers.get("Content-Type", "")
            try:
                check_mbox(data, kind, _host(response), self._session.bounds.text)
            except TooMuch:
                raise
            except ArchiveError as error:
                raise Unusable(error) from error
        response.raw = BytesIO(data)
        return response

    def _read(self, response: requests.Response) -> bytes:
        """The body as it was sent."""
        bounds, host = self._session.bounds, _host(response)
        end = time.monotonic() + bounds.seconds
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in response.raw.stream(_PIECE, decode_content=False):
                pieces.append(piece)
                size += len(piece)
                if size > bounds.wire:
                    raise TooMuch(f"{host} sends more than {bounds.wire >> 20} MiB at once", _LESS)
                if time.monotonic() > end:
                    raise Unusable(ArchiveError(f"{host} sends too slowly: given up", _LESS))
        except ReadTimeoutError as error:
            raise requests.ReadTimeout(error) from error
        except HTTPError as error:
            raise Unusable(
                ArchiveError(f"{host} breaks off in the middle of an answer", _AGAIN)
            ) from error
        finally:
            response.raw.close()
        return b"".join(pieces)


_LESS = "ask for less: mkit pull --query Q --since 1m"
_AGAIN = "run the same command again: what came is kept"


def _asks_for_mail(request: requests.PreparedRequest) -> bool:
    url = urlsplit(request.url or "")
    return request.method != "HEAD" and (
        url.path.endswith("/t.mbox.gz") or url.query.startswith("x=m")
    )


def _host(response: requests.Response) -> str:
    return urlsplit(response.url).netloc.rpartition("@")[2]
