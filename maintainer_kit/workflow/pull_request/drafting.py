# SPDX-License-Identifier: GPL-2.0-or-later
"""The draft of a request, on the desk of replies: one for each state of a tag, sent once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.reply.draft import Draft, id_of
from maintainer_kit.workflow import audit
from maintainer_kit.workflow.pull_request.addressing import Addressed
from maintainer_kit.workflow.pull_request.facts import Offer
from maintainer_kit.workflow.pull_request.ports import Note, Notes
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import refuse_sending

_DIGITS = 24
_MOST_AGAIN = 99


@dataclass(frozen=True, slots=True)
class Request:
    """All that makes the mail."""

    offer: Offer
    url: str
    addressed: Addressed
    subject: str
    text: str
    audits: tuple[audit.Audit, ...]
    why: str = ""
    """The reason that was given for what failed."""


class NoNotes:
    """Implements the port ``Notes`` where nothing is to be kept."""

    def get(self, draft_id: str) -> Note | None:
        return None

    def put(self, draft_id: str, note: Note) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Made:
    """A draft, and what is kept beside it."""

    draft: Draft
    note: Note
    is_edited: bool = False
    """It was there before with a text of the user's, which was kept."""


def refuse_failed(audits: Sequence[audit.Audit], why: str) -> None:
    """Raise Refused where something failed and no reason is given."""
    audit.refuse_failed(audits, why, "not asked to pull: ", "--anyway WHY goes on, and keeps why")


def request_id(desk: Desk, offer: Offer, url: str, *, again: bool) -> str:
    """The Message-ID: made of what is asked for, so that nobody is asked twice. ``again``: a second
    request for the same is meant.

    Raises Refused where it went out.
    """
    digest = sha256("\0".join((url, offer.ref, offer.state)).encode("utf-8", "surrogatepass"))
    for number in range(1, _MOST_AGAIN):
        made = f"{digest.hexdigest()[:_DIGITS]}.pull{number}.{desk.sender.address}"
        if desk.drafts.get(id_of(made)) or not _went_out(desk, made):
            return made
        if not again:
            raise Refused(
                f"{visible_line(offer.name)[:80]} as it is was asked for before: {made}",
                "--again asks once more",
            )
    raise Refused("it was asked for too often", "make another tag")


def _went_out(desk: Desk, message_id: str) -> bool:
    known = desk.stores.catalogue.records([message_id])
    return message_id in known or desk.outbox.holds(message_id)


def keep_request(desk: Desk, notes: Notes, message_id: str, request: Request) -> Made:
    """Put it among the drafts. What an editor made of an earlier one for the same is kept; whom it
    goes to is not."""
    draft_id = id_of(message_id)
    with desk.drafts.changing():
        kept = desk.drafts.get(draft_id)
        if kept is not None:
            refuse_sending(kept)
        before = notes.get(draft_id)
        is_edited = bool(kept and before and _hash(kept.written) != before.text_hash)
        now = desk.stores.clock()
        draft = Draft(
            id=draft_id,
            answers=message_id,
            message_id=message_id,
            to=request.addressed.to,
            cc=request.addressed.cc,
            subject=kept.subject if kept and is_edited else request.subject,
            parents=(),
            created=kept.created if kept else now,
            changed=now,
            written=kept.written if kept and is_edited else request.text,
        )
        note = _note(request)
        notes.put(draft_id, note)
        desk.drafts.put(draft)
    return Made(draft, note, is_edited)


def _note(request: Request) -> Note:
    lines = tuple(f"{one.name}: {one.words}" for one in audit.failed(request.audits))
    why = request.why if lines else ""
    offer = request.offer
    return Note(offer.ref, offer.tip.commit, request.url, why, lines, _hash(request.text))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
