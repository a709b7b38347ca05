# SPDX-License-Identifier: GPL-2.0-or-later
"""Whom a word of the user means, among people known by settings, mail and MAINTAINERS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.person import NOBODY, Person, parse_people
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.maintainers.addresses import people_of
from maintainer_kit.model.maintainers.maintainers import Maintainers
from maintainer_kit.model.queue.delegate_turn import is_me
from maintainer_kit.model.queue.delegation_rules import (
    ME_WORD,
    NOBODY_WORD,
    is_address,
    plain_person,
)
from maintainer_kit.workflow.stores import Stores

_WORD = re.compile(r"\w+")
_MOST_MAILS = 3000
_SHOWN = 5

Sources = Callable[[], Iterable[Maintainers]]
"""Reads MAINTAINERS; asked only where nobody else has such a name."""


def find_person(stores: Stores, word: str, sources: Sources = tuple) -> Person:
    """The one person of a word: ``me``, ``nobody`` (NOBODY), an address with or without a name, a
    name, or beginnings of its words.

    Raises NotFound where nobody is known so, and Refused, with candidates, where several are.
    """
    if word.strip().lower() == NOBODY_WORD:
        return NOBODY
    if word.strip().lower() == ME_WORD:
        return myself(stores)
    if "@" in word:
        return _by_address(stores, word)
    words = tuple(_WORD.findall(word.casefold()))
    if not words:
        return _only(word, ())
    found = _called(stores, words, _known(stores, words))
    if not found:
        found = _called(stores, words, (one for each in sources() for one in _people(each)))
    return _only(word, found)


def myself(stores: Stores) -> Person:
    """The reader, as others are to read it. Raises Refused where nobody said who that is."""
    if not stores.settings.me:
        raise Refused("nobody said who you are", "git config --global mkit.me ADDRESS")
    name = stores.settings.name[0] if stores.settings.name else ""
    return plain_person(Person(name, stores.settings.me[0]))


def _by_address(stores: Stores, word: str) -> Person:
    people = parse_people(word)
    if len(people) != 1 or not is_address(people[0].address):
        raise Refused(f"{word!r} is no address of one person", "NAME <ADDRESS>, or the address")
    person = people[0]
    if list_from_address(person.address):
        raise Refused(f"{person.address} is a mailing list", "name a person")
    if not person.name:
        mine = is_me(person, stores.me) and bool(stores.settings.name)
        name = stores.settings.name[0] if mine else _name_of(stores, person)
        person = replace(person, name=name)
    return plain_person(stores.people.canonical(person))


def _name_of(stores: Stores, person: Person) -> str:
    """Under which an address wrote; empty when it never did."""
    proper = stores.people.canonical(person).key
    for one in _known(stores, tuple(_WORD.findall(person.key))):
        if one.name and stores.people.canonical(one).key == proper:
            return one.name
    return ""


def _known(stores: Stores, words: Sequence[str]) -> Iterator[Person]:
    """People of the settings, then those who wrote mail, the newest first, whose names or
    addresses have words that begin so."""
    yield from _of_settings(stores)
    query = " and ".join(f"from:{word}*" for word in words)
    ids = stores.index.search(query)[:_MOST_MAILS]
    records = stores.catalogue.records(ids)
    for message_id in ids:
        if message_id in records and records[message_id].message.is_from_person:
            yield records[message_id].message.submitter


def _of_settings(stores: Stores) -> Iterator[Person]:
    for rule in stores.policy.rules:
        if rule.who.address:
            yield rule.who
    for address in stores.settings.me:
        yield Person(stores.settings.name[0] if stores.settings.name else "", address)


def _people(maintainers: Maintainers) -> Iterator[Person]:
    for section in maintainers.sections:
        for value in (*section.values("M"), *section.values("R")):
            yield from people_of(value)


def _called(stores: Stores, words: Sequence[str], people: Iterable[Person]) -> list[Person]:
    """Those for whom each word begins a word of the name; where nobody has such a name, of the name
    or of what stands before the ``@``."""
    listed = [one for one in dict.fromkeys(people) if _is_persons(one)]
    named = [one for one in listed if _fits(words, one.name)]
    either = named or [one for one in listed if _fits(words, f"{one.name} {one.key}".split("@")[0])]
    return _groups(stores, either)


def _is_persons(one: Person) -> bool:
    return is_address(one.address) and list_from_address(one.address) is None


def _fits(words: Sequence[str], text: str) -> bool:
    own = _WORD.findall(text.casefold())
    return all(any(one.startswith(word) for one in own) for word in words)


def _groups(stores: Stores, people: Iterable[Person]) -> list[Person]:
    """Each person once, under the form that comes first."""
    found: list[Person] = []
    seen: set[str] = set()
    for person in people:
        keys = stores.people.keys(person)
        if keys.isdisjoint(seen):
            found.append(stores.people.canonical(person))
        seen |= keys
    return found


def _only(word: str, found: Sequence[Person]) -> Person:
    if not found:
        raise NotFound(
            f"nobody known is called {visible_line(word)}", "give an address: NAME <ADDRESS>"
        )
    exact = [one for one in found if one.name.casefold() == word.strip().casefold()]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) == 1:
        return plain_person(chosen[0])
    listed = ", ".join(visible_line(str(one)) for one in chosen[:_SHOWN])
    more = f", and {len(chosen) - _SHOWN} more" if len(chosen) > _SHOWN else ""
    raise Refused(f"{visible_line(word)} may be {len(chosen)} people", f"one of: {listed}{more}")
