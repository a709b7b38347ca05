# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose patches the commits of branches are: by what has landed, by what they link to, and by title
and author."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from maintainer_kit.checks.reading_commit import CommitRecord, split_message
from maintainer_kit.errors import IndexFailure, Refused
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.matching.commit import make_print
from maintainer_kit.matching.fingerprint import DiffPrint
from maintainer_kit.matching.mentions import read_mentions
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.queue.landed import ENDING, Landings, sure_places
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.branches.branch import Part
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.stores import Stores

_AT_ONCE = 50
_MOST_TITLES = 500
"""Commits that are looked for by title, the newest: each asks the index for a phrase."""
_MOST_FOUND = 5000

Ids = Mapping[str, Collection[str]]
"""By commit the mails that it may have come from."""
_Who = tuple[str, str, str]
"""A title with the address and the name of its author, in the form in which these are compared."""


@dataclass(frozen=True, slots=True)
class Patches:
    """What is known of the commits of a repository's branches."""

    mails: Ids
    topics: Mapping[str, str]
    """By mail."""
    rows: Mapping[str, TopicRow]
    landings: Landings

    def parts(self, commits: Iterable[str]) -> tuple[Part, ...]:
        """The topics of some commits, the one with the most of them first."""
        counts: dict[str, int] = {}
        newest: set[str] = set()
        for commit in commits:
            mails = self.mails.get(commit, ())
            for topic in {
                self.topics[one] for one in mails if one in self.topics
            } & self.rows.keys():
                counts[topic] = counts.get(topic, 0) + 1
                if not newest.issuperset({topic}) and set(self.rows[topic].decidable) & set(mails):
                    newest.add(topic)
        found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(self._part(topic, count, topic in newest) for topic, count in found)

    def _part(self, topic: str, count: int, is_newest: bool) -> Part:
        row = self.rows[topic]
        return Part(topic, row.subject, count, max(row.total, 1), is_newest)

    def is_told(self, commit: str) -> bool:
        """Whether it is of any topic."""
        return any(self.topics.get(one) in self.rows for one in self.mails.get(commit, ()))

    def has_landed(self, commit: str) -> bool:
        """Whether what it was made of surely is where patches end."""
        roles = {role.value for role in ENDING}
        return any(
            place.role in roles and not place.reverted
            for one in self.mails.get(commit, ())
            for place in sure_places(self.landings, one)
        )


def known_patches(stores: Stores, commits: Sequence[CommitRecord]) -> Patches:
    """Look for the mails of commits, given the newest first."""
    mails = _landed(stores, [one.commit for one in commits])
    mails |= _linked(stores, [one for one in commits if one.commit not in mails])
    mails |= _titled(stores, [one for one in commits if one.commit not in mails])
    ids = {one for several in mails.values() for one in several}
    topics = stores.catalogue.topic_ids(ids)
    rows = {row.id: row for row in stores.catalogue.rows(set(topics.values()))}
    return Patches(mails, topics, rows, known_landings(stores.catalogue, ids) if ids else {})


def _landed(stores: Stores, commits: Collection[str]) -> dict[str, set[str]]:
    """What mkit land has found."""
    wanted, found = set(commits), dict[str, set[str]]()
    known = known_landings(stores.catalogue, stores.catalogue.claimants(wanted)) if wanted else {}
    for message_id, landings in known.items():
        for one in landings:
            names = {one.commit, *(place.commit for place in one.places)} if one.is_sure else ()
            for name in wanted.intersection(names):
                found.setdefault(name, set()).add(message_id)
    return found


def _linked(stores: Stores, commits: Sequence[CommitRecord]) -> dict[str, set[str]]:
    named = {one.commit: _named(one.message) for one in commits}
    patches = _patches(stores, {each for ids in named.values() for each in ids})
    found = {commit: patches.keys() & ids for commit, ids in named.items()}
    return {commit: ids for commit, ids in found.items() if ids}


def _named(message: str) -> set[str]:
    mentions = read_mentions(message)
    return {*mentions.message_ids, *mentions.linked}


def _titled(stores: Stores, commits: Sequence[CommitRecord]) -> dict[str, set[str]]:
    """Of equal title and author."""
    people = stores.people
    wanted: dict[_Who, list[str]] = {}
    phrases = []
    for one in commits[:_MOST_TITLES]:
        title = split_message(one.message)[0]
        if len(title.split()) > 1:
            phrases.append(title.replace('"', " "))
            for who in _whos(one.author, title, people):
                wanted.setdefault(who, []).append(one.commit)
    found: dict[str, set[str]] = {}
    for message_id, (author, title) in _patches(stores, _search(stores, phrases)).items():
        for who in _whos(author, title, people):
            for commit in wanted.get(who, ()):
                found.setdefault(commit, set()).add(message_id)
    return found


def _whos(author: Person, title: str, people: People) -> list[_Who]:
    """By address, and by name where that is one."""
    made = make_print(author, title, 0, DiffPrint(), people)
    named = [("", made.author_name, made.subject)] if made.author_name else []
    return [(made.author, "", made.subject), *named] if made.author else named


def _search(stores: Stores, phrases: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in batched(dict.fromkeys(phrases), _AT_ONCE):
        try:
            ids = stores.index.search(" or ".join(f'subject:"{one}"' for one in some))
        except (Refused, IndexFailure):
            continue  # a branch is shown without its topics rather than not at all
        found.update(ids[:_MOST_FOUND])
    return found


def _patches(stores: Stores, ids: Collection[str]) -> dict[str, tuple[Person, str]]:
    """Author and title of those of the mails that are patches."""
    records = stores.catalogue.records(ids) if ids else {}
    return {
        message_id: (record.message.author, record.message.subject.title)
        for message_id, record in records.items()
        if record.message.kind is Kind.PATCH
    }
