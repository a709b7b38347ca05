# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screen of landings asks its desk for: the topic, and a patch beside a commit."""

from __future__ import annotations

from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.tui.landing.pair_document import PairDocument, beside, compared
from maintainer_kit.wiring.landing_pair import range_diff, read_pair
from maintainer_kit.workflow.reading import Detail, detail_now
from maintainer_kit.workflow.stores import Stores


def read_landings(stores: Stores, topic_id: str) -> Detail:
    """A topic with where it landed. Raises NotFound once it is gone."""
    rows = stores.catalogue.rows([topic_id])
    if not rows:
        raise NotFound("this topic is gone: its mail has left, or joined another topic", "q")
    return detail_now(stores, rows[0])


def read_document(stores: Stores, landing: Landing, *, as_range_diff: bool) -> PairDocument:
    """Both sides; as git range-diff tells them apart where that is wished for and can be."""
    pair = read_pair(stores, landing)
    if not as_range_diff:
        return beside(pair)
    try:
        return compared(pair, range_diff(pair))
    except MkitError as error:
        return beside(pair, f"no range-diff: {error.message}")
