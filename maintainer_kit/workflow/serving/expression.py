# SPDX-License-Identifier: GPL-2.0-or-later
"""A query in the syntax of public-inbox's archives, read: terms, and how they are combined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.errors import Refused

MAX_LENGTH = 16384
"""Characters: b4 asks for the patch-ids of a whole series at once."""
MAX_TERMS = 500
MAX_DEPTH = 20
_HINT = 'words and prefix:word or prefix:"a phrase", with AND, OR, NOT and parentheses'
_TOKEN = re.compile(
    r"\s*(?:(?P<open>[+-]?\()|(?P<close>\))"
    r"|(?P<sign>[+-]?)(?:(?P<prefix>[a-z]+):)?(?:\"(?P<phrase>[^\"]*)\"|(?P<word>[^\s()\"]+)))"
)
_UNKNOWN = frozenset({"XOR", "NEAR", "ADJ"})
_FAR = re.compile(r"(?:NEAR|ADJ)/\d+$")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase, in a field or, with an empty prefix, anywhere."""

    prefix: str
    value: str
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Query, ...]


Query = Term | Not | And | Or


def read_lore_query(text: str) -> Query:
    """The query of a text; raises Refused where it is not clear what it asks for."""
    if len(text) > MAX_LENGTH:
        raise _wrong(f"the query has more than {MAX_LENGTH} characters")
    if "\0" in text:
        raise _wrong("the query holds a NUL")
    tokens = list(_tokens(text))
    if sum(token.word is not None for token in tokens) > MAX_TERMS:
        raise _wrong(f"the query has more than {MAX_TERMS} terms")
    reader = _Reader(tokens)
    found = reader.either(0)
    if reader.next is not None:
        raise _wrong("a parenthesis closes that was not opened")
    return found


@dataclass(frozen=True, slots=True)
class _Token:
    """``(``, ``)``, ``AND``, ``OR``, ``NOT``, or a term, whose ``mark`` is empty."""

    mark: str
    word: Term | None = None
    denied: bool = False
    """With a minus before it."""


def _tokens(text: str) -> Sequence[_Token]:
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise _wrong("a quote is not closed")
        found.append(_token(match))
        at = match.end()
    return found


def _token(match: re.Match[str]) -> _Token:
    if match["open"]:
        return _Token("(", denied=match["open"][0] == "-")
    if match["close"]:
        return _Token(")")
    prefix, word, phrase = match["prefix"] or "", match["word"], match["phrase"]
    if word is not None and not prefix and not match["sign"]:
        if word in ("AND", "OR", "NOT"):
            return _Token(word)
        if word in _UNKNOWN or _FAR.match(word):
            raise _wrong(f"{word} is not known here")
    value = word if phrase is None else phrase
    if value.startswith("//"):  # an address of the web
        prefix, value = "", f"{prefix}:{value}"
    if not prefix and value.endswith(":") and phrase is None:
        raise _wrong(f"{value} is followed by nothing")
    return _Token("", Term(prefix, value, phrase is not None), match["sign"] == "-")


class _Reader:
    """Reads tokens from left to right; NOT binds closest, then AND, which may be left out."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def next(self) -> str | None:
        """The mark of the next token; None at the end."""
        return self._tokens[self._at].mark if self._at < len(self._tokens) else None

    def _take(self, mark: str) -> bool:
        if self.next != mark:
            return False
        self._at += 1
        return True

    def either(self, depth: int) -> Query:
        parts = [self._all_of(depth)]
        while self._take("OR"):
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all_of(self, depth: int) -> Query:
        parts = [self._one(depth)]
        while self._take("AND") or self.next in ("", "(", "NOT"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, depth: int) -> Query:
        if depth > MAX_DEPTH:
            raise _wrong(f"parentheses are more than {MAX_DEPTH} deep")
        if self._take("NOT"):
            return Not(self._one(depth + 1))
        if self.next not in ("", "("):
            raise _wrong("a word is missing")
        token = self._tokens[self._at]
        self._at += 1
        found: Query
        if token.word is not None:
            found = token.word
        else:
            found = self.either(depth + 1)
            if not self._take(")"):
                raise _wrong("a parenthesis is not closed")
        return Not(found) if token.denied else found


def _wrong(what: str) -> Refused:
    return Refused(what, _HINT)
