# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as a list shows it: flat, as a long list makes thousands and looks at each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # most lines are made without rows: see workflow/position.py
    from maintainer_kit.model.queue.row import TopicRow


class Line(NamedTuple):
    """What a ``TopicRow`` says at a time, in the order of ``list --json``.

    Fields of the same name mean the same.
    """

    id: str
    kind: str
    subject: str
    author: str
    submitter: str
    message_id: str
    lists: tuple[str, ...]
    revision: int
    revisions: int
    received: int
    total: int
    state: str
    states: tuple[tuple[str, int], ...]
    turn: str
    """The value of a ``Turn``."""
    reason: str
    updated: int
    trailers: tuple[tuple[str, int], ...]
    checks: tuple[tuple[str, int], ...]
    overdue: tuple[str, ...]
    findings: tuple[tuple[str, int], ...] | None
    landed: int
    archived: bool
    marks: tuple[str, ...]
    deadline: int
    delegate: str
    delegated_by: str
    turn_by_mail: str
    snoozed: str
    """As an event holds it; empty for a topic that is not."""
    back: str
    starred: bool
    attention: str
    confidential: str
    notes: tuple[str, ...]
    ignored: str


def line_of(row: TopicRow) -> Line:
    """The line of a row, which was read at the time of the list."""
    from maintainer_kit.model.decision.snooze import dump_snooze

    standing = row.standing
    return Line(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        author=row.author,
        submitter=row.submitter,
        message_id=row.message_id,
        lists=row.lists,
        revision=row.revision,
        revisions=row.revisions,
        received=row.received,
        total=row.total,
        state=standing.state,
        states=standing.states,
        turn=standing.verdict.turn.value,
        reason=standing.verdict.reason,
        updated=row.updated,
        trailers=row.trailers,
        checks=row.checks,
        overdue=row.overdue,
        findings=row.findings,
        landed=row.landed,
        archived=standing.archived,
        marks=row.marks,
        deadline=row.deadline,
        delegate=standing.delegate,
        delegated_by=standing.delegated_by,
        turn_by_mail=row.by_mail.turn.value,
        snoozed=dump_snooze(standing.snooze),
        back=row.back,
        starred=standing.starred,
        attention=standing.attention,
        confidential=standing.confidential,
        notes=standing.notes,
        ignored=standing.ignored,
    )
