# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics, items and mails as sentences: what matters first, and nothing told by columns or signs
alone."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.age import age
from maintainer_kit.render.queue_text import HEADINGS, reason_words, shape, state_words
from maintainer_kit.render.standing import standing_text
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.workflow.reading import Detail

_LONGEST = 400


def shown(text: str) -> str:
    """A text of a mail, safe and not endless."""
    return visible_line(text[:_LONGEST])


def row_words(row: TopicRow, now: int) -> str:
    """``fs: mend it, v2 3/3, by Jane, 3d, 1 Reviewed-by, fix, new; you were asked.``"""
    said = [shown(row.subject), shape(row), f"by {_author(row)}", age(row.updated, now)]
    said += [f"{number} {shown(name)}" for name, number in row.trailers]
    said += [shown(one) for one in row.marks]
    said += [f"checks {name} {number}" for name, number in row.checks]
    said += [count_of(number, name) for name, number in row.findings or () if number]
    said += _kept(row)
    said.append("archived" if row.standing.archived else state_words(row))
    reason = reason_words(row.standing.verdict.reason, row.landed, row.total)
    return f"{', '.join(said)}; {shown(reason)}"


def _author(row: TopicRow) -> str:
    person = parse_person(row.author)
    return shown(person.name or person.address)


def _kept(row: TopicRow) -> Iterator[str]:
    standing = row.standing
    if standing.confidential:
        yield "confidential"
    if standing.starred:
        yield "starred"
    if standing.attention:
        yield {"watch": "watched", "mute": "muted"}.get(standing.attention, "")
    if standing.delegate:
        yield f"delegated to {shown(standing.delegate)}"


def topic_words(detail: Detail, now: int) -> Iterator[str]:
    """The head of a topic."""
    row = detail.row
    yield f"Topic {row.id}: {shown(row.subject)}"
    verdict = row.standing.verdict
    yield f"{HEADINGS[verdict.turn]}: {shown(verdict.reason)}. State: {state_words(row)}."
    for line in standing_text(row, now):
        yield " ".join(line.split())


def item_words(item: Item, detail: Detail, now: int) -> str:
    """One line of a topic's outline."""
    message = item.message
    if item.kind is ItemKind.MISSING or message is None:
        return f"patch {item.number} has not arrived"
    if item.kind is ItemKind.SERIES and item.revision:
        series = item.revision.series
        what = "cover letter" if series.cover else "without a cover letter"
        return f"{_posting(detail, item)}, {what}, {_from(message, now)}"
    if item.kind is ItemKind.PATCH:
        state = detail.state_of(message.message_id)
        found = (detail.findings or {}).get(message.message_id, ())
        told = f", {count_of(len(found), 'finding')}" if found else ""
        return f"patch {item.number}: {shown(message.subject.title)}, {state}{told}"
    unnamed = shown(message.full_subject)
    return f"{'reply' if item.depth else 'mail'} {_from(message, now)}: {unnamed}"


def _posting(detail: Detail, item: Item) -> str:
    assert item.revision is not None
    series = item.revision.series
    newest = item.revision is detail.topic.revisions[-1]
    older = "" if newest else ", an older one"
    return f"version {series.revision}, {series.received} of {len(series.patches)} patches{older}"


def _from(message: Message, now: int) -> str:
    who = message.author.name or message.author.address
    return f"by {shown(who)}, {age(message.date, now)}"
