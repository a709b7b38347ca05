# SPDX-License-Identifier: GPL-2.0-or-later
"""People and lists in the lines of MAINTAINERS, and people in other files of the tree."""

from __future__ import annotations

from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.person import NOBODY, Person

_COMMENT = lazy_pattern(r"\([^()]*\)")
_BARE = lazy_pattern(r"(.+@\S*)")
_MAILBOX = lazy_pattern(r"[^<>@]*<[^<>\s]+@[^<>\s]+>\s*|\s*[^<>\s@]+@[^<>\s@]+\s*")
_IN_BRACKETS = lazy_pattern(r"<([^<>\s]+@[^<>\s]+)>")
_FIRST_WORD = lazy_pattern(r"\s*([^\s<>]+)")
_COMMA = lazy_pattern(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LONGEST = 2000
_IN_TEXT = lazy_pattern(r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,200}\.[A-Za-z0-9]{1,63}")
_NAME_END = lazy_pattern(r"(?:[^\W\d_]|[\"' ,.+-]){1,100}$")
_NO_NAME = lazy_pattern(r"[^\w',.+-]|[\d_]")
_PUNCTUATION = frozenset("',.+-")
_WINDOW = 160


@dataclass(frozen=True, slots=True)
class ListAddress:
    """A mailing list, as an ``L:`` line names it."""

    person: Person
    remark: str
    """What stands behind the address, such as ``(moderated for non-subscribers)``."""

    @property
    def is_closed(self) -> bool:
        """Only subscribers may write to it: nobody else is told to."""
        return "subscribers-only" in self.remark

    @property
    def role(self) -> str:
        if self.is_closed:
            return "subscriber list"
        return "moderated list" if "moderated" in self.remark else "open list"


@lru_cache(maxsize=8192)
def people_of(value: str) -> tuple[Person, ...]:
    """The people of an ``M:`` or ``R:`` line: mostly one, sometimes several behind commas."""
    value = value[:_LONGEST]
    parts = _COMMA.split(_COMMENT.sub(" ", value))
    if len(parts) > 1 and all(_MAILBOX.fullmatch(part) for part in parts):
        return tuple(person for part in parts if (person := _one(part)) != NOBODY)
    person = _one(value)
    return (person,) if person != NOBODY else ()


def _one(text: str) -> Person:
    """The name may hold commas, dots and brackets, with or without quotes around them."""
    name, opened, rest = text.partition("<")
    address, closed, _ = rest.rpartition(">")
    if opened and closed and "@" in address:
        name = name.strip().removeprefix('"').removesuffix('"')
        return Person(" ".join(name.split()), address.strip())
    bare = _BARE.match(text)
    return Person("", bare[1].strip().lstrip("<")) if bare else NOBODY


def list_of(value: str) -> ListAddress | None:
    """The list of an ``L:`` line; None without an address."""
    found = _IN_BRACKETS.search(value) or _FIRST_WORD.match(value)
    if found is None:
        return None
    return ListAddress(Person("", found[1]), value[found.end() :].strip())


def people_in(text: str) -> tuple[Person, ...]:
    """The people whom a file of the tree names anywhere, as devicetree bindings do."""
    found = (_before(text, hit.start(), hit[0]) for hit in _IN_TEXT.finditer(text))
    return tuple(dict.fromkeys(found))


def _before(text: str, at: int, address: str) -> Person:
    """The person with that address; the name is what stands before it."""
    above = text[max(0, at - _WINDOW) : at]
    above = above[:-1] if above.endswith(("<", "(", "{")) else above
    name = _NAME_END.search(above.rstrip())
    return Person(" ".join(_name_words(name[0])) if name else "", address)


def _name_words(text: str) -> list[str]:
    """The last two words of a name, three where the first or the second is an initial; dashes of
    a list in YAML are none."""
    words = [one for one in _NO_NAME.split(text) if one and one not in _PUNCTUATION]
    if len(words) > 2:
        first, middle = words[-3], words[-2]
        words = words[-3:] if _is_initial(first) or _is_initial(middle) else words[-2:]
    if words:
        words[0] = words[0].lstrip(",.")
        words[-1] = words[-1].rstrip(",.")
    return [one for one in words if one]


def _is_initial(word: str) -> bool:
    return len(word) == 1 or (len(word) == 2 and word[1] == ".")
