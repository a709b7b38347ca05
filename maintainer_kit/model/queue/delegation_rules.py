# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that say who is to decide about what: ``mkit.delegate = WHO CONDITION...``, understood."""

from __future__ import annotations

import difflib
import shlex
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from maintainer_kit.errors import ConfigError
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.person import NOBODY, Person, parse_people
from maintainer_kit.model.mail.text import visible_line

PATH, ANY_PATH = "path", "any-path"
SECTION, ANY_SECTION = "section", "any-section"
PREFIX, LIST, FROM, TO, WHEN = "prefix", "list", "from", "to", "when"
CONDITIONS = (PATH, ANY_PATH, PREFIX, LIST, FROM, TO, SECTION, ANY_SECTION, WHEN)
AWAY = "away"
ME_WORD, NOBODY_WORD = "me", "nobody"
_SPECIAL = frozenset('"<>()[]:;@,\\')
_ASIDE = lazy_pattern(r"\([^()]*\)|\[[^\[\]]*\]")
"""What stands in brackets beside a name is a company, or a role."""
_LONGEST_NAME = 200
_EXAMPLE = "git config --global --add mkit.delegate 'Jane Doe <jane@example.org> path=fs/erofs/'"
_SHOW = "git config --show-origin --get-all mkit.delegate"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who decides about what all conditions hold for."""

    number: int
    """Its place among all rules, counted from 1: the first that holds speaks."""
    who: Person
    """NOBODY where the rule keeps later ones from speaking."""
    conditions: tuple[tuple[str, tuple[str, ...]], ...]
    """Values by kind, of which one has to hold; all kinds have to."""
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
    try:
        words = shlex.split(line)
    except ValueError as error:
        _fail(line, f"cannot be read ({error})", "write names with ' or \" in quotes of the other")
    first = next((at for at, word in enumerate(words) if "=" in word), len(words))
    if first == len(words):
        _fail(line, "says nobody or has no condition", _EXAMPLE)
    who = _read_who(line, " ".join(words[:first]), me)
    found: dict[str, list[str]] = {}
    for word in words[first:]:
        kind, value = _read_condition(line, word)
        found.setdefault(kind, []).append(value)
    conditions = tuple((kind, tuple(values)) for kind, values in found.items())
    told = visible_line(" ".join(shlex.quote(word) for word in words[first:]))
    return Rule(number, who, conditions, told)


def _read_who(line: str, text: str, me: Person) -> Person:
    if text == NOBODY_WORD:
        return NOBODY
    if text == ME_WORD:
        if not me.address:
            _fail(line, "says me, but nobody said who I am", "git config --global mkit.me ADDRESS")
        return me
    people = parse_people(text)
    if len(people) != 1 or not is_address(people[0].address):
        what = f"begins with {text!r}, which is" if text else "begins with"
        _fail(line, f"{what} no address, and neither me nor nobody", _EXAMPLE)
    return plain_person(people[0])


def plain_person(person: Person) -> Person:
    """The same with a name that needs no quotes before an address, whatever mail put into it: as
    text it is read again as it was."""
    given = person.name[:_LONGEST_NAME]
    return Person(_plain(_ASIDE.sub(" ", given)) or _plain(given), person.address)


def _plain(name: str) -> str:
    clean = "".join(" " if one in _SPECIAL or not one.isprintable() else one for one in name)
    return " ".join(clean.split())


def is_address(text: str) -> bool:
    """Whether it is one that needs no quotes."""
    local, _, domain = text.rpartition("@")
    return _is_domain(local) and _is_domain(domain)


def _is_sender(text: str) -> bool:
    return _is_domain(text[1:]) if text[0] == "@" else is_address(text)


def _is_domain(text: str) -> bool:
    return bool(text) and text.isprintable() and not set(text) & (_SPECIAL | {" "})


def _read_condition(line: str, word: str) -> tuple[str, str]:
    """Kind and value; what is compared without case in small letters."""
    kind, mark, value = word.partition("=")
    value = value.strip()
    if not mark:
        _fail(line, f"has {word!r} where a condition should be", f"one of: {_listed()}")
    if kind not in CONDITIONS:
        near = difflib.get_close_matches(kind, CONDITIONS, n=1)
        meant = f"did you mean {near[0]}=?" if near else f"one of: {_listed()}"
        _fail(line, f"has {kind}=, which is no condition", meant)
    if not value:
        _fail(line, f"has {kind}= without a value", _EXAMPLE)
    if kind == WHEN and value != AWAY:
        _fail(line, f"has {word!r}", f"when={AWAY} is all there is")
    if kind in (FROM, TO) and not _is_sender(value):
        _fail(line, f"has {word!r}, which is no address", f"{kind}=ADDRESS or {kind}=@DOMAIN")
    return kind, value if kind in (PATH, ANY_PATH) else value.lower()


def _listed() -> str:
    return ", ".join(f"{kind}=" for kind in CONDITIONS)


def _fail(line: str, what: str, hint: str) -> NoReturn:
    raise ConfigError(f"mkit.delegate is {line!r}, which {what}", f"{hint}; {_SHOW}")
