# SPDX-License-Identifier: GPL-2.0-or-later
"""Evaluate a query: from its text to the topics that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.query.expression import (
    And,
    Expression,
    Mail,
    Not,
    Problem,
    Term,
)
from maintainer_kit.model.query.meaning import Known, problem_of
from maintainer_kit.model.query.parsing import parse
from maintainer_kit.model.query.view import View, all_views, expression_of
from maintainer_kit.workflow.query_terms import Terms
from maintainer_kit.workflow.searching import Wanted, What
from maintainer_kit.workflow.stores import Stores

MAX_VIEWS = 5
"""Views within one another."""
Topics = Set[str] | None
"""Ids; None for all topics."""


def read_query(stores: Stores, text: str) -> Expression:
    """The expression of a text, whose terms all mean something here.

    Raises Refused, with the column where it does not.
    """
    return _checked(text, _known(stores, _views(stores)))


def evaluate(stores: Stores, text: str) -> frozenset[str] | None:
    """The topics that a query stands for; None where it stands for all.

    Raises Refused with the column of what cannot be read, by us or by notmuch.
    """
    views = _views(stores)
    known = _known(stores, views)
    found = _Evaluation(stores, views, known).of(_checked(text, known))
    return None if found is None else frozenset(found)


def _views(stores: Stores) -> dict[str, View]:
    return all_views(stores.settings.view)


def _known(stores: Stores, views: dict[str, View]) -> Known:
    return Known(stores.states, tuple(views))


def _checked(text: str, known: Known) -> Expression:
    found = parse(text)
    problem = found if isinstance(found, Problem) else problem_of(found, known)
    if problem is not None:
        raise _refused("query", problem)
    assert not isinstance(found, Problem)
    return found


def _refused(where: str, problem: Problem) -> Refused:
    hint = problem.hint or "docs/queries.md tells what a query is"
    return Refused(f"{where}, column {problem.column}: {problem.message}", hint)


@dataclass
class _Evaluation:
    """One evaluation; what was found is kept for its time."""

    stores: Stores
    views: dict[str, View]
    known: Known
    within: list[str] = field(default_factory=list)
    """The views that are being evaluated, the outermost first."""
    found: dict[str, Topics] = field(default_factory=dict)
    """What views stand for."""

    def of(self, expression: Expression) -> Topics:
        """What an expression stands for; recursion is as deep as its parentheses."""
        if isinstance(expression, Mail):
            return self._by_mail(expression.text, expression.column)
        if isinstance(expression, Term):
            return self._by_term(expression)
        if isinstance(expression, Not):
            return self._without(None, self.of(expression.part))
        if isinstance(expression, And):
            return self._all_of(expression.parts)
        return _either([self.of(part) for part in expression.parts])

    def _all_of(self, parts: Sequence[Expression]) -> Topics:
        """What all of them find; what is not wanted is taken from the rest, so that few sets of
        all topics are in memory at a time."""
        left: Topics = None
        for part in sorted(parts, key=lambda one: isinstance(one, Not)):
            if isinstance(part, Not):
                left = self._without(left, self.of(part.part))
            else:
                left = _both(left, self.of(part))
        return left

    def _without(self, whole: Topics, gone: Topics) -> Topics:
        return frozenset() if gone is None else (self._all if whole is None else whole) - gone

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self.stores.catalogue.topics_by(Wanted(What.ALL)))

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self.stores)

    def _by_mail(self, text: str, column: int) -> Topics:
        with self._at(column):
            message_ids = self.stores.index.search(text)
        return frozenset(self.stores.catalogue.topic_ids(message_ids).values())

    def _by_term(self, term: Term) -> Topics:
        if term.field == "has":
            return self._by_mail(term.value, term.column)
        if term.field == "view":
            return self._by_view(term.value, term.column)
        with self._at(term.column):
            return self._terms.of(term)

    def _by_view(self, name: str, column: int) -> Topics:
        if name in self.found:
            return self.found[name]
        if name in self.within or len(self.within) == MAX_VIEWS:
            way = " > ".join([*self.within, name])
            words = "asks for itself" if name in self.within else "is too deep in others"
            raise _refused(self._where, Problem(f"view {name} {words}: {way}", column))
        self.within.append(name)
        expression = expression_of(self.views[name])
        if problem := problem_of(expression, self.known):
            raise _refused(self._where, problem)
        self.found[name] = self.of(expression)
        self.within.pop()
        return self.found[name]

    @property
    def _where(self) -> str:
        """What columns are counted in."""
        return f"view {self.within[-1]}" if self.within else "query"

    @contextmanager
    def _at(self, column: int) -> Iterator[None]:
        """Say where in the query it stands, what others cannot answer."""
        try:
            yield
        except (NotFound, Refused) as error:
            problem = Problem(error.message, column, error.hint or "")
            raise _refused(self._where, problem) from error


def _both(one: Topics, other: Topics) -> Topics:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _either(parts: list[Topics]) -> Topics:
    some = [one for one in parts if one is not None]
    return frozenset().union(*some) if len(some) == len(parts) else None
