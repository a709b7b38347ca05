# SPDX-License-Identifier: GPL-2.0-or-later
"""What topics can be looked for by in the catalogue: see ``Catalogue.topics_by``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maintainer_kit.model.query.values import ANY, Span


class What(StrEnum):
    """What of a topic is looked at."""

    ALL = "all"
    ID = "id"
    """Whether it begins with the word."""
    KIND = "kind"
    STATE = "state"
    ARCHIVED = "archived"
    STARRED = "starred"
    ATTENTION = "attention"
    """``watch`` or ``mute``."""
    CONFIDENTIAL = "confidential"
    IGNORED = "ignored"
    """Whether a rule of intake keeps it out of the queue."""
    UPDATED = "updated"
    """Seconds since the epoch, of the newest mail."""
    REVISION = "revision"
    """The newest one's number; what is no series has none."""
    LANDED = "landed"
    """Of a series: ``yes`` where all patches are in a branch, ``part`` where some are, ``no``."""
    LIST = "list"
    """Its List-Id in small letters, or how that begins, up to a dot."""
    MARK = "mark"
    TRAILER = "trailer"
    """The name of a review trailer that the newest patches have."""
    AUTHOR = "author"
    """Words of the author or submitter, each of them."""
    NOTE = "note"
    """Words of one note, or of the reason of one decision."""
    PARTY = "party"
    """Who had one of ``roles``: addresses, as the catalogue has them."""
    GIVER = "giver"
    """Who had one of ``roles``: words of one address."""
    ONLY_ONE = "only one"
    """A series whose author is in no other one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that is looked for."""

    what: What
    words: tuple[str, ...] = ()
    """As ``words_of`` gives them, where words are looked for."""
    span: Span = ANY
    roles: tuple[str, ...] = ()
