# SPDX-License-Identifier: GPL-2.0-or-later
"""What decisions make of a topic."""

from __future__ import annotations

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.decision.snooze import AWAKE, Snooze
from maintainer_kit.model.queue.verdict import Verdict

CONFIDENTIAL = "yes"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decisions make of a topic; no field of it depends on the clock."""

    state: str
    """That of the least advanced patch of the newest complete view."""
    states: tuple[tuple[str, int], ...]
    """How many patches are in each state, by name."""
    archived: bool
    verdict: Verdict
    """Whose turn it is, were it not snoozed."""
    delegate: str = ""
    """Who is to decide: ``Name <address>``, or one of both; empty for nobody in particular."""
    delegated_by: str = ""
    """``by hand``, or the words of the rule that names the delegate."""
    snooze: Snooze = AWAKE
    starred: bool = False
    attention: str = ""
    """``watch``, ``mute`` or nothing."""
    confidential: str = ""
    """``yes``, or ``until:TIME`` (ISO 8601, UTC) where that is decided; empty for a topic that is
    public."""
    notes: tuple[str, ...] = ()
    ignored: str = ""
    """The rule of intake that keeps it out of the queue, in which it would be else; or empty."""
