# SPDX-License-Identifier: GPL-2.0-or-later
"""Postings as JSON: the contract of ``send`` (docs/schemas/send.json)."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.render.audits import audit_json
from maintainer_kit.render.envelope import Json, envelope
from maintainer_kit.workflow.audit import Audit
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.making import Made
from maintainer_kit.workflow.posting.plan import Plan
from maintainer_kit.workflow.posting.record import Mail, Record
from maintainer_kit.workflow.posting.sending import Outcome


def plan_json(branch: Branch, plan: Plan, made: Made, gates: Sequence[Audit]) -> Json:
    """What would be posted."""
    return _send(branch.name, plan.revision, made.mails, plan=_plan(branch, plan), gates=gates)


def outcome_json(
    record: Record,
    outcome: Outcome,
    branch: Branch | None = None,
    plan: Plan | None = None,
    gates: Sequence[Audit] = (),
) -> Json:
    """What was posted; without a plan where it went on with what was left."""
    told = _plan(branch, plan) if branch and plan else None
    failed = outcome.failed
    return _send(
        record.name,
        record.revision,
        outcome.mails,
        plan=told,
        gates=gates,
        place=outcome.place,
        failed={
            "message_id": failed.message_id,
            "reason": outcome.reason,
            "uncertain": outcome.is_uncertain,
        }
        if failed
        else None,
    )


def records_json(records: Sequence[Record]) -> Json:
    """What is not done: the contract of ``send --list`` (docs/schemas/send-list.json)."""
    return envelope(postings=[_record(one) for one in records])


def _record(one: Record) -> Json:
    return {
        "id": one.id,
        "branch": one.name,
        "place": one.place,
        "revision": one.revision if one.mails or one.letter is None else one.letter.revision,
        "mails": [_mail(mail) for mail in one.mails],
        "sent": one.sent,
    }


def _send(
    branch: str,
    revision: int,
    mails: Sequence[Mail],
    plan: Json | None = None,
    gates: Sequence[Audit] = (),
    place: str | None = None,
    failed: Json | None = None,
) -> Json:
    return envelope(
        branch=branch,
        revision=revision,
        plan=plan,
        gates=[{**audit_json(one), "open": one.is_open} for one in gates],
        mails=[_mail(one) for one in mails],
        sent=sum(one.stage is Stage.SENT for one in mails),
        place=place,
        failed=failed,
    )


def _plan(branch: Branch, plan: Plan) -> Json:
    before = plan.before
    return {
        "base": branch.base,
        "tip": branch.tip,
        "change_id": plan.change_id,
        "topic": before.topic.id if before else None,
        "linked_by": before.reason if before else None,
        "confidence": before.confidence if before else None,
        "in_reply_to": plan.parents[-1] if plan.parents else None,
        "to": [str(one) for one in plan.letter.to],
        "cc": [str(one) for one in plan.letter.cc],
        "title": plan.letter.title,
        "text": plan.letter.text,
        "trailers": [
            {
                "patch": one.patch + 1,
                "name": one.trailer.name,
                "value": one.trailer.value,
                "alike": one.likeness,
                "taken": one.is_taken,
            }
            for one in plan.carried
        ],
        "lack": plan.lack or None,
    }


def _mail(one: Mail) -> Json:
    return {
        "message_id": one.message_id,
        "subject": one.subject,
        "commit": one.commit,
        "stage": one.stage.value,
    }
