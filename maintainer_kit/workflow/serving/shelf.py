# SPDX-License-Identifier: GPL-2.0-or-later
"""What an archive on this machine may show of the mail: all but what is confidential."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import EventKind, latest
from maintainer_kit.model.message.message import Message
from maintainer_kit.workflow.position import Position
from maintainer_kit.workflow.serving.ports import MailFacts
from maintainer_kit.workflow.serving.register import ALL, Entry, Register
from maintainer_kit.workflow.serving.search import search
from maintainer_kit.workflow.serving.terms import quoted
from maintainer_kit.workflow.stores import Stores, reading_of
from maintainer_kit.workflow.sync import sync

MAX_FOUND = 20_000
"""Mails in one answer."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What answers depend on."""

    position: Position | None = None
    hidden: frozenset[str] = frozenset()
    """Mails that may not be shown."""
    secret: frozenset[str] = frozenset()
    """Lists of which nobody may know."""

    def follows(self, other: _Seen) -> bool:
        """Whether what changed since is told by the index alone."""
        now, before = self.position, other.position
        if now is None or before is None or now.index.lastmod < before.index.lastmod:
            return False
        same = now.index.uuid == before.index.uuid
        return same and reading_of(now.reader) == reading_of(before.reader)


@dataclass
class Shelf:
    """Follows the stores, and searches them; belongs to one thread, as they do."""

    stores: Stores
    facts: MailFacts
    register: Register = field(default_factory=Register)
    """Answers all else, in any thread, as of the last time that it was caught up."""
    generation: int = 0
    """Raised whenever answers may be other than before."""
    _seen: _Seen | None = None

    def catch_up(self) -> int:
        """Follow new mail and decisions; the generation after that."""
        sync(self.stores, wait=0.0)
        with self.facts.moment():
            seen = self._look()
            if seen != self._seen:
                self._follow(seen)
                self.generation += 1
        return self.generation

    def _look(self) -> _Seen:
        secret = self.stores.policy.confidential
        return _Seen(self.stores.catalogue.position(), self._hidden(secret), secret)

    def _hidden(self, secret: frozenset[str]) -> frozenset[str]:
        """A topic counts as decided, by hand or by its lists; what is in none by itself."""
        loose = self.facts.outside_topics()
        kind = EventKind.CONFIDENTIAL
        asked = loose & self.stores.catalogue.decided_messages([kind])
        decisions = self.stores.catalogue.decisions(asked)
        said = {one: latest(decisions, [one], kind) for one in asked}
        hidden = {one for one, found in said.items() if found and found.value != "no"}
        if secret:
            sent = self.facts.entries(loose)
            hidden.update(one.message_id for one in sent if secret.intersection(one.lists))
        return self.facts.in_confidential_topics() | hidden

    def _follow(self, seen: _Seen) -> None:
        before, self._seen = self._seen, None
        if before is None or not seen.follows(before):
            register = Register()
            register.change(list(self.facts.entries()), (), seen.hidden, seen.secret)
            self.register = register
        else:
            assert before.position is not None
            changed = self.stores.index.changed(before.position.index.lastmod)
            self._change({one.message_id for one in changed}, seen)
        self._seen = seen

    def _change(self, changed: set[str], seen: _Seen) -> None:
        """Mail that left the index is told by no modification number."""
        entries = list(self.facts.entries(changed))
        known = self.register.message_ids() | {one.message_id for one in entries}
        gone: set[str] = set()
        if len(known) != self.stores.catalogue.count():
            there = self.stores.catalogue.message_ids()
            gone = known - there
            entries += self.facts.entries(there - known)
        self.register.change(entries, gone, seen.hidden, seen.secret)

    def messages(self, entries: Iterable[Entry]) -> list[Message]:
        """All that is known of mails, but for those that are gone meanwhile."""
        listed = [one.message_id for one in entries]
        records = self.stores.catalogue.records(listed)
        return [records[one].message for one in listed if one in records]

    def find(
        self, query: str, name: str = ALL, *, whole_threads: bool = False, within: str = ""
    ) -> Sequence[Entry]:
        """What a query finds, the newest first; ``within`` the thread of a mail, where it is given.

        Raises Refused where the query cannot be read or finds too much.
        """
        limit = _thread_of(within) if within else ""
        found = self.register.shown(
            _limited(search(self.stores, self.register, query, limit)), name
        )
        return self._threads_of(found, name) if whole_threads else found

    def _threads_of(self, found: Iterable[Entry], name: str) -> list[Entry]:
        seen: dict[str, Entry] = {}
        for one in found:
            if one.message_id not in seen:
                thread = self.register.thread(one.message_id, name)
                seen.update((each.message_id, each) for each in reversed(thread))
                _limited(seen)
        return list(seen.values())


def _thread_of(message_id: str) -> str:
    # A query within a value: what stands in quotes is quoted once more.
    return "thread:" + quoted("{id:" + quoted(message_id) + "}")


def _limited(found: Collection[str]) -> list[str]:
    if len(found) > MAX_FOUND:
        raise Refused(
            f"the query finds {len(found)} mails, more than {MAX_FOUND}", "narrow it with d:"
        )
    return list(found)
