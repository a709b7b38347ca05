# SPDX-License-Identifier: GPL-2.0-or-later
"""Where sources stand, and up to where the catalogue has followed them.

Apart from the other records, because a sync that finds nothing new needs only these: such a sync
runs at the start of every verb, and is mostly imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass

if TYPE_CHECKING:
    from maintainer_kit.model.decision.event import Group


@dataclass(frozen=True, slots=True)
class Revision:
    """Where an index stands: its uuid and its counter of modifications."""

    uuid: str
    lastmod: int


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where the catalogue has followed its sources."""

    index: Revision
    journal: str
    """Opaque mark of the journal."""
    reader: str
    """Opaque mark of the settings that turns depend on."""


@dataclass(frozen=True, slots=True)
class JournalView:
    """The journal, or what came to it since a mark."""

    groups: tuple[Group, ...]
    marks: frozenset[tuple[str, str]]
    """Groups whose tags have been written, each with the uuid of the index they are in: a merged
    or restored journal speaks of other indexes too."""
    mark: str
    """Where it ends now."""
    is_whole: bool
    """All of it, not only what is new."""

    def written(self, uuid: str) -> frozenset[str]:
        """Groups whose tags are in that index."""
        return frozenset(group for group, index in self.marks if index == uuid)
