# SPDX-License-Identifier: GPL-2.0-or-later
"""Rerolls that wait for a reviewer: what was commented on, posted again, and not answered since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from bench.plain_mail import PlainMail
from bench.plain_postings import Posting, Postings, newest_of
from bench.plain_words import is_comment, is_taken, is_withdrawn


@dataclass(frozen=True)
class Person:
    """Somebody whose morning is played."""

    addresses: frozenset[str]
    name: str = ""
    """As in their mails, in small letters."""

    def sent(self, mail: PlainMail) -> bool:
        return mail.address in self.addresses or bool(self.name and mail.name == self.name)


@dataclass(frozen=True)
class Due:
    """A reroll that waits for somebody."""

    posting: Posting
    comment: PlainMail
    """The last comment on an earlier revision."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(mail.message_id for mail in self.posting.mails)


class Rerolls:
    """The account of all mail up to now, as one person sees it."""

    def __init__(self, me: Person) -> None:
        self._me = me
        self._postings = Postings()
        self._due: dict[Posting, Due] = {}
        """By the first posting of the topic."""

    def take(self, mail: PlainMail) -> None:
        """One more mail, in the order of arrival."""
        touched = self._postings.take(mail)
        if touched is None:
            return
        chain = self._postings.chain(touched)
        for posting in chain:
            self._due.pop(posting, None)
        if due := _due(chain, self._me):
            self._due[chain[0]] = due

    def due(self) -> list[Due]:
        """All that wait for me, as things stand; the oldest first."""
        return sorted(self._due.values(), key=lambda one: one.posting.first.arrived)


def _due(chain: Sequence[Posting], me: Person) -> Due | None:
    newest = newest_of(chain)
    if newest.revision < 2 or me.sent(newest.first):
        return None
    since = newest.first.arrived
    replies = [mail for one in chain for mail in one.replies]
    if any(me.sent(mail) and mail.arrived >= since for mail in replies):
        return None
    if any(_ends(mail, newest) for mail in newest.replies):
        return None
    older = (one for one in chain if one.revision < newest.revision)
    said = [mail for one in older for mail in one.replies if me.sent(mail)]
    comments = [mail for mail in said if is_comment(mail.text)]
    return Due(newest, max(comments, key=lambda one: one.arrived)) if comments else None


def _ends(mail: PlainMail, newest: Posting) -> bool:
    """Whether nobody has to look at a posting any more because of a mail below it."""
    if mail.is_by(newest.first):
        return is_withdrawn(mail.text)
    return is_taken(mail.text)


def most_active(mails: Iterable[PlainMail], count: int) -> list[str]:
    """The names of those who commented most often on patches of others."""
    postings = Postings()
    for mail in mails:
        postings.take(mail)
    heard: Counter[str] = Counter()
    for one in postings:
        said = (reply for reply in one.replies if reply.name and not reply.is_by(one.first))
        heard.update(reply.name for reply in said if is_comment(reply.text))
    chosen = (name for name, _ in heard.most_common() if not _is_machine(name))
    return list(islice(chosen, count))


def named(name: str, mails: Iterable[PlainMail]) -> Person:
    """A person of a name, with all addresses that it was used with."""
    return Person(frozenset(one.address for one in mails if one.name == name) - {""}, name)


def _is_machine(name: str) -> bool:
    return not {"bot", "robot", "syzbot"}.isdisjoint(name.split())
