# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a trailer comes from and why it is not applied, in a few words and as JSON."""

from __future__ import annotations

from typing import Any

from maintainer_kit.model.topic.applied import Given, Obstacle, Source

_PLACES = {
    Source.PATCH: "",
    Source.COVER: "in the cover letter",
    Source.REPLY: "in a reply",
    Source.COVER_REPLY: "in a reply to the cover letter",
}
_OBSTACLES = {
    Obstacle.NACK: "not applied",
    Obstacle.NO_REVIEW: "no review: not applied",
    Obstacle.OTHER_SENDER: "sent by another: not applied",
    Obstacle.WITHDRAWN: "withdrawn",
    Obstacle.DROPPED: "left out by its author: not applied",
}


def given_words(given: Given, revision: int) -> str:
    """A remark on a trailer of a patch of that revision; empty for one that it holds itself."""
    return ", ".join(filter(None, (_PLACES.get(given.source, ""), state_words(given, revision))))


def state_words(given: Given, revision: int) -> str:
    """The remark without the place where the trailer stands."""
    obstacle = _OBSTACLES.get(given.obstacle, "") if given.obstacle else ""
    if given.source not in (Source.CARRIED, Source.STALE):
        return obstacle
    older = f"v{given.revision}" if given.revision != revision else "an older posting"
    changed = "changed since" if given.source is Source.STALE else "the same as here"
    return ", ".join(filter(None, (f"given to {older}, {changed}", obstacle)))


def given_json(given: Given) -> dict[str, Any]:
    """A trailer as ``show`` and ``export`` give it."""
    return {
        "name": given.trailer.name,
        "value": given.trailer.value,
        "from_message_id": given.from_message_id,
        "applied": given.applied,
        "source": given.source.value,
        "not_applied": given.obstacle.value if given.obstacle else None,
    }
