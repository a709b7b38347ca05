# SPDX-License-Identifier: GPL-2.0-or-later
"""States a person can set on a patch: Patchwork's names, in the order of their progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

TAG_PREFIX = "mkit/"
"""notmuch tags of states begin so: ``mkit/accepted``."""

SHADOW_MARK = "mkit"
"""The tag on each message that carries, or carried, a state tag: with it left behind alone,
somebody took the state away; without it, the message was indexed afresh and lost its tags."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of the vocabulary."""

    name: str
    rank: int
    """Progress; a topic is as far as its least advanced patch."""
    needs_action: bool
    """Whether somebody has still to do something."""
    computed: bool = False
    """Follows from facts and cannot be set."""


NEW = "new"
SUPERSEDED = "superseded"

_STATES = (
    State("new", 0, True),
    State("under-review", 1, True),
    State("changes-requested", 2, True),
    State("rfc", 3, True),
    State("awaiting-upstream", 4, False),
    State("deferred", 5, False),
    State("accepted", 6, False),
    State("not-applicable", 7, False),
    State("rejected", 8, False),
    State(SUPERSEDED, 9, False, computed=True),
)

STATES = {state.name: state for state in _STATES}
SETTABLE = tuple(state.name for state in _STATES if not state.computed)


def near_states(word: str) -> list[str]:
    """Names that a misspelt state may have meant."""
    low = word.lower().replace("_", "-").replace(" ", "-")
    starts = [name for name in SETTABLE if low and name.startswith(low)]
    return starts or get_close_matches(low, SETTABLE, n=3, cutoff=0.5)


def least_advanced(states: Iterable[str]) -> str:
    """The state of a topic with patches in these states; ``new`` for none."""
    return min(states, key=lambda name: STATES[name].rank if name in STATES else 0, default=NEW)


def tag_of(state: str) -> str:
    """The notmuch tag of a state."""
    return TAG_PREFIX + state


def states_in(tags: Iterable[str]) -> frozenset[str]:
    """The states that a message's tags name; tags of ours that name none are left out."""
    names = (tag[len(TAG_PREFIX) :] for tag in tags if tag.startswith(TAG_PREFIX))
    return frozenset(name for name in names if name in SETTABLE)
