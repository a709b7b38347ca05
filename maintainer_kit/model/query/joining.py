# SPDX-License-Identifier: GPL-2.0-or-later
"""Put together what stands together: all that is notmuch's in one place becomes one search."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.query.expression import Expression, Mail, Not


@dataclass(frozen=True, slots=True)
class Item:
    """One of several words side by side."""

    expression: Expression
    sign: str = ""
    """``-``, ``+`` or nothing."""

    @property
    def is_negative(self) -> bool:
        return self.sign == "-"


def run_of(items: Sequence[Item]) -> list[Expression]:
    """Words side by side: our terms, and in the place of the first of notmuch's all of these."""
    mails: list[tuple[Item, Mail]] = []
    parts: list[Expression] = []
    for item in items:
        found = item.expression
        if not isinstance(found, Mail):
            parts.append(Not(found) if item.is_negative else found)
            continue
        if not mails:
            parts.append(found)
        mails.append((item, found))
    if mails:
        first = mails[0][1]
        parts[parts.index(first)] = Mail(_run_text(mails), first.column)
    return parts


def _run_text(mails: Sequence[tuple[Item, Mail]]) -> str:
    """The words as notmuch is to see them.

    Xapian passes over a ``-`` with nothing before it, and takes one after an operator for the
    negation of all that follows: what is left out goes last, or, alone, behind ``not``.
    """
    wanted = [item.sign + mail.text for item, mail in mails if not item.is_negative]
    unwanted = [mail.text for item, mail in mails if item.is_negative]
    if not wanted:
        alternatives = " or ".join(unwanted)
        return f"not ({alternatives})" if len(unwanted) > 1 else f"not {alternatives}"
    if not mails[0][0].is_negative:
        return " ".join(item.sign + mail.text for item, mail in mails)
    return " ".join([*wanted, *(f"-{text}" for text in unwanted)])


def united(parts: Sequence[Expression]) -> tuple[Expression, ...]:
    """Operands of ``and``, notmuch's in one search."""
    return _gathered(parts, " and ")


def alternatives(parts: Sequence[Expression]) -> tuple[Expression, ...]:
    """Operands of ``or``, likewise."""
    return _gathered(parts, " or ")


def exclusive(parts: Sequence[Expression]) -> Expression:
    """Operands of ``xor``, all of them notmuch's."""
    return _gathered(parts, " xor ")[0]


def _gathered(parts: Sequence[Expression], word: str) -> tuple[Expression, ...]:
    mails = [(at, one) for at, one in enumerate(parts) if isinstance(one, Mail)]
    if len(mails) < 2:
        return tuple(parts)
    first, mail = mails[0]
    whole = Mail(word.join(one.text for _, one in mails), mail.column)
    kept = [one for one in parts if not isinstance(one, Mail)]
    return (*kept[:first], whole, *kept[first:])
