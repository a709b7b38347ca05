# SPDX-License-Identifier: GPL-2.0-or-later
"""Stable reviews: postings of hundreds of other people's patches, each seen as one whole.

They are kept out of the linking by likeness: the same patch is in the review of every stable tree,
and is no reroll of the one that its author posted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.linking import FIRST, Link, Linked, Revision
from maintainer_kit.model.topic.series import Series, sort_key

_NEXT_CANDIDATE = Link("subject", 1.0)


def is_review(series: Series) -> bool:
    """Whether a posting is a stable review; its cover letter may be missing."""
    return bool(series.first.review_of)


def review_key(message: Message) -> str:
    """What the cover letters of all candidates of one release have in common; empty for other
    mail."""
    if message.kind is not Kind.COVER or not message.review_of:
        return ""
    return f"{message.submitter.key} {message.review_of.lower().partition('-rc')[0]}"


def collect_reviews(messages: Iterable[Message]) -> list[Linked]:
    """The reviews among ``messages``; the candidates of one release are its revisions.

    A later candidate often comes as a cover letter alone.
    """
    groups: dict[str, list[Series]] = {}
    for series in collect_series(one for one in messages if one.review_of):
        key = review_key(series.first) or series.first.message_id
        groups.setdefault(key, []).append(replace(series, revision=_candidate(series)))
    found = []
    for group in groups.values():
        ordered = sorted(group, key=lambda one: (one.revision, sort_key(one.first)))
        links = (FIRST, *(_NEXT_CANDIDATE for _ in ordered[1:]))
        revisions = (Revision(one, link) for one, link in zip(ordered, links, strict=True))
        found.append(Linked(tuple(revisions), ()))
    return found


def _candidate(series: Series) -> int:
    """The n of rcN; 1 where only patches are there, which do not say it."""
    number = series.first.review_of.lower().partition("-rc")[2]
    return int(number) if number.isdigit() else 1


def review_view(revisions: Iterable[Revision]) -> tuple[Message | None, ...]:
    """The patches of the newest candidate of which any arrived."""
    view: tuple[Message | None, ...] = ()
    for revision in revisions:
        if revision.series.received or not view:
            view = revision.series.patches
    return view
