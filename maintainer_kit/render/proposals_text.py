# SPDX-License-Identifier: GPL-2.0-or-later
"""Others' decisions as proposals: as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import fit
from maintainer_kit.render.json_topics import envelope, utc

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.offers import Offer

_INDENT = 8


def proposals_text(offers: Sequence[Offer], now: int, width: int) -> Iterator[str]:
    """Two lines for each: topic and state, then who says so and in what words."""
    for one in offers:
        state = _state(one)
        subject = fit(one.row.subject, max(20, width - _INDENT - len(state) - 2)).rstrip()
        yield f"{fit(one.row.id[:6], 6)}  {state}  {subject}"
        mail = one.proposal.mail
        who = mail.bot or mail.submitter.name or mail.submitter.address
        again = ", taken back once" if one.taken_back else ""
        quote = f'{who}, {age(mail.date, now)}{again}: "{one.quote}"'
        yield " " * _INDENT + fit(quote, max(20, width - _INDENT)).rstrip()
    if offers:
        yield visible_line(
            f"{count_of(len(offers), 'proposal')}: mkit proposals --take TARGET... or --take --all"
        )
    else:
        yield "Others decided nothing that is not decided here."


def _state(offer: Offer) -> str:
    """``accepted``, or ``2 of 5 accepted``."""
    number, total = len(offer.proposal.message_ids), len(offer.row.decidable)
    few = f"{number} of {total} " if number < total else ""
    return f"{few}{offer.proposal.state}"


def proposals_json(offers: Sequence[Offer]) -> dict[str, Any]:
    """``{"proposals": [...]}``, one object for each mail and state."""
    return envelope(proposals=[_offer(one) for one in offers])


def _offer(offer: Offer) -> dict[str, Any]:
    proposal = offer.proposal
    return {
        "topic": offer.row.id,
        "subject": offer.row.subject,
        "state": proposal.state,
        "message_ids": list(proposal.message_ids),
        "total": len(offer.row.decidable),
        "by": str(proposal.by),
        "bot": proposal.mail.bot,
        "message_id": proposal.mail.message_id,
        "date": utc(proposal.mail.date),
        "quote": offer.quote,
        "taken_back": offer.taken_back,
    }
