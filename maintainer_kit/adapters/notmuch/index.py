# SPDX-License-Identifier: GPL-2.0-or-later
"""notmuch through its own bindings (notmuch2)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from maintainer_kit.adapters.notmuch.lock import wait_unlocked
from maintainer_kit.adapters.notmuch.message_count import (
    MessageCount,
    Standing,
    database_version,
)
from maintainer_kit.errors import ConfigError, IndexFailure, IndexLocked, Refused
from maintainer_kit.workflow.position import Revision

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.adapters.notmuch.worker import IndexWorker
    from maintainer_kit.workflow.records import IndexedMessage, Retag

T = TypeVar("T")
Indexer = Callable[[float, bool], bool]
_TRIES = 5

# Measured on 15,000 mails: a quarter of the memory of Xapian's default of 10,000, and faster.
os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", "2000")


class NotmuchIndex:
    """Implements the port ``MailIndex`` on a database that exists."""

    def __init__(
        self,
        path: Path,
        config: Path | None,
        query: str,
        indexer: Indexer | None,
        counted: Path | None = None,
    ) -> None:
        """Open the database of ``path``, with the configuration file ``config``.

        ``indexer`` runs notmuch's own indexing and says whether it had to; None in a database
        that is the user's, where that is not ours to do. In the file ``counted`` is kept where it
        stands.
        """
        self._path = path
        self._config = config
        self._query = query or "*"
        self._indexer = indexer
        # What a query finds may change with the clock.
        self._counted = MessageCount(counted) if counted and self._query == "*" else None
        self._version = ""
        self._db: Any = None
        self._stale = False
        self._exclude: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        return self._indexer is not None

    def _open(self, name: str) -> Any:
        import notmuch2  # here and below: most lists need nothing of it

        mode = notmuch2.Database.MODE[name]
        config = notmuch2.Database.CONFIG.EMPTY if self._config is None else str(self._config)
        try:
            return notmuch2.Database(str(self._path), mode=mode, config=config)
        except (notmuch2.NotmuchError, OSError) as error:
            raise IndexFailure(
                f"notmuch cannot open {self._path}: {error}", "mkit doctor"
            ) from error

    def _reader(self) -> Any:
        if self._stale:
            self.close()
        if self._db is None:
            self._version = self._version_now()
            self._db = self._open("READ_ONLY")
            words = self._config_value("search.exclude_tags")
            self._exclude = tuple(word for word in words.split(";") if word)
        return self._db

    def _config_value(self, key: str) -> str:
        try:
            return str(self._db.config[key])
        except KeyError:
            return ""

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None
        self._stale = False

    def _read(self, action: Callable[[Any], T]) -> T:
        """Run a read; where a writer changed the database under it, open anew and repeat."""
        import notmuch2

        for attempt in range(_TRIES):
            try:
                return action(self._reader())
            except notmuch2.XapianError as error:
                self.close()
                if attempt == _TRIES - 1:
                    self._check_query(error)
                    raise IndexFailure(f"notmuch: {self._path}: {error}", "mkit doctor") from error
        raise AssertionError("unreachable")

    def _check_query(self, error: Exception) -> None:
        """Blame mkit.query where all mail can be counted, but not what it names."""
        import notmuch2

        try:
            self._reader().count_messages("*")
        except notmuch2.NotmuchError:
            return
        if self._query != "*":
            raise ConfigError(
                f"notmuch cannot read mkit.query: {self._query!r}",
                "git config mkit.query QUERY, in the syntax of: notmuch help search-terms",
            ) from error

    def refresh(self, wait: float = 30.0, *, force: bool = False) -> bool:
        ran = self._indexer(wait, force) if self._indexer else False
        self.close()
        return ran

    def revision(self) -> Revision:
        # Of what is not open: what is read after it is as new, or newer.
        known = self._recall() if self._db is None or self._stale else None
        return known.revision if known else self._read(_revision)

    def _version_now(self) -> str:
        return database_version(self._path, self._config) if self._counted else ""

    def _recall(self) -> Standing | None:
        """What was known before of the database that would be read now."""
        if self._counted is None:
            return None
        is_open = self._db is not None and not self._stale
        return self._counted.recall(self._version if is_open else self._version_now())

    def _messages(self, db: Any, query: str) -> Iterator[Any]:
        import notmuch2

        return iter(
            db.messages(
                query,
                exclude_tags=self._exclude,
                omit_excluded=notmuch2.Database.EXCLUDE.ALL,
                sort=notmuch2.Database.SORT.UNSORTED,
            )
        )

    def _limited(self, query: str) -> str:
        return query if self._query == "*" else f"({self._query}) and ({query})"

    def count(self) -> int:
        if known := self._recall():
            return known.messages
        found = self._read(self._standing)
        # The version was read before the database was opened; a writer may have come between.
        if self._counted and self._version_now() == self._version:
            self._counted.keep(self._version, found)
        return found.messages

    def _standing(self, db: Any) -> Standing:
        import notmuch2

        messages = db.count_messages(
            self._query,
            exclude_tags=self._exclude,
            omit_excluded=notmuch2.Database.EXCLUDE.ALL,
        )
        return Standing(_revision(db), int(messages))

    def changed(self, since: int) -> Iterator[IndexedMessage]:
        query = self._limited(f"lastmod:{since + 1}..") if since else self._query
        return iter(self._read(lambda db: [_indexed(m) for m in self._messages(db, query)]))

    def message_ids(self) -> set[str]:
        return self._read(lambda db: {m.messageid for m in self._messages(db, self._query)})

    def find(self, message_ids: Iterable[str]) -> list[IndexedMessage]:
        listed = list(message_ids)

        def ask(db: Any) -> list[IndexedMessage]:
            found: list[IndexedMessage] = []
            for message_id in listed:
                try:
                    found.append(_indexed(db.find(message_id)))
                except LookupError:
                    continue
            return found

        return self._read(ask)

    def search(self, query: str) -> list[str]:
        import notmuch2

        def ask(db: Any) -> list[str]:
            found = db.messages(
                self._limited(query),
                exclude_tags=self._exclude,
                omit_excluded=notmuch2.Database.EXCLUDE.ALL,
                sort=notmuch2.Database.SORT.NEWEST_FIRST,
            )
            return [message.messageid for message in found]

        self._reader()
        try:
            return ask(self._reader())
        except notmuch2.XapianError as error:
            self.close()
            try:
                return ask(self._reader())
            except notmuch2.XapianError:
                raise Refused(
                    f"notmuch cannot read the query {query!r}",
                    "notmuch help search-terms",
                ) from error

    def is_held_for(self, seconds: float) -> bool:
        """Whether somebody writes to it all that time, which is waited for."""
        return not wait_unlocked(self._path, seconds)

    def addresses(self) -> tuple[str, ...]:
        self._reader()
        words = [self._config_value("user.primary_email")]
        words += self._config_value("user.other_email").split(";")
        return tuple(word.strip() for word in words if "@" in word)

    @contextmanager
    def adding(self) -> Iterator[IndexWorker]:
        from maintainer_kit.adapters.notmuch.worker import IndexWorker

        worker = IndexWorker(self._path, self._config, self._expire)
        try:
            yield worker
        finally:
            worker.close()
            self._expire()

    def _expire(self) -> None:
        """Let the reader, perhaps in use just now, open anew on its next use."""
        self._stale = True

    @contextmanager
    def writing(self, wait: float) -> Iterator[NotmuchWriter]:
        import notmuch2

        if not wait_unlocked(self._path, wait):
            raise IndexLocked(
                f"another program is writing to notmuch's database {self._path}",
                "try again when it has finished",
            )
        try:
            # Closing writes what is left, and can fail as well as any other write.
            with self._open("READ_WRITE") as db:
                yield NotmuchWriter(db)
        except notmuch2.NotmuchError as error:
            raise IndexFailure(
                f"notmuch cannot write {self._path}: {error}",
                "make room if the disk is full, then run the same command again; else: mkit doctor",
            ) from error
        finally:
            self._expire()


class NotmuchWriter:
    """Implements the port ``IndexWriter``."""

    def __init__(self, db: Any) -> None:
        self._db = db
        try:
            words = str(db.config["new.tags"])
        except KeyError:
            words = ""
        self._new_tags = [word for word in words.split(";") if word]

    def revision(self) -> Revision:
        return _revision(self._db)

    def add(self, items: Sequence[tuple[str, frozenset[str]]]) -> list[tuple[str, bool]]:
        import notmuch2

        added: list[tuple[str, bool]] = []
        with self._db.atomic():
            for path, tags in items:
                try:
                    message, known = self._db.add(path)
                except (notmuch2.FileNotEmailError, notmuch2.FileError):
                    added.append(("", False))
                    continue
                wanted = () if known else (*self._new_tags, *tags)
                if wanted:
                    with message.frozen():
                        for tag in wanted:
                            message.tags.add(tag)
                added.append((message.messageid, known))
        return added

    def retag(self, changes: Iterable[Retag]) -> None:
        with self._db.atomic():
            for change in changes:
                try:
                    message = self._db.find(change.message_id)
                except LookupError:
                    continue
                with message.frozen():
                    for tag in change.remove:
                        message.tags.discard(tag)
                    for tag in change.add:
                        message.tags.add(tag)


def _revision(db: Any) -> Revision:
    found = db.revision()
    return Revision(found.uuid.decode(), found.rev)


def _indexed(message: Any) -> IndexedMessage:
    from maintainer_kit.workflow.records import IndexedMessage

    return IndexedMessage(
        message.messageid,
        tuple(os.fsdecode(path) for path in message.filenames()),
        frozenset(message.tags),
    )
