# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that say who is to decide about what: ``mkit.delegate = WHO CONDITION...``, understood."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.person import NOBODY, Person, parse_people
from maintainer_kit.model.queue.conditions import (
    ANY_PATH,
    ANY_SECTION,
    AWAY,
    FROM,
    LIST,
    NO_LIST,
    OF_TOPICS,
    PATH,
    PREFIX,
    SECTION,
    TO,
    WHEN,
    Conditions,
    Dialect,
    is_address,
    told,
    values_of,
)

CONDITIONS = (*OF_TOPICS, WHEN)
ME_WORD, NOBODY_WORD = "me", "nobody"
_SPECIAL = frozenset('"<>()[]:;@,\\')
_ASIDE = lazy_pattern(r"\([^()]*\)|\[[^\[\]]*\]")
"""What stands in brackets beside a name is a company, or a role."""
_LONGEST_NAME = 200
_EXAMPLE = "git config --global --add mkit.delegate 'Jane Doe <jane@example.org> path=fs/erofs/'"
_DIALECT = Dialect("mkit.delegate", CONDITIONS, _EXAMPLE)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who decides about what all conditions hold for."""

    number: int
    """Its place among all rules, counted from 1: the first that holds speaks."""
    who: Person
    """NOBODY where the rule keeps later ones from speaking."""
    conditions: Conditions
    words: str
    """The conditions as they were written."""

    @property
    def name(self) -> str:
        """How it is told: ``rule 2: path=fs/erofs/``."""
        return f"rule {self.number}: {self.words}"

    def has(self, *kinds: str) -> bool:
        """Whether it has a condition of one of these kinds."""
        return any(kind in kinds for kind, _ in self.conditions)


@lru_cache(maxsize=4)
def read_rules(lines: tuple[str, ...], me: Person = NOBODY) -> tuple[Rule, ...]:
    """The rules of the settings in their order; ``me`` stands for the word ``me``.

    Raises ConfigError for a line that cannot be understood.
    """
    return tuple(_read_line(line, number, me) for number, line in enumerate(lines, 1))


def _read_line(line: str, number: int, me: Person) -> Rule:
    words = _DIALECT.words_of(line)
    first = next((at for at, word in enumerate(words) if "=" in word), len(words))
    if first == len(words):
        _DIALECT.fail(line, "says nobody or has no condition", _EXAMPLE)
    who = _read_who(line, " ".join(words[:first]), me)
    conditions = _DIALECT.read(line, words[first:])
    if NO_LIST in values_of(conditions, LIST):
        _DIALECT.fail(line, f"has {LIST}={NO_LIST}, which is for mkit.intake", "docs/intake.md")
    return Rule(number, who, conditions, told(words[first:]))


def _read_who(line: str, text: str, me: Person) -> Person:
    if text == NOBODY_WORD:
        return NOBODY
    if text == ME_WORD:
        if not me.address:
            _DIALECT.fail(
                line, "says me, but nobody said who I am", "git config --global mkit.me ADDRESS"
            )
        return me
    people = parse_people(text)
    if len(people) != 1 or not is_address(people[0].address):
        what = f"begins with {text!r}, which is" if text else "begins with"
        _DIALECT.fail(line, f"{what} no address, and neither me nor nobody", _EXAMPLE)
    return plain_person(people[0])


def plain_person(person: Person) -> Person:
    """The same with a name that needs no quotes before an address, whatever mail put into it: as
    text it is read again as it was."""
    given = person.name[:_LONGEST_NAME]
    return Person(_plain(_ASIDE.sub(" ", given)) or _plain(given), person.address)


def _plain(name: str) -> str:
    clean = "".join(" " if one in _SPECIAL or not one.isprintable() else one for one in name)
    return " ".join(clean.split())


__all__ = [
    "ANY_PATH",
    "ANY_SECTION",
    "AWAY",
    "CONDITIONS",
    "FROM",
    "LIST",
    "ME_WORD",
    "NOBODY_WORD",
    "PATH",
    "PREFIX",
    "SECTION",
    "TO",
    "WHEN",
    "Rule",
    "is_address",
    "plain_person",
    "read_rules",
]
