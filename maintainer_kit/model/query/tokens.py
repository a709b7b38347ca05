# SPDX-License-Identifier: GPL-2.0-or-later
"""A query's text cut into words, parentheses and operators, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.query.expression import Problem

MAX_LENGTH = 100_000
"""Characters of a query; scripts make long ones, of many ids."""
# Quotes may stand anywhere in a word, and hold what else would end it.
_WORD = re.compile(r'(?:[^\s()"]|"[^"]*")+')
_SIGNS = "+-"
_NEVER = re.compile(r"[\x00\ud800-\udfff]")


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    OPEN = "("
    CLOSE = ")"
    AND = "and"
    OR = "or"
    XOR = "xor"
    NOT = "not"


_OPERATORS = {kind.value: kind for kind in (Kind.AND, Kind.OR, Kind.XOR, Kind.NOT)}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text."""

    kind: Kind
    text: str
    start: int
    sign: str = ""
    """``-`` or ``+`` right before a word or a parenthesis; not part of its text."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def column(self) -> int:
        return self.start + 1


class Unreadable(Exception):
    """Ends the reading of a query; ``parse`` turns it into a value."""

    def __init__(self, message: str, start: int, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(message, start + 1, hint)


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens, from left to right. Raises Unreadable for a quote that is not closed."""
    if len(text) > MAX_LENGTH:
        raise Unreadable(f"more than {MAX_LENGTH} characters", MAX_LENGTH)
    if bad := _NEVER.search(text):
        raise Unreadable("a character that no mail can hold", bad.start())
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _next(text, at)
        yield token
        at = token.end


def _next(text: str, at: int) -> Token:
    sign = _sign(text, at)
    start = at + len(sign)
    if text[start] in "()":
        return Token(Kind.OPEN if text[start] == "(" else Kind.CLOSE, text[start], start, sign)
    found = _WORD.match(text, start)
    end = found.end() if found else start
    if text.startswith('"', end):
        raise Unreadable("this quote is not closed", end)
    word = text[start:end]
    if not sign and word.lower() in _OPERATORS:
        return Token(_OPERATORS[word.lower()], word, start)
    return Token(Kind.WORD, word, start, sign)


def _sign(text: str, at: int) -> str:
    """A sign with something behind it; one alone, or several, are a word."""
    after = text[at + 1 : at + 2]
    is_sign = text[at] in _SIGNS and after and not after.isspace() and after not in ")" + _SIGNS
    return text[at] if is_sign else ""
