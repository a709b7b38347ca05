# SPDX-License-Identifier: GPL-2.0-or-later
"""Everybody once: people who are named twice, with several addresses or old ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from maintainer_kit.model.mail.mailmap import People, read_mailmap
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.recipient import Recipient

_LINE_OF_CAPITALS = re.compile(r".*<[^<>]*[A-Z][^<>]*>[^<>]*\n?")


def tree_people(mailmap: str) -> People:
    """Read the tree's .mailmap as get_maintainer.pl does: a line on an old address with capitals
    is not about the address in small letters that MAINTAINERS has. For git it would be."""
    lines = mailmap.splitlines(keepends=True)
    return read_mailmap("".join(line for line in lines if not _LINE_OF_CAPITALS.fullmatch(line)))


@dataclass(slots=True)
class Settled:
    """The first form in which each person was seen, which stands for all later ones."""

    people: People
    names: dict[str, Person] = field(default_factory=dict)
    addresses: dict[str, Person] = field(default_factory=dict)

    def settle(self, person: Person) -> Person:
        """The one form of a person, by the mailmap and by who was seen before.

        The mailmap is asked again about what it said: an old address may stand for a newer one
        that was left in turn.
        """
        person = self.people.canonical(person)
        name = person.name.lower()
        found = self.names.get(name) if name else None
        found = found or self.addresses.get(person.key)
        if found is None:
            found = self.names[name] = self.addresses[person.key] = person
        return self.people.canonical(found)


@dataclass(slots=True)
class Gathering:
    """People in the order in which they are found."""

    found: list[Recipient] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """In small letters, as the files write them, and so are the addresses: the mailmap is asked
    later."""
    addresses: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, recipients: Iterable[Recipient], settled: Settled) -> Self:
        """All who are new, then each in the one form."""
        made = cls()
        for one in recipients:
            made.add(one)
        made.found = [replace(one, person=settled.settle(one.person)) for one in made.found]
        return made

    def add(self, recipient: Recipient) -> None:
        """Take in whoever is new by name and by address."""
        name, address = recipient.person.name.lower(), recipient.person.key
        if not address or name in self.names or address in self.addresses:
            return
        if name:
            self.names.add(name)
        self.addresses.add(address)
        self.found.append(recipient)

    def join(self, recipient: Recipient) -> None:
        """Take in whoever is new; who is there already gets the role besides the own."""
        self.add(recipient)
        self.found = [_with_role(one, recipient) for one in self.found]


def _with_role(one: Recipient, other: Recipient) -> Recipient:
    if other.role == one.role or other.role in one.also:
        return one
    mine, others = one.person, other.person
    same_name = bool(others.name) and mine.name == others.name
    if same_name or mine.address == others.address:
        return replace(one, also=(*one.also, other.role))
    return one


def each_once(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """The first of those who came to the same name and address."""
    found: dict[Person, Recipient] = {}
    for one in recipients:
        found.setdefault(one.person, one)
    return tuple(found.values())
