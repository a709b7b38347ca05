# SPDX-License-Identifier: GPL-2.0-or-later
"""What decisions will make of the queue, while the catalogue cannot be written to.

An import or a sync writes to it for seconds at a time; a decision is taken once the journal has it.
"""

from __future__ import annotations

from collections.abc import Mapping

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.decision.event import Group
from maintainer_kit.model.queue.standing import Standing


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Decisions of the journal that the catalogue does not tell yet."""

    groups: tuple[Group, ...] = ()
    standings: Mapping[str, Standing] = field(default_factory=dict)
    """What they make of topics, by id."""


NOTHING_FORESEEN = Foreseen()
