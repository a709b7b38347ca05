# SPDX-License-Identifier: GPL-2.0-or-later
"""One topic as text: revisions, patches with trailers and notes, follow-ups, history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import count_of, visible, visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.applied import trailers_of
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import FollowUp
from maintainer_kit.render.age import age
from maintainer_kit.render.json_topics import utc
from maintainer_kit.workflow.decide import describe
from maintainer_kit.workflow.reading import Detail, Entry


def topic_text(detail: Detail, now: int) -> Iterator[str]:
    """Lines of ``mkit show``; every text of a mail is made safe for a terminal."""
    row = detail.row
    yield visible_line(row.subject)
    yield f"  topic      {row.id}  ({row.kind})"
    yield f"  author     {visible_line(row.author)}"
    if row.submitter != row.author:
        yield f"  submitter  {visible_line(row.submitter)}"
    yield f"  lists      {visible_line(', '.join(row.lists)) or '-'}"
    yield f"  state      {row.standing.state}{' (archived)' if row.standing.archived else ''}"
    verdict = row.standing.verdict
    yield f"  turn       {verdict.turn.value}: {visible_line(verdict.reason)}"
    if row.marks:
        yield f"  marks      {', '.join(row.marks)}"
    for revision in reversed(detail.topic.revisions):
        yield ""
        yield from _revision(detail, revision, now)
    if not detail.topic.revisions:
        yield ""
        yield from _mail(detail.topic.root, now, "")
        for follow_up in detail.topic.follow_ups:
            yield from _mail(follow_up.message, now, "  ")


def _revision(detail: Detail, revision: Revision, now: int) -> Iterator[str]:
    series = revision.series
    why = f", linked by {revision.link.reason}" if revision.link.reason != "first" else ""
    head = f"v{series.revision}  {utc(series.date) or 'no date'}  "
    yield f"{head}{series.received}/{len(series.patches)} patches{why}"
    if series.base_commit:
        yield f"  base-commit {series.base_commit}"
    for patch_id in series.prerequisites:
        yield f"  prerequisite-patch-id {patch_id}"
    if series.cover:
        yield f"  0  {visible_line(series.cover.subject.title)}"
        yield from _notes(series.cover)
        yield from _replies(detail, series.cover.message_id, now)
    for number, patch in enumerate(series.patches, 1):
        if patch is None:
            yield f"  {number}  (missing: has not arrived)"
            continue
        state = detail.state_of(patch.message_id)
        yield f"  {number}  {visible_line(patch.subject.title)}  [{state}]"
        yield f"     {visible_line(patch.message_id)}"
        yield from _notes(patch)
        for given in trailers_of(detail.topic, revision, patch):
            mark = " " if given.applied else "?"
            source = "" if given.from_message_id == patch.message_id else "  (in a reply)"
            name, value = given.trailer.name, visible_line(given.trailer.value)
            yield f"     {mark} {name}: {value}{source}"
        yield from _replies(detail, patch.message_id, now)


def message_text(message: Message, now: int) -> Iterator[str]:
    """Lines about a mail that belongs to no topic."""
    yield visible_line(message.full_subject)
    yield f"  message    {visible_line(message.message_id)}  ({message.kind.value})"
    yield f"  author     {visible_line(str(message.author))}, {age(message.date, now)}"
    yield f"  lists      {visible_line(', '.join(message.lists)) or '-'}"
    for commit in message.commits:
        yield f"  commit     {commit}"
    for note in message.oddities:
        yield f"  note       {visible_line(note)}"


def _notes(message: Message) -> Iterator[str]:
    if message.diff:
        files = len(message.diff.files)
        yield f"     {count_of(files, 'file')}, +{message.diff.added} -{message.diff.removed}"
    for note in message.oddities:
        yield f"     note: {visible_line(note)}"


def _replies(detail: Detail, head_id: str, now: int) -> Iterator[str]:
    found: list[FollowUp] = [one for one in detail.topic.follow_ups if one.head_id == head_id]
    for one in found:
        yield from _mail(one.message, now, "       ")


def _mail(message: Message, now: int, indent: str) -> Iterator[str]:
    what = message.bot or str(message.author)
    says = ", ".join(sorted(one.value for one in message.says))
    tail = f"  [{says}]" if says else ""
    kind = "" if message.kind.value == "follow-up" else f"  {message.kind.value}"
    yield f"{indent}- {visible_line(what)}, {age(message.date, now)}{kind}{tail}"
    for note in message.oddities:
        yield f"{indent}    note: {visible_line(note)}"


def history_text(entries: Sequence[Entry]) -> Iterator[str]:
    """Lines of ``mkit log``, oldest first."""
    for entry in entries:
        group = entry.group
        when = utc(group.time // 1_000_000) or ""
        mark = "  (undone)" if entry.undone else ""
        words = visible_line(f"{group.who}  {describe(group)}")
        yield f"{when}  {group.origin.value:<4} {words}{mark}"
        if group.why and not group.undoes:
            yield f"    {visible_line(group.why)}"
        for event in group.events[:20]:
            yield f"    {visible_line(event.value)}  {visible_line(event.message_id)}"
        if len(group.events) > 20:
            yield f"    ... and {len(group.events) - 20} more"


def body_text(text: str) -> str:
    """A mail's text, made safe to show."""
    return visible(text)
