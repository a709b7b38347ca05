# SPDX-License-Identifier: GPL-2.0-or-later
"""States and their shadow, the notmuch tags: which tags a message should bear, and which tags
another client has changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from maintainer_kit.model.decision.state import (
    DEFAULT_STATES,
    NEW,
    SHADOW_MARK,
    TAG_PREFIX,
    States,
    tag_of,
)


@dataclass(frozen=True, slots=True)
class Shadow:
    """What to do about one message's tags."""

    foreign: str
    """The state that another client has given it; empty when nobody did."""
    add: frozenset[str]
    remove: frozenset[str]

    @property
    def is_right(self) -> bool:
        return not (self.foreign or self.add or self.remove)


def reconcile(
    tags: Collection[str],
    written: str | None,
    decided: str | None,
    *,
    shown: bool,
    believe: bool = True,
    states: States = DEFAULT_STATES,
    perhaps: Collection[str] = (),
) -> Shadow:
    """Compare a message's tags with its state.

    ``written`` is the state of the last completed write (None before any decision), ``decided``
    the one that holds now; ``shown`` says whether the message is to bear a state tag at all.
    ``perhaps`` are states that we may have written in between, and were killed before that was
    noted. A state that is none of these was set by somebody else, and wins. No state at all, with
    our mark still there, means that somebody took it away: back to new. ``believe`` is False
    where the tags are known to be old (a database put back from a copy): then nothing is foreign.
    """
    ours = {written or NEW, decided or NEW, *perhaps}
    # A state that we wrote is known by that, even where no setting knows it any more.
    have = states.in_tags(tags) | {name for name in ours if tag_of(name) in tags}
    strange = sorted(have - ours, key=states.rank)
    foreign = strange[0] if strange and believe else ""
    if (
        not have
        and SHADOW_MARK in tags
        and shown
        and (written or NEW) != NEW
        and written == decided
        and believe
    ):
        foreign = NEW
    final = foreign or decided or NEW
    wanted = {SHADOW_MARK, tag_of(final)} if shown else set()
    present = {tag for tag in tags if tag == SHADOW_MARK or tag.startswith(TAG_PREFIX)}
    # Tags under our prefix that name no state are somebody's own: left alone.
    known = {*(state.name for state in states.all), *ours}
    removable = {t for t in present if t == SHADOW_MARK or t[len(TAG_PREFIX) :] in known}
    return Shadow(foreign, frozenset(wanted - present), frozenset(removable - wanted))
