# SPDX-License-Identifier: GPL-2.0-or-later
"""What the topic screen asks its desk for: the topic, one of its mails, what others propose."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.tui.topic.document import Line, document
from maintainer_kit.workflow.arrivals import topic_findings
from maintainer_kit.workflow.attest import topic_attestations
from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.offers import Offer, proposals
from maintainer_kit.workflow.reading import Detail, detail_now
from maintainer_kit.workflow.stores import Stores


def read_detail(stores: Stores, topic_id: str) -> Detail:
    """Everything about a topic, with what rules find. Raises NotFound once it is gone."""
    rows = stores.catalogue.rows([topic_id])
    if not rows:
        raise NotFound("this topic is gone: its mail has left, or joined another topic", "q")
    found = detail_now(stores, rows[0])
    with suppress(MkitError):  # the sync before told why nothing can be checked
        found = replace(found, findings=topic_findings(stores, found.topic))
    with suppress(MkitError):  # mkit attest tells why
        found = replace(found, attested=topic_attestations(stores, found.topic))
    return found


def read_mail(stores: Stores, message_id: str) -> Sequence[Line]:
    """The lines of a mail."""
    return document(read_text(stores, message_id))


def read_offers(stores: Stores, topic_id: str) -> Sequence[Offer]:
    """What others decided about a topic, and nobody here has."""
    return proposals(stores, [topic_id])
