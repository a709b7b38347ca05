# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads topic scripts into a `Story`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from sample_mboxes.generator import ids
from sample_mboxes.generator.cast import CAST, Person
from sample_mboxes.generator.script import ScriptError, Section
from sample_mboxes.generator.story import Draft, Patch, Series, Story, Topic
from sample_mboxes.generator.trailers import add_trailers, are_trailers, sign
from sample_mboxes.generator.tree import EDIT_VERBS, edit_from, swap

T = TypeVar("T")
_WITHIN_SERIES = EDIT_VERBS | {"cover", "patch", "swap", "chat"}


def tell(story: Story, sections: Sequence[Section]) -> None:
    """Add one script file to the story."""
    head, *rest = sections
    if head.verb != "topic":
        raise ScriptError(f"{head.where}: a script opens with a topic")
    while rest:
        section = rest.pop(0)
        if section.verb == "topic":
            head = section
            continue
        topic = _topic(head, story)
        if section.verb == "series":
            body = []
            while rest and rest[0].verb in _WITHIN_SERIES:
                body.append(rest.pop(0))
            _add_series(story, _series(story, topic, section, body))
        else:
            _add(story, _mail(story, topic, section))


def _topic(head: Section, story: Story) -> Topic:
    topic = Topic(
        head.words[0],
        head.need("list"),
        CAST[head.need("author")],
        head.get("style", "send-email"),
        head.get("turn", "nobody"),
        head.get("why"),
        tuple(filter(None, head.get("cc").split(","))),
    )
    if topic not in story.topics:
        story.topics.append(topic)
    return topic


def full_ref(topic: Topic, ref: str) -> str:
    """A reference inside a topic's script, with the topic spelled out."""
    return ref if ":" in ref else f"{topic.slug}:{ref}"


def _series(story: Story, topic: Topic, section: Section, body: list[Section]) -> Series:
    sender = CAST[section.options["author"]] if "author" in section.options else topic.author
    key = f"{topic.slug}:{section.get('key', section.words[0])}"
    cover = next((part for part in body if part.verb == "cover"), None)
    starts = [at for at, part in enumerate(body) if part.verb == "patch"]
    ends = [*starts[1:], len(body)]
    patches = tuple(
        _patch(story, topic, key, sender, body[start:end])
        for start, end in zip(starts, ends, strict=True)
    )
    revision = int(section.words[0].lstrip("v"))
    total = int(section.get("total", "0")) or max(patch.number for patch in patches)
    date = ids.moment(section.need("date"), sender, key)
    style = section.get("style", topic.style)
    return Series(key, topic, revision, total, sender, date, style, section, cover, patches)


def _patch(story: Story, topic: Topic, key: str, sender: Person, parts: list[Section]) -> Patch:
    section, *rest = parts
    number = int(section.words[0])
    author = CAST[section.options["author"]] if "author" in section.options else sender
    message, notes = _split_notes(section.text)
    edits = tuple(edit_from(part) for part in rest if part.verb in EDIT_VERBS)
    subject = section.get("subject")
    if "same" in section.options:
        before = _find(story.patches, full_ref(topic, section.need("same")), section)
        author, subject = before.author, subject or before.subject
        added = message.split("\n")[:-1]
        message = add_trailers(before.body, added) if are_trailers(added) else message
        edits = edits if "fresh" in section.words else before.edits + edits
    for part in rest:
        if part.verb == "swap":
            edits = swap(edits, part)
    if "nosob" not in section.words:
        message = sign(message, author.ident)
        message = message if author is sender else sign(message, sender.ident)
    chat = next((part.text for part in rest if part.verb == "chat"), "")
    return Patch(f"{key}/{number}", number, subject, author, message, notes, edits, section, chat)


def _split_notes(text: str) -> tuple[str, str]:
    message, line, notes = f"\n{text}".partition("\n---\n")
    return (message[1:] + ("\n" if line and message[1:] else ""), notes)


def _add_series(story: Story, series: Series) -> None:
    story.series[series.key] = series
    first = f"{series.key}/{0 if series.cover else series.patches[0].number}"
    parent = series.section.get("in-reply-to")
    above = tuple(full_ref(series.topic, ref) for ref in parent.split(",") if ref)
    if series.cover is not None:
        _add(story, _posting(series, 0, series.cover, above))
    for patch in series.patches:
        story.patches[patch.ref] = patch
        if "missing" in patch.section.words:
            continue
        alone = patch.ref == first or "partial" in series.section.words
        _add(story, _posting(series, patch.number, patch.section, above if alone else (first,)))


def _posting(series: Series, number: int, section: Section, parents: tuple[str, ...]) -> Draft:
    ref = f"{series.key}/{number}"
    patch = next((item for item in series.patches if item.number == number and number), None)
    index = number + (0 if series.cover else 1 - series.patches[0].number)
    date = series.date + timedelta(seconds=index)
    if "date" in section.options:
        date = ids.moment(section.need("date"), series.sender, ref)
    if series.style == "b4":
        slug = series.topic.slug
        message_id = ids.b4_id(series.date, series.sender, slug, series.revision, number)
    elif series.style == "mailer":
        message_id = ids.mailer_id(date, series.sender, ref)
    else:
        message_id = ids.send_email_id(series.date, series.sender, index)
    subject = _subject(series, number, patch.subject if patch else section.need("subject"))
    subject = section.get("mail-subject", subject)
    return Draft(
        ref, series.topic, "patch" if patch else "cover",
        series.section.get("list", series.topic.list_key), series.sender, date, message_id,
        subject, parents, section, series, patch,
    )  # fmt: skip


def _subject(series: Series, number: int, subject: str) -> str:
    prefix = series.section.get("prefix", "PATCH")
    if series.revision > 1:
        prefix += f" v{series.revision}"
    if series.total > 1 or series.cover:
        prefix += f" {number:0{len(str(series.total))}d}/{series.total}"
    return f"[{prefix}] {subject}" if prefix else subject


def _mail(story: Story, topic: Topic, section: Section) -> Draft:
    ref = f"{topic.slug}:{section.words[0]}"
    sender = CAST[section.need("from")]
    date = ids.moment(section.need("date"), sender, ref)
    parents = tuple(full_ref(topic, item) for item in section.get("to").split(",") if item)
    subject = section.get("subject")
    if not subject:
        above = _find(story.drafts, parents[0], section).subject
        subject = above if re.match(r"(?i)re:", above) else f"Re: {above}"
    kind = section.get("kind", "follow-up" if parents else "report")
    message_id = section.get("id") or ids.mailer_id(date, sender, ref)
    list_key = section.get("list", topic.list_key)
    return Draft(
        ref, topic, kind, list_key, sender, date, message_id, subject, parents, section
    )  # fmt: skip


def _find(where: dict[str, T], ref: str, section: Section) -> T:
    if ref not in where:
        raise ScriptError(f"{section.where}: nothing is called {ref}")
    return where[ref]


def _add(story: Story, draft: Draft) -> None:
    if draft.ref in story.drafts:
        raise ScriptError(f"{draft.section.where}: {draft.ref} is there already")
    for parent in draft.parents:
        if _find(story.drafts, parent, draft.section).date >= draft.date:
            raise ScriptError(f"{draft.section.where}: {draft.ref} is older than {parent}")
    story.drafts[draft.ref] = draft
