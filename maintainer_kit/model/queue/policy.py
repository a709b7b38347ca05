# SPDX-License-Identifier: GPL-2.0-or-later
"""What the user has set about decisions: states, delegates, what is confidential, and
what comes into the queue."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.decision.state import DEFAULT_STATES, States
from maintainer_kit.model.queue.delegation import Sections, no_sections
from maintainer_kit.model.queue.delegation_rules import Rule
from maintainer_kit.model.queue.intake import NO_LISTS, Lists
from maintainer_kit.model.queue.intake_rules import IntakeRule


@dataclass(frozen=True, slots=True)
class Policy:
    """What decisions mean to this user."""

    states: States = DEFAULT_STATES
    rules: tuple[Rule, ...] = ()
    """Who is to decide what nobody has delegated by hand."""
    sections: Sections = no_sections
    """What these rules, and those of intake, ask of MAINTAINERS."""
    away: bool = False
    """The reader is away; so some rules hold."""
    confidential: frozenset[str] = frozenset()
    """Lists whose topics are confidential, in the form of a List-Id."""
    intake: tuple[IntakeRule, ...] = ()
    """What comes into the queue, and what is kept out of it."""
    lists: Lists = NO_LISTS
    """What these rules ask of other mail."""


DEFAULT_POLICY = Policy()
