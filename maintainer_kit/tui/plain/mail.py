# SPDX-License-Identifier: GPL-2.0-or-later
"""One mail as lines of text, and the trailers of patches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.render.given import state_words
from maintainer_kit.render.json_topics import utc
from maintainer_kit.render.landed import landed_text
from maintainer_kit.render.topic_findings import findings_text
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.tui.topic.reading import read_mail
from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.stores import Stores

_LONGEST = 4000
"""Characters of a line."""


def mail_lines(stores: Stores, message: Message, detail: Detail) -> Sequence[str]:
    """Who, when and what; what is to be said of it; then its text."""
    found = (detail.findings or {}).get(message.message_id, ())
    return [
        f"Subject: {visible_line(message.full_subject[:_LONGEST])}",
        f"From: {visible_line(str(message.author))}",
        f"Date: {utc(message.date) or 'none'}",
        *landed_text(detail.landings.get(message.message_id, ()), ""),
        *findings_text(found, ""),
        "",
        *(visible_line(text[:_LONGEST]) for _, text in read_mail(stores, message.message_id).lines),
    ]


def pages_of(lines: Sequence[str], size: int) -> int:
    """How many pages that is."""
    return -(-len(lines) // size)


def trailer_lines(detail: Detail, item: Item) -> Iterator[str]:
    """Trailers as they would be applied: of a patch, or of each patch of a series."""
    revision = item.revision
    if revision is None:
        yield "trailers are given to patches; here is none"
        return
    trailers = Trailers(detail.topic, detail.people)
    for number, patch in enumerate(revision.series.patches, 1):
        is_meant = item.kind is ItemKind.SERIES or (
            patch is not None and item.targets == (patch.message_id,)
        )
        if patch is None or not is_meant:
            continue
        yield f"patch {number}: {visible_line(patch.subject.title[:_LONGEST])}"
        for given in trailers.of(revision, patch):
            words = state_words(given, revision.series.revision)
            told = f", {words}" if words else ""
            taken = "" if given.applied else ", not taken"
            yield visible_line(f"{given.trailer.name}: {given.trailer.value}{told}{taken}")
