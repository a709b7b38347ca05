# SPDX-License-Identifier: GPL-2.0-or-later
"""One topic as text: revisions, patches with trailers and notes, follow-ups, history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.applied import Given, Trailers
from maintainer_kit.model.topic.checks import Checks
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import FollowUp, Topic
from maintainer_kit.render.age import age
from maintainer_kit.render.attested import attested_summary, patch_attested
from maintainer_kit.render.checks import fixup_text, results_text, row_text
from maintainer_kit.render.claimed import claimed_text
from maintainer_kit.render.given import given_words
from maintainer_kit.render.json_topics import utc
from maintainer_kit.render.landed import landed_text
from maintainer_kit.render.matter import matter_text
from maintainer_kit.render.remarks import remarks_text
from maintainer_kit.render.standing import standing_text, state_counts
from maintainer_kit.render.topic_findings import findings_text, summary_text
from maintainer_kit.workflow.decide import describe
from maintainer_kit.workflow.reading import Detail, Entry

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.comments import Remarks


def topic_text(detail: Detail, now: int, remarks: Remarks | None = None) -> Iterator[str]:
    """Lines of ``mkit show``; every text of a mail is made safe for a terminal."""
    row = detail.row
    yield visible_line(row.subject)
    yield f"  topic      {row.id}  ({row.kind})"
    yield f"  author     {visible_line(row.author)}"
    if row.submitter != row.author:
        yield f"  submitter  {visible_line(row.submitter)}"
    yield f"  lists      {visible_line(', '.join(row.lists)) or '-'}"
    archived = " (archived)" if row.standing.archived else ""
    yield f"  state      {state_counts(row.standing)}{archived}"
    verdict = row.at(now).standing.verdict
    yield f"  turn       {verdict.turn.value}: {visible_line(verdict.reason)}"
    yield from standing_text(row.at(now), now)
    if row.marks:
        yield f"  marks      {', '.join(row.marks)}"
    yield from row_text(row)
    yield from summary_text(detail.findings)
    yield from attested_summary(detail.attested)
    yield from matter_text(detail.topic)
    for relation in detail.topic.relations:
        what = relation.kind.replace("-", " ")
        yield f"  {what:<10} {visible_line(relation.message_id)}"
    checks = Checks(detail.topic, detail.tested)
    given = _Given(Trailers(detail.topic, detail.people), checks, remarks or {})
    for revision in reversed(detail.topic.revisions):
        yield ""
        yield from _revision(detail, revision, given, now)
    if not detail.topic.revisions:
        yield ""
        yield from results_text(given.checks.of_series(None), "  ")
        yield from _mail(detail.topic.root, now, "")
        for follow_up in detail.topic.follow_ups:
            yield from _mail(follow_up.message, now, "  ")


class _Given(NamedTuple):
    """What was said about the patches of a topic."""

    trailers: Trailers
    checks: Checks
    remarks: Remarks


def _trailer(given: Given, revision: int) -> str:
    mark = " " if given.applied else "?"
    words = given_words(given, revision)
    value = visible_line(given.trailer.value)
    return f"     {mark} {given.trailer.name}: {value}" + (f"  ({words})" if words else "")


def _revision(detail: Detail, revision: Revision, given: _Given, now: int) -> Iterator[str]:
    series = revision.series
    trailers, checks, remarks = given
    findings = detail.findings or {}
    reason = revision.link.reason.removeprefix("by-")
    sure = f" ({revision.link.confidence:.0%})" if revision.link.confidence < 1 else ""
    why = f", linked by {reason}{sure}" if revision.link.reason != "first" else ""
    head = f"v{series.revision}  {utc(series.date) or 'no date'}  "
    yield f"{head}{series.received}/{len(series.patches)} patches{why}"
    if series.base_commit:
        yield f"  base-commit {series.base_commit}"
    for patch_id in series.prerequisites:
        yield f"  prerequisite-patch-id {patch_id}"
    yield from results_text(checks.of_series(series), "  ")
    if series.cover:
        yield f"  0  {visible_line(series.cover.subject.title)}"
        yield from _notes(series.cover)
        yield from findings_text(findings.get(series.cover.message_id, ()), "     ")
        yield from _replies(detail, series.cover.message_id, now)
        yield from remarks_text(remarks.get(series.cover.message_id, ()), "       ")
    for number, patch in enumerate(series.patches, 1):
        if patch is None:
            yield f"  {number}  ({_absent(detail.topic, revision, number)})"
            continue
        state = detail.state_of(patch.message_id)
        yield f"  {number}  {visible_line(patch.subject.title)}  [{state}]"
        yield f"     {visible_line(patch.message_id)}"
        yield from _notes(patch)
        yield from patch_attested(detail.attested, patch.message_id, "     ")
        for one in trailers.of(revision, patch):
            yield _trailer(one, series.revision)
        yield from landed_text(detail.landings.get(patch.message_id, ()), "     ")
        yield from claimed_text(detail.claims.get(patch.message_id, ()), "     ")
        yield from results_text(checks.own(patch), "     ")
        yield from findings_text(findings.get(patch.message_id, ()), "     ")
        yield from _replies(detail, patch.message_id, now)
        yield from remarks_text(remarks.get(patch.message_id, ()), "       ")


def _absent(topic: Topic, revision: Revision, number: int) -> str:
    """Why a posting lacks a patch: a partial reroll leaves those that stay as they are."""
    view = topic.view
    same = len(view) == len(revision.series.patches) and revision is not topic.revisions[0]
    if same and revision.series.cover is None and view[number - 1] is not None:
        return "not sent anew"
    return "missing: has not arrived"


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
    yield from fixup_text(message, f"{indent}    ")
    for note in message.oddities:
        yield f"{indent}    note: {visible_line(note)}"


def history_text(entries: Sequence[Entry]) -> Iterator[str]:
    """Lines of ``mkit log``, oldest first."""
    for entry in entries:
        group = entry.group
        when = utc(group.time // 1_000_000) or ""
        mark = "  (undone)" if entry.undone else ""
        words = visible_line(f"{group.who}  {describe(group)}")
        forced = "  (forced)" if group.forced else ""
        yield f"{when}  {group.origin.value:<4} {words}{forced}{mark}"
        if group.why and not group.undoes:
            yield f"    {visible_line(group.why)}"
        for event in group.events[:20]:
            yield f"    {visible_line(event.value)}  {visible_line(event.message_id)}"
        if len(group.events) > 20:
            yield f"    ... and {len(group.events) - 20} more"
