# SPDX-License-Identifier: GPL-2.0-or-later
"""States a person can set on a patch: Patchwork's names in the order of their progress, and what
the user's settings add to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from maintainer_kit.errors import ConfigError
from maintainer_kit.lazy.dataclass import dataclass, replace

TAG_PREFIX = "mkit/"
"""notmuch tags of states begin so: ``mkit/accepted``."""

SHADOW_MARK = "mkit"
"""The tag on each message that carries, or carried, a state tag: with it left behind alone,
somebody took the state away; without it, the message was indexed afresh and lost its tags."""

COLOURS = ("green", "yellow", "red", "accent", "grey")
"""What a screen can draw a state in, beside the text's own colour."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of the vocabulary."""

    name: str
    needs_action: bool
    """Whether somebody has still to do something."""
    colour: str = ""
    """One of ``COLOURS``; empty for the text's own."""
    computed: bool = False
    """Follows from facts and cannot be set."""
    may_become: tuple[str, ...] = ()
    """States that may follow it; () where all may."""


NEW = "new"
CHANGES_REQUESTED = "changes-requested"
ACCEPTED = "accepted"
SUPERSEDED = "superseded"

_BUILT_IN = (
    State(NEW, True),
    State("under-review", True, "yellow"),
    State(CHANGES_REQUESTED, True, "yellow"),
    State("rfc", True),
    State("awaiting-upstream", False, "green"),
    State("deferred", False),
    State(ACCEPTED, False, "green"),
    State("not-applicable", False),
    State("rejected", False, "red"),
    State(SUPERSEDED, False, computed=True),
)


class States:
    """The vocabulary: what states there are, in the order of their progress."""

    def __init__(self, states: Sequence[State]) -> None:
        self.all = tuple(states)
        self._by_name = {state.name: (rank, state) for rank, state in enumerate(states)}

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> State:
        return self._by_name[name][1]

    @cached_property
    def settable(self) -> tuple[str, ...]:
        """Names that a person may set."""
        return tuple(state.name for state in self.all if not state.computed)

    def needs_action(self, name: str) -> bool:
        """Whether a state leaves something to do. One that is unknown, as a setting that is gone
        leaves it behind, hides nothing."""
        return name not in self or self[name].needs_action

    def rank(self, name: str) -> int:
        """Progress; a state that is unknown comes first, so that it is seen."""
        return self._by_name[name][0] if name in self else -1

    def least_advanced(self, names: Iterable[str]) -> str:
        """The state of a topic with patches in these states; ``new`` for none."""
        return min(names, key=self.rank, default=NEW)

    def in_tags(self, tags: Iterable[str]) -> frozenset[str]:
        """The states that a message's tags name; tags of ours that name none are left out."""
        names = (tag[len(TAG_PREFIX) :] for tag in tags if tag.startswith(TAG_PREFIX))
        return frozenset(name for name in names if name in self and not self[name].computed)

    def near(self, word: str) -> list[str]:
        """Names that a misspelt state may have meant."""
        low = spelt(word)
        from difflib import get_close_matches  # most words are spelt right

        starts = [name for name in self.settable if low and name.startswith(low)]
        return starts or get_close_matches(low, self.settable, n=3, cutoff=0.5)


DEFAULT_STATES = States(_BUILT_IN)


def spelt(word: str) -> str:
    """A state's name as we write it: Patchwork's ``Under Review`` and NIPA's ``needs_ack`` too."""
    return word.strip().lower().replace("_", "-").replace(" ", "-")


def tag_of(state: str) -> str:
    """The notmuch tag of a state."""
    return TAG_PREFIX + state


@lru_cache(maxsize=8)
def read_states(lines: tuple[str, ...]) -> States:
    """The vocabulary with what ``mkit.state`` adds: ``NAME [after=STATE] [action=yes|no]
    [colour=C] [next=A,B]`` each. The name of a known state changes that one.

    Raises ConfigError.
    """
    if not lines:
        return DEFAULT_STATES
    order = list(_BUILT_IN)
    for line in lines:
        _add(order, line)
    states = States(order)
    for state in order:
        for name in state.may_become:
            if name not in states.settable:
                raise _wrong(f"{state.name} next={name}", f"there is no state {name}")
    return states


def _add(order: list[State], line: str) -> None:
    name, options = _options(line)
    at = next((number for number, state in enumerate(order) if state.name == name), None)
    if at is None:
        changed = _changed(State(name, True), options, line)
    else:
        if order[at].computed:
            raise _wrong(line, f"{name} follows from the mail")
        changed = _changed(order.pop(at), options, line)
    place = order.index(next(one for one in order if one.computed)) if at is None else at
    if "after" in options:
        after = spelt(options["after"])
        names = [state.name for state in order]
        if after not in names:
            raise _wrong(line, f"there is no state {after} before it")
        place = names.index(after) + 1
    order.insert(place, changed)


def _options(line: str) -> tuple[str, dict[str, str]]:
    import shlex  # few add states

    try:
        words = shlex.split(line)
    except ValueError as error:
        raise _wrong(line, str(error)) from error
    name = spelt(words[0]) if words else ""
    if not name[:1].isalpha() or not name.replace("-", "").isalnum() or not name.isascii():
        raise _wrong(line, "a state's name is of letters, digits and dashes")
    options = dict(word.partition("=")[::2] for word in words[1:])
    unknown = sorted(set(options) - {"after", "action", "colour", "color", "next"})
    if unknown:
        raise _wrong(line, f"{unknown[0]}= means nothing")
    return name, options


def _changed(state: State, options: dict[str, str], line: str) -> State:
    colour = options.get("colour", options.get("color", state.colour))
    if colour and colour not in COLOURS:
        raise _wrong(line, f"colour= is one of {', '.join(COLOURS)}")
    action = options.get("action")
    if action not in (None, "yes", "no"):
        raise _wrong(line, "action= is yes or no")
    needs = state.needs_action if action is None else action == "yes"
    given = options.get("next")
    follow = (
        state.may_become if given is None else tuple(map(spelt, filter(None, given.split(","))))
    )
    return replace(state, needs_action=needs, colour=colour, may_become=follow)


def _wrong(line: str, reason: str) -> ConfigError:
    return ConfigError(
        f"mkit.state {line!r}: {reason}",
        'git config --add mkit.state "needs-ack after=under-review action=yes colour=yellow"',
    )
