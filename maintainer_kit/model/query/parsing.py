# SPDX-License-Identifier: GPL-2.0-or-later
"""Read a query. Operators bind as Xapian's do, so that a query of notmuch's terms alone means what
notmuch makes of it: words side by side first, then ``not`` and ``and``, ``xor``, ``or``."""

from __future__ import annotations

import re

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.query.expression import (
    EVERYTHING,
    And,
    Expression,
    Mail,
    Not,
    Or,
    Problem,
    Term,
)
from maintainer_kit.model.query.fields import FIELDS, near_field
from maintainer_kit.model.query.joining import Item, alternatives, exclusive, run_of, united
from maintainer_kit.model.query.tokens import Kind, Token, Unreadable, tokens_of

MAX_DEPTH = 20
"""Parentheses within one another."""
_FIELD = re.compile(r"([a-z]+):")
_NEARNESS = re.compile(r"(?:near|adj)(?:/\d+)?", re.IGNORECASE)
_ENDS = (Kind.CLOSE, Kind.OR, Kind.XOR)


def parse(text: str) -> Expression | Problem:
    """The expression that a text stands for; ``EVERYTHING`` for an empty one.

    Values of terms are not looked at: see ``meaning.py``.
    """
    try:
        tokens = list(tokens_of(text))
        return _Reader(text, tokens).whole() if tokens else EVERYTHING
    except Unreadable as error:
        return error.problem


@dataclass(slots=True)
class _Reader:
    """Reads from left to right; ``at`` is the next token."""

    text: str
    tokens: list[Token]
    at: int = 0
    depth: int = 0

    def whole(self) -> Expression:
        found = self._or()
        if left := self._peek():
            raise Unreadable("this parenthesis closes nothing", left.start)
        return found

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _accept(self, *kinds: Kind) -> Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self.at += 1
        return token

    def _or(self) -> Expression:
        parts = [self._xor()]
        while self._accept(Kind.OR):
            parts.append(self._xor())
        united_parts = alternatives(parts)
        return united_parts[0] if len(united_parts) == 1 else Or(united_parts)

    def _xor(self) -> Expression:
        parts = [self._and()]
        first = self._peek()
        while self._accept(Kind.XOR):
            parts.append(self._and())
        if len(parts) == 1 or first is None:
            return parts[0]
        if not all(isinstance(one, Mail) for one in parts):
            raise Unreadable("xor stands only between terms of notmuch's", first.start)
        return exclusive(parts)

    def _and(self) -> Expression:
        parts = self._operand()
        while True:
            token = self._peek()
            if token is None or token.kind in _ENDS:
                break
            self._accept(Kind.AND)
            parts.extend(self._operand())
        joined = united(parts)
        return joined[0] if len(joined) == 1 else And(joined)

    def _operand(self) -> list[Expression]:
        """A run of words, perhaps after ``not``: that takes in all of it."""
        negation = self._peek()
        negations = 0
        while self._accept(Kind.NOT):
            negations += 1
        items = self._run()
        parts = run_of(items)
        if negations % 2 == 0:
            return parts
        if len(parts) == 1 and isinstance(parts[0], Mail):
            text = parts[0].text
            inner = f"({text})" if text.startswith("not ") else text
            return [Mail(f"not {inner}", parts[0].column)]
        if len(items) > 1 and negation:
            # To Xapian all of it is meant, to most people only the first: better not to guess.
            hint = "write -TERM for one of them, or not (TERM TERM) for all"
            raise Unreadable("not has several terms beside it", negation.start, hint)
        return [Not(parts[0])]

    def _run(self) -> list[Item]:
        items: list[Item] = []
        while token := self._accept(Kind.WORD, Kind.OPEN):
            items.append(self._item(token))
        if not items:
            raise self._missing()
        _check_nearness(items)
        return items

    def _missing(self) -> Unreadable:
        token = self._peek()
        before = self.tokens[self.at - 1] if self.at else None
        if before is None:
            assert token is not None
            return Unreadable(f"there is nothing before {token.text!r}", token.start)
        if before.kind is Kind.OPEN:
            return Unreadable("there is nothing after this parenthesis", before.start)
        words = "quote it to look for the word"
        return Unreadable(f"there is nothing after {before.text!r}", before.start, words)

    def _item(self, token: Token) -> Item:
        found = self._group(token) if token.kind is Kind.OPEN else self._word(token)
        return Item(found, token.sign)

    def _group(self, opening: Token) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(f"more than {MAX_DEPTH} parentheses in one another", opening.start)
        found = self._or()
        if not self._accept(Kind.CLOSE):
            raise Unreadable("this parenthesis is not closed", opening.start)
        self.depth -= 1
        return Mail(f"({found.text})", opening.column) if isinstance(found, Mail) else found

    def _word(self, token: Token) -> Expression:
        named = _FIELD.match(token.text)
        if named is None:
            return Mail(self._with_group(token), token.column)
        name = named[1]
        if name in FIELDS:
            return Term(name, _value(token, name), token.column)
        if meant := near_field(name):
            hint = f"did you mean {meant}:? Quote it to look for the words"
            raise Unreadable(f"nothing is called {name}:", token.start, hint)
        return Mail(self._with_group(token), token.column)

    def _with_group(self, token: Token) -> str:
        """A word of notmuch's with the parentheses that belong to it: ``from:(a b)``."""
        following = self._peek()
        if not token.text.endswith(":") or following is None or following.sign:
            return token.text
        if following.kind is not Kind.OPEN or following.start != token.end:
            return token.text
        open_ones = 0
        while inner := self._peek():
            self.at += 1
            open_ones += (inner.kind is Kind.OPEN) - (inner.kind is Kind.CLOSE)
            if not open_ones:
                return self.text[token.start : inner.end]
        raise Unreadable("this parenthesis is not closed", following.start)


def _value(token: Token, name: str) -> str:
    """What stands behind ``name:``, without its quotes."""
    value = token.text[len(name) + 1 :]
    start = token.start + len(name) + 1
    if not value:
        hint = f"write {FIELDS[name].example}; for several values (A or B), each with its field"
        raise Unreadable(f"{name}: stands without a value", token.start, hint)
    if '"' not in value:
        return value
    inner = value[1:-1].replace('""', '"')
    if len(value) < 2 or value[0] + value[-1] != '""' or inner.count('"') * 2 != _marks(value):
        raise Unreadable(f"quotes go around the whole value of {name}:", start)
    if not inner.strip():
        raise Unreadable(f"{name}: stands without a value", start)
    return inner


def _marks(value: str) -> int:
    """How many quotes there are within a quoted value."""
    return value.count('"') - 2


def _check_nearness(items: list[Item]) -> None:
    """Xapian's NEAR and ADJ join words of mails; a term of ours in between would go unnoticed."""
    for at, item in enumerate(items):
        found = item.expression
        if isinstance(found, Mail) and _NEARNESS.fullmatch(found.text):
            beside = [*items[max(0, at - 1) : at], *items[at + 1 : at + 2]]
            if not all(isinstance(one.expression, Mail) for one in beside):
                words = f"{found.text!r} stands only between words of mails"
                raise Unreadable(words, found.column - 1, "quote it to look for the word")
