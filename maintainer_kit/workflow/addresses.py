# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a mail is read on the web."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from maintainer_kit.config import Settings
from maintainer_kit.errors import Refused
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.pulling.places import list_archives, usual_archive
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target

_MADE_UP = "notmuch-sha1-"
_LONGEST = 900


def refuse_confidential(rows: Iterable[TopicRow]) -> None:
    """Raise Refused where a topic is to be kept to oneself: who asks an archive for a mail tells it
    of that mail."""
    for row in rows:
        if row.standing.confidential:
            raise Refused(
                f"topic {row.id} is confidential: no archive is asked for it",
                f"mkit open --print {row.id} only tells the address",
            )


def named_mail(stores: Stores, target: Target) -> str:
    """The Message-ID of the mail that a target names; for a topic that with which its newest
    posting begins."""
    if target.named != target.row.id:
        return target.named
    revisions = topic_of(stores.catalogue, target.row).revisions
    return revisions[-1].series.first.message_id if revisions else target.row.message_id


def archive_address(settings: Settings, message_id: str, lists: Iterable[str] = ()) -> str:
    """The page of a mail in the archive that ``mkit.archive`` names for one of the ``lists`` that
    it came by (their List-Ids), else in ``mkit.lore``.

    Raises Refused for a mail that no archive can have under that name, ConfigError for an address
    that is none.
    """
    if message_id.startswith(_MADE_UP) or not 0 < len(message_id) <= _LONGEST:
        raise Refused("this mail has no Message-ID that an archive would know", "mkit show")
    return f"{_archive(settings, lists)}/{quote(message_id, safe='@')}/"


def _archive(settings: Settings, lists: Iterable[str]) -> str:
    known = list_archives(settings)
    for one in lists if known else ():
        for name in (one.lower(), one.lower().partition(".")[0]):
            if name in known:
                return known[name]
    return usual_archive(settings)
