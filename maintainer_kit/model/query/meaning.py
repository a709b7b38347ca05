# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the values of a query's terms mean something; what was near where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from maintainer_kit.model.decision.state import DEFAULT_STATES, States, spelt
from maintainer_kit.model.query.expression import Expression, Problem, Term, terms_of
from maintainer_kit.model.query.fields import Property
from maintainer_kit.model.query.glob import MAX_GLOB
from maintainer_kit.model.query.values import read_age, read_numbers
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.model.topic.kind import TopicKind

_TURNS = tuple(turn.value for turn in Turn)
_KINDS = tuple(kind.value for kind in TopicKind)
_PROPERTIES = tuple(one.value for one in Property)


@dataclass(frozen=True, slots=True)
class Known:
    """Names that terms may use, as the user has set them."""

    states: States = DEFAULT_STATES
    views: tuple[str, ...] = ()


def problem_of(expression: Expression, known: Known) -> Problem | None:
    """The first term, from left to right, whose value means nothing; None where all mean
    something."""
    found = (_look(term, known) for term in terms_of(expression))
    return next((one for one in found if one), None)


def _look(term: Term, known: Known) -> Problem | None:
    value = term.value
    if term.field == "state" and spelt(value) not in known.states:
        names = [state.name for state in known.states.all]
        return _unknown(term, "state", names, known.states.near(value))
    if term.field == "turn" and value not in _TURNS:
        return _unknown(term, "turn", _TURNS)
    if term.field == "kind" and value not in _KINDS:
        return _unknown(term, "kind", _KINDS)
    if term.field == "mkit" and value not in _PROPERTIES:
        return _unknown(term, "property", _PROPERTIES)
    if term.field == "view" and value not in known.views:
        return _unknown(term, "view", known.views)
    if term.field == "age" and read_age(value) is None:
        return _wrong(term, "is no age", "write age:>30d, age:<2w or age:30d..90d; h d w m y")
    if term.field == "revision" and read_numbers(value) is None:
        return _wrong(term, "is no number", "write revision:3, revision:>2 or revision:2..3")
    if term.field == "file" and len(value) > MAX_GLOB:
        return _wrong(term, f"has more than {MAX_GLOB} characters", "")
    return None


def _unknown(
    term: Term, noun: str, names: Sequence[str], near: Iterable[str] | None = None
) -> Problem:
    close = list(near or get_close_matches(term.value, names, n=3, cutoff=0.5))
    hint = f"did you mean {', '.join(close)}?" if close else f"there are {', '.join(names)}"
    return Problem(f"no {noun} {term.value}", _value_column(term), hint)


def _wrong(term: Term, words: str, hint: str) -> Problem:
    return Problem(f"{term.value!r} {words}", _value_column(term), hint)


def _value_column(term: Term) -> int:
    return term.column + len(term.field) + 1


_ABOUT_STANDING = frozenset({"state", "turn", "topic", "view", "landed"})
_STANDINGS = frozenset(
    {
        Property.OPEN,
        Property.ARCHIVED,
        Property.SNOOZED,
        Property.MUTED,
        Property.IGNORED,
        Property.STALE,
        Property.UNREVIEWED,
        Property.COULD_REVIEW,
    }
)


def says_standing(expression: Expression) -> bool:
    """Whether a query itself says which topics it wants, open or not: then a list of open ones
    leaves the choice to it."""
    return any(
        term.field in _ABOUT_STANDING or (term.field == "mkit" and term.value in _STANDINGS)
        for term in terms_of(expression)
    )
