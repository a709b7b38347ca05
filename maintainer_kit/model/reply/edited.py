# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply as it is put into an editor, and what comes out: header, blank line, text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from maintainer_kit.model.mail.person import Person, parse_people
from maintainer_kit.model.mail.text import visible_line

_NAMES = ("To", "Cc", "Subject")


class Edited(NamedTuple):
    """What an editor left. A header that is None was taken out, or never there."""

    to: tuple[Person, ...] | None
    cc: tuple[Person, ...] | None
    subject: str | None
    text: str


def to_edit(to: Sequence[Person], cc: Sequence[Person], subject: str, text: str) -> str:
    """What the editor shows."""
    head = [
        f"To: {_listed(to)}",
        f"Cc: {_listed(cc)}",
        f"Subject: {visible_line(subject)}",
    ]
    return "\n".join([*head, "", text])


def _listed(people: Sequence[Person]) -> str:
    """One a line, names in quotes where they are no plain words (RFC 5322, 3.2.4)."""
    return ",\n ".join(_shown(one) for one in people)


def _shown(one: Person) -> str:
    name = visible_line(one.name)
    if not name:
        return one.address
    is_plain = all(char.isalnum() or char in " -'" or not char.isascii() for char in name)
    words = name if is_plain else '"{}"'.format(name.replace("\\", "").replace('"', "'"))
    return f"{words} <{one.address}>"


def read_edited(edited: str) -> Edited:
    """Read it back; without a header at the top all of it is text."""
    head, _, text = edited.replace("\r\n", "\n").partition("\n\n")
    fields = dict(_fields(head))
    if not fields or not head.startswith(tuple(f"{name}:" for name in _NAMES)):
        return Edited(None, None, None, edited)
    return Edited(
        parse_people(fields["To"]) if "To" in fields else None,
        parse_people(fields["Cc"]) if "Cc" in fields else None,
        fields.get("Subject"),
        text,
    )


def _fields(head: str) -> Iterator[tuple[str, str]]:
    name, words = "", ""
    for line in head.split("\n"):
        if line[:1] in (" ", "\t"):
            words += f" {line.strip()}"
            continue
        if name in _NAMES:
            yield name, words
        name, _, rest = line.partition(":")
        words = rest.strip()
    if name in _NAMES:
        yield name, words
