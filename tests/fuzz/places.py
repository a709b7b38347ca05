# SPDX-License-Identifier: GPL-2.0-or-later
"""A home of mkit for the state machine, with all that happens to it from outside: in memory, and
with the real SQLite, journal, notmuch and git in a folder of its own."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import notmuch2

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.adapters.mail.maildir import Maildir
from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.adapters.notmuch.lock import database_mark
from maintainer_kit.adapters.share.exchange import GitExchange
from maintainer_kit.adapters.share.machine import MachineFile
from maintainer_kit.adapters.share.place import SharePlace
from maintainer_kit.model.decision.event import Group
from maintainer_kit.model.decision.event_codec import dump_group, load_group
from maintainer_kit.workflow.ports import Journal, JournalView, Retag
from maintainer_kit.workflow.sharing.ports import Exchange, JournalLines
from maintainer_kit.workflow.stores import Stores
from tests.fuzz.simple import Simple
from tests.memory.catalogue import MemoryCatalogue
from tests.memory.desk import SETTINGS, Desk
from tests.memory.share import Hub, MemoryExchange, MemoryLines

START = 1_770_000_000_000_000
"""When all begins, in microseconds: after all mail was sent."""


class Clock:
    """Stands still until it is moved, to wherever."""

    def __init__(self, now: int = START) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


class Told:
    """A journal that tells of every group that it has reported as written."""

    def __init__(self, inner: Journal, tell: Callable[[Group], None]) -> None:
        self._inner = inner
        self._tell = tell

    def append(self, group: Group) -> None:
        self._inner.append(group)
        self._tell(group)

    def mark_written(self, group_ids: Iterable[str], uuid: str) -> None:
        self._inner.mark_written(group_ids, uuid)

    def read(self, since: str = "") -> JournalView:
        return self._inner.read(since)


class ToldLines:
    """The same by its lines."""

    def __init__(self, inner: JournalLines, tell: Callable[[Group], None]) -> None:
        self._inner = inner
        self._tell = tell

    def lines(self) -> list[bytes]:
        return self._inner.lines()

    def append_all(self, lines: Sequence[bytes]) -> None:
        self._inner.append_all(lines)
        for line in lines:
            group = load_group(json.loads(line))
            assert group, line
            self._tell(group)


class Place(ABC):
    """One home. ``stores`` are as a program that was just started has them."""

    stores: Stores
    lines: JournalLines

    def __init__(self, name: str) -> None:
        self.name = name
        self.clock = Clock()
        self.simple = Simple()
        self.tagged: set[str] = set()
        """Tags of git."""
        self.foreign: set[tuple[str, str]] = set()
        """Message and state of all that another client ever did to tags."""

    def tell(self, group: Group) -> None:
        """The journal has reported a group as written."""
        self.simple.add(group)

    def existing_tags(self, names: Collection[str]) -> frozenset[str]:
        return frozenset(self.tagged.intersection(names))

    @abstractmethod
    def exchange(self) -> AbstractContextManager[Exchange]:
        """Our end of the hub."""

    @abstractmethod
    def restart(self) -> None:
        """The program is gone, whatever it did; another one opens what it left."""

    @abstractmethod
    def fresh(self) -> Stores:
        """The same stores with an empty catalogue beside the one that is in use."""

    @abstractmethod
    def deliver(self, raws: Sequence[bytes]) -> None:
        """Mail comes in by another program, which indexes it too."""

    @abstractmethod
    def remove(self, message_id: str) -> None:
        """Another program removes a message."""

    @abstractmethod
    def retag(self, change: Retag) -> None:
        """Another client changes tags."""

    @abstractmethod
    def tear(self, line: bytes) -> None:
        """Leave this at the journal's end, without an end of its own."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program writes to the index meanwhile, where it can be had."""
        yield

    def interrupt(self, change: Retag) -> None:
        """Another client changes tags, right before we get the lock where that can be had."""
        self.retag(change)

    def tags(self) -> dict[str, frozenset[str]]:
        """Tags of all mail, as any client sees them."""
        index = self.stores.index
        index.refresh()
        return {one.message_id: one.tags for one in index.find(sorted(index.message_ids()))}

    @abstractmethod
    def close(self) -> None:
        """Let everything go."""


