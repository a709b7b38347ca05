# SPDX-License-Identifier: GPL-2.0-or-later
"""What I posted, and reviews given and got: as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maintainer_kit.model.message.message import Message
from maintainer_kit.render.json_topics import envelope, utc

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.sent import Exchange, SentReport, SentTopic


def sent_json(report: SentReport) -> dict[str, Any]:
    """``{"sent": [...], "days", "reviews": {"given", "got"}, "quarters": [...]}``."""
    return envelope(
        sent=[_topic(one) for one in report.topics],
        days=report.days,
        reviews=_exchange(report.reviews),
        quarters=[{"quarter": name, **_exchange(one)} for name, one in report.quarters],
    )


def _topic(one: SentTopic) -> dict[str, Any]:
    row, sent = one.row, one.sent
    return {
        "topic": row.id,
        "subject": row.subject,
        "message_id": row.message_id,
        "revision": row.revision,
        "total": row.total,
        "fate": sent.fate.value,
        "state": row.standing.state,
        "turn": sent.turn.turn.value,
        "turn_reason": sent.turn.reason,
        "posted": utc(sent.posted),
        "answered": utc(sent.answered),
        "moved": utc(sent.moved),
        "trailers": dict(row.trailers),
        "requests": [_mail(message) for message in sent.requests],
        "taken": {**_mail(sent.taken), "commits": list(sent.taken.commits)} if sent.taken else None,
        "taken_patches": sent.taken_patches,
        "goes_on": list(sent.goes_on),
        "reminder": one.reminder,
    }


def _mail(message: Message) -> dict[str, Any]:
    return {
        "by": str(message.submitter),
        "date": utc(message.date),
        "message_id": message.message_id,
    }


def _exchange(one: Exchange) -> dict[str, Any]:
    return {"given": asdict(one.given), "got": asdict(one.got)}
