# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``list`` shows: options, a view and a query together; and how much each view holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.lazy.dataclass import dataclass, replace
from maintainer_kit.workflow.reading import lines, select
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # most lists have neither query nor view: see position.py
    from maintainer_kit.model.query.view import View
    from maintainer_kit.model.queue.line import Line


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked for; empty fields do not restrict."""

    states: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    view: str = ""
    delegate: str = ""
    query: str = ""
    everything: bool = False
    """Also what needs nobody, where nothing else says so."""
    ignored: bool = False
    """What rules of intake keep out of the queue."""


def listed(stores: Stores, listing: Listing) -> list[str]:
    """Ids of the topics that are asked for, in the order of the queue.

    Only open ones, unless a state, a turn or a view is named, in the query too. Raises NotFound for
    an unknown view, Refused for a query that cannot be read.
    """
    return [topic_id for topic_id, _ in select(stores, _wanted(stores, listing), listing.query)]


def listed_lines(stores: Stores, listing: Listing) -> list[Line]:
    """What lists show of the same topics."""
    return lines(stores, _wanted(stores, listing), listing.query)


def _wanted(stores: Stores, listing: Listing) -> Selection:
    """All that the query does not say."""
    wanted = Selection(
        states=listing.states, turns=listing.turns, open_only=is_open_only(stores, listing)
    )
    if listing.view or listing.delegate or listing.ignored:
        wanted = replace(wanted, topic_ids=_by_options(stores, listing))
    return wanted


def is_open_only(stores: Stores, listing: Listing) -> bool:
    """Whether what needs nobody is left out."""
    if listing.everything or listing.states or listing.turns or listing.view or listing.ignored:
        return False
    return not (listing.query and _says_standing(stores, listing.query))


def _says_standing(stores: Stores, query: str) -> bool:
    from maintainer_kit.model.query.meaning import says_standing
    from maintainer_kit.workflow.query import read_query

    return says_standing(read_query(stores, query))


def _by_options(stores: Stores, listing: Listing) -> frozenset[str] | None:
    """What the options ask that queries can ask, too; None for everything."""
    from maintainer_kit.model.query.expression import And, Term, format_expression
    from maintainer_kit.workflow.query import evaluate

    terms = []
    if listing.view:
        terms.append(Term("view", find_view(stores, listing.view).name))
    if listing.delegate:
        terms.append(Term("delegate", listing.delegate))
    if listing.ignored:
        terms.append(Term("mkit", "ignored"))
    return evaluate(stores, format_expression(And(tuple(terms))))


def find_view(stores: Stores, name: str) -> View:
    """A view by its name. Raises NotFound, with what was near."""
    from maintainer_kit.model.query.view import all_views

    views = all_views(stores.settings.view)
    if name not in views:
        from difflib import get_close_matches

        near = get_close_matches(name, views, n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "mkit views"
        raise NotFound(f"there is no view {name}", hint)
    return views[name]


@dataclass(frozen=True, slots=True)
class Holding:
    """A view with what it holds now."""

    view: View
    topics: int | None
    """None where it cannot be told."""
    why: str = ""
    """Why not."""


def holdings(stores: Stores) -> Iterator[Holding]:
    """All views, the built-in ones first."""
    from maintainer_kit.model.query.view import all_views

    for view in all_views(stores.settings.view).values():
        try:
            yield Holding(view, len(listed(stores, Listing(view=view.name))))
        except (NotFound, Refused) as error:
            yield Holding(view, None, error.message)
