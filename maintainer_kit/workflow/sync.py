# SPDX-License-Identifier: GPL-2.0-or-later
"""Catch up with the journal and the index, whoever wrote to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from maintainer_kit.errors import IndexLocked
from maintainer_kit.lazy.dataclass import dataclass, replace
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.position import Position, Revision
from maintainer_kit.workflow.stores import reading_of

if TYPE_CHECKING:  # see position.py
    from maintainer_kit.workflow.ports import IndexedMessage, Progress
    from maintainer_kit.workflow.stores import Stores

_BATCH = 1000
_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did."""

    new: int = 0
    changed: int = 0
    vanished: int = 0
    decisions: int = 0
    """Decisions that came in through tags of other clients."""
    rebuilt: bool = False
    judged: bool = False
    """All turns were worked out anew: who reads, or what was set about decisions, is other now."""
    skipped: bool = False
    """Another mkit is at it; what is known so far is shown."""

    @property
    def fields(self) -> dict[str, object]:
        """All of it by name, as it is told to other programs."""
        return {name: getattr(self, name) for name in self.__match_args__}


def sync(stores: Stores, progress: Progress | None = None, wait: float = _WAIT) -> SyncReport:
    """Catch up. With nothing new this costs two look-ups.

    Another process that holds the lock is waited for ``wait`` seconds at most.
    """
    with stores.lock(wait) as mine:
        if not mine:
            return SyncReport(skipped=True)
        return sync_locked(stores, progress, wait)


def report_if_level(stores: Stores, wait: float) -> SyncReport | None:
    """What a sync would report where it has nothing to do, or where another mkit is at it for
    longer than ``wait`` seconds; None where there is work."""
    with stores.lock(wait) as mine:
        if not mine:
            return SyncReport(skipped=True)
        _refresh(stores, 0.0)
        revision = stores.index.revision()
        position = stores.catalogue.position()
        level = (
            position is not None
            and position.reader == stores.reader_mark
            and _is_level(stores, position, revision)
        )
        return SyncReport() if level else None


def sync_locked(
    stores: Stores, progress: Progress | None = None, wait: float = _WAIT
) -> SyncReport:
    """The same, for a caller that holds the lock.

    An index that others write to is waited for as long; a reader, who does not wait at all, goes
    on with what is known.
    """
    _refresh(stores, wait)
    revision = stores.index.revision()
    position = stores.catalogue.position()
    # The same database, but another copy of it, put back from a backup or moved: its tags may be
    # older than our decisions, and not all mail may be in it.
    older = position is not None and (
        position.index.uuid == revision.uuid
        and (position.index.lastmod > revision.lastmod or stores.is_elsewhere(position.reader))
    )
    if older:
        _refresh(stores, wait, force=True)
        revision = stores.index.revision()
    fresh = position is None or older
    mark = stores.reader_mark
    if position and not fresh:
        fresh = position.index.uuid != revision.uuid
        fresh = fresh or reading_of(position.reader) != reading_of(mark)
    judged = position is not None and not fresh and position.reader != mark
    if position and judged:
        _judge_anew(stores, position, mark, progress)
    elif position and not fresh and _is_level(stores, position, revision):
        return SyncReport()
    start = None if fresh else position
    report = _catch_up(stores, start, revision, progress, believe=not older, wait=wait)
    return replace(report, judged=True) if judged else report


def _judge_anew(stores: Stores, position: Position, mark: str, progress: Progress | None) -> None:
    """What was set about turns, states or delegates is other than it was; the mail is not."""
    from maintainer_kit.workflow.project import judge_anew

    with stores.catalogue.transaction():
        judge_anew(stores, progress)
        stores.catalogue.set_position(Position(position.index, position.journal, mark))


def _refresh(stores: Stores, wait: float, *, force: bool = False) -> None:
    try:
        stores.index.refresh(wait, force=force)
    except IndexLocked:
        if wait:
            raise


def _is_level(stores: Stores, position: Position, revision: Revision) -> bool:
    view = stores.journal.read(position.journal)
    return (
        position.index == revision
        and not view.is_whole
        and not view.groups
        and view.mark == position.journal
        and not stores.catalogue.has_dirty()
        and stores.index.count() == stores.catalogue.count()
    )


