# SPDX-License-Identifier: GPL-2.0-or-later
"""Which view is on which number key, and which can be shown without evaluating its query."""

from __future__ import annotations

from collections.abc import Mapping

from maintainer_kit.model.query.view import BUILT_IN, View
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.queue.verdict import Turn

NUMBERED = 9
"""So many views have a key of their own; v leads to all."""

_FIRST = ("all", "me", "author", "reviewer", "everything")
_AFTER_OWN = (
    "mine",
    "could-review",
    "delegated",
    "starred",
    "snoozed",
    "accepted",
    "landed",
    "stale",
    "nobodys",
)
_TURNS = {
    "mkit:open": None,
    "mkit:open turn:me": Turn.ME,
    "mkit:open turn:author": Turn.AUTHOR,
    "mkit:open turn:reviewer": Turn.REVIEWER,
}
"""Queries that one look at whose turn it is answers, and of whose turn they ask."""


def in_order(views: Mapping[str, View]) -> tuple[View, ...]:
    """The five parts of the queue, the user's own views, then the other built-in ones."""
    built_in = [view.name for view in BUILT_IN]
    own = [name for name in views if name not in built_in]
    names = dict.fromkeys([*_FIRST, *own, *_AFTER_OWN, *built_in])
    return tuple(views[name] for name in names)


def is_everything(view: View) -> bool:
    """Whether it leaves nothing out."""
    return not view.query


def is_quick(view: View) -> bool:
    """Whether it is shown before a frame is over: its query need not be evaluated."""
    return is_everything(view) or view.query in _TURNS


def part_of(view: View, waiting: Listed) -> Listed:
    """What a quick view holds of all that needs somebody: topic ids with turns."""
    turn = _TURNS[view.query]
    return waiting.of_turn(turn.value) if turn else waiting


def count_part(view: View, waiting: Listed) -> int:
    """How many topics these are."""
    turn = _TURNS[view.query]
    return waiting.count_of(turn.value) if turn else len(waiting)
