# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.workflow.replying.previewing import Letter
from maintainer_kit.workflow.replying.sending import Outcome


def drafts_json(drafts: Sequence[Draft]) -> Json:
    """The contract of ``reply``, where nothing was sent."""
    return _reply([_draft(one) for one in drafts])


def letters_json(letters: Sequence[Letter]) -> Json:
    """The same, with the texts as they would be sent."""
    return _reply([_letter(one) for one in letters])


def outcome_json(outcome: Outcome, drafts: Sequence[Draft]) -> Json:
    """What was sent; ``drafts`` are those that are left."""
    return _reply(
        [_draft(one) for one in drafts],
        sent=[_draft(one) for one in outcome.sent],
        place=outcome.place,
        failed={
            "id": outcome.failed.id,
            "reason": outcome.reason,
            "uncertain": outcome.is_uncertain,
        }
        if outcome.failed
        else None,
    )


def _reply(
    drafts: list[Json],
    sent: Sequence[Json] = (),
    place: str | None = None,
    failed: Json | None = None,
) -> Json:
    return envelope(drafts=drafts, sent=list(sent), place=place, failed=failed)


def _draft(one: Draft) -> Json:
    return {
        "id": one.id,
        "answers": one.answers,
        "message_id": one.message_id,
        "stage": one.stage.value,
        "to": [str(person) for person in one.to],
        "cc": [str(person) for person in one.cc],
        "subject": one.subject,
        "comments": [{"line": note.line, "text": note.text} for note in one.notes],
        "trailers": list(one.trailers),
        "created": utc(one.created // 1_000_000),
        "changed": utc(one.changed // 1_000_000),
    }


def _letter(one: Letter) -> Json:
    return {
        **_draft(one.draft),
        "text": one.text,
        "topic": one.topic_id or None,
        "exposed": [str(person) for person in one.exposed],
    }
