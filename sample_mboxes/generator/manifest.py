# SPDX-License-Identifier: GPL-2.0-or-later
"""The truth about the sample, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sample_mboxes.generator.history import Entry
from sample_mboxes.generator.story import Draft, Story

COLUMNS = (
    "message_id", "list", "topic", "kind", "revision", "number", "total", "oddity", "landing",
    "base", "applies_after", "date",
)  # fmt: skip


def row(
    draft: Draft, list_key: str, landing: Mapping[str, Entry], base: str, after: str
) -> list[str]:
    """One mail. `base` and `applies_after` say what an intact patch applies to."""
    series = draft.series
    revision = number = total = ""
    if series is not None:
        number = str(draft.patch.number if draft.patch else 0)
        revision, total = str(series.revision), str(series.total)
    landed = landing.get(draft.ref)
    return [
        "-" if "no-message-id" in draft.section.words else draft.message_id,
        list_key, draft.topic.slug, draft.kind, revision, number, total, draft.oddity,
        landed.commit.id if landed else "", base, after, draft.date.isoformat(),
    ]  # fmt: skip


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Tab-separated, with a line of names on top."""
    return "".join("\t".join(cells) + "\n" for cells in [columns, *rows]).encode()


def topics(story: Story) -> bytes:
    """What a careful reader would say of each topic on the last day."""
    rows = []
    for topic in sorted(story.topics, key=lambda topic: topic.slug):
        mails = [draft for draft in story.drafts.values() if draft.topic == topic]
        first = min(mails, key=lambda draft: draft.date)
        revisions = {draft.series.revision for draft in mails if draft.series}
        rows.append([
            topic.slug, topic.list_key, str(len(mails)), str(max(revisions, default=0)),
            topic.turn, topic.why, first.subject.translate(_VISIBLE),
        ])  # fmt: skip
    columns = ("topic", "list", "messages", "revisions", "turn", "why", "subject")
    return table(columns, rows)


_VISIBLE = dict.fromkeys([*range(32), 127, *range(0x202A, 0x202F), 0x200B], "?")
