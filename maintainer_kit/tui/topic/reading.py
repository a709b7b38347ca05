# SPDX-License-Identifier: GPL-2.0-or-later
"""What the topic screen asks its desk for: the topic, one of its mails, what others propose."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from maintainer_kit.config import ATTEST_OFF
from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.tui.topic.outline import Item, outline
from maintainer_kit.tui.topic.page import Page, page_of
from maintainer_kit.workflow.arrivals import Found, known_findings, topic_findings
from maintainer_kit.workflow.attest import attest_patches, topic_attestations
from maintainer_kit.workflow.attested import ByPatch
from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.offers import Offer, proposals
from maintainer_kit.workflow.reading import Detail, detail_now
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:
    from maintainer_kit.checks.series import Pending
    from maintainer_kit.workflow.comments import Remarks


def read_detail(stores: Stores, topic_id: str, message_id: str = "") -> Detail:
    """Everything about a topic, with what rules find, but for signatures; where there is none of
    that id any more, about the one that has the mail. Raises NotFound where there is none, either.
    """
    found = _read(stores, topic_id, message_id)
    return replace(found, findings=read_findings(stores, found.topic))


def _read(stores: Stores, topic_id: str, message_id: str) -> Detail:
    """The same without what rules find."""
    rows = stores.catalogue.rows([topic_id])
    if not rows and message_id:
        rows = stores.catalogue.rows(list(stores.catalogue.topic_ids([message_id]).values()))
    if not rows:
        raise NotFound("this topic is gone: its mail has left, or joined another topic", "q")
    return detail_now(stores, rows[0])


class Opening(NamedTuple):
    """A topic with the mail that is seen first."""

    detail: Detail
    """Of the signatures that of the mail in sight is known; of what rules find, that which was
    found before."""
    items: list[Item]
    shows: str
    """The Message-ID of the mail that is seen first."""
    page: Page | None
    """None where it cannot be read, which is told once it is asked for."""


def read_opening(stores: Stores, topic_id: str, message_id: str = "") -> Opening:
    """The same as ``read_detail`` as far as it is known at once; with the first mail, unless one is
    shown (``message_id``)."""
    found = _read(stores, topic_id, message_id)
    found = replace(found, findings=known_findings(stores, found.topic))
    items = outline(found)
    first = items[0].message
    shows = first.message_id if first else ""
    found = replace(found, attested=_attested(stores, message_id or shows))
    page = None
    if shows and not message_id:
        with suppress(NotFound):
            page = read_mail(stores, shows)
    return Opening(found, items, shows, page)


def _attested(stores: Stores, message_id: str) -> ByPatch:
    """What is known of one mail's signature: to tell that, its file is read."""
    if stores.settings.attest == ATTEST_OFF:
        return {}
    with suppress(MkitError):  # mkit attest tells why
        return attest_patches(stores, [message_id])
    return {}


def read_attested(stores: Stores, topic: Topic) -> ByPatch:
    """The same of all patches."""
    with suppress(MkitError):
        return topic_attestations(stores, topic)
    return {}


def read_findings(stores: Stores, topic: Topic) -> Found | None:
    """What rules find, which are asked now where they were not; None where nobody can."""
    with suppress(MkitError):  # the sync before told why nothing can be checked
        return topic_findings(stores, topic)
    return None


def read_mail(stores: Stores, message_id: str) -> Page:
    """A mail, taken apart."""
    return page_of(read_text(stores, message_id))


def read_remarks(stores: Stores, topic: Topic) -> Remarks:
    """What was said of the lines of a topic's patches."""
    from maintainer_kit.workflow.comments import topic_remarks  # which all mail can be read without

    return topic_remarks(stores, topic)


def read_rivals(stores: Stores, topic: Topic) -> Sequence[Pending]:
    """Other series that change the same lines."""
    from maintainer_kit.workflow.rivals import rivals

    return rivals(stores, topic)


def read_offers(stores: Stores, topic_id: str) -> Sequence[Offer]:
    """What others decided about a topic, and nobody here has."""
    return proposals(stores, [topic_id])
