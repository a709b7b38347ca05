# SPDX-License-Identifier: GPL-2.0-or-later
"""``import``: mails from files into the Maildir, the index and the catalogue.

While notmuch indexes one batch, the next one is read, understood and written: the indexing takes
three quarters of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from maintainer_kit.errors import Busy
from maintainer_kit.model.decision.state import NEW, SHADOW_MARK, tag_of
from maintainer_kit.model.mail.fingerprint import CONTENT_DIGITS
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import collect_topics
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import (
    Added,
    Adder,
    BrokenMail,
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
_FIRST_BATCH = 32
_LOCK_WAIT = 600.0
_NEW_TAGS = frozenset({SHADOW_MARK, tag_of(NEW)})


@dataclass(slots=True)
class ImportReport:
    """What an import found: new + duplicates + broken = messages."""

    messages: int = 0
    new: int = 0
    duplicates: int = 0
    variants: int = 0
    """Of the duplicates, those with another content; they are kept."""
    broken: list[BrokenMail] = field(default_factory=list)

    def add(self, other: ImportReport) -> None:
        """Count what another import found."""
        self.messages += other.messages
        self.new += other.new
        self.duplicates += other.duplicates
        self.variants += other.variants
        self.broken += other.broken


@dataclass(slots=True)
class _Entry:
    """One mail on its way."""

    source: SourceMail
    message: Message
    mark: str
    path: str = ""
    tags: frozenset[str] = frozenset()
    """Those that the message will most likely need."""


class _Importer:
    def __init__(self, stores: Stores) -> None:
        self.stores = stores
        self.bots = stores.bots
        self.report = ImportReport()
        self.stored = stores.folder.existing()
        self.seen: set[str] = set()
        self.left_out = stores.left_out() if stores.left_out else None

    def prepare(self, batch: Sequence[SourceMail | BrokenMail]) -> list[_Entry]:
        """Read a batch, sort out what is known, and write the rest to the Maildir."""
        fresh = self._unknown(self._read(batch))
        to_store = [entry for entry in fresh if not entry.path]
        paths = self.stores.folder.store([(entry.mark, entry.source.raw) for entry in to_store])
        for entry, path in zip(to_store, paths, strict=True):
            entry.path = path
        # A decided message gets no guess: it would look like another client's decision.
        decided = {one for one, _ in self.stores.catalogue.decisions(_ids(fresh))}
        _guess_tags([entry for entry in fresh if entry.message.message_id not in decided])
        return fresh

    def _read(self, batch: Sequence[SourceMail | BrokenMail]) -> list[_Entry]:
        entries: list[_Entry] = []
        for one in batch:
            self.report.messages += 1
            if self.left_out:
                self.left_out.is_read(one.path)
            if isinstance(one, BrokenMail):
                self.report.broken.append(one)
                continue
            copy = understand(one.raw, bots=self.bots)
            entries.append(_Entry(one, copy.message, copy.fingerprint))
        return entries

    def _unknown(self, entries: Sequence[_Entry]) -> list[_Entry]:
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
        return fresh

    def catalogue(
        self, entries: Sequence[_Entry], added: Added, cursor: Revision | None
    ) -> Revision | None:
        """Take an indexed batch into the catalogue; the revision up to which it is complete,
        None once somebody else wrote to the index in between."""
        records: list[Record] = []
        again: list[str] = []
        for entry, (message_id, known) in zip(entries, added.messages, strict=True):
            if not message_id:
                source = entry.source
                reason = "notmuch takes it for no mail"
                self.report.broken.append(BrokenMail(source.path, source.offset, reason))
                continue
            self.report.duplicates += known
            self.report.new += not known
            if known or message_id != entry.message.message_id:
                again.append(message_id)
                self.report.variants += known and self._is_variant(message_id, entry, records)
            else:
                file = MailFile(entry.path, entry.mark)
                records.append(Record(entry.message, (file,), entry.tags))
        self._put(records, again)
        if cursor is None or added.before != cursor:
            return None
        self._advance(added.after)
        return added.after

    def _is_variant(self, message_id: str, entry: _Entry, fresh: Iterable[Record]) -> bool:
        content = entry.mark[:CONTENT_DIGITS]
        held = [record for record in fresh if record.message.message_id == message_id]
        held.extend(self.stores.catalogue.records([message_id]).values())
        return not any(
            file.fingerprint[:CONTENT_DIGITS] == content for one in held for file in one.files
        )

    def _put(self, records: Sequence[Record], again: Sequence[str]) -> None:
        catalogue, index = self.stores.catalogue, self.stores.index
        if not index.is_own and records:
            # The user's own notmuch gives new messages tags of its own.
            tags = {m.message_id: m.tags for m in index.find(r.message.message_id for r in records)}
            records = [
                Record(r.message, r.files, tags.get(r.message.message_id, r.tags)) for r in records
            ]
        if records:
            with catalogue.transaction():
                catalogue.put_records(records)
                project(self.stores, {one.message.message_id: one.message for one in records})
        if again:
            take_messages(self.stores, index.find(again))

    def _advance(self, revision: Revision) -> None:
        catalogue = self.stores.catalogue
        position = catalogue.position()
        if position is not None:
            with catalogue.transaction():
                catalogue.set_position(Position(revision, position.journal, position.reader))


def _ids(entries: Iterable[_Entry]) -> list[str]:
    return [entry.message.message_id for entry in entries]


def _guess_tags(entries: Sequence[_Entry]) -> None:
    """Give patches the tags that they would have if this batch were all there is.

    Tagging a message while it is being added costs a third of tagging it later. What other mail
    makes of the guess is mended at the end, with all other tags.
    """
    messages = {entry.message.message_id: entry.message for entry in entries}
    groups = split_clusters(messages.values())
    topics = [topic for group in groups for topic in collect_topics(group)]
    series = [topic for topic in topics if topic.kind is TopicKind.SERIES]
    shown = {one for topic in series for one in topic.decidable}
    for entry in entries:
        if entry.message.message_id in shown:
            entry.tags = _NEW_TAGS


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
        importer = _Importer(stores)
        with stores.index.adding() as adder:
            _run(importer, adder, source, progress)
        # Follow what others did meanwhile, and let the tags tell the states.
        sync_locked(stores)
        if importer.left_out:
            importer.left_out.note(importer.report.broken)
    return importer.report


def _run(
    importer: _Importer,
    adder: Adder,
    source: Iterable[SourceMail | BrokenMail],
    progress: Progress | None,
) -> None:
    position = importer.stores.catalogue.position()
    cursor = position.index if position else None
    running: list[_Entry] = []
    for mails in _growing(source):
        entries = importer.prepare(mails)
        added = adder.finish() if running else None
        if entries:
            adder.start([(entry.path, entry.tags) for entry in entries])
        if added:
            cursor = importer.catalogue(running, added, cursor)
        running = entries
        if progress:
            progress.advance(importer.report.messages)
    if running:
        importer.catalogue(running, adder.finish(), cursor)


def _growing(
    source: Iterable[SourceMail | BrokenMail],
) -> Iterator[list[SourceMail | BrokenMail]]:
    """Batches; small ones first, so that there is something to index at once."""
    iterator = iter(source)
    size = _FIRST_BATCH
    while batch := list(islice(iterator, size)):
        yield batch
        size = min(_BATCH, 2 * size)
