# SPDX-License-Identifier: GPL-2.0-or-later
"""People under all their addresses: gitmailmap(5), and what names and addresses tell themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.mail.person import NOBODY, Person

_LONG = 6
"""Letters that the part before the ``@`` must have to be taken for a name."""
_MAX_LINES = 100_000
_MAX_LENGTH = 2000

Entries = Mapping[tuple[str, str], Person]
"""By old name (empty: any) and old address, both in lower case, what stands in their place; a part
that the file does not give is empty."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is who."""

    entries: Entries = field(default_factory=dict)

    def canonical(self, person: Person) -> Person:
        """The person as the mailmap has it; unchanged where it says nothing."""
        if not self.entries:
            return person
        found = self.entries.get((person.name.lower(), person.key)) or self.entries.get(
            ("", person.key)
        )
        if found is None:
            return person
        return Person(found.name or person.name, found.address or person.address)

    def keys(self, person: Person) -> frozenset[str]:
        """What the person is known by; whoever shares one of them is the same."""
        keys = _keys(person)
        known = self.canonical(person)
        return keys if known is person else keys | _keys(known)

    def same(self, one: Person, other: Person) -> bool:
        """Whether two are one: by address, by the mailmap, by name, by a name that is the other's
        address (``AdaChen``, ``adachen@quarry.example``), or by an address whose domain is above
        the other's (``bo@lab.shale.example``, ``bo@shale.example``)."""
        if not self.keys(one).isdisjoint(self.keys(other)):
            return True
        if _is_named_by(one, other) or _is_named_by(other, one):
            return True
        return _is_below(one.key, other.key) or _is_below(other.key, one.key)


NO_MAILMAP = People()


@lru_cache(maxsize=16384)
def _keys(person: Person) -> frozenset[str]:
    address = _without_detail(person.key)
    return name_keys(person.name) | {address} if address else name_keys(person.name)


def _without_detail(address: str) -> str:
    """``bo+kernel@x`` as ``bo@x`` (RFC 5233)."""
    local, at, domain = address.partition("@")
    return local.partition("+")[0] + at + domain if at and local[:1] != "+" else address


def _is_named_by(one: Person, other: Person) -> bool:
    """Whether one's name, written without spaces, stands before the ``@`` of the other."""
    local = other.key.partition("@")[0].partition("+")[0]
    word = "".join(filter(str.isalpha, local))
    return len(word) >= _LONG and word in name_keys(one.name)


def _is_below(one: str, other: str) -> bool:
    local, _, domain = one.partition("@")
    other_local, _, other_domain = other.partition("@")
    if local != other_local or not local or "." not in other_domain:
        return False
    return domain.endswith("." + other_domain)


@lru_cache(maxsize=4)
def read_mailmap(text: str) -> People:
    """Read the text of a mailmap; of two lines on one address the later one speaks, as in git."""
    found: dict[tuple[str, str], Person] = {}
    for proper, old in _lines(text):
        key = (old.name.lower(), old.key)
        known = found.get(key)
        if known:
            proper = Person(proper.name or known.name, proper.address or known.address)
        found[key] = proper
    return People(found)


def _lines(text: str) -> Iterator[tuple[Person, Person]]:
    """What each line puts in the place of what."""
    for line in text.split("\n", _MAX_LINES)[:_MAX_LINES]:
        if line.startswith("#"):
            continue
        first, rest = _one(line[:_MAX_LENGTH])
        second, _ = _one(rest)
        if second.address:
            yield first, second
        elif first.address and first.name:
            yield Person(first.name, ""), Person("", first.address)


def _one(text: str) -> tuple[Person, str]:
    """The first person of a text, and what follows; without an address nobody."""
    name, opened, rest = text.partition("<")
    address, closed, rest = rest.partition(">")
    if not opened or not closed or "#" in name:
        return NOBODY, ""
    return Person(name.strip(), address.strip()), rest
