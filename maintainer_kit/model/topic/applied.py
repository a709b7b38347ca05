# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers as they would be applied to each patch, and who gave them where."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.trailer import REVIEW_TRAILERS, Trailer
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import Topic


@dataclass(frozen=True, slots=True)
class Given:
    """One trailer with the mail it came in."""

    trailer: Trailer
    from_message_id: str
    applied: bool
    """Whether it would go into the commit: given by its own person, and no nack."""


def trailers_of(topic: Topic, revision: Revision, patch: Message) -> tuple[Given, ...]:
    """The patch's own trailers, then those given in replies to it and to its cover letter."""
    found = {
        (one.name, one.giver or one.value): Given(one, patch.message_id, True)
        for one in patch.trailers
    }
    cover = revision.series.cover
    heads = {patch.message_id, cover.message_id} if cover else {patch.message_id}
    if cover:
        for one in cover.trailers:
            if one.name in REVIEW_TRAILERS:
                found.setdefault((one.name, one.giver), Given(one, cover.message_id, True))
    for follow_up in topic.follow_ups:
        if follow_up.head_id not in heads:
            continue
        message = follow_up.message
        for one in message.trailers:
            own = one.giver == message.submitter.key
            given = Given(one, message.message_id, own and one.name in REVIEW_TRAILERS)
            found.setdefault((one.name, one.giver), given)
    return tuple(found.values())
