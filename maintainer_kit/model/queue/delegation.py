# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to decide about a topic: by the first rule of ``mkit.delegate`` that holds for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import NOBODY, Person, parse_person
from maintainer_kit.model.queue.delegation_conditions import (
    HOLDS,
    Posted,
    Sections,
    no_sections,
    takes_in,
    touched_paths,
)
from maintainer_kit.model.queue.delegation_rules import WHEN, Rule
from maintainer_kit.model.topic.topic import Topic

BY_HAND = "by hand"
BY_RULES, TO_NOBODY = "", "nobody"
"""Values of an event besides a person: as the rules say; nobody, whatever they say."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who is to decide, and who said so."""

    who: Person = NOBODY
    by: str = ""
    """``by hand``, or the rule: ``rule 2: path=fs/erofs/``; empty where nothing was said."""


NOT_DELEGATED = Delegation()


def by_hand(value: str) -> Delegation | None:
    """What a decision says, by the value of its event; None where it leaves it to the rules."""
    if value == BY_RULES:
        return None
    return Delegation(NOBODY if value == TO_NOBODY else parse_person(value), BY_HAND)


def delegate_of(
    topic: Topic,
    rules: Sequence[Rule],
    sections: Sections = no_sections,
    people: People = NO_MAILMAP,
    *,
    away: bool = False,
) -> Delegation:
    """What the first rule that holds says; ``away``: the reader is. Depends on nothing but that and
    the mail, in whatever order it came."""
    posted = Posted(topic, sections, people)
    for rule in rules:
        if holds(rule, posted, away=away):
            return Delegation(rule.who, rule.name)
    return NOT_DELEGATED


def holds(rule: Rule, posted: Posted, *, away: bool = False) -> bool:
    """Whether all conditions of a rule hold: of each kind one."""
    for kind, values in rule.conditions:
        if kind == WHEN:
            if not away:
                return False
        elif not HOLDS[kind](posted, values):
            return False
    return True


__all__ = [
    "BY_HAND",
    "BY_RULES",
    "NOT_DELEGATED",
    "TO_NOBODY",
    "Delegation",
    "Sections",
    "by_hand",
    "delegate_of",
    "holds",
    "no_sections",
    "takes_in",
    "touched_paths",
]
