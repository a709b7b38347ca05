# SPDX-License-Identifier: GPL-2.0-or-later
"""What the writer of a reply adds besides comments: trailers, texts of templates."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.message.trailer import NACK, REVIEW_TRAILERS, canonical

NAMES = (*REVIEW_TRAILERS, NACK)
"""Trailers that a reply may give."""
_LONGEST = 200


def trailer_name(word: str) -> str | None:
    """The trailer that a word means: its name in any case, or how that begins (``rev``)."""
    low = word.lower()
    found = [one for one in NAMES if one.lower().startswith(low)] if low else []
    return found[0] if len(found) == 1 else None


def trailer_line(name: str, giver: Person) -> str:
    """``Reviewed-by: Robin Maintainer <robin@lumen.example>``."""
    return f"{canonical(name)}: {giver.name} <{giver.address}>"


def gives_trailer(lines: Sequence[str], name: str) -> bool:
    """Whether one of these lines, quoted ones left out, is a trailer of that name."""
    start = f"{name.lower()}:"
    return any(line.lower().startswith(start) for line in lines)


def filled(template: str, author: str, subject: str, lists: Sequence[str]) -> str:
    """A template with its fields replaced, by nothing but the words: what a mail says is put in as
    it is, and never looked through for fields."""
    values = {"{author}": author, "{subject}": subject, "{lists}": ", ".join(lists)}
    shown = {name: storable(visible_line(value))[:_LONGEST] for name, value in values.items()}
    parts = [template]
    for name in shown:
        parts = [one for part in parts for one in _split(part, name)]
    return "".join(shown.get(part, part) for part in parts).rstrip("\n")


def _split(part: str, name: str) -> list[str]:
    """The part at each field, the fields kept."""
    found: list[str] = []
    for at, one in enumerate(part.split(name)):
        found += [name, one] if at else [one]
    return found
