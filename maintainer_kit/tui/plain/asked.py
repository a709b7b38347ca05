# SPDX-License-Identifier: GPL-2.0-or-later
"""A line that was typed in the linear mode: an action of the table, of what, with which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.tui.actions import Action
from maintainer_kit.tui.keys import Keymap, read_key

_CALL = re.compile(r"(?:app\.)?(\w+)(?:\('?([^')]*)'?\))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """``state 3 5 deferred``: an action, numbers of what it is about, and the rest."""

    action: Action
    numbers: tuple[int, ...] = ()
    text: str = ""

    @property
    def does(self) -> str:
        """What the table calls for, without its argument: ``decide``."""
        found = _CALL.fullmatch(self.action.call)
        return found[1] if found else ""

    @property
    def argument(self) -> str:
        """What it is called with: ``accepted``; empty without any."""
        found = _CALL.fullmatch(self.action.call)
        return (found[2] or "") if found else ""

    @property
    def step(self) -> int:
        """The argument of what moves."""
        return int(self.argument or 0)


def read_asked(line: str, actions: Sequence[Action], keymap: Keymap) -> Asked | None:
    """What a line asks for by an action's name, or by its key; None where it is neither."""
    word, *rest = line.split()
    action = _named(word, actions, keymap)
    if action is None:
        return None
    numbers = []
    while rest and rest[0].isdecimal() and len(rest[0]) < 7:
        numbers.append(int(rest.pop(0)))
    return Asked(action, tuple(numbers), " ".join(rest))


def _named(word: str, actions: Sequence[Action], keymap: Keymap) -> Action | None:
    for one in actions:
        if one.name == word:
            return one
    key = read_key(word)
    if key is None:
        return None
    return next((one for one in actions if key in _keys(one, keymap)), None)


def _keys(one: Action, keymap: Keymap) -> list[str]:
    return keymap.get(one.name, one.keys).split(",")
