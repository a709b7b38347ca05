# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole desk in memory: all stores, a clock that steps, and a postman."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from maintainer_kit.config import Settings
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.json_topics import topic_json
from maintainer_kit.workflow.ports import Retag, Selection
from maintainer_kit.workflow.reading import all_details
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import SyncReport, sync
from tests.memory.catalogue import MemoryCatalogue
from tests.memory.folder import MemoryFolder
from tests.memory.index import MemoryIndex
from tests.memory.journal import MemoryJournal

SETTINGS = Settings(me=("robin@lumen.example",), list=("pebblefs@lists.lumen.example",))


def stepping_clock(start: int = 1_770_000_000_000_000) -> Callable[[], int]:
    """A clock that is a second later each time it is looked at."""
    now = start

    def clock() -> int:
        nonlocal now
        now += 1_000_000
        return now

    return clock


class MemoryLock:
    """The lock of the projection; ``taken`` says that another mkit holds it."""

    def __init__(self) -> None:
        self.taken = False

    @contextmanager
    def __call__(self, wait: float) -> Iterator[bool]:
        yield not self.taken


class Desk:
    """Stores in memory, and what happens around them."""

    def __init__(
        self,
        settings: Settings = SETTINGS,
        *,
        new_tags: Sequence[str] = (),
        clock: Callable[[], int] | None = None,
    ) -> None:
        self.folder = MemoryFolder()
        self.index = MemoryIndex(self.folder.read, new_tags=new_tags)
        self.catalogue = MemoryCatalogue()
        self.journal = MemoryJournal()
        self.lock = MemoryLock()
        self.stores = Stores(
            index=self.index,
            catalogue=self.catalogue,
            journal=self.journal,
            folder=self.folder,
            settings=settings,
            clock=clock or stepping_clock(),
            lock=self.lock,
        )

    def deliver(self, *raws: bytes) -> list[str]:
        """Mail comes in by another program, which indexes it too; the Message-IDs."""
        start = len(self.folder.files)
        paths = [f"inbox/{start + at}" for at in range(len(raws))]
        self.folder.files.update(zip(paths, raws, strict=True))
        with self.index.writing(0) as writer:
            return [
                message_id for message_id, _ in writer.add([(path, frozenset()) for path in paths])
            ]

    def tag(self, message_id: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Another notmuch client changes tags."""
        with self.index.writing(0) as writer:
            writer.retag([Retag(message_id, frozenset(add), frozenset(remove))])

    def tags(self, message_id: str) -> frozenset[str]:
        return self.index.entries[message_id].tags

    def sync(self) -> SyncReport:
        return sync(self.stores)

    def row(self, message_id: str) -> TopicRow:
        """The row of the topic that a message is in."""
        topic_id = self.catalogue.topic_ids([message_id])[message_id]
        return self.catalogue.rows([topic_id])[0]

    def rows(self) -> list[TopicRow]:
        found = self.catalogue.select(Selection(open_only=False))
        return self.catalogue.rows([one for one, _ in found])

    def export(self) -> list[dict[str, Any]]:
        """What ``mkit export`` would write."""
        return [topic_json(detail) for detail in all_details(self.stores)]
