# SPDX-License-Identifier: GPL-2.0-or-later
"""Who could decide about a topic: who reviewed the same files lately, and MAINTAINERS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.addresses import people_of
from maintainer_kit.model.maintainers.maintainers import Maintainers
from maintainer_kit.model.queue.delegate_turn import is_me
from maintainer_kit.model.queue.delegation import touched_paths
from maintainer_kit.model.queue.delegation_rules import plain_person
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.review_area import (
    LISTED,
    Candidate,
    ReviewHistory,
    active_in,
    find_area,
    reason_of,
)
from maintainer_kit.workflow.stores import Stores

_YEAR = 365 * 24 * 3600
_MOST_FILES = 2000
_SHOWN = 8
_NAMED = 40
"""How many are looked at more closely: some turn out to be one person, or nobody to ask."""


class Suggestion(NamedTuple):
    """Somebody to whom a topic could be given."""

    person: Person
    reason: str
    """``reviewed 12 series in fs/erofs/ within a year``."""


def suggest(
    stores: Stores,
    row: TopicRow,
    history: ReviewHistory,
    maintainers: Iterable[Maintainers] = (),
) -> list[Suggestion]:
    """People for a topic, the most likely first: those who gave trailers or answered on patches to
    its files, or to others of the same folders, within a year, and those of MAINTAINERS. Not who
    posted it, not the reader, no bots."""
    topic = topic_of(stores.catalogue, row)
    paths = touched_paths(topic.view)[:_MOST_FILES]
    area = find_area(history, paths, stores.clock() // 1_000_000 - _YEAR, row.id)
    found = list(active_in(history.parties(area.topics)))
    found.sort(key=lambda one: (-area.score(one), one.person.key))
    listed = _listed(paths, maintainers, stores)
    _name(stores, found[:_NAMED], listed)
    heads = (topic.root, *(patch for patch in topic.view if patch))
    authors = {who for head in heads for who in (head.author, head.submitter)}
    once = _each_once([*found[:_NAMED], *listed], stores)
    usable = [one for one in once if _is_usable(one.person, authors, stores)]
    usable.sort(key=lambda one: (-area.score(one), one.person.key))
    return [Suggestion(plain_person(one.person), reason_of(one, area)) for one in usable[:_SHOWN]]


def _listed(
    paths: Sequence[str], maintainers: Iterable[Maintainers], stores: Stores
) -> list[Candidate]:
    """Who stands in the sections of the files; not in those that take in everything."""
    found: dict[str, Candidate] = {}
    for known in maintainers:
        for section in known.sections_of(paths):
            named = [] if section.is_rest else [e for e in section.entries if e.letter in LISTED]
            for entry in named:
                for person in map(stores.people.canonical, people_of(entry.value)):
                    one = found.setdefault(person.key, Candidate(person))
                    one.listed.setdefault(section.title, entry.letter)
    return list(found.values())


def _name(stores: Stores, candidates: Sequence[Candidate], listed: Iterable[Candidate]) -> None:
    """Give candidates the names under which they stand in MAINTAINERS, or wrote."""
    names = {one.person.key: one.person for one in listed}
    wanted = {min(one.reviewed | one.talked) for one in candidates}
    mails = stores.catalogue.topic_messages(wanted)
    records = stores.catalogue.records(sorted(one for each in mails.values() for one in each))
    for _, record in sorted(records.items()):
        message = record.message
        for person in (message.submitter, *(one.person for one in message.trailers)):
            proper = stores.people.canonical(person)
            if proper.name:
                names.setdefault(proper.key, proper)
    for one in candidates:
        one.person = names.get(one.person.key, one.person)


def _each_once(candidates: Iterable[Candidate], stores: Stores) -> list[Candidate]:
    """One for each person, whatever the addresses."""
    found: list[Candidate] = []
    by_key: dict[str, Candidate] = {}
    for one in candidates:
        keys = stores.people.keys(one.person)
        known = next((by_key[key] for key in sorted(keys) if key in by_key), None)
        if known is None:
            found.append(one)
            known = one
        else:
            known.join(one)
        by_key.update(dict.fromkeys(keys, known))
    return found


def _is_usable(person: Person, authors: Iterable[Person], stores: Stores) -> bool:
    if "@" not in person.address or list_from_address(person.address):
        return False
    if stores.bots.find(person) or is_me(person, stores.me):
        return False
    return not any(stores.people.same(person, one) for one in authors)
