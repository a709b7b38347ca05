# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that say what comes into the queue: ``mkit.intake = ignore|queue CONDITION...``."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache

from maintainer_kit.model.queue.conditions import (
    LIST,
    NO_LIST,
    OF_TOPICS,
    Conditions,
    Dialect,
    told,
    values_of,
)

IGNORE, QUEUE = "ignore", "queue"
_WORDS = (IGNORE, QUEUE)
_EXAMPLE = "git config --global --add mkit.intake 'queue to=patches@example.org'"
_DIALECT = Dialect("mkit.intake", OF_TOPICS, _EXAMPLE)


@dataclass(frozen=True, slots=True)
class IntakeRule:
    """What becomes of that for which all conditions hold."""

    number: int
    """Its place among all rules, counted from 1: the first that holds speaks."""
    ignores: bool
    conditions: Conditions
    words: str
    """The line as it was written."""

    @property
    def name(self) -> str:
        """How it is told: ``rule 2: ignore list=none``."""
        return f"rule {self.number}: {self.words}"

    @property
    def asks_for_none(self) -> bool:
        """Whether it depends on what went to no list."""
        return NO_LIST in values_of(self.conditions, LIST)


@lru_cache(maxsize=4)
def read_intake(lines: tuple[str, ...]) -> tuple[IntakeRule, ...]:
    """The rules of the settings in their order. Raises ConfigError for a line that cannot be
    understood."""
    return tuple(_read_line(line, number) for number, line in enumerate(lines, 1))


def _read_line(line: str, number: int) -> IntakeRule:
    words = _DIALECT.words_of(line)
    verb = words[0] if words else ""
    if verb not in _WORDS:
        near = difflib.get_close_matches(verb, _WORDS, n=1)
        meant = f"did you mean {near[0]}?" if near else _EXAMPLE
        _DIALECT.fail(line, f"begins with neither {IGNORE} nor {QUEUE}", meant)
    if len(words) == 1:
        _DIALECT.fail(line, "has no condition", _EXAMPLE)
    conditions = _DIALECT.read(line, words[1:])
    return IntakeRule(number, verb == IGNORE, conditions, told(words))
