# SPDX-License-Identifier: GPL-2.0-or-later
"""Many mails in one answer: a gzipped mbox, kept for whoever asks again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from maintainer_kit.errors import NotFound
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.server.archive import Archive
from maintainer_kit.server.kept import Kept
from maintainer_kit.server.response import GZIP, Response, gzipped, ok
from maintainer_kit.server.stored import stored
from maintainer_kit.workflow.serving.copies import received_at
from maintainer_kit.workflow.serving.register import Entry

_KEPT = 300
"""Mails of one answer that is kept; a longer one is sent as it is made."""


class Mboxes:
    """Makes mboxes of an archive's mails, and keeps them until anything changes.

    To pack a thread takes longer than all else about its answer, and on loopback serves nobody:
    that is done only with what goes through a network, or is so long that it waits to be sent.
    """

    def __init__(self, archive: Archive, *, is_open: bool) -> None:
        self._archive = archive
        self._kept = Kept()
        self._is_open = is_open

    def answer(
        self,
        generation: int,
        key: Hashable,
        find: Callable[[], Sequence[Entry]],
        name: str,
        *,
        by_arrival: bool = False,
    ) -> Response:
        """The mails that ``find`` gives, which is asked only where none are kept under ``key``."""
        body = self._kept.get(generation, key)
        if body is None:
            found = find()
            mails = self._mails(found, name)
            if len(found) > _KEPT:
                return Response("200 OK", GZIP, gzipped(mboxrd(raw) for _, raw in mails))
            ordered = _in_order(mails) if by_arrival else mails
            parts = (mboxrd(raw) for _, raw in ordered)
            body = b"".join(gzipped(parts)) if self._is_open else stored(parts)
            self._kept.put(generation, key, body)
        return ok(GZIP, body)

    def _mails(self, found: Sequence[Entry], name: str) -> Iterator[tuple[Entry, bytes]]:
        """Each with its bytes."""
        for one in found:
            try:
                raw = self._archive.raw(one, name)
            except NotFound:
                continue  # taken away since: the next sync will know
            yield one, raw


def _in_order(mails: Iterator[tuple[Entry, bytes]]) -> list[tuple[Entry, bytes]]:
    """As they were received; where none tells of that, as they came here."""
    found = [(received_at(raw), one, raw) for one, raw in mails]
    tells = any(when is not None for when, _, _ in found)

    def key(each: tuple[int | None, Entry, bytes]) -> tuple[int, int]:
        when, one, _ = each
        return ((one.date if when is None else when) if tells else 0, one.came)

    return [(one, raw) for _, one, raw in sorted(found, key=key)]
