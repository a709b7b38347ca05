# SPDX-License-Identifier: GPL-2.0-or-later
"""A posting is sent mail by mail, each once: what is under way is on disk before it begins.

All mails are made, with their Message-IDs, before the first is handed over. One is ``sending``
before it is, and ``sent`` after; whoever comes back after a crash goes on with the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from maintainer_kit.errors import Busy, IndexFailure, Refused, StateError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.one_sender import one_sender
from maintainer_kit.workflow.posting.desk import PostingDesk, refuse_under_way
from maintainer_kit.workflow.posting.making import Made
from maintainer_kit.workflow.posting.plan import Plan
from maintainer_kit.workflow.posting.ports import Records, SeriesOutbox
from maintainer_kit.workflow.posting.record import Mail, Posted, Record
from maintainer_kit.workflow.records import SourceMail
from maintainer_kit.workflow.replying.ports import MaybeSent, NotSent
from maintainer_kit.workflow.stores import Stores

_PATIENCE = 20.0
"""Seconds that another import may take; after that the next start brings the mails in."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a posting."""

    mails: tuple[Mail, ...]
    place: str
    """``sent``, or where they were left."""
    failed: Mail | None = None
    """Where it stopped."""
    reason: str = ""
    is_uncertain: bool = False
    """Nobody can tell whether the one that failed went out."""

    @property
    def sent(self) -> int:
        return sum(one.stage is Stage.SENT for one in self.mails)


def keep_letter(desk: PostingDesk, plan: Plan) -> None:
    """Keep the letter of a plan, as it was edited, for the next time. Raises Busy."""
    with one_sender(desk.records):
        record = desk.record
        refuse_under_way(record)
        desk.records.put(replace(record, letter=plan.letter, change_id=plan.change_id))


def post(desk: PostingDesk, plan: Plan, made: Made, why: str = "") -> Outcome:
    """Send all mails of a plan, up to the first that cannot be; slow, and safe to be killed.

    Raises Refused where git or its hook does, with nothing sent, and Busy.
    """
    with one_sender(desk.records):
        refuse_under_way(desk.record)
        desk.outbox.validate(made.mails)
        record = replace(
            desk.record,
            change_id=plan.change_id,
            letter=plan.letter,
            revision=plan.revision,
            sender=desk.sender,
            mails=made.mails,
            tip=desk.branch.tip,
            why=why,
        )
        desk.records.put(record)
        return _send(desk.stores, desk.records, desk.outbox, record)


def go_on(stores: Stores, records: Records, outbox: SeriesOutbox, record_id: str) -> Outcome:
    """Send what is left of a posting. Raises Busy, and Refused where it has to be asked first
    whether a mail went out."""
    with one_sender(records):
        record = records.get(record_id)
        if record is None or not record.mails:
            raise Refused("nothing is on its way", "mkit send BRANCH")
        if record.uncertain is not None:
            raise Refused(
                f"mkit ended while it sent {record.uncertain.subject}",
                f"mkit send --went-out {record.name}, or --not-sent {record.name}",
            )
        return _send(stores, records, outbox, record)


def _send(stores: Stores, records: Records, outbox: SeriesOutbox, record: Record) -> Outcome:
    outcome = _send_each(records, outbox, record)
    _finish(stores, records, record.id)
    return outcome


def _send_each(records: Records, outbox: SeriesOutbox, record: Record) -> Outcome:
    for at, mail in enumerate(record.mails):
        if mail.stage is Stage.SENT:
            continue
        leaving = replace(mail, stage=Stage.SENDING, is_left=not outbox.sends)
        before, record = record, _with(record, at, leaving)
        records.put(record)
        try:
            outbox.post(record.sender, mail)
        except NotSent as error:
            records.put(before)
            return Outcome(before.mails, outbox.words, mail, error.message)
        except MaybeSent as error:
            return Outcome(record.mails, outbox.words, mail, error.message, True)
        record = _staged(record, at, Stage.SENT)
        records.put(record)
    return Outcome(record.mails, outbox.words)


