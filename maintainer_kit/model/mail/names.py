# SPDX-License-Identifier: GPL-2.0-or-later
"""Names of people, for telling whether two mails name one person in two ways."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.person import without_via

_WORD = lazy_pattern(r"[^\W\d_]+")
_CAMEL = lazy_pattern(r"[^\W\d_](?:(?![A-Z])[^\W\d_])*")
_ASIDE = lazy_pattern(r"[(\[\uff08]([^()\[\]\uff08\uff09]{0,80})[)\]\uff09]")
_JOINED = 6
"""Letters that a name must have to be compared without its spaces."""
_LIMIT = 200


@lru_cache(maxsize=4096)
def name_keys(name: str) -> frozenset[str]:
    """Forms of a name that two spellings of it share, whatever their case, accents and order.

    ``Chen, Ada``, ``"ada chen"``, ``AdaChen`` and ``Ada Chen via LIST`` share one. Empty for one
    word: it is no proof of who it is.
    """
    name = name[:_LIMIT]
    name = without_via(name) or name
    words = _words(_ASIDE.sub(" ", name))
    keys = _keys(words)
    if words and _has_no_case(words[0]):
        # The same name in Latin letters; elsewhere what stands in brackets is a company.
        keys |= _keys(_words(" ".join(_ASIDE.findall(name))))
    return keys


def same_name(one: str, other: str) -> bool:
    """Whether two display names are of one person, as far as names can tell."""
    return not name_keys(one).isdisjoint(name_keys(other))


def _has_no_case(word: str) -> bool:
    """Whether it is of a script such as Han, whose names have no spaces."""
    return not word.isascii() and word.upper() == word.lower()


def _keys(words: list[str]) -> frozenset[str]:
    if len(words) < 2:
        whole = bool(words) and _has_no_case(words[0]) and 2 <= len(words[0]) <= 4
        return frozenset(words) if whole else frozenset()
    keys = {" ".join(sorted(words))}
    if sum(map(len, words)) >= _JOINED:
        keys.update(("".join(words), "".join((words[-1], *words[:-1]))))
    return frozenset(keys)


def _words(name: str) -> list[str]:
    """The words of a name in small letters without accents; initials left out."""
    if not name.isascii():
        letters = unicodedata.normalize("NFKD", name)
        name = "".join(one for one in letters if not unicodedata.combining(one))
    words = _WORD.findall(name)
    if len(words) == 1:
        words = _CAMEL.findall(words[0])
    words = [word.casefold() for word in words]
    long = [word for word in words if len(word) > 1]
    return long if len(long) > 1 else words
