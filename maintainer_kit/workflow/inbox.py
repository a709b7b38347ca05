# SPDX-License-Identifier: GPL-2.0-or-later
"""Import what came into a public-inbox archive since the last time, from its git objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from maintainer_kit.model.mail.fingerprint import CONTENT_DIGITS
from maintainer_kit.workflow.importing import ImportReport, import_mail
from maintainer_kit.workflow.ports import BrokenMail, Progress, SourceMail
from maintainer_kit.workflow.stores import Stores

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an epoch, one of the git repositories of an archive, was read."""

    commit: str
    missing: tuple[str, ...] = ()
    """Blobs of mails up to there that could not be read; they are asked for again."""


Marks = Mapping[str, Mark]
"""By the path of the epoch."""


class News(Protocol):
    """What came into an archive after some marks; to be iterated once, the oldest mail first."""

    @property
    def total(self) -> int:
        """Mails to come, at most: some turn out to be deleted."""

    @property
    def deleted(self) -> int:
        """Mails that were passed over so far: the archive deleted them later."""

    @property
    def rewritten(self) -> Sequence[str]:
        """Epochs whose history no longer holds their mark: they are read as a whole."""

    @property
    def unreadable(self) -> Sequence[BrokenMail]:
        """Epochs that could not be read, or not to their end."""

    def __iter__(self) -> Iterator[SourceMail | BrokenMail]: ...

    def withdrawn(self) -> Iterator[tuple[str, str]]:
        """Message-ID and fingerprint of each mail that the archive deleted since the marks; to be
        asked for first: other copies of these are passed over only then."""

    def marks(self, given: int | None = None) -> Marks:
        """The marks once the first ``given`` mails, or all, are in for good; ``given`` may only
        grow. An epoch that cannot be read keeps the mark that it had."""


class Inbox(Protocol):
    """A public-inbox archive on this machine."""

    @property
    def name(self) -> str: ...

    @property
    def epochs(self) -> Collection[str]:
        """Paths of its git repositories."""

    def news(self, marks: Marks) -> AbstractContextManager[News]: ...


class MarkKeeper(Protocol):
    """Keeps marks between two runs, apart for each index: what one lacks another may have."""

    def read(self, index: str) -> Marks: ...

    def write(self, index: str, marks: Marks) -> None:
        """Put these in, beside those of other epochs; durable when it returns."""


@dataclass(slots=True)
class InboxReport:
    """What reading one archive gave."""

    name: str
    epochs: int
    imported: ImportReport = field(default_factory=ImportReport)
    deleted: int = 0
    """Mails that the archive has deleted, and that were therefore not imported."""
    kept: int = 0
    """Mails that the archive deleted after they were imported."""
    rewritten: tuple[str, ...] = ()


def follow_inbox(
    stores: Stores,
    inbox: Inbox,
    keeper: MarkKeeper,
    progress: Progress | None = None,
    *,
    again: bool = False,
) -> InboxReport:
    """Import what is new in an archive; with ``again`` all of it.

    The marks follow the import: killed at any moment, the next run reads nothing twice but the last
    batches, which are duplicates then. No mail is ever removed. Raises what ``import_mail`` raises.
    """
    marks = {} if again else _of(keeper.read(stores.place), inbox.epochs)
    report = InboxReport(inbox.name, len(inbox.epochs))
    with inbox.news(marks) as news:
        report.rewritten = tuple(news.rewritten)
        report.kept = _count_held(stores, news.withdrawn())
        if news.total:
            settling = _Settling(stores.place, news, keeper, progress)
            report.imported = import_mail(stores, news, settling)
        else:
            for _ in news:
                pass
        report.deleted = news.deleted
        report.imported.broken.extend(news.unreadable)
        report.imported.messages += len(news.unreadable)
        if (last := news.marks()) != marks:
            keeper.write(stores.place, last)
    return report


def _of(marks: Marks, epochs: Collection[str]) -> Marks:
    return {epoch: marks[epoch] for epoch in epochs if epoch in marks}


def _count_held(stores: Stores, withdrawn: Iterable[tuple[str, str]]) -> int:
    """How many of these mails are catalogued, with the content that was withdrawn."""
    count = 0
    pairs = iter(withdrawn)
    while some := list(islice(pairs, _AT_ONCE)):
        wanted = {(message_id, mark[:CONTENT_DIGITS]) for message_id, mark in some}
        records = stores.catalogue.records({message_id for message_id, _ in wanted})
        held = {
            (message_id, file.fingerprint[:CONTENT_DIGITS])
            for message_id, record in records.items()
            for file in record.files
        }
        count += len(wanted & held)
    return count


class _Settling:
    """Progress of an import that takes the marks along.

    An import tells how many mails it has read; all but those of the last batch are catalogued then.
    """

    def __init__(
        self, index: str, news: News, keeper: MarkKeeper, progress: Progress | None
    ) -> None:
        self._index = index
        self._news = news
        self._keeper = keeper
        self._progress = progress
        self._settled = 0
        self._written: Marks = {}

    def advance(self, done: int, total: int | None = None) -> None:
        marks = dict(self._news.marks(self._settled))
        self._settled = done
        if marks != self._written:
            self._keeper.write(self._index, marks)
            self._written = marks
        if self._progress:
            self._progress.advance(done, total or self._news.total)
