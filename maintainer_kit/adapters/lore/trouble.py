# SPDX-License-Identifier: GPL-2.0-or-later
"""What failed on the way to an archive, in one line."""

from __future__ import annotations

from collections.abc import Iterator

import requests
from liblore import RemoteError
from urllib3.exceptions import NameResolutionError

from maintainer_kit.adapters.lore.session import Unusable
from maintainer_kit.workflow.pulling.archive import ArchiveError

_AGAIN = "run the same command again: what came is kept"
_SEE = "see that the network works; another server: git config --global mkit.lore ADDRESS"
_DEEPEST = 20


def in_words(error: Exception, host: str) -> ArchiveError:
    """What liblore, requests or urllib3 raised, as an error of ours."""
    causes = list(_causes(error))
    for one in causes:
        if isinstance(one, Unusable):
            return one.trouble
        if isinstance(one, ArchiveError):
            return one
    for kind, words, hint in _KINDS:
        if any(isinstance(one, kind) for one in causes):
            return ArchiveError(f"{host} {words}", hint)
    status = next((one.status_code for one in causes if isinstance(one, RemoteError)), None)
    words = f"answers with error {status}" if status else "breaks the connection off"
    return ArchiveError(f"{host} {words}", _AGAIN)


_KINDS: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        requests.exceptions.SSLError,
        "has a certificate that cannot be trusted, or does not speak TLS",
        "see the date of this machine, and its certificates (REQUESTS_CA_BUNDLE)",
    ),
    (requests.exceptions.ProxyError, "is not reached: the proxy fails", "see HTTPS_PROXY"),
    (NameResolutionError, "is not found: no such host, or no name server answers", _SEE),
    (requests.Timeout, "does not answer in time", _AGAIN),
    (ConnectionRefusedError, "refuses the connection", _SEE),
    (requests.TooManyRedirects, "sends us in circles", _SEE),
    (requests.exceptions.InvalidSchema, "sends us to an address of another kind", _SEE),
)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that are behind it, however they were wrapped."""
    queue: list[BaseException] = [error]
    seen: set[int] = set()
    while queue and len(seen) < _DEEPEST:
        one = queue.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        behind = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        queue.extend(each for each in behind if isinstance(each, BaseException))
