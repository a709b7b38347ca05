# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of the queue in a form of the user's: ``{id} {state:<12} {subject:.60}``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.row import UNDECIDED, TopicRow
from maintainer_kit.model.queue.turn import Turn, Verdict
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.render.cells import cell_width
from maintainer_kit.render.json_topics import row_json

MAX_WIDTH = 1000
"""Cells of one field."""
# A doubled brace, a field, another brace, an escape, or what stands for itself.
_PART = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]|\\.?|[^{}\\]+", re.DOTALL)
_FIELD = re.compile(r"\{([a-z_]+)(?::([<>]?)([0-9]{0,4})(?:\.([0-9]{1,4}))?)?\}")
_LITERALS = {"{{": "{", "}}": "}", "\\n": "\n", "\\t": "\t", "\\\\": "\\"}


class NoTemplate(ValueError):
    """Why a text is no template, for its user."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a row."""

    name: str
    to_the_right: bool = False
    width: int = 0
    """At least so many cells."""
    most: int | None = None
    """At most so many."""

    def text(self, values: dict[str, Any]) -> str:
        """The value in its cells."""
        text = visible_line(_words(values[self.name]))
        if self.most is not None and cell_width(text) > self.most:
            text = _begin(text, self.most)
        blanks = " " * (self.width - cell_width(text))
        return blanks + text if self.to_the_right else text + blanks


Template = tuple[str | Field, ...]


def read_template(text: str) -> Template:
    """The template of a text: fields have the names that ``list --json`` gives them; ``{{`` and
    ``}}`` stand for braces, ``\\n`` and ``\\t`` for an end of line and a tab.

    Raises NoTemplate.
    """
    return tuple(_part(one) for one in _PART.findall(text))


def _part(text: str) -> str | Field:
    if text in _LITERALS:
        return _LITERALS[text]
    if text[0] == "\\":
        raise NoTemplate(f"{text} means nothing: there are \\n, \\t and \\\\")
    if text[0] not in "{}":
        return text
    found = _FIELD.fullmatch(text)
    if found is None:
        raise NoTemplate(f"{text} is no field: write {{NAME}} or {{NAME:<12.60}}, {{{{ for a brace")
    name, side, width, most = found.groups()
    if name not in names():
        near = get_close_matches(name, names(), n=3, cutoff=0.6)
        meant = f"did you mean {', '.join(near)}? " if near else ""
        raise NoTemplate(f"there is no field {name}: {meant}there are {', '.join(names())}")
    if max(int(width or 0), int(most or 0)) > MAX_WIDTH:
        raise NoTemplate(f"{text} is wider than {MAX_WIDTH}")
    return Field(name, side == ">", int(width or 0), int(most) if most else None)


@cache
def names() -> tuple[str, ...]:
    """What fields there are: those of a row of ``list --json``."""
    nothing = Verdict(Turn.NOBODY, "")
    kind = TopicKind.DISCUSSION.value
    row = TopicRow("", kind, "", "", "", "", (), 0, 0, 0, 0, 0, (), (), (), nothing, UNDECIDED)
    return tuple(row_json(row))


def formatted(rows: Iterable[TopicRow], template: Template) -> Iterator[str]:
    """The text of each row; what mails say cannot break its line."""
    for row in rows:
        values = row_json(row)
        yield "".join(one if isinstance(one, str) else one.text(values) for one in template)


def _begin(text: str, cells: int) -> str:
    """As much of a text as goes into so many cells; unmarked, as scripts cut ids so."""
    used = 0
    for at, char in enumerate(text):
        used += cell_width(char)
        if used > cells:
            return text[:at]
    return text


def _words(value: Any) -> str:
    """A value of JSON as a word: lists and counts with commas, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ",".join(f"{name}={_words(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ",".join(map(_words, value))
    return str(value)
