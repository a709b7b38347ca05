# SPDX-License-Identifier: GPL-2.0-or-later
"""``import``: mails from files into the Maildir, the index and the catalogue.

While notmuch indexes one batch, the next one is read, understood and written: the indexing is
done in C, and takes three quarters of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from maintainer_kit.errors import Busy
from maintainer_kit.model.fingerprint import CONTENT_DIGITS, fingerprint
from maintainer_kit.model.mail import read_mail
from maintainer_kit.model.message import Message
from maintainer_kit.model.reading import own_message_id, read_message
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.ports import (
    BrokenMail,
    IndexedMessage,
    MailFile,
    Position,
    Progress,
    Record,
    Revision,
    SourceMail,
)
from maintainer_kit.workflow.project import project
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync_locked, take_messages

_BATCH = 500
_LOCK_WAIT = 600.0
_INDEX_WAIT = 600.0


@dataclass(slots=True)
class ImportReport:
    """What an import found: new + duplicates + broken = messages."""

    messages: int = 0
    new: int = 0
    duplicates: int = 0
    variants: int = 0
    """Of the duplicates, those with another content; they are kept."""
    broken: list[BrokenMail] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    """One mail on its way."""

    source: SourceMail
    message: Message
    mark: str
    path: str = ""


@dataclass(slots=True)
class _Batch:
    """Mails that are stored, and are being indexed."""

    entries: list[_Entry]
    added: Future[tuple[Revision, list[tuple[str, bool]], Revision]] | None = None

    def wait(self) -> None:
        if self.added is not None:
            self.added.result()


class _Importer:
    def __init__(self, stores: Stores, pool: ThreadPoolExecutor) -> None:
        self.stores = stores
        self.pool = pool
        self.report = ImportReport()
        self.stored = stores.folder.existing()
        self.seen: set[str] = set()

    def prepare(self, batch: Sequence[SourceMail | BrokenMail]) -> _Batch:
        """Read a batch, sort out what is known, and write the rest to the Maildir."""
        entries: list[_Entry] = []
        for one in batch:
            self.report.messages += 1
            if isinstance(one, BrokenMail):
                self.report.broken.append(one)
                continue
            mail = read_mail(one.raw)
            message = read_message(mail, own_message_id(mail, one.raw))
            entries.append(_Entry(one, message, fingerprint(mail)))
        known = self.stores.catalogue.known_fingerprints([entry.mark for entry in entries])
        fresh: list[_Entry] = []
        for entry in entries:
            if entry.mark in known or entry.mark in self.seen:
                self.report.duplicates += 1
                continue
            self.seen.add(entry.mark)
            # Stored, but not catalogued: an import was killed before it was indexed.
            entry.path = self.stored.get(entry.mark, "")
            fresh.append(entry)
        to_store = [entry for entry in fresh if not entry.path]
        paths = self.stores.folder.store([(entry.mark, entry.source.raw) for entry in to_store])
        for entry, path in zip(to_store, paths, strict=True):
            entry.path = path
        return _Batch(fresh)

    def index(self, batch: _Batch) -> None:
        """Start indexing; the batch holds the future."""
        paths = [entry.path for entry in batch.entries]
        if paths:
            batch.added = self.pool.submit(_add, self.stores, paths)

    def catalogue(self, batch: _Batch, cursor: Revision | None) -> Revision | None:
        """Take an indexed batch into the catalogue; the revision up to which it is complete."""
        if batch.added is None:
            return cursor
        before, added, after = batch.added.result()
        records: list[Record] = []
        again: list[str] = []
        for entry, (message_id, known) in zip(batch.entries, added, strict=True):
            if not message_id:
                reason = "notmuch takes it for no mail"
                source = entry.source
                self.report.broken.append(BrokenMail(source.path, source.offset, reason))
                continue
            self.report.duplicates += known
            self.report.new += not known
            if known or message_id != entry.message.message_id:
                again.append(message_id)
                self.report.variants += known and self._is_variant(message_id, entry, records)
            else:
                file = MailFile(entry.path, entry.mark)
                records.append(Record(entry.message, (file,), frozenset()))
        self._put(records, again)
        if cursor is None or before != cursor:
            return None
        self._advance(after)
        return after

    def _is_variant(self, message_id: str, entry: _Entry, fresh: Iterable[Record]) -> bool:
        content = entry.mark[:CONTENT_DIGITS]
        held = [record for record in fresh if record.message.message_id == message_id]
        held.extend(self.stores.catalogue.records([message_id]).values())
        return not any(
            file.fingerprint[:CONTENT_DIGITS] == content for one in held for file in one.files
        )

    def _put(self, records: list[Record], again: list[str]) -> None:
        catalogue = self.stores.catalogue
        once = {record.message.message_id: record for record in records}
        tags = {} if not once else self._new_tags(list(once))
        with catalogue.transaction():
            catalogue.put_records(
                Record(one.message, one.files, tags.get(key, one.tags)) for key, one in once.items()
            )
            project(self.stores, {key: one.message for key, one in once.items()})
        if again:
            take_messages(self.stores, self._find(again))

    def _new_tags(self, message_ids: list[str]) -> dict[str, frozenset[str]]:
        if self.stores.index.is_own:
            return {}
        return {one.message_id: one.tags for one in self._find(message_ids)}

    def _find(self, message_ids: list[str]) -> list[IndexedMessage]:
        return self.stores.index.find(message_ids)

    def _advance(self, revision: Revision) -> None:
        catalogue = self.stores.catalogue
        position = catalogue.position()
        if position is not None:
            with catalogue.transaction():
                catalogue.set_position(Position(revision, position.journal, position.reader))


def _add(stores: Stores, paths: Sequence[str]) -> tuple[Revision, list[tuple[str, bool]], Revision]:
    with stores.index.writing(_INDEX_WAIT) as writer:
        before = writer.revision()
        added = writer.add(paths)
        return before, added, writer.revision()


def import_mail(
    stores: Stores,
    source: Iterable[SourceMail | BrokenMail],
    progress: Progress | None = None,
    wait: float = _LOCK_WAIT,
) -> ImportReport:
    """Import all mails of ``source``; what is known already costs a look-up.

    Killed at any moment, the next import or sync goes on where it was. Raises Busy when another
    import goes on for longer than ``wait`` seconds.
    """
    with stores.lock(wait) as mine:
        if not mine:
            raise Busy("another mkit is importing", "wait for it, then run the same command again")
        sync_locked(stores)
        with ThreadPoolExecutor(1) as pool:
            importer = _Importer(stores, pool)
            _run(importer, source, progress)
        # Follow what others did meanwhile, and let the tags tell the states.
        sync_locked(stores)
    return importer.report


def _run(
    importer: _Importer, source: Iterable[SourceMail | BrokenMail], progress: Progress | None
) -> None:
    position = importer.stores.catalogue.position()
    cursor = position.index if position else None
    running: _Batch | None = None
    for mails in batched(source, _BATCH):
        batch = importer.prepare(mails)
        if running is not None:
            running.wait()
        importer.index(batch)
        if running is not None:
            cursor = importer.catalogue(running, cursor)
        running = batch
        if progress:
            progress.advance(importer.report.messages)
    if running is not None:
        importer.catalogue(running, cursor)
