# SPDX-License-Identifier: GPL-2.0-or-later
"""What mails say that patches became, and what git says of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from maintainer_kit.model.queue.claims import Claim, Claims, Seen, claims_of, seen_of
from maintainer_kit.model.queue.landed import REFUTED, Landing
from maintainer_kit.workflow.landing.known import known_landings

if TYPE_CHECKING:
    from maintainer_kit.model.message.message import Message
    from maintainer_kit.workflow.ports import Catalogue


def claims_about(catalogue: Catalogue, messages: Mapping[str, Message]) -> Claims:
    """What these messages say of one another, and what others say of them."""
    naming = catalogue.announcing(messages)
    tellers = {one for some in naming.values() for one in some} - messages.keys()
    told = (record.message for record in catalogue.records(tellers).values())
    return claims_of((*messages.values(), *told)) if tellers or _tell(messages) else {}


def _tell(messages: Mapping[str, Message]) -> bool:
    return any(one.announced for one in messages.values())


def weighed_claims(
    catalogue: Catalogue, messages: Mapping[str, Message]
) -> dict[str, list[tuple[Claim, Seen]]]:
    """The same, each with what git says of it as far as that was looked at."""
    found = claims_about(catalogue, messages)
    if not found:
        return {}
    held, known = known_landings(catalogue, found), catalogue.landings(found)
    return {
        message_id: [
            (one, seen_of(one, held.get(message_id, ()), known.get(message_id, ())))
            for one in claims
        ]
        for message_id, claims in found.items()
    }


def refuted(catalogue: Catalogue) -> list[Landing]:
    """What mails say and git denies, unless somebody said otherwise."""
    found, held = catalogue.landings(), known_landings(catalogue)
    return [
        one
        for key in sorted(found)
        for one in found[key]
        if one.tier == REFUTED and one.commit not in {each.commit for each in held.get(key, ())}
    ]
