# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails a trailer is given to, where somebody points to one."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.message.message import Kind
from maintainer_kit.workflow.replying.targets import trailed_mails
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target


def mails_given(stores: Stores, target: Target, pointed: str | None) -> Sequence[str]:
    """``pointed``: the mail under the cursor, or None for the topic as a whole.

    A cover letter speaks for its patches, and a reply for the patch that it answers; a posting
    without a cover letter means each of its patches.
    """
    records = stores.catalogue.records([pointed]) if pointed else {}
    kind = records[pointed].message.kind if pointed in records else None
    if pointed and kind is Kind.COVER:
        return [pointed]
    if pointed and kind is Kind.PATCH and pointed not in target.message_ids:
        return [pointed]  # of an older revision
    if len(target.message_ids) == 1 or (kind is Kind.PATCH and target.message_ids):
        return target.message_ids
    return trailed_mails(stores, target.row.id)
