# SPDX-License-Identifier: GPL-2.0-or-later
"""Pull requests as JSON: docs/schemas/pull-request.json."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.mail.text import storable
from maintainer_kit.render.audits import audit_json
from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.render.reply_json import letters_json
from maintainer_kit.workflow.audit import Audit
from maintainer_kit.workflow.posting.record import Mail
from maintainer_kit.workflow.posting.sending import Outcome as PostingOutcome
from maintainer_kit.workflow.pull_request.arrived import Arrived
from maintainer_kit.workflow.pull_request.asked import Asked
from maintainer_kit.workflow.pull_request.drafting import Made, Request
from maintainer_kit.workflow.pull_request.facts import Offer
from maintainer_kit.workflow.replying.previewing import Letter
from maintainer_kit.workflow.replying.sending import Outcome


def request_json(request: Request, made: Made, letter: Letter, outcome: Outcome | None) -> Json:
    """A request of one's own; ``outcome`` is None where nothing was to be sent."""
    (mail,) = letters_json([letter])["drafts"]
    sent = outcome is not None and bool(outcome.sent)
    return envelope(
        request={
            **_offer(request.offer),
            "url": request.url,
            "addressed_by": request.addressed.by or None,
        },
        audits=[audit_json(one) for one in request.audits],
        why=made.note.why or None,
        edited=made.is_edited,
        mail=mail,
        sent=sent,
        place=outcome.place if outcome and sent else None,
        failed=outcome.reason if outcome and outcome.failed else None,
    )


def _offer(offer: Offer) -> Json:
    return {
        "ref": offer.ref,
        "object": offer.state,
        "signature": offer.signature.trust.value,
        "signer": offer.signature.signer or None,
        "base": offer.base.commit,
        "tip": offer.tip.commit,
        "upstream": offer.upstream.name,
        "upstream_commit": offer.upstream.tip.commit,
        "upstream_date": utc(offer.upstream.tip.time),
        "commits": len(offer.commits),
    }


def received_json(
    asked: Asked,
    arrived: Arrived,
    audits: Sequence[Audit],
    why: str,
    merge: str,
    letter: Letter | None,
    outcome: Outcome | None,
) -> Json:
    """Another's request; ``merge`` is the commit by which the branch has it, empty without one."""
    mails = letters_json([letter])["drafts"] if letter else []
    sent = outcome is not None and bool(outcome.sent)
    return envelope(
        asked={
            "message_id": asked.message_id,
            "subject": storable(asked.subject),
            "sender": storable(str(asked.sender)),
            "url": storable(asked.url),
            "ref": storable(asked.ref) or None,
            "tip": asked.tip or None,
            "base": asked.base or None,
        },
        found={
            "tip": arrived.tip,
            "tag": arrived.tag.object_id if arrived.tag else None,
            "signature": arrived.signature.trust.value,
            "signer": arrived.signature.signer or None,
            "commits": arrived.brings,
            "conflicts": [storable(one) for one in arrived.tried.conflicts],
        },
        audits=[audit_json(one) for one in audits],
        why=why or None,
        branch=arrived.target.name,
        old=arrived.target.commit,
        merge=merge or None,
        mail=mails[0] if mails else None,
        sent=sent,
        place=outcome.place if outcome and sent else None,
        failed=outcome.reason if outcome and outcome.failed else None,
    )


def for_next_json(
    name: str, mails: Sequence[Mail], known: int, outcome: PostingOutcome | None = None
) -> Json:
    """Patches that are queued; ``known`` are those that went out before."""
    return envelope(
        audits=[],
        why=None,
        for_next={
            "name": name,
            "known": known,
            "to": [str(one) for one in mails[0].to] if mails else [],
            "cc": [str(one) for one in mails[0].cc] if mails else [],
            "mails": [
                {
                    "message_id": one.message_id,
                    "subject": one.subject,
                    "commit": one.commit,
                    "stage": one.stage.value,
                }
                for one in mails
            ],
        },
        sent=outcome is not None and outcome.failed is None,
        place=outcome.place if outcome and outcome.sent else None,
        failed=outcome.reason if outcome and outcome.failed else None,
    )
