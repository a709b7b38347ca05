# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies are sent, each once: what is under way is on disk before it begins.

A draft is ``sending`` before its mail is handed over, and ``sent`` after; it is forgotten once the
mail is among one's own. So a crash leaves one of three: a draft; a mail of which one has to ask
what became of it; a mail that is still to be imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maintainer_kit.errors import Busy, IndexFailure, Refused, StateError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.reply.draft import Draft, Stage
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.one_sender import one_sender
from maintainer_kit.workflow.records import SourceMail
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import all_drafts, find_draft, refuse_sending
from maintainer_kit.workflow.replying.ports import MaybeSent, NotSent
from maintainer_kit.workflow.replying.previewing import Letter, preview

_PATIENCE = 20.0
"""Seconds that another import may take; after that the next start brings the mail in."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of drafts that were to be sent."""

    sent: tuple[Draft, ...]
    place: str
    """``sent``, or where they were left."""
    failed: Draft | None = None
    """Where it stopped."""
    reason: str = ""
    left: tuple[Draft, ...] = ()
    """Drafts whose turn did not come."""
    is_uncertain: bool = False
    """Nobody can tell whether the one that failed went out."""


def send(desk: Desk, drafts: Sequence[Draft], *, is_public: bool = False) -> Outcome:
    """Send drafts in order, up to the first that cannot be; slow, and safe to be killed.

    ``is_public``: the user agreed to what a letter says is exposed. Raises Refused, before any
    is sent, for one that cannot be or must not; Busy while another process sends.
    """
    with one_sender(desk.drafts, "mkit reply --send, when that one is done"):
        letters = [_ready(desk, one, is_public) for one in drafts]
        outcome = _send_each(desk, letters)
        _import_sent(desk)
    return outcome


def _ready(desk: Desk, draft: Draft, is_public: bool) -> Letter:
    kept = desk.drafts.get(draft.id)
    if kept is not None:
        refuse_sending(kept)
    if kept != draft:
        raise Refused(f"the draft {draft.id} is another one now", "mkit reply --drafts")
    letter = preview(desk, draft)
    if letter.lack:
        raise Refused(f"{letter.lack}: {draft.subject}", f"mkit reply --edit {draft.id}")
    if letter.exposed and not is_public:
        names = ", ".join(one.address for one in letter.exposed[:3])
        raise Refused(
            f"the topic {letter.topic_id} is confidential, and {names} would learn of it",
            f"mkit reply --send {draft.id} --public, or mkit reply --edit {draft.id}",
        )
    return letter


def _send_each(desk: Desk, letters: Sequence[Letter]) -> Outcome:
    sent: list[Draft] = []
    for at, letter in enumerate(letters):
        left = tuple(one.draft for one in letters[at + 1 :])
        try:
            sent.append(_post(desk, letter))
        except (NotSent, MaybeSent) as error:
            is_uncertain = isinstance(error, MaybeSent)
            words = desk.outbox.words
            return Outcome(tuple(sent), words, letter.draft, error.message, left, is_uncertain)
    return Outcome(tuple(sent), desk.outbox.words)


def _post(desk: Desk, letter: Letter) -> Draft:
    draft = letter.draft
    now = desk.stores.clock() // 1_000_000
    posting = desk.write(draft, letter.sender, letter.text, now)
    leaving = replace(draft, stage=Stage.SENDING, raw=posting.raw.decode("utf-8"))
    desk.drafts.put(leaving)
    try:
        desk.outbox.post(posting)
    except NotSent:
        desk.drafts.put(draft)
        raise
    if desk.outbox.sends:
        desk.drafts.put(replace(leaving, stage=Stage.SENT))
    else:
        desk.drafts.remove(draft.id)
    return draft


def _import_sent(desk: Desk) -> bool:
    """Bring what was sent into one's own mail, so that it counts at once; whether all is in.

    Where that cannot be now, it stays on disk and the next start does it.
    """
    waiting = [one for one in all_drafts(desk) if one.stage is Stage.SENT]
    if not waiting:
        return True
    mails = [SourceMail(f"reply {one.id}", 0, one.raw.encode()) for one in waiting]
    try:
        import_mail(desk.stores, mails, wait=_PATIENCE)
    except (Busy, IndexFailure, StateError):
        return False
    for one in waiting:
        desk.drafts.remove(one.id)
    return True


def uncertain(desk: Desk) -> list[Draft]:
    """Finish what a crash left: of mails that were being sent those whose fate nobody knows.

    One that came in since, or lies where it was to be left, is known to be done.
    """
    with desk.drafts.sending() as mine:
        if not mine:
            return []  # another process is at it, and knows
        _import_sent(desk)
        asked = [one for one in all_drafts(desk) if one.stage is Stage.SENDING]
        known = desk.stores.catalogue.records([one.message_id for one in asked])
        unknown = []
        for one in asked:
            if one.message_id in known or desk.outbox.holds(one.message_id):
                desk.drafts.remove(one.id)
            else:
                unknown.append(one)
        return unknown


def settle(desk: Desk, draft_id: str, went_out: bool) -> Draft:
    """Say what became of a mail that was being sent: it went out, and is never sent again; or it
    did not, and is a draft again, which keeps its Message-ID."""
    with one_sender(desk.drafts):
        draft = find_draft(desk, draft_id)
        if draft.stage is not Stage.SENDING:
            raise Refused(f"nothing is to be asked about {draft.id}", "mkit reply --drafts")
        stage = Stage.SENT if went_out else Stage.OPEN
        settled = replace(draft, stage=stage, raw=draft.raw if went_out else "")
        desk.drafts.put(settled)
        if went_out:
            _import_sent(desk)
        return settled


def outcome_words(outcome: Outcome) -> str:
    """One line for the user."""
    count = len(outcome.sent)
    if outcome.failed is None:
        return f"{count_of(count, 'reply')} {outcome.place}"
    total = count + 1 + len(outcome.left)
    stopped = f"{count} of {count_of(total, 'reply')} {outcome.place}, then: {outcome.reason}"
    if outcome.is_uncertain:
        return f"{stopped}; nobody knows whether {outcome.failed.id} went out: mkit reply --send"
    kept = count_of(total - count, "draft")
    return f"{stopped}; {kept} {'is' if total - count == 1 else 'are'} kept: mkit reply --send"


__all__ = ["Letter", "Outcome", "outcome_words", "preview", "send", "settle", "uncertain"]
