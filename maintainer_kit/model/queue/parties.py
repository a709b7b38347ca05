# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose a series is, and who is to look at it: its author, me, or another reviewer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.verdict import Me, Turn
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import Topic

_MAX_AUTHORS = 10


@dataclass(frozen=True)
class Parties:
    """A topic with patches, as seen by somebody."""

    topic: Topic
    me: Me

    @property
    def newest(self) -> Revision:
        return self.topic.revisions[-1]

    @cached_property
    def posted(self) -> tuple[Message, ...]:
        """The mails of the newest complete view."""
        return (self.topic.root, *(patch for patch in self.topic.view if patch))

    @cached_property
    def is_mine(self) -> bool:
        return any(self.me.sent(head) for head in self.posted)

    @cached_property
    def _authors(self) -> tuple[Person, ...]:
        return tuple(dict.fromkeys(head.submitter for head in self.posted))[:_MAX_AUTHORS]

    @cached_property
    def author_keys(self) -> frozenset[str]:
        """The addresses that it was posted from."""
        return frozenset(one.key for one in self._authors)

    @cached_property
    def _are_authors(self) -> dict[Person, bool]:
        return {}

    def is_author(self, message: Message) -> bool:
        """Whether one of those who posted it wrote this, whatever address it was sent from."""
        who = message.submitter
        found = self._are_authors.get(who)
        if found is None:
            found = any(self.me.people.same(who, one) for one in self._authors)
            self._are_authors[who] = found
        return found

    @property
    def author(self) -> Turn:
        """Whose turn it is when its author has to act."""
        return Turn.ME if self.is_mine else Turn.AUTHOR

    @cached_property
    def side(self) -> Turn:
        """Who is to look at something new: me when it is put to me, else a reviewer."""
        me = self.me
        if self.is_mine or not any(me.is_addressed(head) for head in self.posted):
            return Turn.REVIEWER
        to = {address for head in self.posted for address in head.to}
        named = {address: list_from_address(address) for address in to}
        if any(
            me.is_one(one) or (name or _as_list(one)) in me.lists for one, name in named.items()
        ):
            return Turn.ME
        asked = any(name is None and one not in self.author_keys for one, name in named.items())
        if not asked:
            return Turn.ME
        # Somebody else is asked to take it, and I to have a look at my part.
        is_cc = any(me.is_one(address) for head in self.posted for address in head.cc)
        return Turn.ME if is_cc and not self._had_my_say else Turn.REVIEWER

    @cached_property
    def _had_my_say(self) -> bool:
        return any(
            self.me.sent(one.message) and bool(one.message.says or one.message.trailers)
            for one in self.topic.follow_ups
        )


def _as_list(address: str) -> str:
    return address.replace("@", ".")