def _staged(record: Record, at: int, stage: Stage) -> Record:
    return _with(record, at, replace(record.mails[at], stage=stage))


def _with(record: Record, at: int, mail: Mail) -> Record:
    return replace(record, mails=(*record.mails[:at], mail, *record.mails[at + 1 :]))


def _finish(stores: Stores, records: Records, record_id: str) -> None:
    """Once all went out: bring those that were sent into one's own mail, so that they count, and
    note it.

    Where that cannot be now, the mails stay on disk and the next start does it.
    """
    record = records.get(record_id)
    if record is None or not record.mails or record.is_under_way:
        return
    if not _import(stores, record):
        return
    ids = tuple(one.message_id for one in record.mails)
    done = Posted(record.revision, ids, record.tip, record.why)
    posted = (*record.posted, done)
    records.put(replace(record, letter=None, mails=(), why="", posted=posted))


def _import(stores: Stores, record: Record) -> bool:
    sent = [one.raw for one in record.mails if not one.is_left]
    mails = [SourceMail(f"send {record.id}", at, raw) for at, raw in enumerate(sent)]
    try:
        if mails:
            import_mail(stores, mails, wait=_PATIENCE)
    except (Busy, IndexFailure, StateError):
        return False
    return True


def recover(
    stores: Stores, records: Records, holds: Callable[[str], bool], wait: float = 0.0
) -> bool:
    """Finish what a crash left: a mail that came in since, or lies where it was to be left (which
    ``holds`` says of its Message-ID), is known to be done, and what went out is imported. False
    where another process sends for longer than ``wait`` seconds, and knows itself."""
    with records.sending(wait) as mine:
        for record in records.all() if mine else ():
            asked = record.uncertain
            if asked and _is_done(stores, asked, holds):
                records.put(_staged(record, record.mails.index(asked), Stage.SENT))
            _finish(stores, records, record.id)
    return mine


def _is_done(stores: Stores, mail: Mail, holds: Callable[[str], bool]) -> bool:
    if mail.message_id in stores.catalogue.records([mail.message_id]):
        return True
    return mail.is_left and holds(mail.message_id)


def settle(stores: Stores, records: Records, record_id: str, went_out: bool) -> Record:
    """Say what became of the mail that was being sent: it went out, and is never sent again; or
    it did not, and is the next. Raises Refused where nobody asked."""
    with one_sender(records):
        record = records.get(record_id)
        asked = record.uncertain if record else None
        if record is None or asked is None:
            raise Refused("of no mail it is to be asked whether it went out", "mkit send --list")
        stage = Stage.SENT if went_out else Stage.OPEN
        settled = _staged(record, record.mails.index(asked), stage)
        records.put(settled)
        _finish(stores, records, settled.id)
    return settled


def drop(records: Records, record_id: str) -> Record:
    """Forget a letter in the making, and mails that did not go out; what went out is remembered."""
    with one_sender(records):
        record = records.get(record_id)
        if record is None:
            raise Refused("nothing is kept of that branch", "mkit send --list")
        gone = tuple(one.message_id for one in record.mails if one.stage is not Stage.OPEN)
        done = (Posted(record.revision, gone, record.tip, "the others were dropped"),)
        posted = (*record.posted, *(done if gone else ()))
        dropped = replace(record, letter=None, mails=(), why="", posted=posted)
        records.put(dropped)
    return dropped


def outcome_words(outcome: Outcome, command: str) -> str:
    """One line for the user; ``command`` goes on where it stopped."""
    total = len(outcome.mails)
    if outcome.failed is None:
        return f"{count_of(total, 'mail')} {outcome.place}"
    stopped = f"{outcome.sent} of {count_of(total, 'mail')} {outcome.place}, then: {outcome.reason}"
    if outcome.is_uncertain:
        return f"{stopped}; nobody knows whether that one went out: {command}"
    return f"{stopped}; {command} goes on from there"
