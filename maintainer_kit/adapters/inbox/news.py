# SPDX-License-Identifier: GPL-2.0-or-later
"""What came into a public-inbox archive since some marks, the oldest mail first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from maintainer_kit.adapters.closing import Closing
from maintainer_kit.adapters.inbox.blobs import Blobs, Unreadable
from maintainer_kit.adapters.inbox.deletions import Deletions
from maintainer_kit.adapters.inbox.history import (
    Change,
    find_tip,
    holds,
    open_epoch,
    read_changes,
)
from maintainer_kit.adapters.inbox.spool import Numbered, Spool
from maintainer_kit.adapters.inbox.trail import Trail
from maintainer_kit.errors import MkitError, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.inbox import Marks
from maintainer_kit.workflow.ports import BrokenMail, SourceMail


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is to be read of one epoch."""

    path: Path
    start: int
    """Number of its first change, and of the first that is no longer its own."""
    end: int
    tip: str
    """Empty where git failed before it."""
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.path)


class GitNews(Closing):
    """Implements ``News``: what epochs say is read at once, the mails when they are asked for."""

    def __init__(self, epochs: Sequence[Path], marks: Marks) -> None:
        self.total = 0
        self.deleted = 0
        self.rewritten: list[str] = []
        self.unreadable: list[BrokenMail] = []
        self._given = 0
        self._marks = marks
        self._trail = Trail(marks)
        self._deletions = Deletions()
        self._spool = Spool()
        try:
            self._stretches = [one for path in epochs if (one := self._scan(path))]
        except BaseException:
            self._spool.close()
            raise

    def close(self) -> None:
        self._spool.close()

    def marks(self, given: int | None = None) -> Marks:
        return self._trail.marks(given)

    def withdrawn(self) -> Iterator[tuple[str, str]]:
        """Message-ID and fingerprint of each deleted mail; tells the copies of them apart, too."""
        for stretch in self._stretches:
            with closing(Blobs(open_epoch(stretch.path))) as blobs:
                for one in self._spool.between(stretch.start, stretch.end):
                    if one.change.is_deletion:
                        yield from self._withdraw(blobs, one)

    def __iter__(self) -> Iterator[SourceMail | BrokenMail]:
        for stretch in self._stretches:
            with closing(Blobs(open_epoch(stretch.path))) as blobs:
                for found in self._read(stretch, blobs):
                    self._given += 1
                    yield found

    def _scan(self, path: Path) -> _Stretch | None:
        """Note what an epoch's commits say; None where there is nothing to be read."""
        git, name, start = open_epoch(path), str(path), self._spool.count
        mark = self._marks.get(name)
        since, tip = "", ""
        missing: tuple[str, ...] = ()
        try:
            tip = find_tip(git)
            if mark and tip and holds(git, mark.commit, tip):
                since, missing = mark.commit, mark.missing
            elif mark and tip:
                self.rewritten.append(name)
                self._trail.forget(name)
            if tip != since:
                self._note(read_changes(git, tip, since))
        except RepositoryError as error:
            self.unreadable.append(BrokenMail(name, 0, _words(error)))
            tip = ""
        self.total += len(missing)
        if not missing and (tip == since or self._spool.count == start):
            return None
        return _Stretch(path, start, self._spool.count, tip, missing)

    def _note(self, changes: Iterator[Change]) -> None:
        for change in changes:
            if change.is_deletion:
                self._deletions.add_blob(self._spool.count, change.blob)
            else:
                self.total += 1
            self._spool.add(change)

    def _withdraw(self, blobs: Blobs, one: Numbered) -> Iterator[tuple[str, str]]:
        try:
            mail = blobs.mail(one.change.blob)
        except Unreadable:
            return  # its name is all that is known, and is noted
        if isinstance(mail, SourceMail):
            copy = understand(mail.raw)
            self._deletions.add_mail(one.number, mail.raw, copy.fingerprint)
            yield copy.message.message_id, copy.fingerprint

    def _read(self, stretch: _Stretch, blobs: Blobs) -> Iterator[SourceMail | BrokenMail]:
        for blob in stretch.missing:
            yield from self._mail(stretch, blobs, blob, -1)
        last = ""
        for one in self._spool.between(stretch.start, stretch.end):
            commit = one.change.commit
            if last and commit != last:
                self._trail.reach(self._given, stretch.name, last)
            last = commit
            if not one.change.is_deletion:
                yield from self._mail(stretch, blobs, one.change.blob, one.number)
        if stretch.tip:
            self._trail.reach(self._given, stretch.name, stretch.tip)

    def _mail(
        self, stretch: _Stretch, blobs: Blobs, blob: str, number: int
    ) -> Iterator[SourceMail | BrokenMail]:
        """The mail that came at ``number``; nothing if it was deleted later."""
        if self._deletions.name_blob(number, blob):
            self.deleted += 1
            return
        try:
            mail = blobs.mail(blob)
        except Unreadable as error:
            self._trail.lost(stretch.name, blob)
            yield blobs.lost(blob, str(error))
            return
        if isinstance(mail, SourceMail) and self._deletions.name_mail(number, mail.raw):
            self.deleted += 1
            return
        yield mail


def _words(error: MkitError) -> str:
    return f"{error.message} (try: {error.hint})" if error.hint else error.message
