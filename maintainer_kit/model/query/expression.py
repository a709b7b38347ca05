# SPDX-License-Identifier: GPL-2.0-or-later
"""What a query means, as a tree: terms of ours, searches in mail, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.dataclass import field as having


@dataclass(frozen=True, slots=True)
class Term:
    """One term of ours: ``state:new``."""

    field: str
    value: str
    column: int = having(default=1, compare=False)
    """Where it begins in the text it was read from; the first character is 1."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A search over mails in notmuch's syntax; it stands for the topics of what it finds."""

    text: str
    column: int = having(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """What all parts find; without parts everything."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any part finds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All topics but those that the part finds."""

    part: Expression


Expression = Term | Mail | And | Or | Not

EVERYTHING = And(())


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is no query, and where."""

    message: str
    column: int
    hint: str = ""
    """What helps; empty where the message says it."""


def terms_of(expression: Expression) -> Iterator[Term]:
    """Our terms in it, from left to right."""
    if isinstance(expression, Term):
        yield expression
    elif isinstance(expression, Not):
        yield from terms_of(expression.part)
    elif isinstance(expression, And | Or):
        for part in expression.parts:
            yield from terms_of(part)


def format_expression(expression: Expression) -> str:
    """The text that is read as this expression again."""
    if isinstance(expression, And):
        return " and ".join(_operand(part, And) for part in expression.parts)
    if isinstance(expression, Or):
        return " or ".join(_operand(part, Or) for part in expression.parts)
    return _operand(expression, None)


def _operand(expression: Expression, within: type[And | Or] | None) -> str:
    if isinstance(expression, Term):
        return f"{expression.field}:{quoted(expression.value)}"
    if isinstance(expression, Mail):
        return expression.text
    if isinstance(expression, Not):
        inner = _operand(expression.part, None)
        return f"-({inner})" if isinstance(expression.part, Not) else f"-{inner}"
    text = format_expression(expression)
    # "and" binds tighter than "or": alone it needs no parentheses there.
    return text if within is Or and isinstance(expression, And) else f"({text})"


def quoted(value: str) -> str:
    """A value as it has to be written: with quotes around what would end it."""
    if value and not any(char in '"()' or char.isspace() for char in value):
        return value
    inner = value.replace('"', '""')
    return f'"{inner}"'
