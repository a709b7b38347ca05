# SPDX-License-Identifier: GPL-2.0-or-later
"""Give topics to people, or back to the rules; and what the rules come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.maintainers import Maintainers
from maintainer_kit.model.queue.delegation import BY_HAND, BY_RULES, TO_NOBODY
from maintainer_kit.model.queue.delegation_rules import ANY_SECTION, SECTION, WHEN, Rule
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.decide import Plan
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import select
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target

_BATCH = 500


class Spoken(NamedTuple):
    """How many open topics are delegated by what."""

    rules: tuple[tuple[Rule, int], ...]
    """Each rule, in its order, with the topics that it speaks for."""
    by_hand: int
    by_nobody: int
    """Of which no rule speaks, and that nobody has given to anybody."""


def plan_delegate(who: Person | None, targets: Sequence[Target]) -> Plan:
    """Give the topics of targets to somebody; to NOBODY, whatever rules say; or, for None, to
    whomever the rules name. Each topic once, on the message that was named or the root."""
    value = BY_RULES if who is None else str(who) if who.address else TO_NOBODY
    about: dict[str, str] = {}
    for target in targets:
        about.setdefault(target.row.id, target.about)
    return Plan(tuple(Event(EventKind.DELEGATE, one, value) for one in about.values()))


def spoken(stores: Stores) -> Spoken:
    """What the rules come to on the topics that need somebody."""
    rules = stores.policy.rules
    counts: Counter[str] = Counter()
    for batch in batched([one for one, _ in select(stores, Selection())], _BATCH):
        counts.update(row.standing.delegated_by for row in stores.catalogue.rows(batch))
    told = tuple((rule, counts[rule.name]) for rule in rules)
    return Spoken(told, counts[BY_HAND], counts[""])


def remarks(rule: Rule, maintainers: Callable[[], Iterable[Maintainers]]) -> tuple[str, ...]:
    """Why a rule cannot hold as it may seem: it needs something else too. ``maintainers`` reads
    MAINTAINERS; asked only for a rule that names a section."""
    found = []
    if rule.has(WHEN):
        found.append("only while you are away")
    if rule.has(SECTION, ANY_SECTION):
        titles = {section.title.lower() for one in maintainers() for section in one.sections}
        wanted = dict(rule.conditions)
        names = (*wanted.get(SECTION, ()), *wanted.get(ANY_SECTION, ()))
        if not titles:
            found.append("no repository of mkit.repository has a MAINTAINERS")
        else:
            found.extend(
                f"MAINTAINERS has no section {one!r}" for one in names if one not in titles
            )
    return tuple(found)
