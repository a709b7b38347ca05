# SPDX-License-Identifier: GPL-2.0-or-later
"""What other mail says about lists, for topics that name none by themselves: learnt at the end of
each sync, so that it is the same in whatever order mail came."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from maintainer_kit.workflow.batches import batched

if TYPE_CHECKING:  # see position.py
    from maintainer_kit.workflow.ports import Catalogue
    from maintainer_kit.workflow.stores import Stores

_BATCH = 500


def learnt(catalogue: Catalogue) -> tuple[frozenset[str], bool]:
    """Addresses that are lists after all, in the form of a List-Id; and whether most series of
    others went to lists."""
    mark = catalogue.lists_mark()
    if not mark:
        return frozenset(), False
    names, are_usual = json.loads(mark)
    return frozenset(names), are_usual


def learn_lists(stores: Stores) -> None:
    """Look again, and count in what is other than it was."""
    catalogue = stores.catalogue
    mark = _look(stores)
    if mark == catalogue.lists_mark():
        return
    from maintainer_kit.workflow.project import restand

    with catalogue.transaction():
        catalogue.set_lists_mark(mark)
        for batch in batched(catalogue.unlisted(), _BATCH):
            mails = catalogue.topic_messages(batch)
            restand(stores, [found[0] for found in mails.values()])


def _look(stores: Stores) -> str:
    """What there is to know: small, as few mails name no list; empty where all do."""
    catalogue = stores.catalogue
    asked = catalogue.addressed()
    if not asked:
        return ""
    settled = stores.set_lists
    asked -= settled
    found = catalogue.lists_among(asked)
    if stores.maintained_lists is not None and asked != found:
        found |= stores.maintained_lists() & asked
    listed, unlisted = catalogue.count_routes(settled | found)
    return json.dumps([sorted(found), listed > unlisted])
