# SPDX-License-Identifier: GPL-2.0-or-later
"""How a query that is being typed may go on: fields first, then values of a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.decision.state import DEFAULT_STATES, States
from maintainer_kit.model.query.expression import quoted
from maintainer_kit.model.query.fields import FIELDS, LANDED, ME, NOBODY, NOTMUCH, PROPERTIES
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.model.topic.kind import TopicKind

Values = Mapping[str, Sequence[str]]
"""Values of fields, the likeliest first."""

_ENDS = frozenset('()"')
_SIGNS = "+-"
_AGES = ("<1d", "<1w", ">1w", ">30d", "1w..4w")


def known_values(
    states: States = DEFAULT_STATES, views: Sequence[str] = ()
) -> dict[str, list[str]]:
    """Values that do not depend on the mail."""
    return {
        "state": [state.name for state in states.all],
        "turn": [turn.value for turn in Turn],
        "kind": [kind.value for kind in TopicKind],
        "mkit": [one.value for one in PROPERTIES],
        "landed": list(LANDED),
        "view": list(views),
        "delegate": [ME, NOBODY],
        "author": [ME],
        "by": [ME],
        "age": list(_AGES),
    }


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in the place of the word at the cursor."""

    start: int
    """Where that word begins; it ends at the cursor."""
    words: tuple[str, ...]
    """The likeliest first; none where nothing is known."""


def complete(text: str, at: int, values: Values) -> Completion:
    """How the word that ends at character ``at`` may go on."""
    start = _word_start(text, at)
    word = text[start:at]
    name, colon, begun = word.partition(":")
    if colon:
        known = values.get(name, ())
        found = (f"{name}:{quoted(one)}" for one in known if _begins(one, begun.lstrip('"')))
    else:
        found = (f"{one}:" for one in _fields() if _begins(one, word))
    return Completion(start, tuple(found))


def _word_start(text: str, at: int) -> int:
    """Behind the last blank or parenthesis outside of quotes, and behind a sign."""
    start, is_quoted = 0, False
    for place, char in enumerate(text[:at]):
        if char == '"':
            is_quoted = not is_quoted
        elif not is_quoted and (char.isspace() or char in _ENDS):
            start = place + 1
    return start + 1 if text[start : start + 1] in (*_SIGNS,) and start < at else start


def _begins(name: str, begun: str) -> bool:
    return name.casefold().startswith(begun.casefold())


def _fields() -> Iterator[str]:
    """Ours first: what they mean is told by mkit's own help."""
    yield from FIELDS
    yield from sorted(NOTMUCH)
