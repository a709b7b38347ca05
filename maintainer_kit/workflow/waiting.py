# SPDX-License-Identifier: GPL-2.0-or-later
"""Series that wait, and where they change the lines that another one changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from maintainer_kit.checks.overlap import Lines, first_meeting, old_lines
from maintainer_kit.checks.patch import Patch, Role
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.series import Pending, Series
from maintainer_kit.errors import NotFound
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.workflow.ports import Record, Selection
from maintainer_kit.workflow.stores import Stores

_RECENT = 90 * 86400
"""Seconds after its last mail in which a series counts as one that may still go in."""
_MAX_TOPICS = 300
"""How many of the topics that wait are looked at: the newest."""
_MAX_READ = 60
"""How many of their mails are read for one series: those that change the same files."""
_REMEMBERED = 1024


class Waiting:
    """The topics that wait, read from the catalogue once, when they are first asked for."""

    def __init__(self, stores: Stores, among: frozenset[str] | None = None) -> None:
        """``among`` are the topics that may be near; None where nobody knows."""
        self._stores = stores
        self._among = among
        self._lines = lru_cache(maxsize=_REMEMBERED)(self._read_lines)

    def meeting(self, series: Series, own: str = "") -> Iterator[Pending]:
        """Other people's patches that change the same lines; ``own`` is the topic of the series."""
        mine = [old_lines(patch.changes) for patch in series.patches]
        paths = {path for lines in mine for path in lines}
        senders = {one.submitter for _, one in series.heads()}
        left = _MAX_READ
        for row, record in self._near(paths):
            sender = record.message.submitter
            if row.id == own or any(self._stores.people.same(sender, one) for one in senders):
                continue
            if left == 0:
                return
            left -= 1
            lines = self._lines(record.message.message_id)
            for at, one in enumerate(mine):
                if place := first_meeting(one, lines):
                    yield Pending(row.id, row.subject, record.message.author, at, *place)

    def _near(self, paths: set[str]) -> Iterator[tuple[TopicRow, Record]]:
        """The patches that change some files, those of the newest topics first."""
        places = {at for path in paths for at in self._by_path.get(path, ())}
        return (self._patches[at] for at in sorted(places))

    @cached_property
    def _patches(self) -> list[tuple[TopicRow, Record]]:
        catalogue = self._stores.catalogue
        now = self._stores.clock() // 1_000_000
        ids = [one for one, _ in catalogue.select(Selection(topic_ids=self._among))]
        rows = [row for row in catalogue.rows(ids) if row.kind == TopicKind.SERIES]
        recent = [row for row in rows if now - row.updated < _RECENT]
        newest = sorted(recent, key=lambda row: (-row.updated, row.id))[:_MAX_TOPICS]
        records = catalogue.records([one for row in newest for one in row.decidable])
        return [(row, records[one]) for row in newest for one in row.decidable if one in records]

    @cached_property
    def _by_path(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, (_, record) in enumerate(self._patches):
            diff = record.message.diff
            for path in {file.path for file in diff.files} if diff else ():
                found.setdefault(path, []).append(at)
        return found

    def _read_lines(self, message_id: str) -> Lines:
        record = self._stores.catalogue.records([message_id]).get(message_id)
        patch = read_patch(self._stores, record)
        return old_lines(patch.changes) if patch and patch.role is Role.PATCH else {}


def read_patch(stores: Stores, record: Record | None) -> Patch | None:
    """A catalogued mail as it is checked, from whichever of its files is still there."""
    for file in record.files if record else ():
        try:
            return patch_of_mail(stores.folder.read(file.path))
        except NotFound:
            continue
    return None