class MemoryPlace(Place):
    """In memory; a restart keeps all that the stores hold."""

    def __init__(self, name: str, hub: Hub) -> None:
        super().__init__(name)
        self.desk = desk = Desk(SETTINGS, clock=self.clock)
        self._exchange = MemoryExchange(hub, name)
        told = Told(desk.journal, self.tell)
        self.stores = replace(desk.stores, journal=told, git_tags=self.existing_tags)
        self.lines = ToldLines(MemoryLines(desk.journal), self.tell)

    @contextmanager
    def exchange(self) -> Iterator[Exchange]:
        yield self._exchange

    def restart(self) -> None:
        self.desk.index.locked = False
        self.desk.index.interrupt = None

    def fresh(self) -> Stores:
        return replace(self.stores, catalogue=MemoryCatalogue())

    def deliver(self, raws: Sequence[bytes]) -> None:
        self.desk.deliver(*raws)

    def remove(self, message_id: str) -> None:
        self.desk.index.remove(message_id)

    def retag(self, change: Retag) -> None:
        self.desk.tag(change.message_id, add=sorted(change.add), remove=sorted(change.remove))

    @contextmanager
    def locked(self) -> Iterator[None]:
        self.desk.index.locked = True
        yield
        self.desk.index.locked = False

    def interrupt(self, change: Retag) -> None:
        self.desk.index.interrupt = lambda: self.retag(change)

    def tear(self, line: bytes) -> None:
        """Nothing tears in memory."""

    def close(self) -> None:
        """Nothing is open."""


class RealPlace(Place):
    """In a folder, with a database of notmuch and, as ``hub``, a bare repository."""

    def __init__(self, folder: Path, hub: Path) -> None:
        super().__init__(folder.name)
        self.folder = folder
        self.hub = hub
        self._mail = folder / "mail"
        self._number = 0
        if not self._mail.exists():
            self._mail.mkdir(parents=True)
            notmuch2.Database.create(str(self._mail)).close()
        self._open()

    def _open(self) -> None:
        self._index = NotmuchIndex(self._mail, None, "", None)
        self._catalogue = SqliteCatalogue(self.folder / "catalogue.sqlite")
        self._extra: list[SqliteCatalogue] = []
        journal = FileJournal(self.folder / "journal.jsonl")
        self.lines = ToldLines(journal, self.tell)
        self._maildir = Maildir(self._mail / "mkit")
        self.stores = Stores(
            index=self._index,
            catalogue=self._catalogue,
            journal=Told(journal, self.tell),
            folder=self._maildir,
            settings=SETTINGS,
            clock=self.clock,
            lock=partial(file_lock, self.folder / "sync.lock"),
            place=f"{self._mail} {database_mark(self._mail)}",
            git_tags=self.existing_tags,
        )

    @contextmanager
    def exchange(self) -> Iterator[Exchange]:
        at = SharePlace(self.folder / "share.git")
        at.prepare()
        name, by = MachineFile(self.folder / "machine"), ("Robin", "robin@lumen.example")
        with closing(GitExchange(at, str(self.hub), name, by, self.clock)) as exchange:
            yield exchange

    def restart(self) -> None:
        self.close()
        self._open()

    def fresh(self) -> Stores:
        path = self.folder / "fresh.sqlite"
        for old in self.folder.glob("fresh.sqlite*"):
            old.unlink()
        self._extra.append(SqliteCatalogue(path))
        return replace(self.stores, catalogue=self._extra[-1])

    def deliver(self, raws: Sequence[bytes]) -> None:
        names = [f"{self._number + at}.{self.name}" for at in range(len(raws))]
        self._number += len(raws)
        paths = self._maildir.store(list(zip(names, raws, strict=True)))
        with self._writing() as db:
            for path in paths:
                db.add(path)

    def remove(self, message_id: str) -> None:
        with self._writing() as db:
            for path in list(db.find(message_id).filenames()):
                db.remove(path)
                path.unlink()

    def retag(self, change: Retag) -> None:
        with self._writing() as db:
            tags = db.find(change.message_id).tags
            for tag in change.remove:
                tags.discard(tag)
            for tag in change.add:
                tags.add(tag)

    @contextmanager
    def _writing(self) -> Iterator[notmuch2.Database]:
        with notmuch2.Database(
            str(self._mail),
            mode=notmuch2.Database.MODE.READ_WRITE,
            config=notmuch2.Database.CONFIG.EMPTY,
        ) as db:
            yield db

    def tear(self, line: bytes) -> None:
        with (self.folder / "journal.jsonl").open("ab") as file:
            file.write(line)

    def close(self) -> None:
        for one in (self._catalogue, *self._extra):
            one.close()
        self._index.close()


def line_of(group: Group) -> bytes:
    """A group as the journal writes it, without its end."""
    return json.dumps(dump_group(group), ensure_ascii=False, separators=(",", ":")).encode()
