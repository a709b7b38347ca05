# SPDX-License-Identifier: GPL-2.0-or-later
"""Archives of mail on the network (public-inbox), through liblore."""

from __future__ import annotations

import gzip
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import requests
from liblore import LibloreError, LoreNode, RemoteError

from maintainer_kit import __version__
from maintainer_kit.adapters.lore.session import Bounds, GuardedSession
from maintainer_kit.adapters.lore.trouble import in_words
from maintainer_kit.adapters.mail.source import mails_of
from maintainer_kit.workflow.pulling.archive import Answer, NotInArchive, TooMuch
from maintainer_kit.workflow.pulling.finding import received
from maintainer_kit.workflow.records import BrokenMail, SourceMail

_KEPT = 600
_NEWS = Bounds(wire=4 << 20, text=16 << 20)
_ABSENT = (300, 404)
_NOTHING = (b"no results", b"the query finds nothing")
"""What public-inbox, and mkit serve, say where a search finds nothing."""
_SHORT = 1000


class LoreArchive:
    """One archive. Mirrors, time-outs and probing are those of liblore's settings in git."""

    def __init__(self, url: str, cache: Path, heard: Callable[[int], None]) -> None:
        self.url = url
        # What goes wrong is told once, and by us.
        logging.getLogger("liblore").setLevel(logging.CRITICAL)
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(cache)
        with self._asking("a public-inbox"):
            self._node = LoreNode.from_git_config(url, cache_dir=str(cache), cache_ttl=_KEPT)
        self._session = GuardedSession(f"mkit/{__version__}", Bounds(), heard)
        self._node.set_requests_session(self._session)

    def close(self) -> None:
        self._node.close()
        self._session.close()

    def thread(self, message_id: str, *, kept: bool = True) -> Answer:
        with self._asking(message_id):
            data = self._node.get_mbox_by_msgid(message_id, nocache=not kept)
        return self._answer(data, message_id)

    def news(self, message_id: str, since: int) -> Answer | None:
        query = f"m:{message_id} OR {received(since)}"
        try:
            with self._session.bounded(_NEWS):
                return self._found(query, f"/{quote_plus(message_id)}")
        except (NotInArchive, TooMuch):
            return None

    def search(self, query: str, *, threads: bool = False) -> Answer:
        if not threads:
            return self._found(query)
        try:
            with self._asking(query):
                data = self._node.get_mbox_by_query(query, full_threads=True)
        except NotInArchive:
            return self._found(query)  # which tells apart why
        return self._answer(data, query)

    def _found(self, query: str, path: str = "") -> Answer:
        """The mails that a query finds, and no more: public-inbox gives whole threads to whoever
        sends anything with the question, as liblore's own search does."""
        asked = int(time.time())
        url = f"{self.url}{path}/?x=m&q={quote_plus(query)}"
        with self._asking(query):
            response = self._node.request("POST", url, data="")
            if response.status_code == 404 and not path:
                self._insist_on_nothing(response)
                return Answer((), asked)
            if response.status_code != 200:
                status = response.status_code
                raise RemoteError(f"error {status}", status_code=status)
        return Answer(_mails(gzip.decompress(response.content), url), asked)

    def _insist_on_nothing(self, response: requests.Response) -> None:
        """A server that does not know the archive, for a moment perhaps, answers with the status of
        one that finds nothing: what it was asked for must not count as fetched."""
        said = response.content[:_SHORT].lower()
        if not any(words in said for words in _NOTHING):
            words = f"{self.url} answers a search with error 404: no archive is there, or not now"
            raise NotInArchive(words, "run the same command again later, or see the address")

    def check(self) -> None:
        with self._asking("any mail: it is no archive"):
            self._node.validate()

    def forget(self) -> None:
        self._node.clear_cache()

    def _answer(self, data: bytes, name: str) -> Answer:
        as_of = self._node.last_as_of
        # Only an answer that was kept is without a time.
        reached = int(as_of.timestamp()) if as_of else int(time.time()) - _KEPT
        return Answer(_mails(data, f"{self.url} {name}"), reached)

    @contextmanager
    def _asking(self, what: str) -> Iterator[None]:
        """One question to liblore: what fails becomes words."""
        try:
            with _outside_repositories():
                yield
        except (LibloreError, requests.RequestException) as error:
            if isinstance(error, RemoteError) and error.status_code in _ABSENT:
                hint = "see the address, or another archive: git config --global mkit.lore ADDRESS"
                raise NotInArchive(f"{self.url} does not have {what}", hint) from error
            raise in_words(error, urlsplit(self.url).netloc) from error


def _mails(data: bytes, name: str) -> tuple[SourceMail | BrokenMail, ...]:
    return tuple(mails_of(data, name)) if data else ()


@contextmanager
def _outside_repositories() -> Iterator[None]:
    """liblore reads its settings with git whenever it likes: what the repository of the current
    directory says must not choose the servers that are asked."""
    before = os.environ.get("GIT_DIR")
    os.environ["GIT_DIR"] = os.devnull
    try:
        yield
    finally:
        if before is None:
            del os.environ["GIT_DIR"]
        else:
            os.environ["GIT_DIR"] = before


def _sweep(cache: Path) -> None:
    """Remove answers that are too old to be given again; liblore looks only at those it wants."""
    oldest = time.time() - _KEPT
    for path in cache.glob("*.lore.cache*"):
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
