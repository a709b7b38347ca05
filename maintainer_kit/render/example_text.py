# SPDX-License-Identifier: GPL-2.0-or-later
"""Examples of rules as text: only what makes them differ from each other and from a good patch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from maintainer_kit.checks.example import GOOD, Example
from maintainer_kit.model.mail.text import storable, visible_line

_FIELDS = ("subject", "sender", "headers", "body", "trailers", "notes", "diff")
_PARAGRAPHS = ("body", "trailers", "diff")
_MOST_LINES = 30
_LONGEST = 100
_BLANKS_AT_END = re.compile(r"[ \t]+$")
_SHOWN_BLANKS = str.maketrans({" ": "\u2423", "\t": "\u2409"})
_KINDS = {
    "file": "a patch file",
    "commit": "a commit",
    "message": "a commit message in the making",
    "staged": "what is staged",
}


def example_lines(example: Example, other: Example, indent: str = "    ") -> Iterator[str]:
    """The fields in which an example differs from the other one, or from a good patch."""
    if example.kind != "mail":
        yield f"{indent}({_KINDS[example.kind]})"
    if example.hours:
        yield f"{indent}({example.hours} hours later)"
    if example.raw:
        text = example.raw.decode("utf-8", "replace")
        yield from _cut(text.rstrip("\n").split("\n"), indent)
    else:
        yield from _fields(example, other, indent)
    if example.maintainers:
        yield f"{indent}with MAINTAINERS:"
        yield from _cut(example.maintainers.rstrip("\n").split("\n"), indent + "  ")
    for at, one in enumerate(example.rest):
        theirs = other.rest[at] if at < len(other.rest) else GOOD
        yield f"{indent}with, in the same series:"
        yield from example_lines(one, theirs, indent + "  ")
    for one in example.earlier:
        yield f"{indent}after:"
        yield from example_lines(one, GOOD, indent + "  ")


def _fields(example: Example, other: Example, indent: str) -> Iterator[str]:
    shown = [
        name
        for name in _FIELDS
        if getattr(example, name) != getattr(GOOD, name)
        or getattr(example, name) != getattr(other, name)
    ]
    for at, name in enumerate(shown or ["subject"]):
        if at and name in _PARAGRAPHS:
            yield ""
        yield from _field(name, getattr(example, name), indent)


def _field(name: str, value: str | Mapping[str, str], indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        lines = [f"{key}: {text}" if text else f"(no {key})" for key, text in value.items()]
    elif not value:
        lines = [f"(no {_name(name)})"]
    elif name in ("subject", "sender"):
        lines = [f"{_name(name)}: {value}"]
    else:
        lines = [*(["---"] if name == "notes" else []), *value.rstrip("\n").split("\n")]
    yield from _cut(lines, indent)


def _name(field: str) -> str:
    return {"subject": "Subject", "sender": "From"}.get(field, field)


def _cut(lines: list[str], indent: str) -> Iterator[str]:
    """At most so many lines; what nobody would see is made visible."""
    for line in lines[:_MOST_LINES]:
        bare = _BLANKS_AT_END.sub(lambda found: found[0].translate(_SHOWN_BLANKS), line)
        shown = "\t".join(storable(visible_line(part)) for part in bare.split("\t"))
        more = f"\u2026 ({len(line)} characters)" if len(shown) > _LONGEST else ""
        yield f"{indent}{shown[:_LONGEST]}{more}".rstrip()
    if len(lines) > _MOST_LINES:
        yield f"{indent}(and {len(lines) - _MOST_LINES} more lines)"
