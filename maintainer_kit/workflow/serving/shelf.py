# SPDX-License-Identifier: GPL-2.0-or-later
"""What an archive on this machine may show of the mail: all but what is confidential."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from maintainer_kit.errors import Refused
from maintainer_kit.model.message.message import Message
from maintainer_kit.workflow.position import Position
from maintainer_kit.workflow.records import Record
from maintainer_kit.workflow.searching import Wanted, What
from maintainer_kit.workflow.serving.ports import MailFacts
from maintainer_kit.workflow.serving.search import search
from maintainer_kit.workflow.serving.terms import quoted
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync

ALL = ""
"""The archive of all lists; each other one is named by a whole List-Id."""
MAX_FOUND = 20_000
"""Mails in one answer."""
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A mail that may be shown."""

    message: Message
    paths: tuple[str, ...]
    """Of all its copies."""


@dataclass
class Shelf:
    """Answers from the stores; belongs to one thread, as they do."""

    stores: Stores
    facts: MailFacts
    _position: Position | None = None
    _confidential: frozenset[str] = frozenset()
    """Topics."""
    _secret_lists: frozenset[str] = frozenset()
    generation: int = field(default=0)
    """Raised whenever answers may be other than before."""

    def catch_up(self) -> int:
        """Follow new mail and decisions; the generation after that."""
        sync(self.stores, wait=0.0)
        position = self.stores.catalogue.position()
        confidential = frozenset(self.stores.catalogue.topics_by(Wanted(What.CONFIDENTIAL)))
        secret = self.stores.policy.confidential
        known = (self._position, self._confidential, self._secret_lists)
        if self.generation == 0 or known != (position, confidential, secret):
            self._position, self._confidential, self._secret_lists = position, confidential, secret
            self.generation += 1
        return self.generation

    def one(self, message_id: str, name: str = ALL) -> Held | None:
        """The mail of that id; None without it, or where it may not be shown."""
        return next(iter(self._held([message_id], name)), None)

    def thread(self, message_id: str, name: str = ALL) -> list[Held]:
        """The thread that a mail is in, the oldest first; empty without it."""
        if self.one(message_id, name) is None:
            return []
        return _by_date(self._held(self.stores.index.search(_thread_of(message_id)), name))

    def newest(self, count: int, name: str = ALL) -> list[Held]:
        """The newest mails, the newest first."""
        # Twice as many: some of them may not be shown.
        return self._held(self.facts.newest(2 * count, name), name)[:count]

    def find(
        self, query: str, name: str = ALL, *, whole_threads: bool = False, within: str = ""
    ) -> list[Held]:
        """What a query finds, the newest first; ``within`` the thread of a mail, where it is given.

        Raises Refused where the query cannot be read or finds too much.
        """
        limit = _thread_of(within) if within else ""
        found = self._held(_limited(search(self.stores, self.facts, query, limit)), name)
        if not whole_threads or not found:
            return found
        return self._held(self._threads_of(found), name)

    def lists(self) -> dict[str, int]:
        """Lists that may be shown, with how many mails are here of each."""
        return {
            name: count
            for name, count in sorted(self.facts.lists().items())
            if name not in self._secret_lists
        }

    def list_named(self, name: str) -> str | None:
        """The List-Id that a name in an address means: all of it, or the one that begins so."""
        found = [one for one in self.lists() if one == name or one.startswith(f"{name}.")]
        if name in found:
            return name
        return found[0] if len(found) == 1 else None

    def _threads_of(self, found: Iterable[Held]) -> list[str]:
        seen: dict[str, None] = {}
        for one in found:
            message_id = one.message.message_id
            if message_id not in seen:
                seen[message_id] = None
                seen.update(dict.fromkeys(self.stores.index.search(_thread_of(message_id))))
                _limited(seen)
        return list(seen)

    def _held(self, message_ids: Collection[str], name: str) -> list[Held]:
        """Those that are catalogued and may be shown, in the given order."""
        listed = list(dict.fromkeys(message_ids))
        found: list[Held] = []
        for at in range(0, len(listed), _BATCH):
            part = listed[at : at + _BATCH]
            records = self.stores.catalogue.records(part)
            public = self._public(records)
            found += [
                Held(records[one].message, tuple(file.path for file in records[one].files))
                for one in part
                if one in public and (not name or name in records[one].message.lists)
            ]
        return found

    def _public(self, records: dict[str, Record]) -> set[str]:
        """A topic counts as decided, by hand or by its lists; what is in none by itself."""
        topics = self.stores.catalogue.topic_ids(records)
        loose = records.keys() - topics.keys()
        hidden = {one for one, topic in topics.items() if topic in self._confidential}
        hidden |= {one for one in loose if self._secret_lists.intersection(_lists(records[one]))}
        if loose:
            hidden |= self.facts.said_confidential(loose)
        return records.keys() - hidden


def _lists(record: Record) -> tuple[str, ...]:
    return record.message.lists


def _by_date(found: Iterable[Held]) -> list[Held]:
    return sorted(
        found, key=lambda one: (one.message.date, len(one.message.parents), one.message.message_id)
    )


def _thread_of(message_id: str) -> str:
    # A query within a value: what stands in quotes is quoted once more.
    return "thread:" + quoted("{id:" + quoted(message_id) + "}")


def _limited(found: Collection[str]) -> list[str]:
    if len(found) > MAX_FOUND:
        raise Refused(
            f"the query finds {len(found)} mails, more than {MAX_FOUND}", "narrow it with d:"
        )
    return list(found)
