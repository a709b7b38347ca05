# SPDX-License-Identifier: GPL-2.0-or-later
"""People as mail names them."""

from __future__ import annotations

import re
from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

# The forms that nearly all addresses of list mail have; others go the long way.
_SIMPLE = lazy_pattern(
    r"\s*+(?:(?:\"([^\"\\]*)\"\s*|([^\"<>,()\\:;@]*))<([^<>\s,\"]+)>|([^\s<>,\"()\\:;]+))\s*(?:,|$)"
)
_ADDRESS = lazy_pattern(r"[^\s<>,\"()\\:;@]{1,100}@[^\s<>,\"()\\:;@]{1,200}")
_VIA = lazy_pattern(r"^(?P<name>.*?)\s+via\s+\S.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """A display name and an address (RFC 5322, 3.4); either may be empty."""

    name: str
    address: str

    @property
    def key(self) -> str:
        """What tells two people apart: the address, compared without case."""
        return self.address.lower()

    def __str__(self) -> str:
        if not self.name:
            return f"<{self.address}>" if self.address else "(unknown)"
        return f"{self.name} <{self.address}>"


NOBODY = Person("", "")


def parse_people(value: str, limit: int = 500) -> tuple[Person, ...]:
    """Read an address list such as To: or Cc:; at most ``limit`` people of it."""
    if len(value) > limit * 200:
        value = value[: limit * 200]
    return _parse_people(value, limit)


@lru_cache(maxsize=4096)
def _parse_people(value: str, limit: int) -> tuple[Person, ...]:
    people = _parse_simple(value, limit)
    if people is not None:
        return people
    from email.utils import getaddresses  # slow to import, and seldom needed

    try:
        pairs = getaddresses([value])[:limit]
    except RecursionError:  # comments nested a thousand deep
        pairs = [("", address) for address in _ADDRESS.findall(value)[:limit]]
    return tuple(
        Person(" ".join(name.split()), address.strip())
        for name, address in pairs
        if address.strip() or name.strip()
    )


def _parse_simple(value: str, limit: int) -> tuple[Person, ...] | None:
    """Read a list of plain addresses; None when one of them is not plain."""
    people: list[Person] = []
    at = 0
    while at < len(value) and len(people) < limit:
        found = _SIMPLE.match(value, at)
        # Sought here, as the expression would try each sign of a thousand.
        if not found or (found[4] and "@" not in found[4][1:-1]):
            return None
        name = found[1] or found[2] or ""
        people.append(Person(" ".join(name.split()), found[3] or found[4]))
        at = found.end()
    return tuple(people)


def parse_person(value: str) -> Person:
    """Read one address, as in From: or a trailer; the first of several."""
    people = parse_people(value, limit=1)
    return people[0] if people else NOBODY


def without_via(name: str) -> str | None:
    """The name in ``NAME via LIST``, as lists that rewrite From: for DMARC put it, else None."""
    found = _VIA.match(name)
    return found["name"].strip("'\" ") if found else None