def _catch_up(
    stores: Stores,
    position: Position | None,
    revision: Revision,
    progress: Progress | None,
    *,
    believe: bool,
    wait: float,
) -> SyncReport:
    """Follow journal and index from ``position``, or everything from the start."""
    # Only needed when there is something to do: their imports are most of a sync's time.
    from maintainer_kit.workflow.learning import learn_lists
    from maintainer_kit.workflow.shadows import LOCK_WAIT, write_shadows

    # Taken before the journal is followed: where that changes it (one is away), all that was judged
    # before is judged anew by the next sync.
    reader = stores.reader_mark
    rebuilt = position is None and stores.catalogue.position() is not None
    if position is None:
        with stores.catalogue.transaction():
            stores.catalogue.clear()
    mark = follow_journal(stores, position.journal if position else "")
    since = position.index.lastmod if position else 0
    new, changed = _follow_index(stores, since, progress)
    gone = _find_vanished(stores)
    decisions, after = write_shadows(stores, revision, min(wait, LOCK_WAIT), believe=believe)
    with stores.catalogue.transaction():
        # Once more: what was decided since, by us or by others, must not be passed over.
        mark = follow_journal(stores, mark)
        learn_lists(stores)
        stores.catalogue.set_position(Position(after, mark, reader))
    return SyncReport(new, changed, gone, decisions, rebuilt=rebuilt)


def follow_journal(stores: Stores, mark: str, known: Collection[str] = ()) -> str:
    """Take over decisions that came after ``mark``; the mark up to which they are followed.

    ``known`` are groups that were counted in already, with their tags.
    """
    from maintainer_kit.model.decision.event import REMAKING
    from maintainer_kit.workflow.project import settle

    view = stores.journal.read(mark)
    groups = [one for one in view.groups if view.is_whole or one.id not in known]
    if not groups and not view.is_whole:
        return view.mark
    catalogue = stores.catalogue
    with catalogue.transaction():
        before = catalogue.decided_messages()
        remade = catalogue.decided_messages(REMAKING)
        if view.is_whole:
            catalogue.forget_groups()
        catalogue.put_groups(groups)
        touched = {event.message_id for group in groups for event in group.events}
        if view.is_whole or any(group.undoes for group in groups):
            touched |= before | catalogue.decided_messages()
        remade |= catalogue.decided_messages(REMAKING)
        settle(stores, touched - remade, remaking=False)
        settle(stores, touched & remade, remaking=True)
    return view.mark


def _follow_index(stores: Stores, since: int, progress: Progress | None) -> tuple[int, int]:
    """New, re-tagged and moved messages: how many new ones, how many others."""
    new = changed = done = 0
    for batch in batched(stores.index.changed(since), _BATCH):
        fresh = take_messages(stores, batch)
        new += fresh
        changed += len(batch) - fresh
        done += len(batch)
        if progress:
            progress.advance(done)
    return new, changed


def take_messages(stores: Stores, batch: Collection[IndexedMessage]) -> int:
    """Catalogue messages of the index; how many of them were new."""
    from maintainer_kit.workflow.cataloguing import make_records
    from maintainer_kit.workflow.project import project

    catalogue = stores.catalogue
    ids = [one.message_id for one in batch]
    known = catalogue.records(ids)
    records = make_records(stores.folder, batch, known, stores.bots)
    with catalogue.transaction():
        catalogue.put_records(records)
        catalogue.put_tags(
            {
                one.message_id: one.tags
                for one in batch
                if one.message_id in known and known[one.message_id].tags != one.tags
            }
        )
        if records:
            project(stores, {one.message.message_id: one.message for one in records})
    return len(set(ids) - known.keys())


def _find_vanished(stores: Stores) -> int:
    """Messages that left the index, which changes no modification number."""
    if stores.index.count() == stores.catalogue.count():
        return 0
    there = stores.index.message_ids()
    held = stores.catalogue.message_ids()
    gone = held - there
    _drop(stores, gone)
    missed = there - held
    for batch in batched(sorted(missed), _BATCH):
        take_messages(stores, stores.index.find(batch))
    return len(gone)


def _drop(stores: Stores, gone: Iterable[str]) -> None:
    from maintainer_kit.workflow.project import project

    for batch in batched(sorted(gone), _BATCH):
        with stores.catalogue.transaction():
            project(stores, {}, batch)
            stores.catalogue.drop_messages(batch)
