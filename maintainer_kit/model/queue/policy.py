# SPDX-License-Identifier: GPL-2.0-or-later
"""What the user has set about decisions: states, delegates, and what is confidential."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.decision.state import DEFAULT_STATES, States
from maintainer_kit.model.queue.delegation import Sections, no_sections
from maintainer_kit.model.queue.delegation_rules import Rule


@dataclass(frozen=True, slots=True)
class Policy:
    """What decisions mean to this user."""

    states: States = DEFAULT_STATES
    rules: tuple[Rule, ...] = ()
    """Who is to decide what nobody has delegated by hand."""
    sections: Sections = no_sections
    """What these rules ask of MAINTAINERS."""
    away: bool = False
    """The reader is away; so some rules hold."""
    confidential: frozenset[str] = frozenset()
    """Lists whose topics are confidential, in the form of a List-Id."""


DEFAULT_POLICY = Policy()
