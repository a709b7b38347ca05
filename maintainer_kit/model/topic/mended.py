# SPDX-License-Identifier: GPL-2.0-or-later
"""Links between postings that a person made or took away: decisions, which a rebuild keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maintainer_kit.model.topic.series import Series


@dataclass(frozen=True, slots=True)
class Mended:
    """What was decided by hand about which postings belong together."""

    joined: Mapping[str, str] = field(default_factory=dict)
    """By Message-ID of a posting's mail that of the posting which it is a revision of."""
    parted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By Message-ID of a posting's mail those of postings that no mail can link it with."""

    def joined_to(self, series: Series) -> str:
        """The Message-ID that a posting was linked to by hand; empty without one."""
        if not self.joined:
            return ""
        # A mail of the posting that came after the decision has no word of its own.
        ids = (one.message_id for one in series.messages)
        return next((self.joined[one] for one in ids if self.joined.get(one)), "")


NOTHING_MENDED = Mended()
