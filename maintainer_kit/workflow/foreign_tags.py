# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody means who sets the tag of a state in another client."""

from __future__ import annotations

from collections.abc import Mapping

from maintainer_kit.model.message.message import Kind
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import resolve


def meant_states(stores: Stores, tagged: Mapping[str, str]) -> dict[str, str]:
    """The states that are meant, by message, for those that were set by message.

    A cover letter means its series, as on the command line, but for patches that were tagged
    themselves. Tags on mail that no decision speaks of, a reply or an older revision in a thread
    that was tagged as a whole, mean nothing.
    """
    catalogue = stores.catalogue
    rows = catalogue.rows(set(catalogue.topic_ids(tagged).values()))
    decidable = {one for row in rows for one in row.decidable}
    found = {one: state for one, state in tagged.items() if one in decidable}
    for message_id in sorted(set(tagged) - decidable):
        for one in _series_of(stores, message_id):
            if one in decidable:
                found.setdefault(one, tagged[message_id])
    return found


def _series_of(stores: Stores, message_id: str) -> tuple[str, ...]:
    """The patches of a cover letter; none of other mail."""
    record = stores.catalogue.records([message_id]).get(message_id)
    if record is None or record.message.kind is not Kind.COVER:
        return ()
    if not stores.catalogue.topic_ids([message_id]):
        return ()
    return resolve(stores, message_id).message_ids
