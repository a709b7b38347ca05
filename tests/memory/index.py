# SPDX-License-Identifier: GPL-2.0-or-later
"""A MailIndex in memory: notmuch's counters, tags and lock, without notmuch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from maintainer_kit.errors import IndexLocked, NotFound, Refused
from maintainer_kit.model.mail.mail import Mail, read_mail
from maintainer_kit.model.message.reading import own_message_id, read_message
from maintainer_kit.workflow.ports import (
    Adder,
    IndexedMessage,
    IndexWriter,
    Retag,
    Revision,
)
from maintainer_kit.workflow.records import Added


@dataclass(frozen=True, slots=True)
class _Entry:
    paths: tuple[str, ...]
    tags: frozenset[str]
    lastmod: int
    date: int
    words: frozenset[str]


class MemoryIndex:
    """Implements the port ``MailIndex`` over a function that reads a path's bytes."""

    def __init__(
        self, read: Callable[[str], bytes], *, is_own: bool = False, new_tags: Sequence[str] = ()
    ) -> None:
        self.entries: dict[str, _Entry] = {}
        self.uuid = "first"
        self.lastmod = 0
        self.locked = False
        """Whether "another program" holds the write lock."""
        self.interrupt: Callable[[], None] | None = None
        """What another program does, once, right before we get the lock."""
        self.read_file = read
        self.new_tags = frozenset(new_tags)
        self._is_own = is_own

    @property
    def is_own(self) -> bool:
        return self._is_own

    def refresh(self, wait: float = 30.0, *, force: bool = False) -> bool:
        return False

    def revision(self) -> Revision:
        return Revision(self.uuid, self.lastmod)

    def count(self) -> int:
        return len(self.entries)

    def changed(self, since: int) -> Iterator[IndexedMessage]:
        found = [one for one, entry in self.entries.items() if entry.lastmod > since]
        return iter(self.find(found))

    def message_ids(self) -> set[str]:
        return set(self.entries)

    def find(self, message_ids: Iterable[str]) -> list[IndexedMessage]:
        return [
            IndexedMessage(one, entry.paths, entry.tags)
            for one in message_ids
            if (entry := self.entries.get(one))
        ]

    def search(self, query: str) -> list[str]:
        """Understands ``*``, ``tag:``, ``id:`` and words of the subject, no ``date:``."""
        if query.startswith("date:"):
            raise Refused(f"notmuch cannot read the query {query!r}", "notmuch help search-terms")
        found = [one for one, entry in self.entries.items() if _matches(one, entry, query)]
        return sorted(found, key=lambda one: -self.entries[one].date)

    def addresses(self) -> tuple[str, ...]:
        return ()

    @contextmanager
    def writing(self, wait: float) -> Iterator[IndexWriter]:
        if self.locked:
            raise IndexLocked("another program is writing", "try again when it has finished")
        interrupt, self.interrupt = self.interrupt, None
        if interrupt:
            interrupt()
        yield _Writer(self)

    @contextmanager
    def adding(self) -> Iterator[Adder]:
        yield _Adder(self)

    def remove(self, message_id: str) -> None:
        """What ``notmuch new`` does once a file is gone: no modification number tells."""
        del self.entries[message_id]


def _matches(message_id: str, entry: _Entry, query: str) -> bool:
    if query.startswith("tag:"):
        return query[4:] in entry.tags
    if query.startswith("id:"):
        return query[3:].strip('"') == message_id
    return query == "*" or set(query.lower().split()) <= entry.words


class _Writer:
    """Implements the port ``IndexWriter``."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index

    def revision(self) -> Revision:
        return self._index.revision()

    def add(self, items: Sequence[tuple[str, frozenset[str]]]) -> list[tuple[str, bool]]:
        stamp = self._index.lastmod + 1
        added = [self._add(path, tags, stamp) for path, tags in items]
        self._index.lastmod = stamp
        return added

    def _add(self, path: str, tags: frozenset[str], stamp: int) -> tuple[str, bool]:
        index = self._index
        try:
            raw = index.read_file(path)
        except NotFound:
            return "", False
        mail = read_mail(raw)
        if not _is_mail(mail):
            return "", False
        message_id = own_message_id(mail, raw)
        known = index.entries.get(message_id)
        if known:
            paths = tuple(dict.fromkeys((*known.paths, path)))
            index.entries[message_id] = replace(known, paths=paths, lastmod=stamp)
            return message_id, True
        message = read_message(mail, message_id)
        words = frozenset(message.full_subject.lower().replace(":", " ").split())
        tags |= index.new_tags
        index.entries[message_id] = _Entry((path,), tags, stamp, message.date, words)
        return message_id, False

    def retag(self, changes: Iterable[Retag]) -> None:
        index = self._index
        stamp = index.lastmod + 1
        for change in changes:
            if entry := index.entries.get(change.message_id):
                tags = entry.tags - change.remove | change.add
                index.entries[change.message_id] = replace(entry, tags=tags, lastmod=stamp)
                index.lastmod = stamp


class _Adder:
    """Implements the port ``Adder``; nothing is done before ``finish``."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index
        self._items: Sequence[tuple[str, frozenset[str]]] = ()

    def start(self, items: Sequence[tuple[str, frozenset[str]]]) -> None:
        self._items = list(items)

    def finish(self) -> Added:
        with self._index.writing(0) as writer:
            before = writer.revision()
            added = writer.add(self._items)
            return Added(before, tuple(added), writer.revision())


def _is_mail(mail: Mail) -> bool:
    """notmuch's own rule: one of these headers is there."""
    return any(name in mail.headers for name in ("from", "to", "subject"))
