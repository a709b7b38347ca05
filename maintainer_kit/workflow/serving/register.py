# SPDX-License-Identifier: GPL-2.0-or-later
"""All mails, with the little that finding one takes: whole threads are found without the stores.

Taken over once, and followed after that by what changes. May be asked from any thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nlargest
from threading import RLock
from typing import TypeVar

from maintainer_kit.workflow.serving.threads import Threads

_Key = TypeVar("_Key")

ALL = ""
"""The archive of all lists; each other one is named by a whole List-Id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one mail."""

    message_id: str
    date: int
    """Seconds since the epoch; 0 where it tells none."""
    parents: tuple[str, ...]
    lists: tuple[str, ...]
    patch_id: str | None
    paths: tuple[str, ...]
    """Of all its copies."""
    came: int = 0
    """Of two mails, the one with the lower number came here first."""
    subject: int = 0
    """Its ``subject_key``."""


class Register:
    """Entries by what they are asked for, and which of them nobody may see."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._entries: dict[str, Entry] = {}
        self._threads = Threads()
        self._lists: dict[str, set[str]] = {}
        self._patches: dict[str, set[str]] = {}
        self._subjects: dict[int, set[str]] = {}
        self._hidden: frozenset[str] = frozenset()
        self._secret: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self._entries)

    def change(
        self,
        entries: Collection[Entry],
        gone: Collection[str],
        hidden: frozenset[str],
        secret: frozenset[str],
    ) -> None:
        """Mails that are new or others than before, mails that are gone, all that may not be
        shown, and the lists of which nobody may know: seen all at once."""
        with self._lock:
            self._hidden, self._secret = hidden, secret
            moved = [one.message_id for one in entries if self._is_elsewhere(one)]
            self._threads.remove([*gone, *moved])
            for message_id in gone:
                self._forget(message_id)
            for one in entries:
                self._put(one)

    def _is_elsewhere(self, one: Entry) -> bool:
        known = self._entries.get(one.message_id)
        return known is not None and known.parents != one.parents

    def _put(self, one: Entry) -> None:
        self._forget(one.message_id)
        self._entries[one.message_id] = one
        self._threads.add(one.message_id, one.parents)
        for name in one.lists:
            self._lists.setdefault(name, set()).add(one.message_id)
        if one.patch_id:
            self._patches.setdefault(one.patch_id, set()).add(one.message_id)
        if one.subject:
            self._subjects.setdefault(one.subject, set()).add(one.message_id)

    def _forget(self, message_id: str) -> None:
        known = self._entries.pop(message_id, None)
        if known is None:
            return
        for name in known.lists:
            _discard(self._lists, name, message_id)
        if known.patch_id:
            _discard(self._patches, known.patch_id, message_id)
        if known.subject:
            _discard(self._subjects, known.subject, message_id)

    def message_ids(self) -> set[str]:
        """Of all mails, those among them that may not be shown."""
        with self._lock:
            return set(self._entries)

    def one(self, message_id: str, name: str = ALL) -> Entry | None:
        """The mail of that id; None without it, or where it may not be shown."""
        with self._lock:
            return self._shown(message_id, name)

    def shown(self, message_ids: Iterable[str], name: str = ALL) -> list[Entry]:
        """Those that are here and may be shown, in the given order."""
        with self._lock:
            found = [self._shown(one, name) for one in dict.fromkeys(message_ids)]
        return [one for one in found if one is not None]

    def _shown(self, message_id: str, name: str) -> Entry | None:
        found = self._entries.get(message_id)
        if found is None or message_id in self._hidden or (name and name not in found.lists):
            return None
        return found

    def thread_key(self, message_id: str, name: str = ALL) -> str | None:
        """What stands for the thread that a mail is in until anything changes; None without it."""
        with self._lock:
            return self._threads.key(message_id) if self._shown(message_id, name) else None

    def thread(self, message_id: str, name: str = ALL) -> list[Entry]:
        """The thread that a mail is in, the oldest first; empty without it."""
        with self._lock:
            if self._shown(message_id, name) is None:
                return []
            found = self.shown(self._threads.of(message_id), name)
        return _oldest_first(found)

    def around(self, message_id: str, name: str = ALL) -> list[Entry]:
        """The thread, and all mails of the same subject, the oldest first; empty without it."""
        with self._lock:
            one = self._shown(message_id, name)
            if one is None:
                return []
            alike = self._subjects.get(one.subject, ())
            found = self.shown([*self._threads.of(message_id), *alike], name)
        return _oldest_first(found)

    def newest(self, count: int, name: str = ALL) -> list[Entry]:
        """The newest mails by Date, the newest first."""
        with self._lock:
            ids = self._lists.get(name, ()) if name else self._entries
            shown = (self._shown(one, name) for one in ids)
            found = (one for one in shown if one is not None)
            return nlargest(count, found, key=lambda one: (one.date, one.message_id))

    def lists(self) -> dict[str, int]:
        """Lists that may be known, with how many mails are here of each."""
        with self._lock:
            found = sorted(self._lists.keys() - self._secret)
            return {name: len(self._lists[name]) for name in found}

    def list_named(self, name: str) -> str | None:
        """The List-Id that a name in an address means: all of it, or the one that begins so."""
        with self._lock:
            known = self._lists.keys() - self._secret
        if name in known:
            return name
        found = [one for one in known if one.startswith(f"{name}.")]
        return found[0] if len(found) == 1 else None

    def of_list(self, name: str) -> frozenset[str]:
        """Mails to a list, by its whole List-Id or the first part of it."""
        start = f"{name}."
        with self._lock:
            named = [
                ids for one, ids in self._lists.items() if one == name or one.startswith(start)
            ]
            return frozenset().union(*named)

    def with_patch_id(self, patch_id: str) -> frozenset[str]:
        with self._lock:
            return frozenset(self._patches.get(patch_id, ()))


def _oldest_first(found: list[Entry]) -> list[Entry]:
    return sorted(found, key=lambda one: (one.date, len(one.parents), one.message_id))


def _discard(sets: dict[_Key, set[str]], key: _Key, message_id: str) -> None:
    sets[key].discard(message_id)
    if not sets[key]:
        del sets[key]
